//! Each authorizer in each format: an allowed and a denied request, in each event type.

use lambda_http::aws_lambda_events::apigw::{ApiGatewayProxyRequest, ApiGatewayV2httpRequest};
use lambda_http::{LambdaEvent, Request, Response};
use require_claims::testing::{Caller, Event, EventType, Gateway, http_api, rest_api};
use require_claims::{GatewayEvent, cognito, require_claims};
use require_claims_tests::{events, session};
use serde_json::{Map, Value, json};

use super::{admin, customer};

#[require_claims(email_verified, role = "admin", mfa("totp", max_age = "5m"))]
fn cancel<E: GatewayEvent>(event: &E) -> Response<String> {
    let _ = event;
    Response::new("cancelled".to_owned())
}

#[require_claims(email_verified, role = "admin", mfa("totp", max_age = "5m"))]
fn cancel_request(_event: Request) -> Response<String> {
    Response::new("cancelled".to_owned())
}

/// The status of the answer to each type of this event.
fn statuses<G: Gateway, E: EventType<G>>(event: &Event<G>) -> [u16; 4] {
    let typed: LambdaEvent<E> = event.lambda_event();
    let untyped: LambdaEvent<Value> = event.lambda_event();
    [
        cancel_request(event.request()).status().as_u16(),
        cancel(&typed).status().as_u16(),
        cancel(&untyped).status().as_u16(),
        cancel(&event.json()).status().as_u16(),
    ]
}

/// Asserts that the event is allowed for an administrator, denied for a customer, and denied without a caller, if the
/// route has no authorizer.
fn assert_allowed_and_denied<G: Gateway, E: EventType<G>>(event: &Event<G>, name: &str) {
    let event = event
        .clone()
        .delete("/orders/{id}")
        .path_parameter("id", "7");
    let statuses_of = |caller| statuses::<G, E>(&event.clone().caller(caller));
    assert_eq!(statuses_of(admin()), [200; 4], "{name}");
    assert_eq!(statuses_of(customer()), [403; 4], "{name}");

    let without_token = event.clone().caller(admin()).without_token();
    assert_eq!(statuses::<G, E>(&without_token), [200; 4], "{name}");
}

#[test]
fn jwt_authorizers() {
    type V1 = ApiGatewayProxyRequest;
    type V2 = ApiGatewayV2httpRequest;
    assert_allowed_and_denied::<_, V2>(&http_api(), "HTTP API, payload 2.0");
    assert_allowed_and_denied::<_, V1>(&http_api().payload_1_0(), "HTTP API, payload 1.0");
    assert_allowed_and_denied::<_, V1>(&rest_api(), "REST API");
}

/// A REST API accepts only scalars.
fn scalars(payload: &Value) -> Value {
    let members = payload.as_object().unwrap().iter();
    let scalars = members.map(|(key, value)| {
        let is_nested = value.is_object() || value.is_array();
        let value = if is_nested {
            json!(value.to_string())
        } else {
            value.clone()
        };
        (key.clone(), value)
    });
    Value::Object(scalars.collect::<Map<_, _>>())
}

#[test]
fn lambda_authorizers() {
    type V1 = ApiGatewayProxyRequest;
    type V2 = ApiGatewayV2httpRequest;
    type Context = fn(&Value) -> Value;
    let contexts: [(&str, Context); 3] = [
        ("flat", scalars),
        ("text", |payload| json!({"claims": payload.to_string()})),
        ("oidc", |payload| json!({"jwtClaims": payload.to_string()})),
    ];
    for (name, context) in contexts {
        let event = http_api().lambda_authorizer(context);
        assert_allowed_and_denied::<_, V2>(&event, name);
        let event = http_api().payload_1_0().lambda_authorizer(context);
        assert_allowed_and_denied::<_, V1>(&event, name);
        let event = rest_api().lambda_authorizer(context);
        assert_allowed_and_denied::<_, V1>(&event, name);
    }
    let contexts: [(&str, Context); 2] = [
        ("JSON", Value::clone),
        ("object", |payload| json!({"claims": payload})),
    ];
    for (name, context) in contexts {
        let event = http_api().lambda_authorizer(context);
        assert_allowed_and_denied::<_, V2>(&event, name);
        let event = http_api().payload_1_0().lambda_authorizer(context);
        assert_allowed_and_denied::<_, V1>(&event, name);
    }
}

#[test]
fn cognito_authorizer() {
    #[require_claims(cognito::EMAIL_VERIFIED, cognito::GROUPS = "admin")]
    fn cancel(_event: Request) -> Response<String> {
        Response::new("cancelled".to_owned())
    }

    let user = |groups: Value| {
        Caller::from_payload(json!({
            "iss": "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_example",
            "sub": "user-1",
            "exp": 1_700_003_600,
            "email_verified": true,
            "cognito:groups": groups,
        }))
    };
    for (groups, status) in [
        (json!(["admin"]), 200),
        (json!(["user"]), 403),
        // Joined with a comma, this may be one group.
        (json!(["admin", "user"]), 403),
    ] {
        let event = rest_api().cognito_authorizer().caller(user(groups));
        assert_eq!(cancel(event.request()).status(), status);
    }
    let event = rest_api()
        .cognito_authorizer()
        .caller(user(json!(["admin", "user"])));
    let expected = json!({
        "iss": "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_example",
        "sub": "user-1",
        "exp": "Tue Nov 14 23:13:20 UTC 2023",
        "email_verified": "true",
        "cognito:groups": "admin,user",
    });
    assert_eq!(
        event.json()["requestContext"]["authorizer"],
        json!({"claims": expected})
    );
}

#[test]
fn no_authorizer() {
    type V1 = ApiGatewayProxyRequest;
    type V2 = ApiGatewayV2httpRequest;
    assert_eq!(statuses::<_, V2>(&http_api()), [403; 4]);
    assert_eq!(statuses::<_, V1>(&http_api().payload_1_0()), [403; 4]);
    assert_eq!(statuses::<_, V1>(&rest_api()), [403; 4]);
}

/// The claims are in the same place as in the events that these tests write themselves.
#[test]
fn writes_the_authorizer_like_the_other_test_events() {
    let caller = || Caller::from_payload(session::payload());
    let text = session::text_of(&session::payload());
    let authorizer = |event: Value| event["requestContext"]["authorizer"].clone();
    for (kit, expected) in [
        (
            http_api().caller(caller()).json(),
            events::http_api_jwt(&text),
        ),
        (
            http_api().payload_1_0().caller(caller()).json(),
            events::http_api_jwt_v1(&text),
        ),
        (
            rest_api().caller(caller()).json(),
            events::rest_jwt(&session::payload()),
        ),
        (
            http_api()
                .lambda_authorizer(Value::clone)
                .caller(caller())
                .json(),
            events::http_api_lambda_flat(&session::payload()),
        ),
    ] {
        assert_eq!(authorizer(kit), authorizer(expected));
    }
}

#[test]
fn the_token_decides_between_interpretations() {
    let event = || http_api().caller(admin().role("support"));
    assert_eq!(cancel_request(event().request()).status(), 200);
    assert_eq!(
        cancel_request(event().without_token().request()).status(),
        403
    );

    // In payload format 1.0, `lambda_http` may hide that a request has several tokens.
    let event = event().payload_1_0();
    assert_eq!(cancel_request(event.request()).status(), 403);
    assert_eq!(cancel(&event.json()).status(), 200);
}

/// A caller's own text in `Authorization`, if the authorizer takes the token from a cookie.
#[test]
fn ignores_the_token_of_another_caller() {
    let other = format!("Bearer {}", admin().token());
    let event = http_api()
        .caller(customer())
        .without_token()
        .header("authorization", &other);
    assert_eq!(cancel_request(event.request()).status(), 403);
}
