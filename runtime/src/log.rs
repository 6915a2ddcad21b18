//! ANSWER, for the log: that a request was denied.

use crate::authorizer::Claims;
use crate::evidence::Evidence;
use crate::reason::{ClaimValidationError, ReasonKind};

/// One event for each denial: names of claims and reasons, no token and no value.
pub(crate) fn denial(
    evidence: &Evidence<'_>,
    handler: Option<&'static str>,
    errors: &[ClaimValidationError],
) {
    let claims = listed(errors, ClaimValidationError::id);
    let reasons = listed(errors, ClaimValidationError::message);
    let is_unknown_rendering =
        |error: &ClaimValidationError| error.kind() == ReasonKind::UnknownRendering;
    if matches!(evidence.claims, Claims::Absent) {
        tracing::warn!(
            handler,
            claims,
            reasons,
            "denied: no authorizer handed over claims; does the route have one?"
        );
    } else if errors.iter().any(is_unknown_rendering) {
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
