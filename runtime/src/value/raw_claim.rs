//! The value of a claim before it is read as its declared type.

use std::borrow::Cow;

use serde_json::Value;

use super::json;

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
}

impl From<json::Malformed> for ReadError {
    fn from(_: json::Malformed) -> Self {
        Self::InvalidJson
    }
}

impl RawClaim<'_> {
    /// Parses a string that can only be JSON text, if an object (`{`) or an array (`[`) is expected.
    ///
    /// The gateway's rendering of an object never starts with a brace, so text that does comes from an
    /// emulator. Text that starts with a bracket is only parsed if it comes from a Lambda authorizer: the
    /// gateway's rendering of an array, and a name in a list that the Cognito authorizer joined, can start
    /// with one, too.
    pub(crate) fn parse_if(self, opening: Option<char>) -> Result<Self, ReadError> {
        let json = match (&self, opening) {
            (
                Self::GatewayText(text) | Self::AuthorizerString(text) | Self::JoinedString(text),
                Some('{'),
            )
            | (Self::AuthorizerString(text), Some('[')) => *text,
            _ => return Ok(self),
        };
        if opening.is_some_and(|opening| json.starts_with(opening)) {
            Ok(Self::Exact(Cow::Owned(json::value(json)?)))
        } else {
            Ok(self)
        }
    }

    /// Whether the value contains a percent sign.
    pub(crate) fn contains_percent(&self) -> bool {
        match self {
            Self::Exact(value) => value.to_string().contains('%'),
            Self::GatewayText(text) | Self::AuthorizerString(text) | Self::JoinedString(text) => {
                text.contains('%')
            }
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
