//! The reasons of a claim that is one string or one number.

use require_claims::PrimitiveClaim;
use require_claims_tests::custom_claims::{PLAN, SEATS, TWO_FACTOR};
use require_claims_tests::events;
use serde_json::json;

use super::{claims, errors, errors_of, one, text_errors, timestamped};

#[test]
fn compares_custom_claims_by_value() {
    let two_factor = claims("2fa-completed", timestamped(&json!(true)));
    assert_eq!(errors(&two_factor, &[TWO_FACTOR.is_true()]), json!([]));

    let plan = claims("plan", timestamped(&json!("pro")));
    assert_eq!(errors(&plan, &[PLAN.has_value("pro")]), json!([]));
    assert_eq!(
        errors(&plan, &[PLAN.has_value("free")]),
        one(
            "plan",
            json!({
                "message": "wrong value", "expectedValue": "free", "actualValue": "pro"
            })
        )
    );
    assert_eq!(
        errors(&plan, &[PLAN.has_any_of(&["free", "team"])]),
        one(
            "plan",
            json!({
                "message": "wrong value",
                "expectedToIncludeAtLeastOneOf": ["free", "team"],
                "actualValue": "pro",
            })
        )
    );
    let text = json!({"plan": "map[t:1.7e+12 v:pro]"});
    assert_eq!(text_errors(&text, &[PLAN.has_value("pro")]), json!([]));
    assert_eq!(
        text_errors(&text, &[PLAN.has_value("pr")]),
        one(
            "plan",
            json!({
                "message": "wrong value", "expectedValue": "pr", "actualValue": "pro"
            })
        )
    );

    for seats in [json!(5), json!(5.0)] {
        let seats = claims("seats", timestamped(&seats));
        assert_eq!(errors(&seats, &[SEATS.has_value(5)]), json!([]));
    }
    for text in ["map[t:1.7e+12 v:5]", "map[v:5e+00]", r#"{"v":5.0}"#] {
        assert_eq!(
            text_errors(&json!({"seats": text}), &[SEATS.has_value(5)]),
            json!([])
        );
    }
    let six = claims("seats", timestamped(&json!(6)));
    assert_eq!(
        errors(&six, &[SEATS.has_value(5)]),
        one(
            "seats",
            json!({"message": "wrong value", "expectedValue": 5, "actualValue": 6})
        )
    );
    for (wrong, message) in [
        ("map[v:5.5]", "wrong value"),
        ("map[v:50]", "wrong value"),
        (r#"{"v":"5"}"#, "wrong value"),
        // Text that is not a number does not have the claim's type.
        ("map[v:five]", "unreadable value"),
        ("map[v:]", "unreadable value"),
    ] {
        let errors = text_errors(&json!({"seats": wrong}), &[SEATS.has_value(5)]);
        assert_eq!(errors[0]["reason"]["message"], message, "{wrong}");
    }
}

#[test]
fn denies_numbers_that_are_not_exact_as_floats() {
    for (value, text, met) in [
        (9_007_199_254_740_991, "map[v:9.007199254740991e+15]", true),
        (
            -9_007_199_254_740_991,
            "map[v:-9.007199254740991e+15]",
            true,
        ),
        (9_007_199_254_740_992, "map[v:9.007199254740992e+15]", false),
        (9_007_199_254_740_993, "map[v:9007199254740993]", false),
        (i64::MIN, "map[v:-9223372036854775808]", false),
    ] {
        let errors = text_errors(&json!({"seats": text}), &[SEATS.has_value(value)]);
        assert_eq!(errors == json!([]), met, "{value}");
    }
}

#[test]
fn an_excluded_value_followed_by_another_member_is_ambiguous() {
    let free = PLAN.has_none_of(&["free"]);
    let plan = |text: &str| text_errors(&json!({"plan": text}), &[free]);
    assert_eq!(plan("map[t:1 v:pro]"), json!([]));
    assert_eq!(plan("map[t:1 v:freedom]"), json!([]));
    assert_eq!(
        plan("map[t:1 v:free]"),
        one(
            "plan",
            json!({
                "message": "wrong value", "expectedToNotInclude": ["free"], "actualValue": "free"
            })
        )
    );
    assert_eq!(
        plan("map[t:1 v:free w:x]")[0]["reason"]["message"],
        "ambiguous value"
    );
    assert_eq!(
        plan("map[t:1 v:<nil>]")[0]["reason"]["message"],
        "unreadable value"
    );
    // The gateway also writes this for half a surrogate pair, which is not a valid string.
    assert_eq!(
        plan("map[t:1 v:fre\u{fffd}]")[0]["reason"]["message"],
        "ambiguous value"
    );
    assert_eq!(
        errors(&claims("plan", timestamped(&json!(5))), &[free]),
        one(
            "plan",
            json!({
                "message": "wrong type", "expectedType": "string", "actualType": "number"
            })
        )
    );
}

/// Regression: these were a wrong value, with the expected value equal to the actual one.
#[test]
fn an_integer_that_rounds_to_the_expected_number_is_ambiguous() {
    const KEY: PrimitiveClaim = PrimitiveClaim::bare("k");
    const COUNT: PrimitiveClaim<i64> = PrimitiveClaim::<i64>::bare("count");
    let ambiguous = |expected: i64| {
        let reason = json!({"message": "ambiguous value", "expectedValue": expected});
        json!([{"id": "count", "reason": reason}])
    };
    let unsafe_integer = 9_007_199_254_740_993_i64;
    let exact = events::rest_jwt(&json!({"count": unsafe_integer}));
    let text = events::http_api_jwt(&json!({"count": "9007199254740993"}));
    for event in [exact, text] {
        for expected in [unsafe_integer, unsafe_integer - 1] {
            let mut errors = errors_of(&event, &[COUNT.has_value(expected)]);
            if let Some(reason) = errors[0]["reason"].as_object_mut() {
                reason.remove("remedy");
            }
            assert_eq!(errors, ambiguous(expected), "{event}");
        }
        let errors = errors_of(&event, &[COUNT.has_value(42)]);
        assert_eq!(errors[0]["reason"]["message"], "wrong value", "{event}");
    }
    // A Lambda authorizer's string that may be JSON text.
    for value in ["null", "[admin]"] {
        let event = events::v1(&json!({"principalId": "1", "k": value}));
        let errors = errors_of(&event, &[KEY.has_value(value)]);
        assert_eq!(errors[0]["reason"]["message"], "ambiguous value", "{event}");
    }
}
