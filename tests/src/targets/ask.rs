//! Everything that is asked of claims, and what the guard answers.

use std::fmt::Debug;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use require_claims::supertokens::{
    AUDIENCE, EMAIL_VERIFIED, ISSUER, MFA, PERMISSION, ROLE, SCOPE, SUBJECT, TENANT,
};
use require_claims::{
    BooleanClaim, ClaimValidationError, Factors, GatewayEvent, PrimitiveArrayClaim, PrimitiveClaim,
    Requirement, all, any,
};
use serde_json::Value;

use crate::own_claims::{GROUPS, PLAN, SEATS, TEAMS, TWO_FACTOR};

/// The claims that are true or false.
pub(super) const BOOLEANS: [(&str, BooleanClaim); 2] =
    [("st-ev", EMAIL_VERIFIED), ("2fa-completed", TWO_FACTOR)];

/// The claims that are lists; those that are declared so have no blanks in their names.
pub(super) const LISTS: [(&str, PrimitiveArrayClaim); 7] = [
    ("st-role", ROLE),
    ("st-perm", PERMISSION),
    ("groups", GROUPS),
    ("aud", AUDIENCE),
    ("scope", SCOPE),
    ("teams", TEAMS.without_spaces()),
    ("amr", PrimitiveArrayClaim::bare("amr").without_spaces()),
];

/// The claims that are one string.
pub(super) const STRINGS: [(&str, PrimitiveClaim); 4] = [
    ("plan", PLAN),
    ("sub", SUBJECT),
    ("tId", TENANT),
    ("iss", ISSUER),
];

/// The claims that are one whole number.
pub(super) const NUMBERS: [(&str, PrimitiveClaim<i64>); 1] = [("seats", SEATS)];

/// The claim of the second factors.
pub(super) const FACTORS: &str = "st-mfa";

/// A requirement on the claim of this key.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) key: &'static str,
    pub(super) requirement: Requirement<'a>,
}

/// Everything that can be asked of the claims with these names: singly, in pairs, and of an age.
pub(super) fn everything<'a>(names: &'a [&'a str], steps: &'a [Factors<'a>]) -> Vec<Asked<'a>> {
    let mut questions = Vec::new();
    for (key, claim) in LISTS {
        list(key, claim, names, &mut questions);
    }
    let mut ask = |key, requirement| questions.push(Asked { key, requirement });
    for (key, claim) in BOOLEANS {
        ask(key, claim.is_true());
        ask(key, claim.is_false());
        ask(key, claim.is_true().max_age(AGE));
    }
    for (key, claim) in STRINGS {
        for name in names {
            ask(key, claim.has_value(name));
        }
        for pair in names.windows(2) {
            ask(key, claim.has_any_of(pair));
            ask(key, claim.has_none_of(pair));
        }
    }
    for (key, claim) in NUMBERS {
        for number in numbers(names) {
            ask(key, claim.has_value(number));
        }
    }
    ask(FACTORS, MFA.has_completed_requirements_for_auth());
    for step in steps {
        let list = MFA.has_completed_requirement_list(std::slice::from_ref(step));
        ask(FACTORS, list);
        ask(FACTORS, list.max_age(AGE));
    }
    questions
}

/// Everything that can be asked of a list with these names.
pub(super) fn list<'a>(
    key: &'static str,
    claim: PrimitiveArrayClaim,
    names: &'a [&'a str],
    questions: &mut Vec<Asked<'a>>,
) {
    let mut ask = |requirement| questions.push(Asked { key, requirement });
    for name in names {
        ask(claim.includes(name));
        ask(claim.excludes(name));
    }
    for pair in names.windows(2) {
        ask(claim.includes_all(pair));
        ask(claim.includes_any(pair));
        ask(claim.excludes_all(pair));
    }
    ask(claim.excludes("admin").max_age(AGE));
}

/// Every step that the names make as factors.
pub(super) fn steps<'a>(names: &'a [&'a str]) -> Vec<Factors<'a>> {
    let single = names.iter().map(|name| Factors::One(name));
    let one_of = names.windows(2).map(Factors::OneOf);
    let all_of = names.windows(2).map(Factors::AllOf);
    single.chain(one_of).chain(all_of).collect()
}

/// The whole numbers among the names, and one beside them.
pub(super) fn numbers(names: &[&str]) -> Vec<i64> {
    let numbers = names.iter().filter_map(|name| name.parse().ok());
    numbers.chain([5]).collect()
}

/// The maximum age that is asked for.
const AGE: Duration = Duration::from_secs(300);

/// When it is asked: the times of the payloads are about then.
pub(super) fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_700_000_000)
}

/// What the guard says to one requirement: nothing, or what is wrong.
pub type Answer = Result<(), Vec<ClaimValidationError>>;

/// The guard's answer, with what is true of every answer.
pub(super) fn answer<E: GatewayEvent>(requirement: Requirement<'_>, event: &E) -> Answer {
    let rejection = match requirement.check_at(event, now()) {
        Ok(()) => return Ok(()),
        Err(rejection) => rejection,
    };
    let errors = rejection.errors().to_vec();
    assert!(
        !errors.is_empty(),
        "{requirement:?} denied without a reason"
    );
    Err(errors)
}

/// The 403 is JSON, and tells every error.
pub(super) fn the_body_tells_all<E: GatewayEvent>(questions: &[Asked<'_>], event: &E) {
    let requirements = requirements(questions);
    let Err(rejection) = all(&requirements).check_at(event, now()) else {
        return;
    };
    let body: Value = serde_json::from_str(&rejection.body()).unwrap_or_default();
    let told = body.get("claimValidationErrors").and_then(Value::as_array);
    let expected = rejection.errors().len();
    assert_eq!(told.map(Vec::len), Some(expected), "{}", rejection.body());
}

/// Whether the guard lets an event pass.
pub(super) fn is_met<E: GatewayEvent>(requirement: Requirement<'_>, event: &E) -> bool {
    answer(requirement, event).is_ok()
}

/// The answers to all questions, one by one, after asking them all at once: that says the same.
pub(super) fn answers<E: GatewayEvent>(questions: &[Asked<'_>], event: &E) -> Vec<Answer> {
    let requirements = requirements(questions);
    let answers: Vec<Answer> = requirements
        .iter()
        .map(|requirement| answer(*requirement, event))
        .collect();
    assert_eq!(answer(all(&requirements), event), all_of(&answers));
    // One that is met, but for what is wrong with the token as a whole.
    let is_met = |answer: &&Answer| match answer {
        Ok(()) => true,
        Err(errors) => errors.iter().all(|error| error.id() == "stt"),
    };
    let one = answers.iter().find(is_met).cloned();
    let one = one.unwrap_or_else(|| all_of(&answers));
    assert_eq!(answer(any(&requirements), event), one);
    answers
}

/// All questions at once, which costs less than to ask one by one.
pub(super) fn answer_to_all<E: GatewayEvent>(questions: &[Asked<'_>], event: &E) -> Answer {
    answer(all(&requirements(questions)), event)
}

/// What all answers together say: every error, in the order of the questions. That the token is not
/// of a session is said once, first.
pub(super) fn all_of(answers: &[Answer]) -> Answer {
    let mut told: Vec<ClaimValidationError> = Vec::new();
    for error in answers
        .iter()
        .filter_map(|answer| answer.as_ref().err())
        .flatten()
    {
        if error.id() != "stt" || told.is_empty() {
            told.push(error.clone());
        }
    }
    if told.is_empty() { Ok(()) } else { Err(told) }
}

pub(super) fn requirements<'a>(questions: &[Asked<'a>]) -> Vec<Requirement<'a>> {
    let questions = questions.iter();
    questions.map(|question| question.requirement).collect()
}

/// Asserts that two answers are the same, but for the last digits of numbers: of those, parsers make
/// different floats.
pub(super) fn assert_same(answer: &Answer, other: &Answer, of: &dyn Debug) {
    if answer != other {
        assert_eq!(told(answer), told(other), "{of:?}");
    }
}

/// Asserts that two answers are the same, but for what would make an ambiguous value clear: of a
/// payload format whose header is not looked at, that is not the token.
pub(super) fn assert_same_but_for_remedies(answer: &Answer, other: &Answer, of: &dyn Debug) {
    if answer != other {
        let told = |answer| {
            let mut errors = told(answer);
            let reasons = errors
                .iter_mut()
                .filter_map(|error| error.get_mut("reason"));
            for reason in reasons.filter_map(Value::as_object_mut) {
                reason.remove("remedy");
            }
            errors
        };
        assert_eq!(answer.is_ok(), other.is_ok(), "{of:?}");
        assert_eq!(told(answer), told(other), "{of:?}");
    }
}

/// The errors as they are answered, numbers with twelve digits.
fn told(answer: &Answer) -> Vec<Value> {
    let errors = answer.as_ref().err().into_iter().flatten();
    errors
        .map(|error| rounded(serde_json::to_value(error).unwrap_or_default()))
        .collect()
}

/// The value with twelve digits of each number.
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

/// The claims that a question on this one looks at.
pub(super) fn looked_at(key: &'static str) -> [&'static str; 3] {
    let other = if key == "scope" { "scp" } else { key };
    [key, other, "stt"]
}
