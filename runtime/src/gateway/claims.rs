//! The claims as the authorizer passed them, and their lookup by key.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value};

use crate::value::json::{self, Members};
use crate::value::{RawClaim, Unread};

/// The claims that the authorizer passed.
pub(crate) enum Claims<'a> {
    /// The route has no authorizer, or the event comes from no gateway.
    Absent,
    /// The context holds something that cannot be read, in the place of the claims.
    Malformed,
    Found(Source<'a>, Strings),
}

/// Where the claims are.
pub(crate) enum Source<'a> {
    Texts(&'a HashMap<String, String>),
    Object(&'a Map<String, Value>),
    Context(&'a HashMap<String, Value>),
    /// JSON text, of which each claim is parsed when it is looked up.
    Json(Members<'a>),
}

/// What a string among the claims is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Strings {
    /// An HTTP API's rendering of any JSON value.
    GatewayText,
    /// A string, or JSON text of what a Lambda authorizer could not pass otherwise.
    FromAuthorizer,
    /// The same, or a list that Cognito's authorizer joined with commas.
    MaybeJoined,
    /// A string.
    Exact,
}

impl<'a> Claims<'a> {
    /// Whether the claims are an HTTP API's rendering of those of a token.
    pub(crate) fn are_rendered(&self) -> bool {
        matches!(self, Self::Found(_, Strings::GatewayText))
    }

    /// The claim of this key.
    pub(crate) fn get(&self, key: &str) -> Result<RawClaim<'a>, Unread> {
        let (source, strings) = match self {
            Self::Absent => return Err(Unread::Missing),
            Self::Malformed => return Err(Unread::Unreadable),
            Self::Found(source, strings) => (source, *strings),
        };
        let value = match source {
            Source::Texts(claims) => {
                let text = claims.get(key).ok_or(Unread::Missing)?;
                return Ok(RawClaim::GatewayText(text));
            }
            Source::Object(claims) => claims.get(key),
            Source::Context(claims) => claims.get(key),
            Source::Json(members) => {
                let json = members.get(key).map_err(|_| Unread::Unreadable)?;
                return match json.ok_or(Unread::Missing)? {
                    json if json::is_null(json) => Err(Unread::Null),
                    json => Ok(RawClaim::Exact(Cow::Owned(json::value(json.get())?))),
                };
            }
        };
        match (value, strings) {
            (None, _) => Err(Unread::Missing),
            (Some(Value::Null), _) => Err(Unread::Null),
            (Some(Value::String(text)), Strings::GatewayText) => Ok(RawClaim::GatewayText(text)),
            (Some(Value::String(text)), Strings::FromAuthorizer) => {
                Ok(RawClaim::AuthorizerString(text))
            }
            (Some(Value::String(text)), Strings::MaybeJoined) => Ok(RawClaim::JoinedString(text)),
            (Some(value), _) => Ok(RawClaim::Exact(Cow::Borrowed(value))),
        }
    }

    /// The keys of all claims; an error where the claims cannot be read.
    pub(crate) fn keys(&self) -> Result<BTreeSet<&str>, Unread> {
        match self {
            Self::Absent => Ok(BTreeSet::new()),
            Self::Malformed => Err(Unread::Unreadable),
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
    Claims::Found(Source::Texts(claims), Strings::GatewayText)
}
