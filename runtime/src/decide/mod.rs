//! 3 DECIDE: every requirement against its claim, in order.

mod age;
mod denial;

use std::time::Duration;

pub(crate) use age::{Clock, WrongAge};
pub(crate) use denial::{AMBIGUOUS, Denial, Denials, Why};

use crate::gateway::PathParameters;
use crate::requirement::{Kind, Requirement};
use crate::token::ClaimSource;
use crate::validator::{Validator, Verdict};
use crate::value::timestamped::{Time, Timestamped};
use crate::value::{Claim, Envelope, RawClaim, Type, Typed, Unread};

/// Everything that a requirement is decided on.
pub(crate) struct Evidence<'a> {
    pub(crate) claims: ClaimSource<'a>,
    pub(crate) path: PathParameters<'a>,
    pub(crate) clock: Clock,
}

/// Whether all requirements are met; adds what is wrong to the denials. A request is allowed only if this
/// and [`check_session`] are true.
///
/// These are denied:
///
/// | what | reason |
/// |---|---|
/// | nothing is required | [`EmptyRequirement`](crate::ReasonKind::EmptyRequirement) |
/// | the event has no authorizer claims; the claim is absent or `null` | [`ValueDoesNotExist`](crate::ReasonKind::ValueDoesNotExist) |
/// | `stt` is present and not 0; no interpretation of the claim meets the requirement; a boolean or single value that is required has another JSON type, as in the SDK | [`WrongValue`](crate::ReasonKind::WrongValue) |
/// | factors are not completed | [`FactorsIncomplete`](crate::ReasonKind::FactorsIncomplete) |
/// | the route has no path parameter of the required name | [`NoPathParameter`](crate::ReasonKind::NoPathParameter) |
/// | some interpretations of the claim meet the requirement and others do not | [`Ambiguous`](crate::ReasonKind::Ambiguous) |
/// | the claim, an element of it or its time is of another JSON type than declared | [`WrongType`](crate::ReasonKind::WrongType) |
/// | the claim's text has no interpretation of the declared type; the claims cannot be read at all | [`Unreadable`](crate::ReasonKind::Unreadable) |
/// | the token in `Authorization` is the authorizer's, and the claim's text is not what it says | [`UnknownRendering`](crate::ReasonKind::UnknownRendering) |
/// | the value is too old, from the future, or has no time, where an age is required | [`Expired`](crate::ReasonKind::Expired), [`TimeInFuture`](crate::ReasonKind::TimeInFuture), [`TimeUnknown`](crate::ReasonKind::TimeUnknown) |
pub(crate) fn decide<'a>(
    requirements: &'a [Requirement<'a>],
    evidence: &'a Evidence<'a>,
    max_age: Option<Duration>,
    denials: &mut Denials<'a>,
) -> bool {
    if requirements.is_empty() {
        denials.push(Denial::of("", Why::EmptyRequirement));
        return false;
    }
    let mut met = true;
    for requirement in requirements {
        met &= check(requirement, evidence, max_age, denials);
    }
    met
}

fn check_any<'a>(
    requirements: &'a [Requirement<'a>],
    evidence: &'a Evidence<'a>,
    max_age: Option<Duration>,
    denials: &mut Denials<'a>,
) -> bool {
    if requirements.is_empty() {
        denials.push(Denial::of("", Why::EmptyRequirement));
    }
    let before = denials.len();
    let mut requirements = requirements.iter();
    let met = requirements.any(|requirement| check(requirement, evidence, max_age, denials));
    if met {
        // The alternatives that failed before this one no longer matter.
        denials.truncate(before);
    }
    met
}

fn check<'a>(
    requirement: &'a Requirement<'a>,
    evidence: &'a Evidence<'a>,
    max_age: Option<Duration>,
    denials: &mut Denials<'a>,
) -> bool {
    let max_age = requirement.age_within(max_age);
    match requirement.kind {
        Kind::Claim(claim, validator) => check_claim(claim, validator, max_age, evidence, denials),
        Kind::All(requirements) => decide(requirements, evidence, max_age, denials),
        Kind::Any(requirements) => check_any(requirements, evidence, max_age, denials),
    }
}

/// Denies a token whose `stt` is present and not 0: SuperTokens' type of a token, 0 for a session.
///
/// Another value is that of an OAuth 2 access token, which the same issuer signs with the same keys, so
/// an authorizer accepts it.
pub(crate) fn check_session<'a>(evidence: &'a Evidence<'a>, denials: &mut Denials<'a>) -> bool {
    const STT: Claim = Claim::new("stt", Envelope::Bare, Type::Integer);
    let check = Check {
        claim: STT,
        validator: Validator::IsInteger(0),
        max_age: None,
        evidence,
    };
    let compared = match evidence.claims.get(STT.key) {
        // A request without claims is denied by its requirements.
        Err(Unread::Missing) => return true,
        // Not known to be a session.
        Err(Unread::Null | Unread::Unreadable) => Err(Why::WrongValue(None)),
        found => check.compare(found, None),
    };
    let why = match compared {
        Ok(()) => return true,
        Err(Why::WrongType(..) | Why::Unreadable(_)) => Why::WrongValue(None),
        Err(why) => why,
    };
    denials.push(Denial::new(STT, check.validator, why));
    false
}

fn check_claim<'a>(
    claim: Claim,
    validator: Validator<'a>,
    max_age: Option<Duration>,
    evidence: &'a Evidence<'a>,
    denials: &mut Denials<'a>,
) -> bool {
    let validator = match with_path_parameter(validator, claim.ty, evidence.path) {
        Ok(validator) => validator,
        Err(why) => {
            denials.push(Denial::new(claim, validator, why));
            return false;
        }
    };
    let check = Check {
        claim,
        validator,
        max_age,
        evidence,
    };
    let found = evidence.claims.get(claim.key);
    let compared = match claim.ty {
        Type::Scope => check.compare_scopes(found, evidence.claims.get(SCP)),
        _ => check.compare(found, None),
    };
    match compared {
        Ok(()) => true,
        Err(why) => {
            denials.push(Denial::new(claim, validator, why));
            false
        }
    }
}

/// Puts the value of the request's path into a validator that compares with it.
fn with_path_parameter<'a>(
    validator: Validator<'a>,
    ty: Type,
    path: PathParameters<'a>,
) -> Result<Validator<'a>, Why<'a>> {
    let Validator::IsPathParameter(name) = validator else {
        return Ok(validator);
    };
    let value = path.get(name).ok_or(Why::NoPathParameter(name))?;
    Ok(match ty {
        Type::String => Validator::Is(value),
        _ => Validator::Includes(value),
    })
}

/// Some issuers write the scopes under this name.
const SCP: &str = "scp";

/// One claim, and what is required of it.
#[derive(Clone, Copy)]
struct Check<'a> {
    claim: Claim,
    validator: Validator<'a>,
    max_age: Option<Duration>,
    evidence: &'a Evidence<'a>,
}

/// A claim that was looked up.
type Found<'a> = Result<RawClaim<'a>, Unread>;

impl<'a> Check<'a> {
    /// Compares `scope`, `scp`, or both, which must agree.
    fn compare_scopes(self, scope: Found<'a>, scp: Found<'a>) -> Result<(), Why<'a>> {
        let absent = |found: &Found<'_>| matches!(found, Err(Unread::Missing | Unread::Null));
        if absent(&scp) {
            self.compare(scope, None)
        } else if absent(&scope) {
            let ty = Type::Scp;
            let claim = Claim { ty, ..self.claim };
            Self { claim, ..self }.compare(scp, None)
        } else {
            self.compare(scope, Some(&scp?))
        }
    }

    /// Compares a claim's age, type and value, in the SDK's order. `scp` must agree with it.
    fn compare(self, found: Found<'a>, scp: Option<&RawClaim<'_>>) -> Result<(), Why<'a>> {
        let Self {
            claim, validator, ..
        } = self;
        let Timestamped { value, time } = Timestamped::read(found?, claim)?;
        if !validator.has_times_of_factors() {
            self.check_age(|| time.milliseconds())
                .map_err(Why::WrongAge)?;
        }
        if let Time::WrongType(actual) = time {
            return Err(Why::WrongTypeOfTime(actual));
        }
        let Some(typed) = Typed::read_both(&value, scp, claim) else {
            return Err(Why::wrong_type(value, claim));
        };
        if self.max_age.is_some() && !typed.has_certain_time() {
            return Err(AMBIGUOUS);
        }
        let completed_at = |seconds: f64| self.check_age(|| Some(seconds * 1000.0));
        match validator.verdict(&typed, completed_at) {
            Verdict::Met => Ok(()),
            Verdict::NothingRequired => Err(Why::EmptyRequirement),
            Verdict::Unmet => Err(Why::WrongValue(scp.is_none().then_some(value))),
            Verdict::Empty => Err(Why::Unread(Unread::Missing)),
            Verdict::WrongType => Err(Why::wrong_type(value, claim)),
            Verdict::Ambiguous => Err(Why::Ambiguous {
                clear_without_spaces: validator.is_clear_without_spaces(&typed),
            }),
            Verdict::IncompleteForAuth => Err(Why::IncompleteForAuth),
            Verdict::Incomplete(step) => Err(Why::Incomplete(step, value)),
            Verdict::WrongAge(age) => Err(Why::WrongAge(age)),
        }
    }

    /// Checks a time in milliseconds since 1970, if an age is required.
    fn check_age(self, time: impl FnOnce() -> Option<f64>) -> Result<(), WrongAge> {
        match self.max_age {
            Some(max_age) => self.evidence.clock.check(time(), max_age),
            None => Ok(()),
        }
    }
}
