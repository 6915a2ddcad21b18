//! 3 DECIDE: checks every requirement against its claim, in order.

mod age;
mod denial;

use std::time::Duration;

pub(crate) use age::{Clock, WrongAge};
pub(crate) use denial::{AMBIGUOUS, Cause, Denial, Denials};

use crate::gateway::PathParameters;
use crate::requirement::{Kind, Requirement};
use crate::token::ClaimSource;
use crate::validator::{Validator, Verdict};
use crate::value::number::path_integer;
use crate::value::timestamped::Timestamped;
use crate::value::{Claim, Form, Names, RawClaim, ReadError, Type, Typed};

/// The inputs of a decision.
pub(crate) struct Evidence<'a> {
    pub(crate) claims: ClaimSource<'a>,
    pub(crate) path: PathParameters<'a>,
    pub(crate) clock: Clock,
}

/// Returns whether all requirements are met, and adds the unmet ones to the denials. A request is allowed
/// only if this function and [`check_session`] both return `true`.
///
/// A requirement is denied in these cases:
///
/// | case | reason |
/// |---|---|
/// | the list of requirements is empty | [`EmptyRequirement`](crate::ReasonKind::EmptyRequirement) |
/// | the event has no authorizer claims; the claim is absent or `null` | [`ValueDoesNotExist`](crate::ReasonKind::ValueDoesNotExist) |
/// | `stt` is present and not 0; no interpretation of the claim meets the requirement; a claim that must equal a boolean or a single value has another JSON type, as in the SDK | [`WrongValue`](crate::ReasonKind::WrongValue) |
/// | required factors are not completed | [`FactorsIncomplete`](crate::ReasonKind::FactorsIncomplete) |
/// | the route has no usable path parameter of the required name | [`NoPathParameter`](crate::ReasonKind::NoPathParameter) |
/// | some interpretations of the claim meet the requirement and others do not | [`Ambiguous`](crate::ReasonKind::Ambiguous) |
/// | the claim, one of its elements or its time has another JSON type than declared | [`WrongType`](crate::ReasonKind::WrongType) |
/// | the claim's text has no interpretation of the declared type; the claims cannot be parsed | [`Unreadable`](crate::ReasonKind::Unreadable) |
/// | the token in `Authorization` is the verified one, but the claim's text is not a rendering of its value | [`UnknownRendering`](crate::ReasonKind::UnknownRendering) |
/// | a maximum age is required, and the value is too old, from the future, or has no time | [`Expired`](crate::ReasonKind::Expired), [`TimeInFuture`](crate::ReasonKind::TimeInFuture), [`TimeUnknown`](crate::ReasonKind::TimeUnknown) |
pub(crate) fn decide<'a>(
    requirements: &'a [Requirement<'a>],
    evidence: &'a Evidence<'a>,
    max_age: Option<Duration>,
    denials: &mut Denials<'a>,
) -> bool {
    if requirements.is_empty() {
        denials.push(Denial::for_key("", Cause::EmptyRequirement));
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
        denials.push(Denial::for_key("", Cause::EmptyRequirement));
    }
    let before = denials.len();
    let mut requirements = requirements.iter();
    let met = requirements.any(|requirement| check(requirement, evidence, max_age, denials));
    if met {
        // Discard the errors of the alternatives that failed before this one.
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

/// Denies claims that cannot be read, and a token whose `stt` is present and not 0. SuperTokens writes the
/// token's type in this claim: 0 is a session.
///
/// Another value means an OAuth 2 access token. The same issuer signs both with the same keys, so an
/// authorizer accepts both.
pub(crate) fn check_session<'a>(evidence: &'a Evidence<'a>, denials: &mut Denials<'a>) -> bool {
    const STT: Claim = Claim::bare("stt", Type::Integer);
    let check = Check {
        claim: STT,
        validator: Validator::IsInteger(0),
        was_encoded: false,
        max_age: None,
        evidence,
    };
    if evidence.claims.are_malformed() {
        let cause = Cause::NotRead(ReadError::Unreadable);
        denials.push(Denial::for_key("claims", cause));
        return false;
    }
    let cause = match check.compare(evidence.claims.get(STT.key), None) {
        // If the event has no claims at all, the requirements deny the request.
        Ok(()) | Err(Cause::NotRead(ReadError::Missing)) => return true,
        // The token cannot be shown to be a session token.
        Err(Cause::NotRead(ReadError::Null | ReadError::Unreadable) | Cause::WrongType(..)) => {
            Cause::WrongValue(None)
        }
        Err(cause) => cause,
    };
    denials.push(Denial::new(STT, check.validator, cause));
    false
}

fn check_claim<'a>(
    claim: Claim,
    validator: Validator<'a>,
    max_age: Option<Duration>,
    evidence: &'a Evidence<'a>,
    denials: &mut Denials<'a>,
) -> bool {
    let compared_with = match with_path_parameter(validator, claim, evidence.path) {
        Ok(compared_with) => compared_with,
        Err(cause) => {
            denials.push(Denial::new(claim, validator, cause));
            return false;
        }
    };
    let check = Check {
        claim,
        validator: compared_with,
        was_encoded: matches!(validator, Validator::IsPathParameter(name) if evidence.path.was_encoded(name)),
        max_age,
        evidence,
    };
    let found = evidence.claims.get(claim.key);
    let compared = match claim.ty {
        Type::List(names) if names.form == Form::Scope => {
            check.compare_scopes(found, evidence.claims.get(SCP))
        }
        _ => check.compare(found, None),
    };
    match compared {
        Ok(()) => true,
        Err(cause) => {
            // A value of another type cannot equal the parameter. The SDK has no such validator, and `wrong value`
            // would show an expected `42` next to an actual `42`.
            let shown = match cause {
                Cause::WrongType(..) => validator,
                _ => compared_with,
            };
            denials.push(Denial::new(claim, shown, cause));
            false
        }
    }
}

/// Replaces the name of a path parameter by its value in this request. An empty name in the claim's path is a
/// mistake.
fn with_path_parameter<'a>(
    validator: Validator<'a>,
    claim: Claim,
    path: PathParameters<'a>,
) -> Result<Validator<'a>, Cause<'a>> {
    if claim.has_empty_name() {
        return Err(Cause::EmptyRequirement);
    }
    let Validator::IsPathParameter(name) = validator else {
        return Ok(validator);
    };
    let value = path.get(name).ok_or(Cause::NoPathParameter(name))?;
    Ok(match claim.ty {
        Type::String => Validator::Is(value),
        Type::Integer => Validator::IsInteger(path_integer(value).ok_or(Cause::WrongValue(None))?),
        _ => Validator::Includes(value),
    })
}

/// The other key under which issuers write scopes.
const SCP: &str = "scp";

/// The check of one claim.
#[derive(Clone, Copy)]
struct Check<'a> {
    claim: Claim,
    validator: Validator<'a>,
    /// Whether the claim is compared with a path parameter that contained a `%`.
    was_encoded: bool,
    max_age: Option<Duration>,
    evidence: &'a Evidence<'a>,
}

/// The result of looking up a claim.
type Found<'a> = Result<RawClaim<'a>, ReadError>;

impl<'a> Check<'a> {
    /// Compares `scope` or `scp`. If the token has both, they must agree.
    fn compare_scopes(self, scope: Found<'a>, scp: Found<'a>) -> Result<(), Cause<'a>> {
        let absent = |found: &Found<'_>| matches!(found, Err(ReadError::Missing | ReadError::Null));
        if absent(&scp) {
            self.compare(scope, None)
        } else if absent(&scope) {
            let ty = Type::List(Names::written_as(Form::Scp));
            let claim = Claim { ty, ..self.claim };
            Self { claim, ..self }.compare(scp, None)
        } else {
            self.compare(scope, Some(&scp?))
        }
    }

    /// Compares a claim's age, type and value, in the SDK's order. If there is a second claim `scp`, it must
    /// agree with the first.
    fn compare(self, found: Found<'a>, scp: Option<&RawClaim<'_>>) -> Result<(), Cause<'a>> {
        let Self {
            claim, validator, ..
        } = self;
        let Timestamped { value, time } = Timestamped::read(found?, claim)?;
        if !validator.has_times_of_factors() {
            self.check_age(|| time.milliseconds())
                .map_err(Cause::WrongAge)?;
        }
        time.check_type()?;
        let Some(typed) = Typed::read_both(&value, scp, claim.ty) else {
            return Err(Cause::WrongType(value, claim.ty.name()));
        };
        // The parameter may be as the client sent it, or decoded already.
        let contains_percent =
            || value.contains_percent() || scp.is_some_and(RawClaim::contains_percent);
        if self.was_encoded && contains_percent() {
            return Err(AMBIGUOUS);
        }
        let completed_at = |seconds: f64| self.check_age(|| Some(seconds * 1000.0));
        match validator.verdict(&typed, completed_at) {
            Verdict::Met => Ok(()),
            Verdict::EmptyRequirement => Err(Cause::EmptyRequirement),
            Verdict::Unmet => Err(Cause::WrongValue(scp.is_none().then_some(value))),
            Verdict::Empty => Err(Cause::NotRead(ReadError::Missing)),
            Verdict::WrongType => Err(Cause::WrongType(value, claim.ty.name())),
            Verdict::Ambiguous => Err(Cause::Ambiguous(match &value {
                RawClaim::Exact(_) => &[],
                _ => validator.remedies(&typed),
            })),
            Verdict::IncompleteForAuth => Err(Cause::IncompleteForAuth),
            Verdict::Incomplete(step) => Err(Cause::Incomplete(step, value)),
            Verdict::WrongAge(age) => Err(Cause::WrongAge(age)),
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
