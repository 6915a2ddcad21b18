//! DECIDE: every requirement on its claim.

use std::time::{Duration, SystemTime};

use crate::authorizer::{Authorizer, Claims, GatewayEvent};
use crate::claim::{self, Clock, Evidence};
use crate::errors::Errors;
use crate::reason::{ClaimValidationError, Reason, ReasonKind};
use crate::rejection::Rejection;
use crate::requirement::{Requirement, Rule};
use crate::token::{Bound, Payload};

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
    let clock = Clock::system();
    check_by(event.authorizer(), clock, Some(handler), requirements)
}

/// As [`check`], of one requirement, and at another time than now if one is given.
pub(crate) fn check_one<E: GatewayEvent + ?Sized>(
    event: &E,
    requirement: &Requirement<'_>,
    now: Option<SystemTime>,
) -> Result<(), Rejection> {
    let clock = now.map_or_else(Clock::system, Clock::at);
    let requirements = std::slice::from_ref(requirement);
    check_by(event.authorizer(), clock, None, requirements)
}

fn check_by(
    Authorizer {
        claims,
        authorization,
    }: Authorizer<'_>,
    clock: Clock,
    handler: Option<&'static str>,
    requirements: &[Requirement<'_>],
) -> Result<(), Rejection> {
    let payload = claims.are_text().then(|| Payload::of(authorization));
    let payload = payload.flatten();
    let bound = payload
        .as_ref()
        .and_then(|payload| Bound::new(claims, payload));
    let evidence = Evidence {
        claims: bound.as_ref().map_or(claims, Claims::Bound),
        clock,
    };
    if decide(&evidence, requirements, &mut Errors::ignored()) {
        Ok(())
    } else {
        Err(deny(&evidence, handler, requirements))
    }
}

/// Whether all requirements are met: the one place where a request is allowed.
///
/// Everything else is denied:
///
/// | what | reason |
/// |---|---|
/// | nothing is required | [`EmptyRequirement`](ReasonKind::EmptyRequirement) |
/// | no authorizer's claims in the event; the claim is absent or `null` | [`ValueDoesNotExist`](ReasonKind::ValueDoesNotExist) |
/// | `stt` is there and not 0; the claim says otherwise in every reading | [`WrongValue`](ReasonKind::WrongValue) |
/// | the factors are not completed | [`FactorsIncomplete`](ReasonKind::FactorsIncomplete) |
/// | the claim's readings differ in whether they meet it | [`Ambiguous`](ReasonKind::Ambiguous) |
/// | the claim has another JSON type than declared | [`WrongType`](ReasonKind::WrongType) |
/// | the claim's text has no reading of the declared type; the claims cannot be read at all | [`Unreadable`](ReasonKind::Unreadable) |
/// | the token in `Authorization` is the authorizer's, and the claim's text is not what it says | [`Differs`](ReasonKind::Differs) |
/// | the value is too old, from the future, or has no time, where an age is asked | [`Expired`](ReasonKind::Expired), [`TimeInFuture`](ReasonKind::TimeInFuture), [`TimeUnknown`](ReasonKind::TimeUnknown) |
fn decide(evidence: &Evidence<'_>, requirements: &[Requirement<'_>], errors: &mut Errors) -> bool {
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
    let max_age = match (requirement.max_age, max_age) {
        (Some(own), Some(outer)) => Some(own.min(outer)),
        (own, outer) => own.or(outer),
    };
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
    log(evidence, handler, &errors);
    Rejection::new(errors)
}

/// One event for each denial: names of claims and reasons, no token and no value.
fn log(evidence: &Evidence<'_>, handler: Option<&'static str>, errors: &[ClaimValidationError]) {
    let claims = listed(errors, ClaimValidationError::id);
    let reasons = listed(errors, ClaimValidationError::message);
    let differs = |error: &ClaimValidationError| error.kind() == ReasonKind::Differs;
    if matches!(evidence.claims, Claims::Absent) {
        tracing::warn!(
            handler,
            claims,
            reasons,
            "denied: no authorizer handed over claims; does the route have one?"
        );
    } else if errors.iter().any(differs) {
        tracing::warn!(
            handler,
            claims,
            reasons,
            "denied: an unknown rendering of what the token says"
        );
    } else {
        tracing::info!(handler, claims, reasons, "denied");
    }
}

fn listed(errors: &[ClaimValidationError], text: impl Fn(&ClaimValidationError) -> &str) -> String {
    let texts: Vec<&str> = errors.iter().map(text).collect();
    texts.join("; ")
}
