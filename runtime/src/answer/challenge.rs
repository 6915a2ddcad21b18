//! The `WWW-Authenticate` header of `reject::bearer`.

use http::HeaderValue;
use serde_json::Value;

use super::error::{ClaimValidationError, ReasonKind};

/// Whether every error is about a factor or an age, so that authenticating the user again may help.
pub(super) fn is_step_up(errors: &[ClaimValidationError]) -> bool {
    use ReasonKind::{Expired, FactorsIncomplete, TimeInFuture, TimeUnknown, ValueDoesNotExist};
    errors.iter().all(|error| match error.kind() {
        Expired | FactorsIncomplete | TimeInFuture | TimeUnknown => true,
        // SuperTokens' claim of factors: a session without it has completed none.
        ValueDoesNotExist => error.id() == "st-mfa",
        _ => false,
    })
}

/// The challenge of RFC 9470 if [`is_step_up`], otherwise that of RFC 6750. It contains only names and ages that
/// the handler requires, never a claim's value.
pub(super) fn challenge(errors: &[ClaimValidationError]) -> HeaderValue {
    let challenge = if is_step_up(errors) {
        let ages = errors
            .iter()
            .filter_map(|error| error.detail("maxAgeInSeconds")?.as_f64());
        let age = ages.min_by(f64::total_cmp);
        let age = age.map(|age| format!(r#", max_age="{:.0}""#, age.floor()));
        r#"Bearer error="insufficient_user_authentication""#.to_owned() + &age.unwrap_or_default()
    } else {
        let scopes = scopes(errors).join(" ");
        let scopes = (!scopes.is_empty()).then(|| format!(r#", scope="{scopes}""#));
        r#"Bearer error="insufficient_scope""#.to_owned() + &scopes.unwrap_or_default()
    };
    // All characters are visible ASCII, so the conversion does not fail.
    HeaderValue::try_from(challenge).unwrap_or(HeaderValue::from_static("Bearer"))
}

/// The scopes that unmet requirements include; their order has no meaning. A name that cannot be a `scope-token`
/// of RFC 6749, section 3.3 (visible ASCII without `"` and `\`), is left out.
fn scopes(errors: &[ClaimValidationError]) -> Vec<&str> {
    let fields = ["expectedToInclude", "expectedToIncludeAtLeastOneOf"];
    let errors = errors.iter().filter(|error| error.id() == "scope");
    let values = errors.flat_map(|error| fields.map(|field| error.detail(field)));
    let names = values.flatten().flat_map(|value| match value {
        Value::Array(names) => names,
        name => std::slice::from_ref(name),
    });
    let is_allowed = |byte| matches!(byte, b'!' | b'#'..=b'[' | b']'..=b'~');
    let is_scope = |name: &&str| !name.is_empty() && name.bytes().all(is_allowed);
    let names = names.filter_map(Value::as_str).filter(is_scope);
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    names.dedup();
    names
}
