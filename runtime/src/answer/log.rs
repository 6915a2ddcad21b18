//! The log event for a denial.

use super::error::{ClaimValidationError, ReasonKind};

/// Emits one `tracing` event for each denied request. It contains the keys of the claims, the messages of the
/// reasons and the remedies, never a token or a claim's value.
pub(super) fn denial(
    errors: &[ClaimValidationError],
    handler: Option<&'static str>,
    has_claims: bool,
) {
    let claims = joined(errors, ClaimValidationError::id);
    let reasons = joined(errors, ClaimValidationError::message);
    let mut remedies: Vec<_> = errors
        .iter()
        .filter_map(|error| error.detail("remedy")?.as_str())
        .collect();
    remedies.sort_unstable();
    remedies.dedup();
    let remedy = (!remedies.is_empty()).then(|| remedies.join("; "));
    let has = |kind| errors.iter().any(|error| error.kind() == kind);
    let warning = if !has_claims {
        "the event has no authorizer claims; attach an authorizer to the route, and run the handler with `lambda_http`"
    } else if has(ReasonKind::UnknownRendering) {
        "a claim's text does not match the token in `Authorization`"
    } else if has(ReasonKind::NoPathParameter) {
        "the route has no such path parameter; behind `{proxy+}` or `$default`, check \
         `SUBJECT.has_value(id).check(&event)` in the handler"
    } else {
        return tracing::info!(handler, claims, reasons, remedy, "denied");
    };
    tracing::warn!(handler, claims, reasons, remedy, "denied: {warning}");
}

fn joined(errors: &[ClaimValidationError], text: impl Fn(&ClaimValidationError) -> &str) -> String {
    errors.iter().map(text).collect::<Vec<_>>().join("; ")
}
