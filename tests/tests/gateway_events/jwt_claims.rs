//! A Lambda authorizer that passes the payload as JSON text under `jwtClaims`.

use require_claims_tests::events;
use require_claims_tests::session::{self, with, without};
use serde_json::{Value, json};

use super::{answer_to, denial};

/// The authorizer context in an event of each gateway.
fn in_each_gateway(context: &Value) -> [Value; 4] {
    [
        events::rest(context),
        events::v1(context),
        events::v2(&json!({ "lambda": context })),
        events::websocket(context),
    ]
}

/// The status and body of the event in each form in which a handler can take it, which must be the same.
fn answer(event: &Value) -> (u16, String) {
    let answer = answer_to(event);
    assert_eq!(answer_to(&events::request(event)), answer, "{event}");
    answer
}

#[test]
fn reads_the_payload_in_jwt_claims() {
    let customer = with(
        session::payload(),
        "st-role",
        json!({"v": ["customer"], "t": 1}),
    );
    for (payload, status) in [(session::payload(), 200), (customer, 403)] {
        for context in [
            json!({"jwtClaims": payload.to_string()}),
            json!({"jwtClaims": payload.to_string(), "principalId": "user-1"}),
            json!({"jwtClaims": payload.to_string(), "principalId": "user-1", "integrationLatency": 5}),
        ] {
            for event in in_each_gateway(&context) {
                assert_eq!(answer(&event).0, status, "{event}");
            }
        }
    }
}

#[test]
fn denies_jwt_claims_that_cannot_be_read() {
    let payload = session::payload();
    let json = payload.to_string();
    let unreadable =
        |expected: &str| json!({"message": "unreadable value", "expectedType": expected});
    let errors = json!([
        {"id": "claims", "reason": unreadable("JSON object")},
        {"id": "st-ev", "reason": unreadable("boolean")},
        {"id": "st-role", "reason": unreadable("array of strings")},
        {"id": "st-mfa", "reason": unreadable("completed factors")},
    ]);
    for context in [
        // The payload in two places.
        json!({"claims": payload, "jwtClaims": json}),
        json!({"claims": json, "jwtClaims": json}),
        json!({"claims": null, "jwtClaims": json}),
        json!({"claims": json, "jwtClaims": null}),
        json!({"jwtClaims": json, "sub": "user-1"}),
        json!({"jwtClaims": json, "st-role": r#"{"v":["admin"],"t":1}"#}),
        // Not the JSON text of an object.
        json!({"jwtClaims": "", "principalId": "u"}),
        json!({"jwtClaims": "{", "principalId": "u"}),
        json!({"jwtClaims": format!("{json} x")}),
        json!({"jwtClaims": format!("[{json}]")}),
        json!({"jwtClaims": [json]}),
        json!({"jwtClaims": true}),
        // A claim next to a `jwtClaims` that is `null`.
        with(payload.clone(), "jwtClaims", Value::Null),
    ] {
        for event in in_each_gateway(&context) {
            let (status, body) = answer(&event);
            let body: Value = serde_json::from_str(&body).unwrap();
            assert_eq!((status, body), denial(&errors), "{event}");
        }
    }
}

#[test]
fn denies_a_duplicate_key_in_jwt_claims() {
    let json = session::payload().to_string();
    let members = json.trim_start_matches('{').trim_end_matches('}');
    for (text, status) in [
        (format!("{{\"x\":1,{members}}}"), 200),
        (format!("{{\"st-ev\":null,{members}}}"), 403),
        (
            format!("{{{members},\"st-ev\":{{\"v\":true,\"t\":1}}}}"),
            403,
        ),
    ] {
        for event in in_each_gateway(&json!({"jwtClaims": text, "principalId": "u"})) {
            assert_eq!(answer(&event).0, status, "{event}");
        }
    }
}

#[test]
fn denies_each_requirement_without_claims_in_jwt_claims() {
    let nothing = without(session::payload(), &["st-ev", "st-role", "st-mfa"]);
    for context in [
        json!({"jwtClaims": nothing.to_string()}),
        json!({"jwtClaims": "{}"}),
        json!({"jwtClaims": null}),
        json!({"jwtClaims": null, "principalId": "u"}),
    ] {
        for event in in_each_gateway(&context) {
            let (status, body) = answer(&event);
            let missing = body.matches("value does not exist").count();
            assert_eq!((status, missing), (403, 3), "{event} {body}");
        }
    }
}
