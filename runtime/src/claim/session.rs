//! Whether the claims are those of a session.

use std::time::Duration;

use super::{Case, Form, Part, age::check_age};
use crate::authorizer::Handed;
use crate::reason::{Errors, Reason};
use crate::{json, text};

/// Whether the token is of a session, as far as it says: SuperTokens' `stt`, where present, is 0.
///
/// Another value is that of an OAuth 2 access token, which the same issuer signs with the same
/// keys, so an authorizer lets it through.
pub(crate) fn is_session_token(case: &Case<'_>, errors: &mut Errors) -> bool {
    const KEY: &str = "stt";
    let kind = match case.claims.get(KEY) {
        Handed::Missing => return true,
        Handed::Malformed => None,
        Handed::Json(value) => value.as_f64(),
        Handed::JsonText(text) | Handed::Text(text) => text::number(text),
    };
    kind == Some(0.0)
        || errors.deny(KEY, || {
            let reason = Reason::wrong_value().with("expectedValue", 0);
            match kind {
                Some(kind) => reason.with("actualValue", kind),
                None => reason,
            }
        })
}

/// Whether an authorizer handed over the claims of a session: a user and a session handle.
pub(crate) fn authenticated(
    case: &Case<'_>,
    max_age: Option<Duration>,
    errors: &mut Errors,
) -> bool {
    if let Err(wrong_age) = check_age(|| None, max_age, case.clock) {
        return errors.deny("sessionHandle", || wrong_age.reason());
    }
    let mut exists = true;
    for key in ["sub", "sessionHandle"] {
        let is_named = Form::Bare
            .read(case.claims.get(key))
            .is_ok_and(|fetched| is_some_name(fetched.v));
        if !is_named {
            exists = errors.deny(key, Reason::does_not_exist);
        }
    }
    exists
}

fn is_some_name(part: Part<'_>) -> bool {
    match part {
        Part::Json(value) => value.as_str().is_some_and(|name| !name.is_empty()),
        Part::JsonText(text) => json::string(text).is_some_and(|name| !name.is_empty()),
        Part::Text(text) => !text.is_empty(),
    }
}
