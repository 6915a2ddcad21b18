//! A denial → its reason, in the SDK's words and fields. The only place that writes reasons.

use std::time::Duration;

use serde_json::Value;

use super::error::{ClaimValidationError, Reason, ReasonKind};
use crate::decide::{Denial, Why, WrongAge};
use crate::validator::{Factors, Validator};
use crate::value::{Claim, RawClaim, Typed, Unread};

/// The error of a denial. `token_would_help` is whether the token would make an ambiguous claim exact.
pub(super) fn error(denial: Denial<'_>, token_would_help: bool) -> ClaimValidationError {
    let Denial { key, required, why } = denial;
    let validator = required.map(|(_, validator)| validator);
    let expected = |reason| with_field(reason, validator.and_then(Validator::expected));
    let reason = match why {
        Why::Unread(unread) => unread_claim(unread, required),
        Why::WrongValue(actual) => {
            let reason = expected(Reason::new(ReasonKind::WrongValue, "wrong value"));
            let actual = actual.and_then(|value| actual_value(value, required?.0));
            with_field(reason, actual.map(|actual| ("actualValue", actual)))
        }
        Why::WrongType(RawClaim::Exact(actual), _)
            if validator.is_some_and(Validator::takes_any_type) =>
        {
            let reason = Reason::new(ReasonKind::WrongValue, "wrong value");
            expected(reason).with("actualValue", actual.into_owned())
        }
        Why::WrongType(actual, expected) => wrong_type(expected, actual.json_type()),
        Why::Unreadable(expected) => unreadable(expected),
        Why::WrongTypeOfTime(actual) => wrong_type("number of milliseconds in `t`", actual),
        Why::Ambiguous {
            clear_without_spaces,
        } => {
            let reason = expected(Reason::new(ReasonKind::Ambiguous, "ambiguous value"));
            let remedy = remedy(token_would_help, clear_without_spaces);
            with_field(reason, remedy.map(|remedy| ("remedy", remedy.into())))
        }
        Why::WrongAge(age) => wrong_age(age),
        Why::IncompleteForAuth => {
            let message = "MFA requirement for auth is not satisfied";
            Reason::new(ReasonKind::FactorsIncomplete, message)
        }
        Why::Incomplete(step, completed) => incomplete(step, &completed, required),
        Why::NoPathParameter(name) => {
            let reason = Reason::new(ReasonKind::NoPathParameter, "no path parameter");
            reason.with("pathParameter", name)
        }
        Why::EmptyRequirement => Reason::new(ReasonKind::EmptyRequirement, "empty requirement"),
        Why::NotAsDeclared(problem) => not_as_declared(problem),
    };
    ClaimValidationError::new(key.into_owned(), reason)
}

fn with_field(reason: Reason, field: Option<(&'static str, Value)>) -> Reason {
    match field {
        Some((name, value)) => reason.with(name, value),
        None => reason,
    }
}

fn unread_claim(unread: Unread, required: Option<(Claim, Validator<'_>)>) -> Reason {
    match unread {
        Unread::Missing | Unread::Null => {
            let reason = Reason::new(ReasonKind::ValueDoesNotExist, "value does not exist");
            with_field(
                reason,
                required.and_then(|(_, validator)| validator.expected_of_missing()),
            )
        }
        Unread::Malformed if required.is_none() => {
            not_as_declared("JSON that cannot be parsed, or has a key twice".to_owned())
        }
        Unread::Malformed | Unread::Unreadable => {
            unreadable(required.map_or("JSON", |(claim, _)| claim.ty.name()))
        }
        Unread::TokenMismatch => Reason::new(ReasonKind::UnknownRendering, "unknown rendering"),
    }
}

fn not_as_declared(problem: String) -> Reason {
    Reason::new(ReasonKind::NotAsDeclared, "not as declared").with("problem", problem)
}

fn unreadable(expected: &'static str) -> Reason {
    Reason::new(ReasonKind::Unreadable, "unreadable value").with("expectedType", expected)
}

fn wrong_type(expected: &'static str, actual: &'static str) -> Reason {
    Reason::new(ReasonKind::WrongType, "wrong type")
        .with("expectedType", expected)
        .with("actualType", actual)
}

fn wrong_age(age: WrongAge) -> Reason {
    let (kind, message, age, max) = match age {
        WrongAge::Unknown { max } => (ReasonKind::TimeUnknown, "time unknown", None, max),
        WrongAge::Future { age, max } => (
            ReasonKind::TimeInFuture,
            "time in the future",
            Some(age),
            max,
        ),
        WrongAge::Expired { age, max } => (ReasonKind::Expired, "expired", Some(age), max),
    };
    let age = age.map(|age| ("ageInSeconds", age.into()));
    with_field(Reason::new(kind, message), age).with("maxAgeInSeconds", seconds(max))
}

fn seconds(duration: Duration) -> Value {
    if duration.subsec_nanos() == 0 {
        duration.as_secs().into()
    } else {
        duration.as_secs_f64().into()
    }
}

/// What would make an ambiguous value clear, if anything would.
fn remedy(token: bool, spaces: bool) -> Option<String> {
    const TOKEN: &str = "send the token in `Authorization`";
    const SPACES: &str = "declare the claim `.without_spaces()` if none of its names can have one";
    let remedies = [token.then_some(TOKEN), spaces.then_some(SPACES)];
    let remedies: Vec<&str> = remedies.into_iter().flatten().collect();
    (!remedies.is_empty()).then(|| remedies.join(", or "))
}

/// The value for `actualValue`, where it has one interpretation.
fn actual_value(value: RawClaim<'_>, claim: Claim) -> Option<Value> {
    if let RawClaim::Exact(value) = value {
        return Some(value.into_owned());
    }
    match Typed::read(&value, claim)? {
        Typed::Boolean(value) => Some(value.into()),
        Typed::Integer(value) => Some(value.into()),
        Typed::String(text) => Some(text.as_str().into()),
        Typed::List(list, _) => list.text_to_value(),
        Typed::Factors(_) => None,
    }
}

/// The SDK's reason for a step of factors that is not completed.
fn incomplete(
    step: Factors<'_>,
    completed: &RawClaim<'_>,
    required: Option<(Claim, Validator<'_>)>,
) -> Reason {
    let completed = required.and_then(|(claim, _)| Typed::read(completed, claim));
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
    Reason::new(ReasonKind::FactorsIncomplete, message).with(field, value)
}
