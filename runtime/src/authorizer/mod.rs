//! FIND: what the gateway's authorizer handed over, and in which form.

mod context;
mod event;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value};

pub use event::GatewayEvent;

use crate::json;
use crate::part::{Part, Unread};
use crate::token::{Authorization, Bound};

/// What the authorizer of the route handed over with an event, and the header that may still have
/// the token that it looked at.
#[derive(Clone, Copy)]
pub struct Authorizer<'a> {
    pub(crate) claims: Claims<'a>,
    pub(crate) authorization: Authorization<'a>,
}

/// Where the claims are.
#[derive(Clone, Copy)]
pub(crate) enum Claims<'a> {
    /// The route has no authorizer, or the event comes from no gateway.
    Absent,
    /// Something stands where the claims should, and it cannot be read.
    Malformed,
    /// An HTTP API's JWT authorizer: every claim is text.
    Text(&'a HashMap<String, String>),
    /// A `claims` object whose values are all text: payload format 1.0 of an HTTP API.
    TextObject(&'a Map<String, Value>),
    /// The same of Cognito's authorizer, which joins a list with commas and writes no brackets; or of
    /// a Lambda authorizer, as below.
    JoinedText(&'a Map<String, Value>),
    /// A `claims` object of a Lambda authorizer: JSON types, and strings, which may be JSON text of
    /// what it made a string of.
    PlainObject(&'a Map<String, Value>),
    /// A `claims` object with JSON types.
    Object(&'a Map<String, Value>),
    /// A `claims` object as JSON text.
    JsonText(&'a str),
    /// A Lambda authorizer's own context: JSON types, and strings where it could not pass others.
    Context(&'a HashMap<String, Value>),
    /// Text, with the token that it was rendered from.
    Bound(&'a Bound<'a>),
}

impl<'a> Claims<'a> {
    /// Whether the claims are an HTTP API's rendering of a token's. What is joined with commas is none.
    pub(crate) fn are_rendered(&self) -> bool {
        matches!(self, Claims::Text(_) | Claims::TextObject(_))
    }

    /// The claim of this key.
    pub(crate) fn get(&self, key: &str) -> Result<Part<'a>, Unread> {
        match *self {
            Claims::Absent => Err(Unread::Missing),
            Claims::Malformed => Err(Unread::Unreadable),
            Claims::Text(claims) => {
                let text = claims.get(key).ok_or(Unread::Missing)?;
                Ok(Part::Text(text))
            }
            Claims::TextObject(claims) => match claims.get(key) {
                Some(Value::String(text)) => Ok(Part::Text(text)),
                value => exact(value),
            },
            Claims::JoinedText(claims) | Claims::PlainObject(claims) => plain(claims.get(key)),
            Claims::Context(claims) => plain(claims.get(key)),
            Claims::Bound(claims) => claims.get(key),
            Claims::Object(claims) => exact(claims.get(key)),
            Claims::JsonText(text) => match json::members(text, [key]) {
                Ok([None]) => Err(Unread::Missing),
                Ok([Some("null")]) => Err(Unread::Null),
                Ok([Some(value)]) => Ok(Part::JsonText(value)),
                Err(json::Malformed) => Err(Unread::Unreadable),
            },
        }
    }

    /// The keys of all claims, each once.
    pub(crate) fn keys(&self) -> Result<BTreeSet<Cow<'a, str>>, Unread> {
        fn borrowed<'a>(keys: impl Iterator<Item = &'a String>) -> BTreeSet<Cow<'a, str>> {
            keys.map(|key| Cow::Borrowed(key.as_str())).collect()
        }
        Ok(match *self {
            Claims::Absent => BTreeSet::new(),
            Claims::Malformed => return Err(Unread::Unreadable),
            Claims::Text(claims) => borrowed(claims.keys()),
            Claims::TextObject(claims)
            | Claims::JoinedText(claims)
            | Claims::PlainObject(claims)
            | Claims::Object(claims) => borrowed(claims.keys()),
            Claims::Context(claims) => borrowed(claims.keys()),
            Claims::Bound(claims) => claims.keys()?,
            Claims::JsonText(text) => {
                let members = json::object(text).map_err(|json::Malformed| Unread::Unreadable)?;
                let keys = members.map(|member| member.map(|(key, _)| key.name()));
                let keys: Result<_, _> = keys.collect();
                keys.map_err(|json::Malformed| Unread::Unreadable)?
            }
        })
    }
}

/// A string is not known to be what the token has; any other value is.
fn plain(value: Option<&Value>) -> Result<Part<'_>, Unread> {
    match value {
        Some(Value::String(text)) => Ok(Part::Plain(text)),
        value => exact(value),
    }
}

fn exact(value: Option<&Value>) -> Result<Part<'_>, Unread> {
    match value {
        None => Err(Unread::Missing),
        Some(Value::Null) => Err(Unread::Null),
        Some(value) => Ok(Part::Json(value)),
    }
}
