//! All requirements on the tests' claims, and the guard's outcomes.

use std::fmt::Debug;
use std::time::Duration;

use require_claims::supertokens::{AUDIENCE, MFA, SCOPE};
use require_claims::{
    BooleanClaim, ClaimValidationError, Factors, GatewayEvent, PrimitiveArrayClaim, PrimitiveClaim,
    Requirement, all, any,
};
use serde_json::Value;

use super::shapes;
use crate::claims::{self, Claim, ValueType};
use crate::custom_claims::{
    AMR, AREA, COGNITO_GROUP, COMPANY, CONFIRMED, DEPARTMENT, LABEL, LEVEL, POSITION, PROJECT,
    QUOTA, REALM_ROLE, RESOURCE, TEAMS, TIER, VERIFIED,
};
use crate::payloads::now;
use crate::requirement_sets::requirement_sets;

/// A requirement with the keys of the claims that it reads.
#[derive(Clone, Copy, Debug)]
pub struct KeyedRequirement<'a> {
    /// The keys, except `stt`, which every requirement reads.
    pub keys: &'static [&'static str],
    /// The requirement.
    pub requirement: Requirement<'a>,
}

/// The outcome of a check: nothing, or the errors.
pub type Outcome = Result<(), Vec<ClaimValidationError>>;

/// The boolean claims.
pub(super) fn booleans() -> impl Iterator<Item = (&'static Claim, BooleanClaim)> {
    claims::of_type(ValueType::Boolean).map(|claim| {
        let boolean = match claim.key {
            "email_verified" => VERIFIED,
            "profile" => CONFIRMED,
            key => BooleanClaim::new(key),
        };
        (claim, boolean)
    })
}

/// The lists whose names are declared to contain no spaces.
pub(super) const WITHOUT_SPACES: [&str; 2] = ["teams", "amr"];

/// The lists whose names are declared to contain no commas.
pub(super) const WITHOUT_COMMAS: [&str; 1] = ["user_groups"];

/// The claims that are lists.
pub(super) fn lists() -> impl Iterator<Item = (&'static Claim, PrimitiveArrayClaim)> {
    claims::of_type(ValueType::Names).map(|claim| {
        let list = match claim.key {
            "aud" => AUDIENCE,
            "scope" => SCOPE,
            "teams" => TEAMS.without_spaces(),
            "amr" => AMR,
            "user_groups" => COGNITO_GROUP,
            "realm_access" => REALM_ROLE,
            "position" => POSITION,
            "labels" => LABEL,
            "departments" => DEPARTMENT,
            "areas" => AREA,
            "companies" => COMPANY,
            "projects" => PROJECT,
            "access" => RESOURCE,
            key if claim.is_timestamped => PrimitiveArrayClaim::new(key),
            key => PrimitiveArrayClaim::bare(key),
        };
        (claim, list)
    })
}

/// The claims that are one string.
pub(super) fn strings() -> impl Iterator<Item = (&'static Claim, PrimitiveClaim)> {
    claims::of_type(ValueType::Name).map(|claim| {
        let string = match claim.key {
            "account" => TIER,
            key if claim.is_timestamped => PrimitiveClaim::new(key),
            key => PrimitiveClaim::bare(key),
        };
        (claim, string)
    })
}

/// The claims that are one whole number.
pub(super) fn numbers() -> impl Iterator<Item = (&'static Claim, PrimitiveClaim<i64>)> {
    claims::of_type(ValueType::Number).map(|claim| {
        let number = match claim.key {
            "level" => LEVEL,
            "limits" => QUOTA,
            key => PrimitiveClaim::<i64>::new(key),
        };
        (claim, number)
    })
}

/// All requirements on the claims with these names: with one name, with two, and with a maximum age.
pub(super) fn all_requirements<'a>(
    names: &'a [&'a str],
    steps: &'a [Factors<'a>],
) -> Vec<KeyedRequirement<'a>> {
    let mut requirements = Vec::new();
    for (claim, list) in lists() {
        list_requirements(claim.keys(), list, names, &mut requirements);
    }
    let mut push = |claim: &'static Claim, requirement| {
        let keys = claim.keys();
        requirements.push(KeyedRequirement { keys, requirement });
    };
    for (claim, boolean) in booleans() {
        push(claim, boolean.is_true());
        push(claim, boolean.is_false());
        push(claim, boolean.is_true().max_age(MAX_AGE));
    }
    for (claim, string) in strings() {
        for name in names {
            push(claim, string.has_value(name));
        }
        for pair in names.windows(2) {
            push(claim, string.has_any_of(pair));
            push(claim, string.has_none_of(pair));
        }
    }
    for (claim, number) in numbers() {
        for value in numbers_in(names) {
            push(claim, number.has_value(value));
        }
    }
    for claim in claims::of_type(ValueType::Factors) {
        push(claim, MFA.has_completed_requirements_for_auth());
        for step in steps {
            let list = MFA.has_completed_requirement_list(std::slice::from_ref(step));
            push(claim, list);
            push(claim, list.max_age(MAX_AGE));
        }
    }
    requirements
}

/// All requirements on a list with these names.
pub(super) fn list_requirements<'a>(
    keys: &'static [&'static str],
    list: PrimitiveArrayClaim,
    names: &'a [&'a str],
    requirements: &mut Vec<KeyedRequirement<'a>>,
) {
    let mut push = |requirement| requirements.push(KeyedRequirement { keys, requirement });
    for name in names {
        push(list.includes(name));
        push(list.excludes(name));
    }
    for pair in names.windows(2) {
        push(list.includes_all(pair));
        push(list.includes_any(pair));
        push(list.excludes_all(pair));
    }
    push(list.excludes("admin").max_age(MAX_AGE));
}

/// All requirements on the claims in other places and shapes, with these names.
#[must_use]
pub fn on_shapes<'a>(names: &'a [&'a str]) -> Vec<KeyedRequirement<'a>> {
    let mut requirements = all_requirements(names, &[]);
    requirements.retain(|keyed| {
        let mut claims = keyed.keys.iter().filter_map(|key| claims::find(key));
        claims.any(shapes::has)
    });
    requirements
}

/// The requirements of the requirement sets.
#[must_use]
pub fn of_requirement_sets() -> Vec<KeyedRequirement<'static>> {
    let sets = requirement_sets().into_iter().flatten();
    let keyed = sets.filter_map(|validation| {
        let keys = claims::find(validation.key)?.keys();
        let requirement = validation.requirement;
        Some(KeyedRequirement { keys, requirement })
    });
    keyed.collect()
}

/// All steps with the names as factors.
pub(super) fn steps<'a>(names: &'a [&'a str]) -> Vec<Factors<'a>> {
    let single = names.iter().map(|name| Factors::One(name));
    let one_of = names.windows(2).map(Factors::OneOf);
    let all_of = names.windows(2).map(Factors::AllOf);
    single.chain(one_of).chain(all_of).collect()
}

/// The whole numbers among the names, and another one.
pub(super) fn numbers_in(names: &[&str]) -> Vec<i64> {
    let numbers = names.iter().filter_map(|name| name.parse().ok());
    numbers.chain([5]).collect()
}

/// The maximum age in requirements.
const MAX_AGE: Duration = Duration::from_secs(3_600);

/// The outcome of one requirement. A denial has a reason.
pub(super) fn outcome<E: GatewayEvent>(requirement: Requirement<'_>, event: &E) -> Outcome {
    let rejection = match requirement.check_at(event, now()) {
        Ok(()) => return Ok(()),
        Err(rejection) => rejection,
    };
    let mut errors: Vec<ClaimValidationError> = Vec::new();
    for error in rejection.errors() {
        // Without an expected value, the errors of lists about different types of tokens are the same.
        if error.id() != "stt" || !errors.contains(error) {
            errors.push(error.clone());
        }
    }
    assert!(
        !errors.is_empty(),
        "{requirement:?} denied without a reason"
    );
    Err(errors)
}

/// Whether the guard allows an event.
pub(super) fn is_met<E: GatewayEvent>(requirement: Requirement<'_>, event: &E) -> bool {
    outcome(requirement, event).is_ok()
}

/// Asserts that the body of the 403 is JSON and contains all errors.
pub(super) fn assert_complete_body<E: GatewayEvent>(
    requirements: &[KeyedRequirement<'_>],
    event: &E,
) {
    let Err(rejection) = all(&without_keys(requirements)).check_at(event, now()) else {
        return;
    };
    let body: Value = serde_json::from_str(&rejection.body()).unwrap_or_default();
    let errors = body.get("claimValidationErrors").and_then(Value::as_array);
    let expected = rejection.errors().len();
    assert_eq!(errors.map(Vec::len), Some(expected), "{}", rejection.body());
}

/// The outcomes of the requirements, one by one. Asserts that `all` and `any` of them agree with these.
pub(super) fn outcomes<E: GatewayEvent>(
    requirements: &[KeyedRequirement<'_>],
    event: &E,
) -> Vec<Outcome> {
    let requirements = without_keys(requirements);
    let outcomes: Vec<Outcome> = requirements
        .iter()
        .map(|requirement| outcome(*requirement, event))
        .collect();
    assert_eq!(outcome(all(&requirements), event), combined(&outcomes));
    let one = outcomes.iter().find(|outcome| outcome.is_ok()).cloned();
    let one = one.unwrap_or_else(|| combined(&outcomes));
    assert_eq!(outcome(any(&requirements), event), one);
    outcomes
}

/// The outcome of all requirements together, which is faster than checking one by one.
pub(super) fn outcome_of_all<E: GatewayEvent>(
    requirements: &[KeyedRequirement<'_>],
    event: &E,
) -> Outcome {
    outcome(all(&without_keys(requirements)), event)
}

/// The outcomes combined: all errors, in the order of the requirements. An error about a type of token appears
/// once.
pub(super) fn combined(outcomes: &[Outcome]) -> Outcome {
    let mut errors: Vec<ClaimValidationError> = Vec::new();
    let all = outcomes.iter().filter_map(|outcome| outcome.as_ref().err());
    for error in all.flatten() {
        if error.id() != "stt" || !errors.contains(error) {
            errors.push(error.clone());
        }
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(errors)
    }
}

pub(super) fn without_keys<'a>(requirements: &[KeyedRequirement<'a>]) -> Vec<Requirement<'a>> {
    let requirements = requirements.iter();
    requirements.map(|keyed| keyed.requirement).collect()
}

/// Asserts that two outcomes are the same, except for the last digits of numbers, in which parsers differ.
pub(super) fn assert_same(outcome: &Outcome, other: &Outcome, input: &dyn Debug) {
    if outcome != other {
        assert_eq!(rounded_errors(outcome), rounded_errors(other), "{input:?}");
    }
}

/// Asserts that two outcomes are the same, except for the remedy of an ambiguous value: the token is not a
/// remedy with a payload format whose header is not read.
pub(super) fn assert_same_except_for_remedies(
    outcome: &Outcome,
    other: &Outcome,
    input: &dyn Debug,
) {
    if outcome != other {
        let errors = |outcome| {
            let mut errors = rounded_errors(outcome);
            let reasons = errors
                .iter_mut()
                .filter_map(|error| error.get_mut("reason"));
            for reason in reasons.filter_map(Value::as_object_mut) {
                reason.remove("remedy");
            }
            errors
        };
        assert_eq!(outcome.is_ok(), other.is_ok(), "{input:?}");
        assert_eq!(errors(outcome), errors(other), "{input:?}");
    }
}

/// The errors as in the body, with rounded numbers.
fn rounded_errors(outcome: &Outcome) -> Vec<Value> {
    let errors = outcome.as_ref().err().into_iter().flatten();
    errors
        .map(|error| rounded(serde_json::to_value(error).unwrap_or_default()))
        .collect()
}

/// The value with its numbers rounded to twelve digits.
pub(super) fn rounded(value: Value) -> Value {
    match value {
        Value::Number(number) => format!("{:.11e}", number.as_f64().unwrap_or_default()).into(),
        Value::Array(elements) => elements.into_iter().map(rounded).collect(),
        Value::Object(members) => {
            let members = members.into_iter();
            members.map(|(key, value)| (key, rounded(value))).collect()
        }
        other => other,
    }
}
