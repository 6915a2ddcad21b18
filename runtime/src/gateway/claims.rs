//! The claims in the form in which the authorizer passed them, and their lookup by key.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value};

use crate::value::json::{self, Members};
use crate::value::{RawClaim, ReadError};

/// The claims that the authorizer passed.
pub(crate) enum Claims<'a> {
    /// The route has no authorizer, or the event does not come from a gateway.
    Absent,
    /// The context contains something other than claims in their place.
    Malformed,
    Found(Source<'a>, StringKind),
}

/// The collection that contains the claims.
pub(crate) enum Source<'a> {
    Texts(&'a HashMap<String, String>),
    Object(&'a Map<String, Value>),
    Context(&'a HashMap<String, Value>),
    /// A JSON text, whose members are parsed when they are looked up.
    Json(Members<'a>),
}

/// The meaning of a string among the claims.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum StringKind {
    /// The rendering of a JSON value by an HTTP API.
    GatewayText,
    /// A string of a Lambda authorizer: a plain string, or the JSON text of a value that the authorizer could
    /// not pass directly.
    LambdaAuthorizer,
    /// A string of a Lambda authorizer, or a list whose elements the Cognito authorizer joined with commas.
    MaybeJoined,
    /// The value itself.
    Exact,
}

impl Source<'_> {
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Texts(claims) => claims.is_empty(),
            Self::Object(claims) => claims.is_empty(),
            Self::Context(claims) => claims.is_empty(),
            Self::Json(members) => members.iter().next().is_none(),
        }
    }
}

impl<'a> Claims<'a> {
    /// Whether the claims are text that an HTTP API rendered.
    pub(crate) fn are_gateway_text(&self) -> bool {
        matches!(self, Self::Found(_, StringKind::GatewayText))
    }

    /// Looks up a claim by its key.
    pub(crate) fn get(&self, key: &str) -> Result<RawClaim<'a>, ReadError> {
        let (source, strings) = match self {
            Self::Absent => return Err(ReadError::Missing),
            Self::Malformed => return Err(ReadError::Unreadable),
            Self::Found(source, strings) => (source, *strings),
        };
        let value = match source {
            Source::Texts(claims) => {
                let text = claims.get(key).ok_or(ReadError::Missing)?;
                return Ok(RawClaim::GatewayText(text));
            }
            Source::Object(claims) => claims.get(key),
            Source::Context(claims) => claims.get(key),
            Source::Json(members) => {
                let json = members.get(key).map_err(|_| ReadError::Unreadable)?;
                return match json.ok_or(ReadError::Missing)? {
                    json if json::is_null(json) => Err(ReadError::Null),
                    json => Ok(RawClaim::Exact(Cow::Owned(json::value(json.get())?))),
                };
            }
        };
        match (value, strings) {
            (None, _) => Err(ReadError::Missing),
            (Some(Value::Null), _) => Err(ReadError::Null),
            (Some(Value::String(text)), StringKind::GatewayText) => Ok(RawClaim::GatewayText(text)),
            (Some(Value::String(text)), StringKind::LambdaAuthorizer) => {
                Ok(RawClaim::AuthorizerString(text))
            }
            (Some(Value::String(text)), StringKind::MaybeJoined) => {
                Ok(RawClaim::JoinedString(text))
            }
            (Some(value), _) => Ok(RawClaim::Exact(Cow::Borrowed(value))),
        }
    }

    /// The keys of all claims.
    pub(crate) fn keys(&self) -> Result<BTreeSet<&str>, ReadError> {
        match self {
            Self::Absent => Ok(BTreeSet::new()),
            Self::Malformed => Err(ReadError::Unreadable),
            Self::Found(source, _) => Ok(match source {
                Source::Texts(claims) => claims.keys().map(String::as_str).collect(),
                Source::Object(claims) => claims.keys().map(String::as_str).collect(),
                Source::Context(claims) => claims.keys().map(String::as_str).collect(),
                Source::Json(members) => members.iter().map(|(key, _)| key).collect(),
            }),
        }
    }
}

/// The claims of an HTTP API, for tests.
#[cfg(test)]
pub(crate) fn text_claims(claims: &HashMap<String, String>) -> Claims<'_> {
    Claims::Found(Source::Texts(claims), StringKind::GatewayText)
}
