//! The token in `Authorization` decides if it is the one that the authorizer verified. If it is not, it changes
//! nothing.

mod claims;
mod header;

use lambda_http::aws_lambda_events::apigw::{ApiGatewayProxyRequest, ApiGatewayV2httpRequest};
use lambda_http::{Context, LambdaEvent, Request, Response};
use require_claims::require_claims;
use require_claims_tests::events;
use require_claims_tests::session::{self, with, without};
use serde_json::{Value, json};

#[require_claims(email_verified, role = "admin", mfa)]
fn cancel_order(event: &Request) -> Response<String> {
    let _ = event;
    Response::new("cancelled".to_owned())
}

#[require_claims(email_verified, role = "admin", mfa)]
fn cancel_v1(event: &LambdaEvent<ApiGatewayProxyRequest>) -> Response<String> {
    Response::new(event.payload.path.clone().unwrap_or_default())
}

#[require_claims(email_verified, role = "admin", mfa)]
fn cancel_v2(event: &LambdaEvent<ApiGatewayV2httpRequest>) -> Response<String> {
    Response::new(event.payload.raw_path.clone().unwrap_or_default())
}

/// A session with these roles.
fn payload(roles: &Value) -> Value {
    let roles = json!({"v": roles, "t": 1_700_000_000_000_i64});
    with(session::payload(), "st-role", roles)
}

/// The claims of a session as text, with this text of the roles.
fn text(roles: &str) -> Value {
    let roles = format!("map[t:1.7e+12 v:{roles}]");
    with(session::text_of(&session::payload()), "st-role", roles)
}

/// The messages of the denial with this text and header; `None` if the request is allowed.
fn denial(text: &Value, authorization: &str) -> Option<Vec<String>> {
    let v2 = events::with_authorization(events::http_api_jwt(text), authorization);
    let answer = messages_of(&cancel_order(&events::request(&v2)));

    // The result is the same for the events of the plain Lambda runtime, in both payload formats.
    let v1 = events::with_authorization(events::http_api_jwt_v1(text), authorization);
    let v1: ApiGatewayProxyRequest = serde_json::from_value(v1).unwrap();
    let v1 = LambdaEvent::new(v1, Context::default());
    assert_eq!(messages_of(&cancel_v1(&v1)), answer);
    let v2: ApiGatewayV2httpRequest = serde_json::from_value(v2).unwrap();
    let v2 = LambdaEvent::new(v2, Context::default());
    assert_eq!(messages_of(&cancel_v2(&v2)), answer);
    answer
}

fn messages_of(response: &Response<String>) -> Option<Vec<String>> {
    if response.status() == 200 {
        return None;
    }
    let body: Value = serde_json::from_str(response.body()).unwrap();
    let errors = body["claimValidationErrors"].as_array().unwrap().iter();
    let message = |error: &Value| error["reason"]["message"].as_str().unwrap().to_owned();
    Some(errors.map(message).collect())
}

fn token(payload: &Value) -> String {
    events::token(&payload.to_string())
}

#[expect(clippy::unnecessary_wraps, reason = "to compare with a denial")]
fn messages(messages: &[&str]) -> Option<Vec<String>> {
    Some(
        messages
            .iter()
            .map(|message| (*message).to_owned())
            .collect(),
    )
}

#[test]
fn reads_the_roles_from_a_bound_token() {
    let text = text("[foo admin]");
    assert_eq!(denial(&text, ""), messages(&["ambiguous value"]));
    let two = token(&payload(&json!(["foo", "admin"])));
    let one = token(&payload(&json!(["foo admin"])));
    for scheme in ["", "Bearer ", "bearer ", "BEARER "] {
        assert_eq!(denial(&text, &format!("{scheme}{two}")), None);
        assert_eq!(
            denial(&text, &format!("{scheme}{one}")),
            messages(&["wrong value"])
        );
    }
}

#[test]
fn ignores_a_token_with_another_identity() {
    let granted = payload(&json!(["foo", "admin"]));
    for (key, value) in [
        ("iss", json!("https://attacker.example")),
        ("iss", json!(null)),
        ("sub", json!("user-2")),
        ("sub", json!(["user-1"])),
        ("aud", json!(["orders", "other"])),
        ("exp", json!(1_700_003_601)),
        ("exp", json!("1700003600.5")),
        ("exp", json!(null)),
        ("iat", json!(1_700_000_001)),
        ("iat", json!(null)),
        ("jti", json!("another")),
        ("sessionHandle", json!("session-2")),
        ("sessionHandle", json!(null)),
    ] {
        let forged = token(&with(granted.clone(), key, value));
        let customer = text("[customer]");
        assert_eq!(
            denial(&customer, &forged),
            messages(&["wrong value"]),
            "{key}"
        );
        assert_eq!(
            denial(&text("[foo admin]"), &forged),
            messages(&["ambiguous value"]),
            "{key}"
        );
        assert_eq!(denial(&text("[admin]"), &forged), None, "{key}");
    }
}

#[test]
fn binds_a_token_only_with_issuer_and_expiry() {
    for (key, bound) in [
        ("iss", false),
        ("exp", false),
        ("sub", true),
        ("aud", true),
        ("iat", true),
        ("sessionHandle", true),
    ] {
        let text = without(text("[foo admin]"), &[key]);
        let granted = payload(&json!(["foo", "admin"]));
        // A claim that is absent or `null` in the token is absent in the text.
        for granted in [
            without(granted.clone(), &[key]),
            with(granted.clone(), key, json!(null)),
        ] {
            let expected = if bound {
                None
            } else {
                messages(&["ambiguous value"])
            };
            assert_eq!(denial(&text, &token(&granted)), expected, "{key}");
        }
    }
}

#[test]
fn ignores_the_token_unless_the_authorizer_passes_text() {
    let granted = payload(&json!(["admin"])).to_string();
    let customer = payload(&json!(["customer"]));
    for event in [
        events::v2(&Value::Null),
        events::v1(&Value::Null),
        events::http_api_jwt(&json!({})),
        events::http_api_jwt(&json!({"sub": "user-1"})),
        events::rest_jwt(&customer),
        events::http_api_lambda_flat(&customer),
        events::http_api_lambda_json(&customer),
        events::load_balancer(),
    ] {
        let event = events::request(&events::with_token(event, &granted));
        assert_eq!(cancel_order(&event).status(), 403);
    }
}
