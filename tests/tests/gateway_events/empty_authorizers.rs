//! Authorizer objects without claims, and `claims` that cannot be read.

use require_claims_tests::events;
use require_claims_tests::session;
use serde_json::{Value, json};

use super::{answer, denial};

/// AWS's samples of payload format 1.0 have `claims` and `scopes` of `null` on routes without an authorizer.
#[tokio::test]
async fn an_authorizer_without_content_is_reported_as_missing_claims() {
    let absent = json!([
        {"id": "st-ev", "reason": {"message": "value does not exist", "expectedValue": true}},
        {"id": "st-role", "reason": {"message": "value does not exist", "expectedToInclude": "admin"}},
        {"id": "st-mfa", "reason": {"message": "value does not exist"}},
    ]);
    let iam = json!({"iam": {"accessKey": "key", "accountId": "1", "callerId": "caller"}});
    for event in [
        events::v1(&json!({"claims": null, "scopes": null})),
        events::v1(&json!({"claims": null})),
        events::v1(&json!({})),
        events::v1(&json!({"principalId": "user"})),
        events::v1(&json!({"integrationLatency": 5})),
        events::v1(&json!({"principalId": "user", "integrationLatency": 5, "claims": null})),
        events::v1(&json!({"claims": {}, "scopes": null})),
        events::v1(&json!({"principalId": "user", "claims": "{}"})),
        events::v2(&json!({})),
        events::v2(&json!({"jwt": null})),
        events::v2(&json!({"jwt": {"claims": null}})),
        events::v2(&json!({"jwt": {"claims": {}}})),
        events::v2(&json!({"lambda": null})),
        events::v2(&json!({"lambda": {}})),
        events::v2(&iam),
    ] {
        let (status, body) = answer(&event).await;
        let body: Value = serde_json::from_str(&body).unwrap();
        assert_eq!((status, body), denial(&absent), "{event}");
    }
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
