//! The claims in the form in which the authorizer passed them, and their lookup by key.

use std::borrow::Cow;
use std::collections::HashMap;
use std::iter;

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
    Values(Fields<'a>),
    /// A JSON text, whose members are parsed when they are looked up.
    Json(Members<'a>),
}

/// JSON values by their key: of a map in an event type, or of an object in JSON.
#[derive(Clone, Copy)]
pub(crate) enum Fields<'a> {
    Map(&'a HashMap<String, Value>),
    Object(&'a Map<String, Value>),
}

impl<'a> Fields<'a> {
    pub(super) fn get(self, key: &str) -> Option<&'a Value> {
        match self {
            // Hashing a key takes longer than comparing it with a few keys.
            Self::Map(map) if map.len() < 8 => Some(map.iter().find(|(name, _)| *name == key)?.1),
            Self::Map(map) => map.get(key),
            Self::Object(object) => object.get(key),
        }
    }

    pub(super) fn iter(self) -> impl Iterator<Item = (&'a str, &'a Value)> {
        let (mut map, mut object) = match self {
            Self::Map(map) => (Some(map.iter()), None),
            Self::Object(object) => (None, Some(object.iter())),
        };
        iter::from_fn(move || {
            let member = map.as_mut().and_then(Iterator::next);
            let (key, value) = member.or_else(|| object.as_mut()?.next())?;
            Some((key.as_str(), value))
        })
    }
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
            Source::Values(claims) => claims.get(key),
            Source::Json(members) => {
                let json = members.get(key).map_err(|_| ReadError::Unreadable)?;
                return match json::value_up_to(json.ok_or(ReadError::Missing)?, json::MAX_DEPTH)? {
                    Value::Null => Err(ReadError::Null),
                    value => Ok(RawClaim::Exact(Cow::Owned(value))),
                };
            }
        };
        Ok(match (value.ok_or(ReadError::Missing)?, strings) {
            (Value::Null, _) => return Err(ReadError::Null),
            (Value::String(text), StringKind::GatewayText) => RawClaim::GatewayText(text),
            (Value::String(text), StringKind::LambdaAuthorizer) => RawClaim::AuthorizerString(text),
            (Value::String(text), StringKind::MaybeJoined) => RawClaim::JoinedString(text),
            (value, _) => RawClaim::Exact(Cow::Borrowed(value)),
        })
    }

    /// The keys of all claims, in any order.
    pub(crate) fn keys(&self) -> Result<Box<dyn Iterator<Item = &str> + '_>, ReadError> {
        Ok(match self {
            Self::Absent => Box::new(iter::empty()),
            Self::Malformed => return Err(ReadError::Unreadable),
            Self::Found(Source::Texts(claims), _) => Box::new(claims.keys().map(String::as_str)),
            Self::Found(Source::Values(claims), _) => Box::new(claims.iter().map(|(key, _)| key)),
            Self::Found(Source::Json(members), _) => Box::new(members.iter().map(|(key, _)| key)),
        })
    }
}

/// The claims of an HTTP API, for tests.
#[cfg(test)]
pub(crate) fn text_claims(claims: &HashMap<String, String>) -> Claims<'_> {
    Claims::Found(Source::Texts(claims), StringKind::GatewayText)
}
