//! 2 READ: the value of one claim, exact or as text with its possible interpretations.
//!
//! A claim is read into its declared type before anything is compared, down to each element and
//! member. What does not fit meets no requirement.

pub(crate) mod factors;
pub(crate) mod go_list;
pub(crate) mod go_text;
pub(crate) mod joined_list;
pub(crate) mod json;
pub(crate) mod list;
pub(crate) mod number;
pub(crate) mod text;
pub(crate) mod timestamped;

use std::borrow::Cow;

use serde_json::Value;

use factors::CompletedFactors;
use list::List;
use number::number;
use text::Text;

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

/// A claim as it is declared: where it is and what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    pub(crate) key: &'static str,
    pub(crate) envelope: Envelope,
    pub(crate) ty: Type,
}

impl Claim {
    pub(crate) const fn new(key: &'static str, envelope: Envelope, ty: Type) -> Self {
        Self { key, envelope, ty }
    }
}

/// How a claim holds its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Envelope {
    /// `{"v": value, "t": milliseconds}`, as SuperTokens writes its claims.
    Timestamped,
    /// The value itself.
    Bare,
}

/// The declared type of a claim's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Boolean,
    String,
    Integer,
    /// An array of strings.
    List(Spaces),
    /// A string or an array of strings (RFC 7519, section 4.1.3).
    Audience,
    /// A string of scopes, separated by spaces (RFC 8693, section 4.2).
    Scope,
    /// The same under the name `scp`, or an array of strings.
    Scp,
    /// `{"c": {factor: seconds}, "v": boolean}`.
    Factors,
}

/// Whether the names in a list may contain spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spaces {
    Allowed,
    Never,
}

impl Type {
    /// How JSON text of such a value starts where it stands in a string; a string itself does not.
    pub(crate) fn opening(self) -> Option<char> {
        match self {
            Self::Factors => Some('{'),
            Self::List(_) => Some('['),
            _ => None,
        }
    }

    /// The name that reasons have for it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::String | Self::Scope => "string",
            Self::Integer => "number",
            Self::List(_) | Self::Audience | Self::Scp => "array of strings",
            Self::Factors => "completed factors",
        }
    }
}

/// A value of its declared type.
pub(crate) enum Typed<'a> {
    Boolean(bool),
    String(Text<'a>),
    /// As a float, as JavaScript has it.
    Integer(f64),
    /// A list, and another one that must agree with it: `scope` and `scp` of one token.
    List(List<'a>, Option<List<'a>>),
    Factors(CompletedFactors<'a>),
}

impl<'a> Typed<'a> {
    /// Whether the time next to the value is its time in every interpretation. In `map[t:1 v:x v:y]`, `t:1 v`
    /// may be a key, so that there is no `t`.
    pub(crate) fn has_time(&self) -> bool {
        !matches!(self, Self::String(Text::Member(text)) if text.contains(" v:"))
    }

    /// Reads a value without its envelope; none if it is not of the claim's declared type. With `scp`,
    /// the claim is `scope`.
    pub(crate) fn read_both(
        value: &'a RawClaim<'a>,
        scp: Option<&'a RawClaim<'a>>,
        claim: Claim,
    ) -> Option<Self> {
        let typed = Self::read(value, claim)?;
        let Some(scp) = scp else {
            return Some(typed);
        };
        let ty = Type::Scp;
        match (typed, Self::read(scp, Claim { ty, ..claim })?) {
            (Self::List(scope, _), Self::List(scp, _)) => Some(Self::List(scope, Some(scp))),
            _ => None,
        }
    }

    /// Reads a value without its envelope; none if it is not of the claim's declared type.
    pub(crate) fn read(value: &'a RawClaim<'a>, claim: Claim) -> Option<Self> {
        let text = match value {
            RawClaim::Exact(value) => return Self::read_exact(value, claim.ty),
            RawClaim::GatewayText(text)
            | RawClaim::AuthorizerString(text)
            | RawClaim::JoinedString(text) => text,
        };
        Some(match claim.ty {
            Type::Boolean => Self::Boolean(text.parse().ok()?),
            Type::Integer => Self::Integer(number(text)?),
            Type::String => Self::String(Text::read(value, claim.envelope)?),
            Type::List(_) | Type::Audience | Type::Scope | Type::Scp => {
                Self::List(List::read(value, claim.ty)?, None)
            }
            Type::Factors => match value {
                RawClaim::GatewayText(text) => Self::Factors(CompletedFactors::read_text(text)?),
                _ => return None,
            },
        })
    }

    fn read_exact(value: &'a Value, ty: Type) -> Option<Self> {
        Some(match ty {
            Type::Boolean => Self::Boolean(value.as_bool()?),
            Type::String => Self::String(Text::Exact(value.as_str()?)),
            Type::Integer => Self::Integer(value.as_f64()?),
            Type::List(_) | Type::Audience | Type::Scope | Type::Scp => {
                Self::List(List::read_exact(value, ty)?, None)
            }
            Type::Factors => Self::Factors(CompletedFactors::read_exact(value)?),
        })
    }
}
