//! The value of a claim before it is read as its declared type.

use std::borrow::Cow;

use serde_json::Value;

use super::{go_text, json};

/// The value of a claim as the authorizer passed it, or from the token.
pub(crate) enum RawClaim<'a> {
    /// A JSON value.
    Exact(Cow<'a, Value>),
    /// The rendering of an unknown value by an HTTP API.
    GatewayText(&'a str),
    /// A string of a Lambda authorizer: a plain string, or the JSON text of a value that the authorizer could
    /// not pass directly.
    AuthorizerString(&'a str),
    /// A string of a Lambda authorizer, or a list whose elements the Cognito authorizer joined with commas.
    /// The events of the two look the same.
    JoinedString(&'a str),
}

/// Why the value of a claim cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ReadError {
    /// The claim is missing.
    Missing,
    /// The claim is `null`, which is treated as missing.
    Null,
    /// The claims cannot be read, contain this claim twice, or its text does not have the declared envelope.
    Unreadable,
    /// The JSON text of this claim cannot be parsed.
    InvalidJson,
    /// The value in the bound token does not render to the authorizer's text, or the token has two values.
    TokenMismatch,
    /// The text has several interpretations with different values in this place.
    Ambiguous,
    /// The claim, or a value on the way to it, does not have the expected type.
    OtherType {
        expected: &'static str,
        /// The JSON type that it has; `None` for the gateway's text.
        actual: Option<&'static str>,
    },
}

impl From<json::Malformed> for ReadError {
    fn from(_: json::Malformed) -> Self {
        Self::InvalidJson
    }
}

impl RawClaim<'_> {
    /// The member of an object. A string with the JSON text of an object counts as the object.
    pub(crate) fn member(mut self, name: &str) -> Result<Self, ReadError> {
        let is_json = |text: &str| text.trim_ascii_start().starts_with('{');
        if self.string().is_some_and(is_json) {
            self = self.parse_json_text()?;
        }
        match self {
            Self::GatewayText(text) if text.starts_with("map[") => {
                Ok(Self::GatewayText(go_text::member(text, name)?))
            }
            Self::Exact(object) if object.is_object() => match member(object, name)? {
                value if value.is_null() => Err(ReadError::Null),
                value => Ok(Self::Exact(value)),
            },
            other => Err(other.instead_of("object")),
        }
    }

    /// Parses a string that is declared to contain JSON text.
    pub(crate) fn parse_json_text(self) -> Result<Self, ReadError> {
        let Some(text) = self.string() else {
            return Err(self.instead_of("string"));
        };
        let value = json::value(text)?;
        let is_ambiguous = match self {
            Self::Exact(_) => false,
            // Go also writes this character for a lone surrogate.
            Self::GatewayText(text) => text.contains(char::REPLACEMENT_CHARACTER),
            // The authorizer may have written the JSON text of the string.
            Self::AuthorizerString(_) | Self::JoinedString(_) => value.is_string(),
        };
        if is_ambiguous {
            return Err(ReadError::Ambiguous);
        }
        Ok(Self::Exact(Cow::Owned(value)))
    }

    /// Parses a string that can only be JSON text, if an object (`{`) or an array (`[`) is expected.
    ///
    /// The gateway's rendering of an object never starts with a brace, so text that does comes from an
    /// emulator. Text that starts with a bracket is only parsed if it comes from a Lambda authorizer: the
    /// gateway's rendering of an array, and a name in a list that the Cognito authorizer joined, can start
    /// with one, too.
    pub(crate) fn parse_if(self, opening: Option<char>) -> Result<Self, ReadError> {
        let may_be_json = match self {
            Self::Exact(_) => false,
            Self::AuthorizerString(_) => true,
            Self::GatewayText(_) | Self::JoinedString(_) => opening == Some('{'),
        };
        let opens = |text: &&str| opening.is_some_and(|opening| text.starts_with(opening));
        match self.string().filter(opens) {
            Some(json) if may_be_json => Ok(Self::Exact(Cow::Owned(json::value(json)?))),
            _ => Ok(self),
        }
    }

    /// The text, or the JSON string.
    pub(super) fn string(&self) -> Option<&str> {
        match self {
            Self::Exact(value) => value.as_str(),
            Self::GatewayText(text) | Self::AuthorizerString(text) | Self::JoinedString(text) => {
                Some(text)
            }
        }
    }

    fn instead_of(&self, expected: &'static str) -> ReadError {
        let is_known = !matches!(self, Self::GatewayText(_));
        let actual = is_known.then(|| self.json_type());
        ReadError::OtherType { expected, actual }
    }

    /// Whether the value contains a percent sign.
    pub(crate) fn contains_percent(&self) -> bool {
        match self {
            Self::Exact(value) => value.to_string().contains('%'),
            text => text.string().is_some_and(|text| text.contains('%')),
        }
    }

    /// The name of the JSON type in which the value was passed.
    pub(crate) fn json_type(&self) -> &'static str {
        match self {
            Self::Exact(value) => json_type(value),
            Self::GatewayText(_) | Self::AuthorizerString(_) | Self::JoinedString(_) => "string",
        }
    }
}

/// The member of an object.
pub(super) fn member<'a>(object: Cow<'a, Value>, name: &str) -> Result<Cow<'a, Value>, ReadError> {
    let member = match object {
        Cow::Borrowed(object) => object.get(name).map(Cow::Borrowed),
        Cow::Owned(mut object) => object.get_mut(name).map(|member| Cow::Owned(member.take())),
    };
    member.ok_or(ReadError::Missing)
}

/// The name of a value's JSON type in reasons.
pub(crate) fn json_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
