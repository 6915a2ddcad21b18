//! Booleans and integers without an envelope: `"email_verified": true`, `"seats": 5`.

use require_claims::{BooleanClaim, PrimitiveClaim};
use serde_json::json;

use super::{cognito, handler, http_api, http_lambda, rest_jwt, rest_lambda, verdict, with_token};

const EMAIL_VERIFIED: BooleanClaim = BooleanClaim::bare("email_verified");
const SEATS: PrimitiveClaim<i64> = PrimitiveClaim::<i64>::bare("seats");

handler!(verified: EMAIL_VERIFIED);
handler!(unverified: EMAIL_VERIFIED = false);
handler!(five_seats: SEATS = 5);
handler!(own_seats: SEATS = path("seats"));

#[tokio::test]
async fn reads_a_boolean_and_its_text() {
    for event in [
        http_api("email_verified", &json!(true)),
        with_token("email_verified", &json!(true)),
        rest_jwt("email_verified", &json!(true)),
        http_lambda("email_verified", &json!(true)),
        rest_lambda("email_verified", &json!(true)),
        cognito("email_verified", &json!("true")),
        rest_lambda("email_verified", &json!("true")),
    ] {
        assert_eq!(verdict(verified, &event).await, "allowed", "{event}");
        let denied = "email_verified: wrong value";
        assert_eq!(verdict(unverified, &event).await, denied, "{event}");
    }
    for event in [
        http_api("email_verified", &json!(false)),
        with_token("email_verified", &json!(false)),
        rest_jwt("email_verified", &json!(false)),
        http_lambda("email_verified", &json!(false)),
        rest_lambda("email_verified", &json!(false)),
        cognito("email_verified", &json!("false")),
    ] {
        let denied = "email_verified: wrong value";
        assert_eq!(verdict(verified, &event).await, denied, "{event}");
        assert_eq!(verdict(unverified, &event).await, "allowed", "{event}");
    }
}

#[tokio::test]
async fn denies_a_boolean_of_another_type() {
    for (event, message) in [
        (with_token("email_verified", &json!("true")), "wrong value"),
        (rest_jwt("email_verified", &json!("true")), "wrong value"),
        (rest_jwt("email_verified", &json!(1)), "wrong value"),
        (rest_jwt("email_verified", &json!([true])), "wrong value"),
        (
            rest_jwt("email_verified", &json!({"v": true})),
            "wrong value",
        ),
        (
            rest_jwt("email_verified", &json!(null)),
            "value does not exist",
        ),
        (rest_jwt("other", &json!(true)), "value does not exist"),
        (
            http_api("email_verified", &json!("True")),
            "unreadable value",
        ),
        (
            http_api("email_verified", &json!([true])),
            "unreadable value",
        ),
        (
            http_api("email_verified", &json!({"v": true})),
            "unreadable value",
        ),
        (cognito("email_verified", &json!("TRUE")), "wrong type"),
        (cognito("email_verified", &json!("1")), "wrong type"),
        (cognito("email_verified", &json!("true,true")), "wrong type"),
        (rest_lambda("email_verified", &json!(" true")), "wrong type"),
    ] {
        let expected = format!("email_verified: {message}");
        assert_eq!(verdict(verified, &event).await, expected, "{event}");
        assert_eq!(verdict(unverified, &event).await, expected, "{event}");
    }
}

#[tokio::test]
async fn reads_an_integer_and_its_text() {
    for event in [
        http_api("seats", &json!(5)),
        with_token("seats", &json!(5)),
        rest_jwt("seats", &json!(5.0)),
        http_lambda("seats", &json!(5)),
        rest_lambda("seats", &json!(5)),
        cognito("seats", &json!("5")),
    ] {
        assert_eq!(verdict(five_seats, &event).await, "allowed", "{event}");
        for (parameter, expected) in [("5", "allowed"), ("6", "seats: wrong value")] {
            let mut event = event.clone();
            event["pathParameters"] = json!({"seats": parameter});
            assert_eq!(verdict(own_seats, &event).await, expected, "{event}");
        }
    }
    for (event, message) in [
        (http_api("seats", &json!(6)), "wrong value"),
        (with_token("seats", &json!(6)), "wrong value"),
        (with_token("seats", &json!("5")), "wrong value"),
        (rest_jwt("seats", &json!("5")), "wrong value"),
        (rest_jwt("seats", &json!([5])), "wrong value"),
        (rest_jwt("seats", &json!(null)), "value does not exist"),
        (http_api("seats", &json!([5])), "unreadable value"),
        (http_api("seats", &json!("5 ")), "unreadable value"),
        (cognito("seats", &json!("5,5")), "wrong type"),
        (cognito("seats", &json!("+5")), "wrong type"),
    ] {
        let expected = format!("seats: {message}");
        assert_eq!(verdict(five_seats, &event).await, expected, "{event}");
    }
}
