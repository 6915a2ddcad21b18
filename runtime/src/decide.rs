//! DECIDE: every requirement on its claim.

use std::time::{Duration, SystemTime};

use crate::authorizer::GatewayEvent;
use crate::claim;
use crate::clock::Clock;
use crate::errors::Errors;
use crate::evidence::Evidence;
use crate::log;
use crate::reason::Reason;
use crate::rejection::Rejection;
use crate::requirement::{Requirement, Rule};

/// Checks an event for every one of these requirements, in order.
///
/// `handler` is the name that the log has for what is guarded.
///
/// # Errors
///
/// The [`Rejection`] with the errors of all requirements that are not met.
pub fn check<E: GatewayEvent + ?Sized>(
    event: &E,
    handler: &'static str,
    requirements: &[Requirement<'_>],
) -> Result<(), Rejection> {
    check_by(event, Clock::system(), Some(handler), requirements)
}

/// As [`check`], of one requirement, and at another time than now if one is given.
pub(crate) fn check_one<E: GatewayEvent + ?Sized>(
    event: &E,
    requirement: &Requirement<'_>,
    now: Option<SystemTime>,
) -> Result<(), Rejection> {
    let clock = now.map_or_else(Clock::system, Clock::at);
    check_by(event, clock, None, std::slice::from_ref(requirement))
}

fn check_by<E: GatewayEvent + ?Sized>(
    event: &E,
    clock: Clock,
    handler: Option<&'static str>,
    requirements: &[Requirement<'_>],
) -> Result<(), Rejection> {
    Evidence::find(event, clock, |evidence| {
        if decide(evidence, requirements, &mut Errors::ignored()) {
            Ok(())
        } else {
            Err(deny(evidence, handler, requirements))
        }
    })
}

/// Whether all requirements are met: the one place where a request is allowed.
///
/// Everything else is denied:
///
/// | what | reason |
/// |---|---|
/// | nothing is required | [`EmptyRequirement`](crate::ReasonKind::EmptyRequirement) |
/// | no authorizer's claims in the event; the claim is absent or `null` | [`ValueDoesNotExist`](crate::ReasonKind::ValueDoesNotExist) |
/// | `stt` is there and not 0; the claim says otherwise in every reading; a boolean or one value has another JSON type, as in the SDK | [`WrongValue`](crate::ReasonKind::WrongValue) |
/// | the factors are not completed | [`FactorsIncomplete`](crate::ReasonKind::FactorsIncomplete) |
/// | the route has no path parameter of the name that is asked for | [`NoPathParameter`](crate::ReasonKind::NoPathParameter) |
/// | the claim's readings differ in whether they meet it | [`Ambiguous`](crate::ReasonKind::Ambiguous) |
/// | a list, the flag of the factors, or a value that is to be none of several has another JSON type | [`WrongType`](crate::ReasonKind::WrongType) |
/// | the claim's text has no reading of the declared type; the claims cannot be read at all | [`Unreadable`](crate::ReasonKind::Unreadable) |
/// | the token in `Authorization` is the authorizer's, and the claim's text is not what it says | [`UnknownRendering`](crate::ReasonKind::UnknownRendering) |
/// | the value is too old, from the future, or has no time, where an age is asked | [`Expired`](crate::ReasonKind::Expired), [`TimeInFuture`](crate::ReasonKind::TimeInFuture), [`TimeUnknown`](crate::ReasonKind::TimeUnknown) |
fn decide(evidence: &Evidence<'_>, requirements: &[Requirement<'_>], errors: &mut Errors) -> bool {
    // Both, whatever the first says: a denial tells all errors, this one first.
    let is_session = claim::is_session_token(evidence, errors);
    all(requirements, evidence, None, errors) && is_session
}

fn all(
    requirements: &[Requirement<'_>],
    evidence: &Evidence<'_>,
    max_age: Option<Duration>,
    errors: &mut Errors,
) -> bool {
    if requirements.is_empty() {
        return errors.deny("", Reason::empty_requirement);
    }
    let mut met = true;
    for requirement in requirements {
        met &= is_met(requirement, evidence, max_age, errors);
    }
    met
}

fn any(
    requirements: &[Requirement<'_>],
    evidence: &Evidence<'_>,
    max_age: Option<Duration>,
    errors: &mut Errors,
) -> bool {
    if requirements.is_empty() {
        return errors.deny("", Reason::empty_requirement);
    }
    let mark = errors.mark();
    let met = requirements
        .iter()
        .any(|requirement| is_met(requirement, evidence, max_age, errors));
    if met {
        errors.forget_since(mark);
    }
    met
}

fn is_met(
    requirement: &Requirement<'_>,
    evidence: &Evidence<'_>,
    max_age: Option<Duration>,
    errors: &mut Errors,
) -> bool {
    let max_age = requirement.age_within(max_age);
    match requirement.rule {
        Rule::Authenticated => claim::authenticated(evidence, max_age, errors),
        Rule::Boolean(rule) => rule.decide(evidence, max_age, errors),
        Rule::Primitive(rule) => rule.decide(evidence, max_age, errors),
        Rule::Array(rule) => rule.decide(evidence, max_age, errors),
        Rule::Mfa(rule) => rule.decide(evidence, max_age, errors),
        Rule::All(requirements) => all(requirements, evidence, max_age, errors),
        Rule::Any(requirements) => any(requirements, evidence, max_age, errors),
    }
}

/// Decides once more, now with the reasons, and logs them.
#[cold]
fn deny(
    evidence: &Evidence<'_>,
    handler: Option<&'static str>,
    requirements: &[Requirement<'_>],
) -> Rejection {
    let mut errors = Errors::recorded();
    decide(evidence, requirements, &mut errors);
    let errors = errors.into_list();
    log::denial(evidence, handler, &errors);
    Rejection::new(errors)
}
