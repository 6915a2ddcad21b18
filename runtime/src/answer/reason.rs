//! Converts a denial into the SDK's message and fields. This is the only place that writes reasons.

use std::time::Duration;

use serde_json::Value;

use super::error::{ClaimValidationError, Reason, ReasonKind};
use crate::decide::{Cause, Denial, WrongAge};
use crate::validator::{Factors, Remedy, Validator};
use crate::value::number::safe_integer;
use crate::value::{Claim, RawClaim, ReadError, Typed};

/// Creates the error for a denial. `token_would_help` is whether sending the token in `Authorization` would
/// resolve an ambiguous claim.
pub(super) fn error(denial: Denial<'_>, token_would_help: bool) -> ClaimValidationError {
    let required = denial.required;
    let validator = required.map(|(_, validator)| validator);
    let with_expected =
        |kind| Reason::new(kind).with_optional(validator.and_then(Validator::expected));
    let reason = match denial.cause {
        Cause::NotRead(error) => not_read(error, required),
        Cause::WrongValue(actual) => {
            let actual = actual.and_then(|value| actual_value(value, required?.0));
            let actual = actual.map(|actual| ("actualValue", actual));
            with_expected(ReasonKind::WrongValue).with_optional(actual)
        }
        Cause::WrongType(RawClaim::Exact(actual), _)
            if validator.is_some_and(Validator::reports_wrong_type_as_wrong_value) =>
        {
            with_expected(ReasonKind::WrongValue).with("actualValue", actual.into_owned())
        }
        Cause::WrongType(RawClaim::GatewayText(_), expected) => unreadable(expected),
        Cause::WrongType(actual, expected) => wrong_type(expected, actual.json_type()),
        Cause::Ambiguous(remedies) => {
            let remedy = remedy(remedies, required, token_would_help);
            with_expected(ReasonKind::Ambiguous).with_optional(remedy)
        }
        Cause::WrongAge(age) => wrong_age(age),
        Cause::IncompleteForAuth => Reason::new(ReasonKind::FactorsIncomplete),
        Cause::Incomplete(step, completed) => incomplete(step, &completed, required),
        Cause::NoPathParameter(name) => {
            Reason::new(ReasonKind::NoPathParameter).with("pathParameter", name)
        }
        Cause::EmptyRequirement => Reason::new(ReasonKind::EmptyRequirement),
        Cause::NotAsDeclared(problem) => not_as_declared(problem),
    };
    ClaimValidationError::new(denial.key.into_owned(), reason)
}

fn not_read(error: ReadError, required: Option<(Claim, Validator<'_>)>) -> Reason {
    match error {
        ReadError::Missing | ReadError::Null => {
            let expected = required.and_then(|(_, validator)| validator.expected_if_missing());
            Reason::new(ReasonKind::ValueDoesNotExist).with_optional(expected)
        }
        ReadError::InvalidJson if required.is_none() => {
            not_as_declared("invalid JSON or a duplicate key".to_owned())
        }
        ReadError::InvalidJson | ReadError::Unreadable => {
            unreadable(required.map_or("JSON object", |(claim, _)| claim.ty.name()))
        }
        ReadError::OtherType {
            expected,
            actual: Some(actual),
        } => wrong_type(expected, actual),
        ReadError::OtherType { expected, .. } => unreadable(expected),
        ReadError::Ambiguous => Reason::new(ReasonKind::Ambiguous),
        ReadError::TokenMismatch => Reason::new(ReasonKind::UnknownRendering),
    }
}

fn not_as_declared(problem: String) -> Reason {
    Reason::new(ReasonKind::NotAsDeclared).with("problem", problem)
}

fn unreadable(expected: &'static str) -> Reason {
    Reason::new(ReasonKind::Unreadable).with("expectedType", expected)
}

fn wrong_type(expected: &'static str, actual: &'static str) -> Reason {
    Reason::new(ReasonKind::WrongType)
        .with("expectedType", expected)
        .with("actualType", actual)
}

fn wrong_age(age: WrongAge) -> Reason {
    let (kind, age, max) = match age {
        WrongAge::Unknown { max } => (ReasonKind::TimeUnknown, None, max),
        WrongAge::Future { age, max } => (ReasonKind::TimeInFuture, Some(age), max),
        WrongAge::Expired { age, max } => (ReasonKind::Expired, Some(age), max),
    };
    let age = age.map(|age| ("ageInSeconds", age.into()));
    let reason = Reason::new(kind).with_optional(age);
    reason.with("maxAgeInSeconds", seconds(max))
}

/// The seconds as an integer if they are whole, like JavaScript's numbers in JSON.
fn seconds(duration: Duration) -> Value {
    if duration.subsec_nanos() == 0 {
        duration.as_secs().into()
    } else {
        duration.as_secs_f64().into()
    }
}

/// The field that says what would make an ambiguous claim clear, if anything would.
fn remedy(
    remedies: &[Remedy],
    required: Option<(Claim, Validator<'_>)>,
    token_would_help: bool,
) -> Option<(&'static str, Value)> {
    let is_nested = required.is_some_and(|(claim, _)| !claim.members.is_empty());
    let mut texts = Vec::new();
    for remedy in remedies {
        match remedy {
            Remedy::Token => {
                texts.extend(token_would_help.then_some("send the token in `Authorization`"));
                texts.extend(
                    is_nested.then_some("use a REST API, whose JWT authorizer passes JSON types"),
                );
            }
            Remedy::WithoutSpaces => texts.push(
                "declare the claim with `.without_spaces()` if none of its names can contain a space",
            ),
            Remedy::WithoutCommas => texts.push(
                "declare the claim with `.without_commas()` if none of its names can contain a comma",
            ),
        }
    }
    (!texts.is_empty()).then(|| ("remedy", texts.join(", or ").into()))
}

/// The value for `actualValue`, if the claim has one interpretation.
fn actual_value(value: RawClaim<'_>, claim: Claim) -> Option<Value> {
    if let RawClaim::Exact(value) = value {
        return Some(value.into_owned());
    }
    match Typed::read(&value, claim.ty)? {
        Typed::Boolean(value) => Some(value.into()),
        Typed::Integer(value) => Some(safe_integer(value).map_or(value.into(), Value::from)),
        Typed::String(text) => Some(text.as_str().into()),
        Typed::List(list, _) => list.text_to_value(),
        Typed::Factors(_) => None,
    }
}

/// The SDK's reason for an incomplete step of factors.
fn incomplete(
    step: Factors<'_>,
    completed: &RawClaim<'_>,
    required: Option<(Claim, Validator<'_>)>,
) -> Reason {
    let completed = required.and_then(|(claim, _)| Typed::read(completed, claim.ty));
    let is_missing = |factor: &&&str| match &completed {
        Some(Typed::Factors(factors)) => factors.completed_at(factor).is_none(),
        _ => true,
    };
    let missing: Vec<&str> = step.names().iter().filter(is_missing).copied().collect();
    let names = missing.join(", ");
    let (message, field, value): (_, _, Value) = match step {
        Factors::One(factor) => (
            format!("Factor validation failed: {names} not completed"),
            "factorId",
            factor.into(),
        ),
        Factors::OneOf(factors) => (
            format!("None of these factors are complete in the session: {names}"),
            "oneOf",
            factors.into(),
        ),
        Factors::AllOf(_) => (
            format!("Some of the factors are not complete in the session: {names}"),
            "allOfInAnyOrder",
            missing.into(),
        ),
    };
    Reason::new(ReasonKind::FactorsIncomplete)
        .with_message(message)
        .with(field, value)
}
