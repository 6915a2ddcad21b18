//! The claim of the second factors, `st-mfa`.

use std::time::Duration;

use serde_json::Value;

use super::age::{WrongAge, check_age};
use super::{Case, Part, Unread};
use crate::authorizer::Handed;
use crate::reason::{Errors, Reason};
use crate::requirement::{Requirement, Rule};
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
}

const EXPECTED_TYPE: &str = "completed factors";

impl MultiFactorAuthClaim {
    /// The claim of this name.
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self { key }
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
        case: &Case<'_>,
        max_age: Option<Duration>,
        errors: &mut Errors,
    ) -> bool {
        let id = self.claim.key;
        let completed = match Completed::read(case.claims.get(id)) {
            Ok(completed) => completed,
            Err(unread) => {
                return errors.deny(id, || unread.reason(EXPECTED_TYPE, Reason::does_not_exist));
            }
        };
        match self.validator {
            Validator::RequirementsForAuth => {
                if let Err(wrong_age) = check_age(|| None, max_age, case.clock) {
                    return errors.deny(id, || wrong_age.reason());
                }
                match completed.satisfied() {
                    Ok(true) => true,
                    Ok(false) => errors.deny(id, || {
                        Reason::factors_incomplete("MFA requirement for auth is not satisfied")
                    }),
                    Err(None) => errors.deny(id, Reason::does_not_exist),
                    Err(Some(other)) => {
                        errors.deny(id, || Reason::wrong_type("boolean", other.type_name()))
                    }
                }
            }
            Validator::RequirementList([]) => errors.deny(id, Reason::empty_requirement),
            Validator::RequirementList(steps) => steps.iter().all(|step| {
                let age = |factor: &str| {
                    let time = completed.at(factor)?;
                    Some(check_age(|| Some(time), max_age, case.clock))
                };
                step.decide(id, age, errors)
            }),
        }
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
        let enough = match self {
            Factors::One(_) | Factors::AllOf(_) => missing.is_empty(),
            Factors::OneOf(_) => missing.len() < factors.len(),
        };
        // Where enough factors are completed, what is wrong is an age.
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

/// The claim's value.
enum Completed<'a> {
    Json(&'a Value),
    JsonText {
        c: Option<&'a str>,
        v: Option<&'a str>,
    },
    Text(text::Factors<'a>),
}

impl<'a> Completed<'a> {
    fn read(handed: Handed<'a>) -> Result<Self, Unread> {
        match handed {
            Handed::Missing => Err(Unread::Missing),
            Handed::Json(claim @ Value::Object(_)) => Ok(Self::Json(claim)),
            // No rendering of an object begins like JSON, so such a text has one reading.
            Handed::JsonText(claim) | Handed::Text(claim) if claim.starts_with('{') => {
                let members = json::members(claim, ["c", "v"]);
                let [c, v] = members.map_err(|json::Malformed| Unread::Unreadable)?;
                Ok(Self::JsonText { c, v })
            }
            Handed::Text(claim) => text::Factors::read(claim)
                .map(Self::Text)
                .ok_or(Unread::Unreadable),
            Handed::Json(_) | Handed::JsonText(_) | Handed::Malformed => Err(Unread::Unreadable),
        }
    }

    /// Whether everything required of the user is completed, or what stands there instead.
    fn satisfied(&self) -> Result<bool, Option<Part<'_>>> {
        match self {
            Self::Json(claim) => {
                let v = claim.get("v").ok_or(None)?;
                v.as_bool().ok_or(Some(Part::Json(v)))
            }
            Self::JsonText { v, .. } => {
                let v = v.ok_or(None)?;
                text::boolean(v).ok_or(Some(Part::JsonText(v)))
            }
            Self::Text(factors) => Ok(factors.v),
        }
    }

    /// When the factor was completed, in seconds since 1970; `None` where it was not.
    fn at(&self, factor: &str) -> Option<f64> {
        match self {
            Self::Json(claim) => claim.get("c")?.get(factor)?.as_f64(),
            Self::JsonText { c, .. } => {
                let [time] = json::members((*c)?, [factor]).ok()?;
                text::number(time?)
            }
            Self::Text(factors) => factors.completed_at(factor),
        }
    }
}
