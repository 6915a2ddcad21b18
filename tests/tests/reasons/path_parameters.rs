//! Path parameters that are compared with claims of each type.

use require_claims::{PrimitiveClaim, Requirement, require_claims};
use require_claims_tests::events;
use require_claims_tests::session::{self, with};
use serde_json::{Value, json};

use super::errors_of;

const USER: PrimitiveClaim<i64> = PrimitiveClaim::<i64>::bare("user_id");
const NAME: PrimitiveClaim = PrimitiveClaim::bare("user_id");

/// The event of a REST API or an HTTP API, with this claim and path parameter.
fn event(gateway: fn(&Value) -> Value, claim: Value, parameter: &str) -> Value {
    let mut event = gateway(&with(session::payload(), "user_id", claim));
    event["pathParameters"] = json!({"id": parameter});
    event
}

fn reason(requirement: Requirement<'_>, event: &Value) -> Option<Value> {
    let errors = errors_of(event, &[requirement]);
    errors.get(0).map(|error| error["reason"].clone())
}

#[test]
fn compares_an_integer_with_a_path_parameter() {
    let http_api = |claims: &Value| events::http_api_jwt(&session::text_of(claims));
    let wrong_value = json!({"message": "wrong value"});
    for gateway in [events::rest_jwt, http_api] {
        for (claim, parameter, is_allowed) in [
            (json!(42), "42", true),
            (json!(-7), "-7", true),
            (json!(0), "0", true),
            (json!(42), "43", false),
            // Only one spelling of a number is accepted, since the handler may compare text.
            (json!(42), "042", false),
            (json!(42), "+42", false),
            (json!(42), "42.0", false),
            (json!(0), "-0", false),
            (json!(42), "u42", false),
            (json!(42), " 42", false),
            (json!(42), "42 ", false),
        ] {
            let event = event(gateway, claim, parameter);
            let reason = reason(USER.is_path_parameter("id"), &event);
            assert_eq!(reason.is_none(), is_allowed, "{event}");
            if let Some(mut reason) = reason {
                let fields = reason.as_object_mut().unwrap();
                fields.retain(|name, _| name == "message");
                assert_eq!(reason, wrong_value, "{event}");
            }
        }
        // Beyond JavaScript's safe integers, several integers are one number.
        let event = event(
            gateway,
            json!(9_007_199_254_740_993_i64),
            "9007199254740993",
        );
        assert!(reason(USER.is_path_parameter("id"), &event).is_some());
    }
}

/// Regression: a number was reported as a wrong value, with the expected value equal to the actual one.
#[test]
fn reports_a_claim_of_another_type_than_the_path_parameter() {
    let wrong_type = |expected: &str, actual: &str| json!({"message": "wrong type", "expectedType": expected, "actualType": actual});
    for (requirement, claim, reason_of) in [
        (
            NAME.is_path_parameter("id"),
            json!(42),
            wrong_type("string", "number"),
        ),
        (
            USER.is_path_parameter("id"),
            json!("42"),
            wrong_type("number", "string"),
        ),
        (
            USER.is_path_parameter("id"),
            json!([42]),
            wrong_type("number", "array"),
        ),
    ] {
        let event = event(events::rest_jwt, claim, "42");
        assert_eq!(reason(requirement, &event), Some(reason_of), "{event}");
    }
    let right = event(events::rest_jwt, json!("42"), "42");
    assert_eq!(reason(NAME.is_path_parameter("id"), &right), None);
}

#[test]
fn accepts_a_numeric_id_in_the_attribute() {
    #[require_claims(USER = path("id"))]
    fn handler(event: &lambda_http::Request) -> lambda_http::Response<lambda_http::Body> {
        lambda_http::Response::new(event.uri().path().into())
    }
    for (parameter, status) in [("42", 200), ("43", 403)] {
        let event = events::request(&event(events::rest_jwt, json!(42), parameter));
        assert_eq!(handler(&event).status(), status);
    }
}
