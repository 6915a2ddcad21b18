//! Reads the text of one claim strictly as the type that serde requests.

use serde_json::Value;

use super::error::Error;
use crate::value::go_list::{Match, names_contain};
use crate::value::number::{number, safe_integer};
use crate::value::text::may_be_json;
use crate::value::{RawClaim, ReadError, go_text, joined_list, json};

/// The type that serde requests.
#[derive(Clone, Copy)]
pub(super) enum TargetType {
    Boolean,
    Integer,
    Float,
    String,
    List,
    Object,
    /// No type, or a type that is never read from text.
    Other,
}

/// The value of a claim. Text is read as the target type, if it has one interpretation.
pub(super) fn value(claim: RawClaim<'_>, ty: TargetType) -> Result<Value, Error> {
    let (text, is_string) = match claim {
        RawClaim::Exact(value) => return Ok(value.into_owned()),
        // Go also writes these for `null` and for a lone surrogate.
        RawClaim::GatewayText(text) => (
            text,
            text != "<nil>" && !text.contains(char::REPLACEMENT_CHARACTER),
        ),
        RawClaim::AuthorizerString(text) | RawClaim::JoinedString(text) => {
            (text, !may_be_json(text))
        }
    };
    let json = || json::value(text).map_err(|_| Error::new(ReadError::InvalidJson));
    let (expected, value) = match (ty, claim) {
        (TargetType::Boolean, _) => ("boolean", text.parse().ok().map(Value::Bool)),
        (TargetType::Float, _) => ("number", number(text).map(Value::from)),
        (TargetType::Integer, _) => {
            // If an integer is not exact as a float, its text may have lost digits.
            let integer = number(text).and_then(safe_integer);
            ("whole number", integer.map(Value::from))
        }
        (TargetType::String, _) if is_string => return Ok(text.into()),
        (TargetType::Object, _) if text.starts_with('{') => return json(),
        // A Lambda authorizer passes lists as JSON text.
        (TargetType::List, RawClaim::AuthorizerString(_)) => return json(),
        _ => return Err(Error::ambiguous()),
    };
    value.ok_or_else(|| Error::unreadable(expected))
}

/// The only name in the text of a list, if the text has one interpretation; `None` if the claim is not text.
pub(super) fn only_element<'a>(list: &RawClaim<'a>) -> Result<Option<&'a str>, Error> {
    let (content, contains) = match list {
        RawClaim::GatewayText(text) => {
            let content = go_text::array(text).ok_or_else(|| Error::unreadable("array"))?;
            (content, names_contain(content, content))
        }
        RawClaim::JoinedString(text) => (*text, joined_list::names_contain(text, text)),
        _ => return Ok(None),
    };
    match contains {
        Match::Yes => Ok(Some(content)),
        _ => Err(Error::ambiguous()),
    }
}
