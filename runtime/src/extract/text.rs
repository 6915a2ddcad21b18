//! The text of one claim, read as the type that the handler declares; strictly, or not at all.

use serde_json::Value;

use super::error::Error;
use crate::value::go_list::{Contains, names_contain};
use crate::value::number::{number, safe_integer};
use crate::value::text::may_be_json;
use crate::value::{RawClaim, Unread, go_text, json};

/// The type that serde asks for.
#[derive(Clone, Copy)]
pub(super) enum Declared {
    Boolean,
    Integer,
    Float,
    String,
    List,
    Object,
    /// No type, or one that text is never read as.
    Other,
}

/// The value of a claim. Text is read as the declared type, where it has one interpretation.
pub(super) fn value(claim: RawClaim<'_>, ty: Declared) -> Result<Value, Error> {
    let (text, is_string) = match claim {
        RawClaim::Exact(value) => return Ok(value.into_owned()),
        // Go writes these for `null` and for half a surrogate pair, too.
        RawClaim::GatewayText(text) => (
            text,
            text != "<nil>" && !text.contains(char::REPLACEMENT_CHARACTER),
        ),
        RawClaim::AuthorizerString(text) | RawClaim::JoinedString(text) => {
            (text, !may_be_json(text))
        }
    };
    let json = || json::value(text).map_err(|_| Error::new(Unread::Malformed));
    match (ty, claim) {
        (Declared::Boolean, _) => {
            let value = text.parse().ok().map(Value::Bool);
            value.ok_or_else(|| Error::unreadable("boolean"))
        }
        (Declared::Float, _) => {
            let value = number(text).map(Value::from);
            value.ok_or_else(|| Error::unreadable("number"))
        }
        // Of a greater integer than a float holds exactly, the text may have lost digits.
        (Declared::Integer, _) => {
            let value = number(text).and_then(safe_integer).map(Value::from);
            value.ok_or_else(|| Error::unreadable("whole number"))
        }
        (Declared::String, _) if is_string => Ok(text.into()),
        (Declared::Object, _) if text.starts_with('{') => json(),
        // A Lambda authorizer renders nothing.
        (Declared::List, RawClaim::AuthorizerString(_)) => json(),
        _ => Err(Error::ambiguous()),
    }
}

/// The only name in the gateway's text of a list, where it can only be one.
pub(super) fn only_element(list: &str) -> Result<&str, Error> {
    let content = go_text::array(list).ok_or_else(|| Error::unreadable("array"))?;
    match names_contain(content, content) {
        Contains::Yes => Ok(content),
        _ => Err(Error::ambiguous()),
    }
}
