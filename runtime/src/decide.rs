//! DECIDE: every requirement on its claim.

use std::time::{Duration, SystemTime};

use crate::authorizer::{Authorizer, Claims, GatewayEvent};
use crate::claim::{self, Case, Clock};
use crate::reason::{ClaimValidationError, Errors, Reason};
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
    handler: &str,
    requirements: &[Requirement<'_>],
) -> Result<(), Rejection> {
    let Authorizer(claims) = event.authorizer();
    check_case(
        &Case {
            claims,
            clock: Clock::System,
        },
        handler,
        requirements,
    )
}

/// As [`check`], at another time than now: for tests of ages.
///
/// # Errors
///
/// As of [`check`].
pub fn check_at<E: GatewayEvent + ?Sized>(
    event: &E,
    requirements: &[Requirement<'_>],
    now: SystemTime,
) -> Result<(), Rejection> {
    let Authorizer(claims) = event.authorizer();
    check_case(
        &Case {
            claims,
            clock: Clock::At(now),
        },
        "",
        requirements,
    )
}

fn check_case(
    case: &Case<'_>,
    handler: &str,
    requirements: &[Requirement<'_>],
) -> Result<(), Rejection> {
    if decide(case, requirements, &mut Errors::ignored()) {
        Ok(())
    } else {
        Err(deny(case, handler, requirements))
    }
}

/// Whether all requirements are met: the one place where a request is allowed.
fn decide(case: &Case<'_>, requirements: &[Requirement<'_>], errors: &mut Errors) -> bool {
    let is_session = claim::is_session_token(case, errors);
    all(requirements, case, None, errors) && is_session
}

fn all(
    requirements: &[Requirement<'_>],
    case: &Case<'_>,
    max_age: Option<Duration>,
    errors: &mut Errors,
) -> bool {
    if requirements.is_empty() {
        return errors.deny("", Reason::empty_requirement);
    }
    let mut met = true;
    for requirement in requirements {
        met &= is_met(requirement, case, max_age, errors);
    }
    met
}

fn any(
    requirements: &[Requirement<'_>],
    case: &Case<'_>,
    max_age: Option<Duration>,
    errors: &mut Errors,
) -> bool {
    if requirements.is_empty() {
        return errors.deny("", Reason::empty_requirement);
    }
    let mark = errors.mark();
    let met = requirements
        .iter()
        .any(|requirement| is_met(requirement, case, max_age, errors));
    if met {
        errors.forget_since(mark);
    }
    met
}

fn is_met(
    requirement: &Requirement<'_>,
    case: &Case<'_>,
    max_age: Option<Duration>,
    errors: &mut Errors,
) -> bool {
    let max_age = match (requirement.max_age, max_age) {
        (Some(own), Some(outer)) => Some(own.min(outer)),
        (own, outer) => own.or(outer),
    };
    match requirement.rule {
        Rule::Authenticated => claim::authenticated(case, max_age, errors),
        Rule::Boolean(rule) => rule.decide(case, max_age, errors),
        Rule::Primitive(rule) => rule.decide(case, max_age, errors),
        Rule::Array(rule) => rule.decide(case, max_age, errors),
        Rule::Mfa(rule) => rule.decide(case, max_age, errors),
        Rule::All(requirements) => all(requirements, case, max_age, errors),
        Rule::Any(requirements) => any(requirements, case, max_age, errors),
    }
}

/// Decides once more, now with the reasons, and logs them.
#[cold]
fn deny(case: &Case<'_>, handler: &str, requirements: &[Requirement<'_>]) -> Rejection {
    let mut errors = Errors::recorded();
    decide(case, requirements, &mut errors);
    let errors = errors.into_list();
    log(case, handler, &errors);
    Rejection::new(errors)
}

/// One event for each denial: names of claims and reasons, no token and no value.
fn log(case: &Case<'_>, handler: &str, errors: &[ClaimValidationError]) {
    let claims = listed(errors, ClaimValidationError::id);
    let reasons = listed(errors, ClaimValidationError::message);
    if matches!(case.claims, Claims::Absent) {
        tracing::warn!(
            handler,
            claims,
            reasons,
            "denied: the route has no authorizer"
        );
    } else {
        tracing::info!(handler, claims, reasons, "denied");
    }
}

fn listed(errors: &[ClaimValidationError], text: impl Fn(&ClaimValidationError) -> &str) -> String {
    let texts: Vec<&str> = errors.iter().map(text).collect();
    texts.join("; ")
}
