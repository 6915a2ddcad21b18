//! The text of one claim, read as the type that the handler declares; strictly, or not at all.

use serde_json::Value;

use super::error::Error;
use crate::value::go_list::{Contains, names_contain};
use crate::value::number::{number, safe_integer};
use crate::value::text::may_be_json;
use crate::value::{Unread, go_text, json};

/// A claim that is text.
#[derive(Clone, Copy)]
pub(super) enum Text<'a> {
    /// An HTTP API's rendering.
    Rendered(&'a str),
    /// The only element of a list in it.
    Element(&'a str),
    /// A string that may be of Cognito's authorizer, which writes no brackets around a list.
    Joined(&'a str),
    /// A string of a Lambda authorizer, which may be JSON text.
    Plain(&'a str),
}

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

impl Text<'_> {
    /// The value of the declared type, where the text has one interpretation.
    pub(super) fn value(self, ty: Declared) -> Result<Value, Error> {
        let (Self::Rendered(text) | Self::Element(text) | Self::Joined(text) | Self::Plain(text)) =
            self;
        let json = || json::value(text).map_err(|_| Error::new(Unread::Malformed));
        match (ty, self) {
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
            (Declared::String, _) if self.is_string(text) => Ok(text.into()),
            (Declared::Object, _) if text.starts_with('{') => json(),
            // A Lambda authorizer renders nothing.
            (Declared::List, Self::Plain(_)) => json(),
            _ => Err(Error::ambiguous()),
        }
    }

    /// Whether the text can only be that of the same string.
    fn is_string(self, text: &str) -> bool {
        match self {
            // Go writes these for `null` and for half a surrogate pair, too.
            Self::Rendered(_) | Self::Element(_) => {
                text != "<nil>" && !text.contains(char::REPLACEMENT_CHARACTER)
            }
            Self::Joined(_) | Self::Plain(_) => !may_be_json(text),
        }
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
