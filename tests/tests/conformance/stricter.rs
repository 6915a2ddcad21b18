//! The cases in which the guard is deliberately stricter than the SDK, with their conditions on the payload
//! and the reasons that it reports instead.

use std::collections::BTreeSet;

use require_claims_tests::payloads::NOW_IN_MILLISECONDS;
use require_claims_tests::requirement_sets::Validation;
use serde_json::{Value, json};

use super::sdk::Answer;

/// The properties of every JavaScript object that the requirement sets contain as names.
const ON_THE_PROTOTYPE: [&str; 1] = ["constructor"];

/// A case in which the results differ: its name, and a function that returns the guard's reason if the
/// payload is such a case.
type Case = (
    &'static str,
    fn(&Validation, &Value, &Answer) -> Option<Value>,
);

/// All cases. If several apply, the first counts.
pub(crate) const CASES: [Case; 8] = [
    (
        "a maximum age is required, and the value has no time that is a number",
        without_time,
    ),
    (
        "a maximum age is required, and the value is from the future",
        from_the_future,
    ),
    (
        "`t` is not a number, and no maximum age is required",
        time_of_another_type,
    ),
    (
        "a list is required, and the value has another type",
        not_a_list,
    ),
    (
        "a list has an element of another type",
        element_of_another_type,
    ),
    ("`st-mfa` is absent", missing_factors),
    ("`st-mfa` is not of its declared type", malformed_factors),
    (
        "the required factor is a property of every JavaScript object",
        inherited_factor,
    ),
];

/// The expected error of a requirement on this payload: the SDK's, or that of a case above, with its name.
pub(crate) fn expected(
    validation: &Validation,
    payload: &Value,
    answer: &Answer,
) -> (Option<Value>, Option<&'static str>) {
    let claim = payload.get(validation.key).unwrap_or(&Value::Null);
    let case = CASES
        .iter()
        .find_map(|(name, reason)| Some((*name, reason(validation, claim, answer)?)));
    match (case, answer) {
        (Some((name, reason)), _) => (
            Some(json!({"id": validation.key, "reason": reason})),
            Some(name),
        ),
        (None, Answer::Valid) => (None, None),
        (None, Answer::Invalid(error)) => (Some(error.clone()), None),
        (None, Answer::Thrown) => panic!("the SDK throws: {validation:?} of {payload}"),
    }
}

/// The SDK converts missing values, strings, `null` and arrays to numbers.
fn without_time(validation: &Validation, claim: &Value, _: &Answer) -> Option<Value> {
    let max_age = validation.max_age?;
    claim.get("v")?;
    let is_number = claim.get("t").is_some_and(Value::is_number);
    (!is_number).then(|| json!({"message": "time unknown", "maxAgeInSeconds": max_age}))
}

/// The SDK treats a time in the future as recent.
fn from_the_future(validation: &Validation, claim: &Value, _: &Answer) -> Option<Value> {
    let max_age = validation.max_age?;
    claim.get("v")?;
    #[expect(
        clippy::cast_precision_loss,
        reason = "a time of this century is exact"
    )]
    let age = (NOW_IN_MILLISECONDS as f64 - claim.get("t")?.as_f64()?) / 1000.0;
    (age < -60.0).then(|| {
        json!({"message": "time in the future", "ageInSeconds": age, "maxAgeInSeconds": max_age})
    })
}

/// The SDK searches in a string, treats `null` as an empty list, and throws for other types.
fn not_a_list(validation: &Validation, claim: &Value, answer: &Answer) -> Option<Value> {
    let list = match validation.key {
        "st-role" | "st-perm" => claim.get("v")?,
        "groups" if !claim.is_null() => claim,
        _ => return None,
    };
    (!list.is_array() && !is_expired(answer)).then(|| wrong_type("array of strings", list))
}

/// The SDK throws, because it fetches the claim before it validates it.
fn missing_factors(validation: &Validation, claim: &Value, _: &Answer) -> Option<Value> {
    (validation.key == "st-mfa" && claim.is_null())
        .then(|| json!({"message": "value does not exist"}))
}

/// The SDK checks only the flag or only the required factor, and throws if there is no `c`.
fn malformed_factors(validation: &Validation, claim: &Value, _: &Answer) -> Option<Value> {
    if validation.key != "st-mfa" || claim.is_null() {
        return None;
    }
    let times = claim.get("c").and_then(Value::as_object);
    let is_declared = claim.get("v").is_some_and(Value::is_boolean)
        && times.is_some_and(|times| times.values().all(Value::is_number));
    (!is_declared).then(|| wrong_type("completed factors", claim))
}

/// The SDK ignores the time.
fn time_of_another_type(validation: &Validation, claim: &Value, _: &Answer) -> Option<Value> {
    let is_timestamped = !["st-mfa", "groups"].contains(&validation.key);
    if validation.max_age.is_some() || !is_timestamped {
        return None;
    }
    claim.get("v")?;
    let time = claim.get("t").filter(|time| !time.is_number())?;
    Some(wrong_type("number of milliseconds in `t`", time))
}

/// The SDK ignores elements that are not strings.
fn element_of_another_type(
    validation: &Validation,
    claim: &Value,
    answer: &Answer,
) -> Option<Value> {
    let list = match validation.key {
        "st-role" | "st-perm" => claim.get("v")?,
        "groups" => claim,
        _ => return None,
    };
    let are_strings = list.as_array()?.iter().all(Value::is_string);
    (!are_strings && !is_expired(answer)).then(|| wrong_type("array of strings", list))
}

/// Both check the age first.
fn is_expired(answer: &Answer) -> bool {
    matches!(answer, Answer::Invalid(error) if error["reason"]["message"] == "expired")
}

/// The guard accepts only the object's own properties as factors.
fn inherited_factor(validation: &Validation, claim: &Value, _: &Answer) -> Option<Value> {
    if validation.validator != "hasCompletedRequirementList" {
        return None;
    }
    let [Value::Array(steps)] = &validation.arguments[..] else {
        panic!("one list of steps: {validation:?}");
    };
    let completed: BTreeSet<&str> = claim["c"].as_object()?.keys().map(String::as_str).collect();
    let mut names = steps.iter().flat_map(names_of);
    let is_inherited = |factor| ON_THE_PROTOTYPE.contains(&factor) && !completed.contains(factor);
    if !names.any(is_inherited) {
        return None;
    }
    steps.iter().find_map(|step| incomplete(step, &completed))
}

/// The factors of a step.
fn names_of(step: &Value) -> impl Iterator<Item = &str> {
    let lists = [&step["oneOf"], &step["allOfInAnyOrder"]];
    let listed = lists.into_iter().filter_map(Value::as_array).flatten();
    step.as_str()
        .into_iter()
        .chain(listed.filter_map(Value::as_str))
}

/// The SDK's reason for a step that is not completed.
fn incomplete(step: &Value, completed: &BTreeSet<&str>) -> Option<Value> {
    let missing: Vec<&str> = names_of(step)
        .filter(|factor| !completed.contains(factor))
        .collect();
    let names = missing.join(", ");
    if step["oneOf"].is_array() {
        let none = missing.len() == names_of(step).count();
        let message = format!("None of these factors are complete in the session: {names}");
        none.then(|| json!({"message": message, "oneOf": missing}))
    } else if step["allOfInAnyOrder"].is_array() {
        let message = format!("Some of the factors are not complete in the session: {names}");
        (!missing.is_empty()).then(|| json!({"message": message, "allOfInAnyOrder": missing}))
    } else {
        let message = format!("Factor validation failed: {names} not completed");
        (!missing.is_empty()).then(|| json!({"message": message, "factorId": names}))
    }
}

fn wrong_type(expected: &str, actual: &Value) -> Value {
    let actual = match actual {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    json!({"message": "wrong type", "expectedType": expected, "actualType": actual})
}

#[test]
fn security_md_lists_every_case() {
    let page = include_str!("../../../SECURITY.md");
    let table = page
        .lines()
        .skip_while(|line| !line.starts_with("| the token's payload |"));
    let rows = table
        .skip(2)
        .map_while(|line| line.strip_prefix("| ")?.split_once(" | "));
    let shown: Vec<&str> = rows.map(|(case, _)| case).collect();
    assert_eq!(shown, CASES.map(|(name, _)| name));
}
