//! FIND: what the gateway's authorizer handed over, and in which form.

mod context;
mod event;

use std::collections::HashMap;

use serde_json::{Map, Value};

pub use event::GatewayEvent;

use crate::json;

/// What the authorizer of the route handed over with an event.
#[derive(Clone, Copy)]
pub struct Authorizer<'a>(pub(crate) Claims<'a>);

/// Where the claims are.
#[derive(Clone, Copy)]
pub(crate) enum Claims<'a> {
    /// The route has no authorizer, or the event comes from no gateway.
    Absent,
    /// Something stands where the claims should, and it cannot be read.
    Malformed,
    /// An HTTP API's JWT authorizer: every claim is text.
    Text(&'a HashMap<String, String>),
    /// A `claims` object whose values are all text: payload format 1.0 of an HTTP API, or Cognito.
    TextObject(&'a Map<String, Value>),
    /// A `claims` object with JSON types.
    Object(&'a Map<String, Value>),
    /// A `claims` object as JSON text.
    JsonText(&'a str),
    /// A Lambda authorizer's own context: JSON types, and text where it could not pass an object.
    Context(&'a HashMap<String, Value>),
}

/// One claim as it was handed over.
#[derive(Clone, Copy)]
pub(crate) enum Handed<'a> {
    /// There is no such claim, or it is `null`.
    Missing,
    /// It cannot be told what the claim is.
    Malformed,
    /// Exact: a JSON value.
    Json(&'a Value),
    /// Exact: the text of a JSON value.
    JsonText(&'a str),
    /// The gateway's rendering, or JSON text that somebody put into a string.
    Text(&'a str),
}

impl<'a> Claims<'a> {
    /// The claim of this name.
    pub(crate) fn get(&self, key: &str) -> Handed<'a> {
        match *self {
            Claims::Absent => Handed::Missing,
            Claims::Malformed => Handed::Malformed,
            Claims::Text(claims) => claims
                .get(key)
                .map_or(Handed::Missing, |text| Handed::Text(text)),
            Claims::TextObject(claims) => text_or_json(claims.get(key)),
            Claims::Context(claims) => text_or_json(claims.get(key)),
            Claims::Object(claims) => claims.get(key).map_or(Handed::Missing, exact),
            Claims::JsonText(text) => match json::members(text, [key]) {
                Ok([None | Some("null")]) => Handed::Missing,
                Ok([Some(value)]) => Handed::JsonText(value),
                Err(json::Malformed) => Handed::Malformed,
            },
        }
    }
}

fn text_or_json(value: Option<&Value>) -> Handed<'_> {
    match value {
        None => Handed::Missing,
        Some(Value::String(text)) => Handed::Text(text),
        Some(value) => exact(value),
    }
}

fn exact(value: &Value) -> Handed<'_> {
    match value {
        // The SDK reads `null?.v`: a claim that was removed by merging `null` is absent.
        Value::Null => Handed::Missing,
        value => Handed::Json(value),
    }
}
