//! Whether the claims are those of a session.

use std::time::Duration;

use super::question::Question;
use super::supertokens::{SESSION_HANDLE, SUBJECT};
use crate::errors::Errors;
use crate::evidence::Evidence;
use crate::part::{Part, Unread, type_name};
use crate::reason::Reason;

/// Whether the token is of a session, as far as it says: SuperTokens' `stt`, where present, is 0.
///
/// Another value is that of an OAuth 2 access token, which the same issuer signs with the same
/// keys, so an authorizer lets it through.
pub(crate) fn is_session_token(evidence: &Evidence<'_>, errors: &mut Errors) -> bool {
    const KEY: &str = "stt";
    let kind = match evidence.claims.get(KEY) {
        Err(Unread::Missing) => return true,
        Err(differs @ Unread::Differs) => {
            return errors.deny(KEY, || differs.reason(type_name::NUMBER));
        }
        Err(Unread::Null | Unread::Unreadable) => None,
        Ok(kind) => kind.number(),
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
    evidence: &Evidence<'_>,
    max_age: Option<Duration>,
    errors: &mut Errors,
) -> bool {
    let mut exists = true;
    for key in [SUBJECT.key(), SESSION_HANDLE] {
        let question = Question {
            key,
            expected_type: type_name::STRING,
            evidence,
            max_age,
        };
        let read = evidence.claims.get(key);
        let part = question.take_up(read, |_| None, Reason::does_not_exist, errors);
        exists &= part.is_some_and(|part| match is_some_name(part) {
            Some(true) => true,
            Some(false) => errors.deny(key, Reason::does_not_exist),
            None => errors.deny(key, || part.not_of_type(type_name::STRING)),
        });
    }
    exists
}

/// Whether a string names anything; `None` where it is no string.
fn is_some_name(part: Part<'_>) -> Option<bool> {
    match part {
        // How Go writes `null`, too.
        Part::Text("<nil>") => None,
        // Whatever else a text may be, it names something.
        Part::Text(text) => Some(!text.is_empty()),
        // Or JSON text of what names nothing.
        Part::Plain(text) => Some(!matches!(text.trim(), "" | "null" | "\"\"")),
        exact => exact.is("").map(|is_empty| !is_empty),
    }
}
