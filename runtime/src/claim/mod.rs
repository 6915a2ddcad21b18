//! READ: claims by their declared types, each type with its validators.

mod age;
mod array;
mod boolean;
mod mfa;
mod names;
mod primitive;
mod session;
pub mod supertokens;

pub use array::PrimitiveArrayClaim;
pub use boolean::BooleanClaim;
pub use mfa::{Factors, MultiFactorAuthClaim};
pub use primitive::PrimitiveClaim;

pub(crate) use age::Clock;
pub(crate) use array::ArrayRule;
pub(crate) use boolean::BooleanRule;
pub(crate) use mfa::MfaRule;
pub(crate) use primitive::PrimitiveRule;
pub(crate) use session::{authenticated, is_session_token};

use serde_json::Value;

use crate::authorizer::{Claims, Handed};
use crate::reason::Reason;
use crate::{json, text};

/// What a requirement is decided on.
#[derive(Clone, Copy)]
pub(crate) struct Case<'a> {
    pub(crate) claims: Claims<'a>,
    pub(crate) clock: Clock,
}

/// A claim's value, or the part of it that is looked at.
#[derive(Clone, Copy)]
pub(crate) enum Part<'a> {
    /// Exact: a JSON value.
    Json(&'a Value),
    /// Exact: the text of one JSON value.
    JsonText(&'a str),
    /// The gateway's rendering.
    Text(&'a str),
}

impl Part<'_> {
    /// The value for `actualValue`, where it is exact.
    fn to_value(self) -> Option<Value> {
        match self {
            Part::Json(value) => Some(value.clone()),
            Part::JsonText(text) => serde_json::from_str(text).ok(),
            Part::Text(_) => None,
        }
    }

    /// The name of the value's JSON type.
    fn type_name(self) -> &'static str {
        match self {
            Part::Json(Value::Null) => "null",
            Part::Json(Value::Bool(_)) => "boolean",
            Part::Json(Value::Number(_)) => "number",
            Part::Json(Value::String(_)) => "string",
            Part::Json(Value::Array(_)) => "array",
            Part::Json(Value::Object(_)) => "object",
            Part::JsonText(text) => match text.bytes().next() {
                Some(b'{') => "object",
                Some(b'[') => "array",
                Some(b'"') => "string",
                Some(b't' | b'f') => "boolean",
                Some(b'n') => "null",
                _ => "number",
            },
            Part::Text(_) => "text",
        }
    }
}

/// Why a claim has no value to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unread {
    Missing,
    Unreadable,
}

impl Unread {
    /// The reason; `absent` is the validator's own form of "value does not exist".
    fn reason(self, expected_type: &'static str, absent: impl FnOnce() -> Reason) -> Reason {
        match self {
            Unread::Missing => absent(),
            Unread::Unreadable => Reason::unreadable(expected_type),
        }
    }
}

/// A value, and when it was fetched, in milliseconds since 1970.
#[derive(Clone, Copy)]
struct Fetched<'a> {
    v: Part<'a>,
    t: Option<Part<'a>>,
}

impl Fetched<'_> {
    /// When the value was fetched, in seconds since 1970.
    fn time(self) -> Option<f64> {
        let milliseconds = match self.t? {
            Part::Json(value) => value.as_f64(),
            Part::JsonText(text) | Part::Text(text) => text::number(text),
        };
        Some(milliseconds? / 1000.0)
    }
}

/// How a claim holds its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// `{"v": value, "t": milliseconds}`, as SuperTokens writes its claims.
    Dated,
    /// The value itself.
    Bare,
}

impl Form {
    fn read(self, handed: Handed<'_>) -> Result<Fetched<'_>, Unread> {
        match self {
            Form::Dated => read_dated(handed),
            Form::Bare => {
                let v = match handed {
                    Handed::Missing => return Err(Unread::Missing),
                    Handed::Malformed => return Err(Unread::Unreadable),
                    Handed::Json(value) => Part::Json(value),
                    Handed::JsonText(text) => Part::JsonText(text),
                    Handed::Text(text) => Part::Text(text),
                };
                Ok(Fetched { v, t: None })
            }
        }
    }
}

fn read_dated(handed: Handed<'_>) -> Result<Fetched<'_>, Unread> {
    match handed {
        Handed::Missing => Err(Unread::Missing),
        Handed::Malformed => Err(Unread::Unreadable),
        // As in the SDK, what is no object has no `v`.
        Handed::Json(claim) => Ok(Fetched {
            v: Part::Json(claim.get("v").ok_or(Unread::Missing)?),
            t: claim.get("t").map(Part::Json),
        }),
        Handed::JsonText(claim) if !claim.starts_with('{') => Err(Unread::Missing),
        Handed::JsonText(claim) => read_dated_json(claim),
        // No rendering of an object begins like JSON, so this text has one reading.
        Handed::Text(claim) if claim.starts_with('{') => read_dated_json(claim),
        Handed::Text(claim) => {
            let dated = text::Dated::read(claim).ok_or(Unread::Unreadable)?;
            Ok(Fetched {
                v: Part::Text(dated.v),
                t: dated.t.map(Part::Text),
            })
        }
    }
}

fn read_dated_json(claim: &str) -> Result<Fetched<'_>, Unread> {
    let [v, t] = json::members(claim, ["v", "t"]).map_err(|json::Malformed| Unread::Unreadable)?;
    Ok(Fetched {
        v: Part::JsonText(v.ok_or(Unread::Missing)?),
        t: t.map(Part::JsonText),
    })
}
