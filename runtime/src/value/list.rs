//! A list of names, in all forms in which claims contain it.

use serde_json::Value;

use super::go_list::{self, Match};
use super::{RawClaim, Spaces, Type, go_text, joined_list};

/// A list of names.
#[derive(Clone, Copy)]
pub(crate) enum List<'a> {
    /// A JSON array of strings.
    Exact(&'a [Value]),
    /// A JSON string: the only name.
    Single(&'a str),
    /// A JSON string of names separated by spaces.
    Words(&'a str),
    /// The text between the brackets of an array, from an HTTP API.
    GatewayArray(&'a str, Spaces),
    /// The text of `aud` from an HTTP API.
    GatewayAudience(&'a str),
    /// The text of `scope` or `scp` from an HTTP API.
    GatewayScopes(&'a str),
    /// A list whose elements the Cognito authorizer may have joined with commas.
    Joined(&'a str),
    /// `aud` as a string of a Lambda or Cognito authorizer.
    AuthorizerAudience(&'a str),
    /// `scope` or `scp` as a string of a Lambda or Cognito authorizer.
    AuthorizerScopes(&'a str),
}

impl<'a> List<'a> {
    /// Reads a text as a list of this declared type.
    pub(super) fn read(value: &RawClaim<'a>, ty: Type) -> Option<Self> {
        Some(match (value, ty) {
            (RawClaim::GatewayText(text), Type::List(spaces)) => {
                Self::GatewayArray(go_text::array(text)?, spaces)
            }
            (RawClaim::JoinedString(text), Type::List(_)) => Self::Joined(text),
            (RawClaim::GatewayText(text), Type::Audience) => Self::GatewayAudience(text),
            (RawClaim::GatewayText(text), Type::Scope | Type::Scp) => Self::GatewayScopes(text),
            (RawClaim::AuthorizerString(text) | RawClaim::JoinedString(text), Type::Audience) => {
                Self::AuthorizerAudience(text)
            }
            (
                RawClaim::AuthorizerString(text) | RawClaim::JoinedString(text),
                Type::Scope | Type::Scp,
            ) => Self::AuthorizerScopes(text),
            _ => return None,
        })
    }

    /// Reads a JSON value as a list of this declared type. All elements must be strings.
    pub(super) fn read_exact(value: &'a Value, ty: Type) -> Option<Self> {
        match (value, ty) {
            (Value::String(name), Type::Audience) => Some(Self::Single(name)),
            (Value::String(names), Type::Scope | Type::Scp) => Some(Self::Words(names)),
            (Value::Array(_), Type::Scope) => None,
            (Value::Array(names), _) if names.iter().all(Value::is_string) => {
                Some(Self::Exact(names))
            }
            _ => None,
        }
    }

    /// Whether the list contains this name.
    pub(crate) fn contains(self, name: &str) -> Match {
        match self {
            Self::Exact(names) => names.iter().any(|element| element == name).into(),
            Self::Single(element) => (element == name).into(),
            Self::Words(names) => names.split(' ').any(|element| element == name).into(),
            Self::GatewayArray(content, Spaces::Allowed) => go_list::names_contain(content, name),
            Self::GatewayArray(content, Spaces::Never) => go_list::words_contain(content, name),
            Self::GatewayAudience(text) => go_list::audience_contains(text, name),
            Self::GatewayScopes(text) => go_list::scopes_contain(text, name),
            Self::Joined(text) => joined_list::names_contain(text, name),
            Self::AuthorizerAudience(text) => joined_list::audience_contains(text, name),
            Self::AuthorizerScopes(text) => joined_list::scopes_contain(text, name),
        }
    }

    /// The same list, under the assumption that names never contain spaces.
    pub(crate) fn without_spaces(self) -> Self {
        match self {
            Self::GatewayArray(content, _) => Self::GatewayArray(content, Spaces::Never),
            other => other,
        }
    }

    /// All names, if the list has one interpretation. From gateway text, this is only a list of one name
    /// without spaces.
    pub(crate) fn names(self) -> Option<Vec<String>> {
        let certain = |content| go_list::names_contain(content, content) == Match::Yes;
        match self {
            Self::Exact(names) => names
                .iter()
                .map(|name| Some(name.as_str()?.to_owned()))
                .collect(),
            Self::GatewayArray(content, _) if certain(content) => Some(vec![content.to_owned()]),
            _ => None,
        }
    }

    /// The text as a value for `actualValue`, if it has one interpretation.
    pub(crate) fn text_to_value(self) -> Option<Value> {
        match self {
            Self::GatewayAudience(text) | Self::GatewayScopes(text) => {
                go_text::array(text).is_none().then(|| text.into())
            }
            Self::AuthorizerAudience(text) | Self::AuthorizerScopes(text) => Some(text.into()),
            list => list.names().map(Value::from),
        }
    }
}
