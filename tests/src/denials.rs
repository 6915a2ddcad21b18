//! The errors of denied requests, and how to compare them with those of SuperTokens' SDK.

use lambda_http::Request;
use require_claims::{Requirement, all};
use serde_json::Value;

use crate::payloads::now;

/// The errors of the denial at [`now`]; empty if the request is allowed.
///
/// # Panics
///
/// If a denial has no reason, or one with an expected value that equals the actual one.
#[must_use]
pub fn errors_of(requirements: &[Requirement<'_>], request: &Request) -> Vec<Value> {
    let Err(rejection) = all(requirements).check_at(request, now()) else {
        return Vec::new();
    };
    let errors = rejection.errors().iter();
    let errors: Vec<Value> = errors
        .filter_map(|error| serde_json::to_value(error).ok())
        .collect();
    assert!(!errors.is_empty(), "a denial without a reason");
    for error in &errors {
        let reason = &error["reason"];
        let expected = [
            "expectedValue",
            "expectedToInclude",
            "expectedToIncludeAtLeastOneOf",
        ];
        let is_actual = |field| match (reason.get(field), reason.get("actualValue")) {
            (Some(expected), Some(actual)) => are_equal(expected, actual),
            _ => false,
        };
        assert!(!expected.into_iter().any(is_actual), "{error}");
    }
    errors
}

/// Whether two values are equal in JavaScript, which has only one type of number.
#[must_use]
pub fn are_equal(value: &Value, other: &Value) -> bool {
    match (value, other) {
        (Value::Number(value), Value::Number(other)) => value.as_f64() == other.as_f64(),
        (Value::Array(values), Value::Array(others)) => are_all_equal(values, others),
        (Value::Object(members), Value::Object(others)) => {
            let same = |(key, value)| others.get(key).is_some_and(|other| are_equal(value, other));
            members.len() == others.len() && members.iter().all(same)
        }
        (value, other) => value == other,
    }
}

/// Whether two lists of values are equal, element by element.
#[must_use]
pub fn are_all_equal(values: &[Value], others: &[Value]) -> bool {
    let mut pairs = values.iter().zip(others);
    values.len() == others.len() && pairs.all(|(value, other)| are_equal(value, other))
}
