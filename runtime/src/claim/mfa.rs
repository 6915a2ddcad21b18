//! The claim of the second factors, `st-mfa`.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;

use super::age::{WrongAge, check_age};
use super::question::Question;
use super::supertokens::AnyClaim;
use crate::errors::Errors;
use crate::evidence::Evidence;
use crate::number::number;
use crate::part::{Part, Unread, type_name};
use crate::reason::Reason;
use crate::requirement::{Requirement, Rule};
use crate::written::{Asked, Written};
use crate::{json, text};

/// The claim of the completed factors, `{"c": {factor: seconds}, "v": boolean}` in the token.
///
/// ```
/// use require_claims::{Factors, supertokens::MFA};
///
/// # fn handle(event: &lambda_http::Request) -> Result<(), require_claims::Rejection> {
/// MFA.has_completed_requirements_for_auth().check(event)?;
/// MFA.has_completed_requirement_list(&[
///     Factors::One("emailpassword"),
///     Factors::OneOf(&["totp", "webauthn"]),
/// ])
/// .check(event)?;
/// # Ok(())
/// # }
/// ```
///
/// The counterpart of the SDK's [`MultiFactorAuthClaim`][sdk].
///
/// [sdk]: https://supertokens.com/docs/additional-verification/mfa/introduction
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MultiFactorAuthClaim {
    key: &'static str,
}

/// One step of a list of required factors.
///
/// A factor is named by its id: `emailpassword`, `otp-email`, `otp-phone`, `link-email`,
/// `link-phone`, `thirdparty`, `totp`, `webauthn`, or one of your own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factors<'a> {
    /// This factor.
    One(&'a str),
    /// At least one of these, the SDK's `oneOf`.
    OneOf(&'a [&'a str]),
    /// Each of these, in any order, the SDK's `allOfInAnyOrder`.
    AllOf(&'a [&'a str]),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct MfaRule<'a> {
    claim: MultiFactorAuthClaim,
    validator: Validator<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Validator<'a> {
    RequirementsForAuth,
    RequirementList(&'a [Factors<'a>]),
    Step(Factors<'a>),
}

/// The factor ids that SuperTokens defines.
const KNOWN: [&str; 8] = [
    "emailpassword",
    "otp-email",
    "otp-phone",
    "link-email",
    "link-phone",
    "thirdparty",
    "totp",
    "webauthn",
];

/// Whether SuperTokens defines this factor; the attribute names others as `custom("…")`.
pub(crate) fn is_known(factor: &str) -> bool {
    KNOWN.contains(&factor)
}

impl MultiFactorAuthClaim {
    /// The claim of this key, in SuperTokens' form `{"c": {factor: seconds}, "v": boolean}`.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self { key }
    }

    /// The name that the claim has in the token.
    pub(crate) const fn key(self) -> &'static str {
        self.key
    }

    /// Requires that every factor which SuperTokens requires of this user is completed.
    ///
    /// For a user of whom no second factor is required this is true after the first. To ask for a
    /// certain factor, use
    /// [`has_completed_requirement_list`](Self::has_completed_requirement_list).
    ///
    /// The claim's flag has no time of its own, so a maximum age of it is never met.
    #[must_use]
    pub const fn has_completed_requirements_for_auth(self) -> Requirement<'static> {
        Requirement::new(Rule::Mfa(MfaRule {
            claim: self,
            validator: Validator::RequirementsForAuth,
        }))
    }

    /// Requires this step, such as one factor, or one of several.
    ///
    /// As a [list](Self::has_completed_requirement_list) of this step alone.
    #[must_use]
    pub const fn has_completed(self, step: Factors<'_>) -> Requirement<'_> {
        Requirement::new(Rule::Mfa(MfaRule {
            claim: self,
            validator: Validator::Step(step),
        }))
    }

    /// Requires these steps, each one; the first that is not completed is told.
    ///
    /// With a maximum age, each factor that counts was completed no longer ago than that.
    #[must_use]
    pub const fn has_completed_requirement_list<'a>(
        self,
        steps: &'a [Factors<'a>],
    ) -> Requirement<'a> {
        Requirement::new(Rule::Mfa(MfaRule {
            claim: self,
            validator: Validator::RequirementList(steps),
        }))
    }
}

impl MfaRule<'_> {
    pub(crate) fn decide(
        self,
        evidence: &Evidence<'_>,
        max_age: Option<Duration>,
        errors: &mut Errors,
    ) -> bool {
        let question = Question {
            key: self.claim.key,
            expected_type: type_name::FACTORS,
            evidence,
            // The claim as a whole has no time; each factor has its own.
            max_age: None,
        };
        let read = Completed::read(evidence.claims.get(question.key));
        let absent = Reason::does_not_exist;
        let Some(completed) = question.take_up(read, |_| None, absent, errors) else {
            return false;
        };
        match self.validator {
            Validator::RequirementsForAuth => decide_requirements_for_auth(
                &completed,
                &Question {
                    max_age,
                    ..question
                },
                errors,
            ),
            Validator::Step(step) => decide_step(step, &completed, &question, max_age, errors),
            Validator::RequirementList([]) => errors.deny(question.key, Reason::empty_requirement),
            Validator::RequirementList(steps) => steps
                .iter()
                .all(|step| decide_step(*step, &completed, &question, max_age, errors)),
        }
    }
}

impl<'a> MfaRule<'a> {
    /// The rule as the attribute writes it; several steps each on their own.
    pub(crate) fn written(self) -> Written<'a> {
        let word = AnyClaim::Mfa(self.claim).word();
        match self.validator {
            Validator::RequirementsForAuth => Written::Claim(word, Asked::Nothing),
            Validator::Step(step) => Written::Claim(word, Asked::Factors(step)),
            Validator::RequirementList(steps) => Written::Steps(word, steps),
        }
    }
}

fn decide_step(
    step: Factors<'_>,
    completed: &Completed<'_>,
    question: &Question<'_, '_>,
    max_age: Option<Duration>,
    errors: &mut Errors,
) -> bool {
    let age = |factor: &str| {
        let time = completed.at(factor)?;
        Some(check_age(
            || Some(time * 1000.0),
            max_age,
            &question.evidence.clock,
        ))
    };
    step.decide(question.key, age, errors)
}

fn decide_requirements_for_auth(
    completed: &Completed<'_>,
    question: &Question<'_, '_>,
    errors: &mut Errors,
) -> bool {
    let flag = completed.flag();
    let Some(flag) = question.take_up(flag, |_| None, Reason::does_not_exist, errors) else {
        return false;
    };
    match flag {
        Ok(true) => true,
        Ok(false) => errors.deny(question.key, || {
            Reason::factors_incomplete("MFA requirement for auth is not satisfied")
        }),
        Err(other) => errors.deny(question.key, || other.not_of_type(type_name::BOOLEAN)),
    }
}

impl Factors<'_> {
    /// Decides one step; `age` tells of a completed factor whether it is of the age asked for.
    fn decide(
        self,
        id: &str,
        age: impl Fn(&str) -> Option<Result<(), WrongAge>>,
        errors: &mut Errors,
    ) -> bool {
        let factors = match &self {
            Factors::One(factor) => std::slice::from_ref(factor),
            Factors::OneOf(factors) | Factors::AllOf(factors) => factors,
        };
        if factors.is_empty() {
            return errors.deny(id, Reason::empty_requirement);
        }
        let fresh = |factor: &&str| matches!(age(factor), Some(Ok(())));
        let met = match self {
            Factors::One(_) | Factors::AllOf(_) => factors.iter().all(fresh),
            Factors::OneOf(_) => factors.iter().any(fresh),
        };
        met || errors.deny(id, || self.unmet(factors, age))
    }

    fn unmet(self, factors: &[&str], age: impl Fn(&str) -> Option<Result<(), WrongAge>>) -> Reason {
        let missing: Vec<&str> = factors
            .iter()
            .copied()
            .filter(|factor| age(factor).is_none())
            .collect();
        // Where enough factors are completed, what is wrong is an age. One of several has an age only
        // where it is completed, and is enough.
        let enough = missing.is_empty() || matches!(self, Factors::OneOf(_));
        let wrong_age = factors.iter().find_map(|factor| age(factor)?.err());
        if let (true, Some(wrong_age)) = (enough, wrong_age) {
            return wrong_age.reason();
        }
        match self {
            Factors::One(factor) => Reason::factors_incomplete(format!(
                "Factor validation failed: {factor} not completed"
            ))
            .with("factorId", factor),
            Factors::OneOf(_) => Reason::factors_incomplete(format!(
                "None of these factors are complete in the session: {}",
                factors.join(", ")
            ))
            .with("oneOf", factors),
            Factors::AllOf(_) => Reason::factors_incomplete(format!(
                "Some of the factors are not complete in the session: {}",
                missing.join(", ")
            ))
            .with("allOfInAnyOrder", missing),
        }
    }
}

/// Every completed factor, and when it was, in seconds since 1970.
pub(crate) fn completed_factors(claim: Part<'_>) -> Result<Vec<(String, f64)>, Reason> {
    let completed =
        Completed::read(Ok(claim)).map_err(|_| claim.not_of_type(type_name::FACTORS))?;
    completed
        .all()
        .ok_or_else(|| Reason::unreadable(type_name::FACTORS))
}

/// The claim's value.
enum Completed<'a> {
    Json(&'a Value),
    JsonText {
        c: Option<&'a str>,
        v: Option<&'a str>,
    },
    Text(text::CompletedFactors<'a>),
}

impl<'a> Completed<'a> {
    fn read(claim: Result<Part<'a>, Unread>) -> Result<Self, Unread> {
        match claim? {
            Part::Json(claim @ Value::Object(_)) => Ok(Self::Json(claim)),
            // No rendering of an object begins like JSON, so such a text has one reading.
            Part::JsonText(claim) | Part::Text(claim) | Part::Plain(claim)
                if claim.starts_with('{') =>
            {
                let members = json::members(claim, ["c", "v"]);
                let [c, v] = members.map_err(|json::Malformed| Unread::Unreadable)?;
                Ok(Self::JsonText { c, v })
            }
            Part::Text(claim) => text::CompletedFactors::read(claim)
                .map(Self::Text)
                .ok_or(Unread::Unreadable),
            Part::Json(_) | Part::JsonText(_) | Part::Plain(_) => Err(Unread::Unreadable),
        }
    }

    /// Whether everything required of the user is completed, or what stands there instead of a
    /// boolean.
    fn flag(&self) -> Result<Result<bool, Part<'_>>, Unread> {
        let v = match self {
            Self::Json(claim) => claim.get("v").map(Part::Json),
            Self::JsonText { v, .. } => v.map(Part::JsonText),
            Self::Text(factors) => return Ok(Ok(factors.v)),
        };
        let v = v.ok_or(Unread::Missing)?;
        Ok(v.boolean().ok_or(v))
    }

    /// When the factor was completed, in seconds since 1970; `None` where it was not.
    fn at(&self, factor: &str) -> Option<f64> {
        match self {
            Self::Json(claim) => claim.get("c")?.get(factor)?.as_f64(),
            Self::JsonText { c, .. } => {
                let [time] = json::members((*c)?, [factor]).ok()?;
                number(time?)
            }
            Self::Text(factors) => factors.completed_at(factor),
        }
    }

    /// All of them; none where one has no time that is a number, or stands there twice.
    fn all(&self) -> Option<Vec<(String, f64)>> {
        match self {
            Self::Json(claim) => {
                let factors = claim.get("c")?.as_object()?.iter();
                let timed = factors.map(|(id, time)| Some((id.clone(), time.as_f64()?)));
                timed.collect()
            }
            Self::JsonText { c, .. } => {
                let mut factors = BTreeMap::<String, f64>::new();
                for member in json::object((*c)?).ok()? {
                    let (id, time) = member.ok()?;
                    let id = id.name().into_owned();
                    if factors.insert(id, number(time)?).is_some() {
                        return None;
                    }
                }
                Some(factors.into_iter().collect())
            }
            Self::Text(factors) => factors.all(),
        }
    }
}
