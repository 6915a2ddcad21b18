//! The log event for a denial.

use std::collections::BTreeSet;

use super::error::{ClaimValidationError, ReasonKind};

/// Emits one `tracing` event for each denied request. It contains the keys of the claims, the messages of the
/// reasons and the remedies, never a token or a claim's value.
pub(super) fn denial(
    errors: &[ClaimValidationError],
    handler: Option<&'static str>,
    has_claims: bool,
) {
    // The texts are rarely needed: info is enabled only where warnings are.
    if !tracing::enabled!(tracing::Level::WARN, handler, claims, reasons, remedy) {
        return;
    }
    let claims = joined(errors, ClaimValidationError::id);
    let reasons = joined(errors, ClaimValidationError::message);
    let remedies = errors
        .iter()
        .filter_map(|error| error.detail("remedy")?.as_str());
    let remedies = Vec::from_iter(remedies.collect::<BTreeSet<_>>()).join("; ");
    let remedy = (!remedies.is_empty()).then_some(remedies);
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
    let texts: Vec<&str> = errors.iter().map(text).collect();
    texts.join("; ")
}
