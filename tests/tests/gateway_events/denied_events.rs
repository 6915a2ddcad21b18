//! Denied events: without claims, with claims in an unknown form or in two places, and with a token that is
//! not that of a session.

use lambda_http::request::RequestContext;
use lambda_http::{Body, IntoResponse as _, Request, RequestExt as _, Response};
use require_claims::require_claims;
use require_claims_tests::events;
use require_claims_tests::session::{self, with};
use serde_json::{Value, json};

use super::{Gateway, allows, answer, cancel_order, denial, text};

#[tokio::test]
async fn denies_each_requirement_without_claims() {
    let absent = json!([
        {"id": "st-ev", "reason": {"message": "value does not exist", "expectedValue": true}},
        {"id": "st-role", "reason": {"message": "value does not exist", "expectedToInclude": "admin"}},
        {"id": "st-mfa", "reason": {"message": "value does not exist"}},
    ]);
    let iam = json!({"iam": {"accessKey": "key", "accountId": "1", "callerId": "caller"}});
    for event in [
        events::v2(&Value::Null),
        events::v2(&iam),
        events::v2(&json!({})),
        events::v2(&json!({"jwt": null})),
        events::v2(&json!({"jwt": {"claims": {}}})),
        events::v2(&json!({"jwt": {"claims": {}, "scopes": null}})),
        events::v2(&json!({"jwt": {"claims": null}})),
        events::v2(&json!({"lambda": {}})),
        events::v2(&json!({"lambda": null})),
        events::v1(&Value::Null),
        events::v1(&json!({})),
        // AWS's samples of payload format 1.0 have these on routes without an authorizer.
        events::v1(&json!({"claims": null, "scopes": null})),
        events::v1(&json!({"claims": null})),
        events::v1(&json!({"principalId": "user"})),
        events::v1(&json!({"integrationLatency": 5})),
        events::v1(&json!({"principalId": "user", "integrationLatency": 5, "claims": null})),
        events::v1(&json!({"principalId": "user", "claims": "{}"})),
        events::v1(&json!({"claims": {}})),
        events::v1(&json!({"claims": {}, "scopes": null})),
        // A level that payload format 1.0 does not have.
        events::v1(&json!({"jwt": {"claims": text()}})),
        events::load_balancer(),
        events::websocket(&json!({})),
        events::websocket(&json!({"principalId": "user-1"})),
    ] {
        let (status, body) = answer(&event).await;
        let body: Value = serde_json::from_str(&body).unwrap();
        assert_eq!((status, body), denial(&absent), "{event}");
    }

    let outside = cancel_order(Request::default()).await.unwrap();
    assert_eq!(outside.into_response().await.status(), 403);
}

/// Regression: these were reported as a wrong `stt`.
#[tokio::test]
async fn unreadable_claims_are_reported_by_name() {
    let unreadable =
        |expected: &str| json!({"message": "unreadable value", "expectedType": expected});
    let errors = json!([
        {"id": "claims", "reason": unreadable("JSON object")},
        {"id": "st-ev", "reason": unreadable("boolean")},
        {"id": "st-role", "reason": unreadable("array of strings")},
        {"id": "st-mfa", "reason": unreadable("completed factors")},
    ]);
    let payload = session::payload();
    let mut next_to_claims = payload.clone();
    next_to_claims["claims"] = json!(["a"]);
    for event in [
        events::v1(&json!({"principalId": "u", "claims": "{\"sub\":\"u\"}", "sub": "u"})),
        events::v1(&json!({"claims": ["a"]})),
        events::v1(&json!({"principalId": "u", "claims": "eyJzdWIiOiJ1In0"})),
        events::v1(&next_to_claims),
        events::v2(&json!({"lambda": {"claims": 5}})),
        events::v2(&json!({"lambda": next_to_claims})),
    ] {
        let (status, body) = answer(&event).await;
        let body: Value = serde_json::from_str(&body).unwrap();
        assert_eq!((status, body), denial(&errors), "{event}");
    }
}

#[test]
fn reads_the_event_of_a_websocket_api() {
    let event = events::request(&events::websocket(&session::payload()));
    let context = event.request_context_ref();
    assert!(matches!(context, Some(RequestContext::WebSocket(_))));
}

/// The claims and messages of the errors.
async fn problems(event: &Value) -> Vec<(String, String)> {
    let (status, body) = answer(event).await;
    assert_eq!(status, 403, "{event}");
    let body: Value = serde_json::from_str(&body).unwrap();
    let errors = body["claimValidationErrors"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    errors
        .map(|error| (text(&error["id"]), text(&error["reason"]["message"])))
        .collect()
}

fn owned((id, message): (&str, &str)) -> (String, String) {
    (id.to_owned(), message.to_owned())
}

/// These events contain all required claims, but in forms that no authorizer uses.
#[tokio::test]
async fn denies_claims_in_an_unknown_form() {
    let json = session::payload().to_string();
    let members = json.trim_start_matches('{').trim_end_matches('}');
    let mut next_to_null = events::rest_lambda_flat(&session::payload());
    next_to_null["requestContext"]["authorizer"]["claims"] = Value::Null;
    for event in [
        next_to_null,
        events::v1(&json!({"claims": [session::payload()]})),
        events::v1(&json!({"claims": [json]})),
        events::v1(&json!({"claims": format!("{json} x")})),
        events::v1(&json!({"claims": format!("[{json}]")})),
        events::v1(&json!({"claims": json.trim_end_matches('}')})),
        events::v2(&json!({"jwt": {"claims": text()}, "lambda": session::payload()})),
    ] {
        // All claims are unreadable.
        let nothing = [
            ("claims", "unreadable value"),
            ("st-ev", "unreadable value"),
            ("st-role", "unreadable value"),
            ("st-mfa", "unreadable value"),
        ];
        assert_eq!(problems(&event).await, nothing.map(owned), "{event}");
    }
    for (event, id, message) in [
        // A duplicate claim is unreadable.
        (
            events::v1(&json!({"claims": format!("{{{members},\"st-ev\":null}}")})),
            "st-ev",
            "unreadable value",
        ),
        (
            events::v1(&json!({"claims": format!("{{\"st-ev\":null,{members}}}")})),
            "st-ev",
            "unreadable value",
        ),
        // Text of the value without the object around it.
        (
            events::http_api_jwt(&with(text(), "st-ev", json!("true"))),
            "st-ev",
            "unreadable value",
        ),
        (
            events::http_api_jwt(&with(text(), "st-role", json!("admin"))),
            "st-role",
            "unreadable value",
        ),
        (
            events::http_api_jwt(&with(text(), "st-role", json!("[admin]"))),
            "st-role",
            "unreadable value",
        ),
        (
            events::http_api_jwt(&with(text(), "st-mfa", json!("map[v:true]"))),
            "st-mfa",
            "unreadable value",
        ),
        // With JSON types, a string that looks like a claim is a string.
        (
            events::rest_jwt(&with(session::payload(), "st-ev", json!("map[t:1 v:true]"))),
            "st-ev",
            "value does not exist",
        ),
        (
            events::rest_jwt(&with(session::payload(), "st-ev", json!({"v": "true"}))),
            "st-ev",
            "wrong value",
        ),
        (
            events::rest_jwt(&with(session::payload(), "st-role", json!({"v": "admin"}))),
            "st-role",
            "wrong type",
        ),
        (
            events::rest_jwt(&with(
                session::payload(),
                "st-mfa",
                json!({"c": {}, "v": "true"}),
            )),
            "st-mfa",
            "wrong type",
        ),
    ] {
        assert_eq!(problems(&event).await, [owned((id, message))], "{event}");
    }
}

#[tokio::test]
async fn denies_claims_in_two_places() {
    let jwt = json!({"claims": text(), "scopes": null});
    let iam = json!({"accessKey": "key"});
    for event in [
        events::v2(&json!({"jwt": jwt, "iam": iam})),
        events::v2(&json!({"jwt": jwt, "lambda": session::payload()})),
        events::v2(&json!({"lambda": session::payload(), "iam": iam})),
        events::v2(&json!({"lambda": {"claims": session::payload(), "st-ev": {"v": false}}})),
        events::v2(
            &json!({"lambda": {"claims": session::payload().to_string(), "st-ev": {"v": false}}}),
        ),
        events::v1(&json!({"claims": session::payload().to_string(), "st-ev": r#"{"v":false}"#})),
        events::v1(&json!({"claims": text(), "st-ev": "map[v:false]"})),
    ] {
        assert_eq!(answer(&event).await.0, 403, "{event}");
    }
}

#[tokio::test]
async fn denies_an_oauth_access_token_of_the_same_issuer() {
    for (gateway, stt) in [
        (events::http_api_jwt as Gateway, json!("1")),
        (events::http_api_jwt, json!("")),
        (events::http_api_jwt, json!("[0]")),
    ] {
        let (status, body) = answer(&gateway(&with(text(), "stt", stt))).await;
        assert_eq!(status, 403);
        assert!(body.contains(r#""id":"stt""#), "{body}");
    }
    for stt in [json!(1), json!("0"), json!(true), json!([])] {
        let (status, body) = answer(&events::rest_jwt(&with(session::payload(), "stt", stt))).await;
        assert_eq!(status, 403);
        assert!(body.contains(r#""id":"stt""#), "{body}");
    }
}

#[tokio::test]
async fn denies_a_token_type_of_null_with_json_types() {
    let exact: [Gateway; 4] = [
        events::rest_jwt,
        events::http_api_lambda_flat,
        events::http_api_lambda_claims,
        events::http_api_lambda_json,
    ];
    for gateway in exact {
        assert!(!allows(gateway, "stt", Value::Null).await);
        assert!(allows(gateway, "stt", json!(0)).await);
    }
    // A REST API may have converted a Lambda authorizer's number to a string.
    assert!(allows(events::rest_lambda_flat, "stt", json!("0")).await);
    assert!(!allows(events::rest_lambda_flat, "stt", json!("1")).await);
}

#[require_claims(scope = "orders:read")]
async fn read_orders(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[tokio::test]
async fn denies_the_gateways_list_of_scopes_without_the_claim() {
    let listed = json!(["orders:read"]);
    let with_claims = |claims: &Value| {
        [
            events::v2(&json!({"jwt": {"claims": claims, "scopes": listed}})),
            events::v1(&json!({"claims": claims, "scopes": listed})),
        ]
    };
    for key in ["scope", "scp"] {
        for event in with_claims(&with(text(), key, json!("orders:read profile"))) {
            let answer = read_orders(events::request(&event)).await;
            assert_eq!(answer.status(), 200, "{event}");
        }
    }
    for event in with_claims(&text()) {
        let answer = read_orders(events::request(&event)).await;
        assert_eq!(answer.status(), 403, "{event}");
        let body: Value = serde_json::from_slice(answer.body()).unwrap();
        let reason = &body["claimValidationErrors"][0]["reason"];
        assert_eq!(reason["message"], "value does not exist", "{event}");
    }
}
