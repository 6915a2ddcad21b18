//! 3 DECIDE: checks every requirement against its claim, in order.

mod age;
mod denial;
mod token_type;

use std::time::Duration;

pub(crate) use age::{Clock, WrongAge};
pub(crate) use denial::{AMBIGUOUS, Cause, Denial, Denials};
pub(crate) use token_type::TokenType;

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
/// only if this function and [`check_readable`] both return `true`.
///
/// A requirement is denied in these cases:
///
/// | case | reason |
/// |---|---|
/// | the list of requirements is empty | [`EmptyRequirement`](crate::ReasonKind::EmptyRequirement) |
/// | the event has no authorizer claims; the claim is absent or `null` | [`ValueDoesNotExist`](crate::ReasonKind::ValueDoesNotExist) |
/// | the token is of another type (`stt`) than the list of requirements; no interpretation of the claim meets the requirement; a claim that must equal a boolean or a single value has another JSON type, as in the SDK | [`WrongValue`](crate::ReasonKind::WrongValue) |
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
    let token_type = TokenType::of(requirements);
    let list = List {
        evidence,
        token_type,
        // Malformed claims have their own error, so their type is not reported.
        has_type: evidence.claims.are_malformed() || token_type.denial(&evidence.claims).is_none(),
    };
    let mut met = true;
    for requirement in requirements {
        met &= list.check(requirement, max_age, denials);
    }
    met
}

/// A list of requirements that must all be met. It is about one type of token.
#[derive(Clone, Copy)]
struct List<'a> {
    evidence: &'a Evidence<'a>,
    token_type: TokenType,
    /// Whether the token has this type.
    has_type: bool,
}

impl<'a> List<'a> {
    fn check(
        self,
        requirement: &'a Requirement<'a>,
        max_age: Option<Duration>,
        denials: &mut Denials<'a>,
    ) -> bool {
        let max_age = requirement.age_within(max_age);
        match requirement.kind {
            Kind::Claim(claim, validator) => {
                // Both errors are reported.
                self.check_type(None, denials)
                    & check_claim(claim, validator, max_age, self.evidence, denials)
            }
            Kind::OAuth2 => self.check_type(max_age, denials),
            Kind::All(requirements) => decide(requirements, self.evidence, max_age, denials),
            Kind::Any(requirements) => self.check_any(requirements, max_age, denials),
        }
    }

    fn check_any(
        self,
        requirements: &'a [Requirement<'a>],
        max_age: Option<Duration>,
        denials: &mut Denials<'a>,
    ) -> bool {
        if requirements.is_empty() {
            denials.push(Denial::for_key("", Cause::EmptyRequirement));
        }
        let before = denials.len();
        let mut requirements = requirements.iter();
        let met = requirements.any(|requirement| self.check(requirement, max_age, denials));
        if met {
            // Discard the errors of the alternatives that failed before this one.
            denials.truncate(before);
        }
        met
    }

    /// Checks the token's type, and reports another one once. The type has no age.
    fn check_type(self, max_age: Option<Duration>, denials: &mut Denials<'a>) -> bool {
        let denial = match (self.has_type, max_age) {
            (true, None) => return true,
            (true, Some(max)) => {
                let age = Cause::WrongAge(WrongAge::Unknown { max });
                Some(self.token_type.denied(age))
            }
            (false, _) => self.token_type.denial(&self.evidence.claims),
        };
        let is_reported = |denial: &Denial<'_>| self.token_type.is_denied_by(denial);
        denials.extend(denial.filter(|_| !denials.iter().any(is_reported)));
        false
    }
}

/// Denies claims that cannot be read, with an error that names them.
pub(crate) fn check_readable(evidence: &Evidence<'_>, denials: &mut Denials<'_>) -> bool {
    let is_readable = !evidence.claims.are_malformed();
    if !is_readable {
        let cause = Cause::NotRead(ReadError::Unreadable);
        denials.push(Denial::for_key("claims", cause));
    }
    is_readable
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
    let Err(cause) = compared else {
        return true;
    };
    // A value of another type cannot equal the parameter. The SDK has no such validator, and `wrong value` would
    // show an expected `42` next to an actual `42`.
    let shown = match cause {
        Cause::WrongType(..) => validator,
        _ => compared_with,
    };
    denials.push(Denial::new(claim, shown, cause));
    false
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
        let (claim, validator) = (self.claim, self.validator);
        let Timestamped { value, time } = Timestamped::read(found?, claim)?;
        if !validator.has_own_times() {
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
            return Err(Cause::Ambiguous(&[]));
        }
        let check_age = |seconds: f64| self.check_age(|| Some(seconds * 1000.0));
        match validator.verdict(&typed, check_age) {
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
