//! A claim as it was passed, before it is read into its declared type.

use std::borrow::Cow;

use serde_json::Value;

use super::json;

/// A claim's value as the authorizer passed it, or as the token has it.
pub(crate) enum RawClaim<'a> {
    /// A JSON value.
    Exact(Cow<'a, Value>),
    /// An HTTP API's rendering of a value that is not known.
    GatewayText(&'a str),
    /// A string of a Lambda authorizer: itself, or JSON text of what it could not pass otherwise.
    AuthorizerString(&'a str),
    /// The same, or what Cognito's authorizer joined with commas: the two look alike.
    JoinedString(&'a str),
}

/// Why a claim has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unread {
    Missing,
    /// The claim is `null`, which counts as missing wherever a value is asked for.
    Null,
    /// The claims cannot be read, or have this one twice.
    Unreadable,
    /// The JSON text of this claim cannot be parsed.
    Malformed,
    /// The bound token has another value than the authorizer's text, or two.
    TokenMismatch,
}

impl From<json::Malformed> for Unread {
    fn from(_: json::Malformed) -> Self {
        Self::Malformed
    }
}

impl RawClaim<'_> {
    /// Parses a string that can only be JSON text, where an object (`{`) or an array (`[`) is expected.
    ///
    /// The gateway's rendering of an object never starts with a brace, so such text is that of an
    /// emulator. Its rendering of an array does start with a bracket, and so does a name that Cognito's
    /// authorizer joined.
    pub(crate) fn parse_if(self, opening: Option<char>) -> Result<Self, Unread> {
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

    /// The name of the value's JSON type, as it was passed.
    pub(crate) fn json_type(&self) -> &'static str {
        match self {
            Self::Exact(value) => json_type(value),
            Self::GatewayText(_) | Self::AuthorizerString(_) | Self::JoinedString(_) => "string",
        }
    }
}

/// The name that reasons have for a value's JSON type.
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
