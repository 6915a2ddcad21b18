//! The log's event for a denial.

use super::error::{ClaimValidationError, ReasonKind};

/// Emits one event for each denial: names of claims and reasons, no token and no value.
pub(super) fn denial(
    errors: &[ClaimValidationError],
    handler: Option<&'static str>,
    has_claims: bool,
) {
    let claims = joined(errors, ClaimValidationError::id);
    let reasons = joined(errors, ClaimValidationError::message);
    let mut kinds = errors.iter().map(ClaimValidationError::kind);
    let warning = if !has_claims {
        "no authorizer passed claims; does the route have one?"
    } else if kinds.any(|kind| kind == ReasonKind::UnknownRendering) {
        "an unknown rendering of the token's claims"
    } else {
        return tracing::info!(handler, claims, reasons, "denied");
    };
    tracing::warn!(handler, claims, reasons, "denied: {warning}");
}

fn joined(errors: &[ClaimValidationError], text: impl Fn(&ClaimValidationError) -> &str) -> String {
    let texts: Vec<&str> = errors.iter().map(text).collect();
    texts.join("; ")
}
