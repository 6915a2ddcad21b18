//! The reasons of a boolean claim.

use require_claims::supertokens::EMAIL_VERIFIED;
use serde_json::{Value, json};

use super::{claims, errors, one, text_errors, timestamped};

#[test]
fn reports_an_absent_a_wrong_and_an_unreadable_boolean() {
    let ev = |v: Value| claims("st-ev", timestamped(&v));
    assert_eq!(
        errors(&ev(json!(true)), &[EMAIL_VERIFIED.is_true()]),
        json!([])
    );
    assert_eq!(
        errors(&ev(json!(false)), &[EMAIL_VERIFIED.is_false()]),
        json!([])
    );
    assert_eq!(
        errors(&json!({"exp": 1}), &[EMAIL_VERIFIED.is_true()]),
        one(
            "st-ev",
            json!({"message": "value does not exist", "expectedValue": true})
        )
    );
    for actual in [
        json!(false),
        json!("true"),
        json!(1),
        json!(null),
        json!({"v": true}),
    ] {
        let wrong = json!({
            "message": "wrong value", "expectedValue": true, "actualValue": actual
        });
        assert_eq!(
            errors(&ev(actual), &[EMAIL_VERIFIED.is_true()]),
            one("st-ev", wrong)
        );
    }
    for absent in [
        json!(null),
        json!({}),
        json!({"t": 1}),
        json!("true"),
        json!(true),
        json!([]),
    ] {
        assert_eq!(
            errors(&claims("st-ev", absent), &[EMAIL_VERIFIED.is_false()]),
            one(
                "st-ev",
                json!({"message": "value does not exist", "expectedValue": false})
            )
        );
    }
    assert_eq!(
        text_errors(
            &json!({"st-ev": "map[t:1 v:yes]"}),
            &[EMAIL_VERIFIED.is_true()]
        ),
        one(
            "st-ev",
            json!({"message": "unreadable value", "expectedType": "boolean"})
        )
    );
}
