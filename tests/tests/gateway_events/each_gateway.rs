//! Each gateway and authorizer: an allowed request and a denied one.

use lambda_http::aws_lambda_events::apigw::{ApiGatewayProxyRequest, ApiGatewayV2httpRequest};
use lambda_http::{Body, Context, Error, IntoResponse, LambdaEvent, Request, Response};
use require_claims::{
    PrimitiveArrayClaim, PrimitiveClaim, ReasonKind, Requirement, require_claims,
};
use require_claims_tests::events;
use require_claims_tests::session::{self, with};
use serde_json::{Value, json};

use super::{Gateway, answer, denial, text};

/// Asserts that a gateway's event of an administrator is allowed, and that of a customer denied.
async fn assert_allowed_and_denied(gateway: Gateway, allowed: Value, customer: Value, name: &str) {
    let allowed = answer(&gateway(&allowed)).await;
    assert_eq!(allowed, (200, "cancelled".to_owned()), "{name}");

    let (status, body) = answer(&gateway(&customer)).await;
    let body: Value = serde_json::from_str(&body).unwrap();
    let expected = denial(&json!([{"id": "st-role", "reason": {
        "message": "wrong value",
        "expectedToInclude": "admin",
        "actualValue": ["customer"],
    }}]));
    assert_eq!((status, body), expected, "{name}");
}

#[tokio::test]
async fn reads_the_text_of_http_apis_by_declared_type() {
    let customer = |role: &str| with(text(), "st-role", json!(role));
    for role in [
        "map[t:1.7e+12 v:[customer]]",
        "map[t:1700000000000 v:[customer]]",
    ] {
        assert_allowed_and_denied(events::http_api_jwt, text(), customer(role), "payload 2.0")
            .await;
        assert_allowed_and_denied(
            events::http_api_jwt_v1,
            text(),
            customer(role),
            "payload 1.0",
        )
        .await;
    }
}

#[tokio::test]
async fn reads_the_json_text_of_emulators() {
    let emulated = |role: &str| {
        let claims = with(text(), "st-ev", json!(r#"{"v":true,"t":1699999999999}"#));
        let mfa = json!(r#"{"c":{"totp":1700000000},"v":true}"#);
        with(with(claims, "st-mfa", mfa), "st-role", json!(role))
    };
    let admin = emulated(r#"{"v":["foo","admin"],"t":1699999999999}"#);
    let customer = emulated(r#"{"v":["customer"],"t":1699999999999}"#);
    assert_allowed_and_denied(events::http_api_jwt, admin, customer, "JSON text").await;
}

#[tokio::test]
async fn reads_json_types() {
    let several = json!({"v": ["foo", "admin"], "t": 1_700_000_000_000_i64});
    let customer = json!({"v": ["customer"], "t": 1_700_000_000_000_i64});
    let gateways: [(&str, Gateway); 6] = [
        (
            "HTTP API, Lambda authorizer, flat",
            events::http_api_lambda_flat,
        ),
        (
            "HTTP API, Lambda authorizer, claims",
            events::http_api_lambda_claims,
        ),
        (
            "HTTP API, Lambda authorizer, JSON text",
            events::http_api_lambda_json,
        ),
        ("REST API, JWT authorizer", events::rest_jwt),
        (
            "REST API, Lambda authorizer, flat",
            events::rest_lambda_flat,
        ),
        (
            "REST API, Lambda authorizer, JSON text",
            events::rest_lambda_json,
        ),
    ];
    for (name, gateway) in gateways {
        let allowed = with(session::payload(), "st-role", several.clone());
        let denied = with(session::payload(), "st-role", customer.clone());
        assert_allowed_and_denied(gateway, allowed, denied, name).await;
    }
}

#[require_claims(
    issuer = "https://cognito-idp.eu-west-1.amazonaws.com/pool",
    subject = any("user-1", "user-2"),
    scope = "orders:cancel"
)]
async fn cognito(_event: Request) -> Result<Response<Body>, Error> {
    Ok(Response::new(Body::from("cancelled")))
}

#[tokio::test]
async fn reads_the_text_of_cognito_user_pools() {
    let claims = json!({
        "iss": "https://cognito-idp.eu-west-1.amazonaws.com/pool",
        "sub": "user-1",
        "cognito:groups": "admin,user",
        "exp": "Tue Nov 14 23:13:20 UTC 2023",
        "scope": "openid orders:cancel",
        "token_use": "access",
    });
    let allowed = cognito(events::request(&events::rest_cognito(&claims)))
        .await
        .unwrap();
    assert_eq!(allowed.status(), 200);

    let denied = with(claims, "scope", json!("openid orders:cancelled"));
    let denied = cognito(events::request(&events::rest_cognito(&denied)))
        .await
        .unwrap();
    assert_eq!(denied.status(), 403);
}

#[test]
fn reads_a_list_that_cognito_joined_with_commas() {
    let groups = PrimitiveArrayClaim::bare("cognito:groups");
    let verdict = |text: &str, requirement: Requirement<'_>| {
        let claims = json!({"iss": "issuer", "sub": "user-1", "cognito:groups": text});
        let event = events::request(&events::rest_cognito(&claims));
        let rejection = requirement.check(&event).err()?;
        Some(rejection.errors()[0].kind())
    };
    let (wrong, ambiguous) = (ReasonKind::WrongValue, ReasonKind::Ambiguous);
    for (text, name, included, excluded) in [
        ("admin", "admin", None, Some(wrong)),
        ("administrator", "admin", Some(wrong), None),
        // Two groups, or one whose name contains a comma.
        ("admin,user", "admin", Some(ambiguous), Some(ambiguous)),
        ("admin,user", "guest", Some(wrong), None),
        // The brackets are part of the name.
        ("[admin]", "admin", Some(ambiguous), Some(ambiguous)),
    ] {
        assert_eq!(verdict(text, groups.includes(name)), included, "{text}");
        assert_eq!(verdict(text, groups.excludes(name)), excluded, "{text}");
    }
}

/// Regression: a forged token decided between the interpretations of a joined list.
#[test]
fn does_not_bind_a_token_to_a_list_that_cognito_joined() {
    let expiry = "Tue Nov 14 23:13:20 UTC 2023";
    let claims = |groups: Value| json!({"iss": "issuer", "sub": "user-1", "exp": expiry, "cognito:groups": groups});
    let event = events::rest_cognito(&claims(json!("[admin]")));
    let event = events::with_token(event, &claims(json!(["admin"])).to_string());
    let event: ApiGatewayProxyRequest = serde_json::from_value(event).unwrap();
    let groups = PrimitiveArrayClaim::bare("cognito:groups");
    let rejection = groups.includes("admin").check(&event).unwrap_err();
    assert_eq!(rejection.errors()[0].kind(), ReasonKind::Ambiguous);
}

#[test]
fn cognito_does_not_write_brackets_around_a_list() {
    let groups = PrimitiveArrayClaim::bare("cognito:groups");
    let claims = json!({"iss": "issuer", "sub": "user-1", "cognito:groups": "[admin]"});
    // From an HTTP API this is the group `admin`, from Cognito's authorizer the group `[admin]`.
    let event = events::request(&events::http_api_jwt_v1(&claims));
    assert!(groups.includes("admin").check(&event).is_ok());
    assert!(groups.excludes("[admin]").check(&event).is_ok());
    let event = events::request(&events::rest_cognito(&claims));
    for requirement in [groups.includes("admin"), groups.excludes("[admin]")] {
        let rejection = requirement.check(&event).unwrap_err();
        assert_eq!(rejection.errors()[0].kind(), ReasonKind::Ambiguous);
    }
    assert!(groups.excludes("user").check(&event).is_ok());
}

#[require_claims(authenticated)]
async fn v1_event(
    LambdaEvent { payload, .. }: LambdaEvent<ApiGatewayProxyRequest>,
) -> Result<Response<String>, Error> {
    Ok(Response::new(payload.path.unwrap_or_default()))
}

#[require_claims(authenticated)]
async fn v2_event(event: LambdaEvent<ApiGatewayV2httpRequest>) -> Result<Response<String>, Error> {
    Ok(Response::new(event.payload.raw_path.unwrap_or_default()))
}

#[require_claims(authenticated)]
async fn any_body<B>(event: http::Request<B>) -> Response<String> {
    Response::new(event.uri().path().to_owned())
}

#[tokio::test]
async fn guards_events_of_the_plain_runtime_and_of_any_body() {
    let named = |key, name| with(text(), key, json!(name));
    for (claims, status) in [
        (text(), 200),
        (named("sub", ""), 403),
        (named("sessionHandle", ""), 403),
        // A name, or the gateway's text of `null`.
        (named("sub", "<nil>"), 403),
        (named("sessionHandle", "<nil>"), 403),
    ] {
        let (v1, v2) = (
            events::http_api_jwt_v1(&claims),
            events::http_api_jwt(&claims),
        );
        let any = any_body(events::request(&v2).map(|_| 7_u8)).await;
        assert_eq!(any.status(), status);

        let event = LambdaEvent::new(serde_json::from_value(v1).unwrap(), Context::default());
        assert_eq!(v1_event(event).await.unwrap().status(), status);

        let event = LambdaEvent::new(serde_json::from_value(v2).unwrap(), Context::default());
        assert_eq!(v2_event(event).await.unwrap().status(), status);
    }
}

#[tokio::test]
async fn a_null_among_texts_does_not_make_them_exact() {
    let claims = with(text(), "nickname", Value::Null);
    assert_eq!(answer(&events::http_api_jwt_v1(&claims)).await.0, 200);
}

/// The Lambda authorizer of a WebSocket API runs when the client connects; its context is in each message.
#[tokio::test]
async fn reads_the_flat_context_of_a_websocket_api() {
    #[require_claims(WEBSOCKET_ROLE = "admin")]
    async fn on_message(_event: Request) -> Result<impl IntoResponse, Error> {
        Ok("done")
    }

    for (authorizer, status) in [
        (json!({"principalId": "u", "role": "admin"}), 200),
        (json!({"principalId": "u", "role": "customer"}), 403),
        (
            json!({"principalId": "u", "claims": {"role": "admin"}}),
            200,
        ),
        (
            json!({"principalId": "u", "claims": "{\"role\":\"admin\"}"}),
            200,
        ),
        (
            json!({"principalId": "u", "claims": {"role": "admin"}, "role": "admin"}),
            403,
        ),
        (json!({"principalId": "u"}), 403),
    ] {
        let event = events::websocket(&authorizer);
        let response = on_message(events::request(&event)).await.unwrap();
        assert_eq!(response.into_response().await.status(), status, "{event}");
    }
    // Claims in SuperTokens' form, as types and as JSON text.
    assert_eq!(answer(&events::websocket(&session::payload())).await.0, 200);
    assert_eq!(
        answer(&events::websocket(&json!({"claims": session::payload()})))
            .await
            .0,
        200
    );
    assert_eq!(
        answer(&events::websocket(&json!({"claims": text()})))
            .await
            .0,
        403
    );
}

const WEBSOCKET_ROLE: PrimitiveClaim = PrimitiveClaim::bare("role");
