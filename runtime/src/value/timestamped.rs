//! Takes a claim's value out of its envelope, together with the time at which it was fetched.

use std::borrow::Cow;

use serde_json::Value;

use super::number::number;
use super::raw_claim::member;
use super::text::may_have_members;
use super::{Claim, Envelope, RawClaim, ReadError, go_text, json_type};

/// A claim's value and its time.
pub(crate) struct Timestamped<'a> {
    pub(crate) value: RawClaim<'a>,
    pub(crate) time: Time<'a>,
}

/// The time at which a value was fetched.
pub(crate) enum Time<'a> {
    None,
    /// In milliseconds since 1970.
    Milliseconds(f64),
    /// The same as text, which is parsed only if it is needed.
    Text(&'a str),
    /// `t` has this JSON type instead of a number.
    WrongType(&'static str),
}

impl Time<'_> {
    /// The time in milliseconds since 1970, if it is known.
    pub(crate) fn milliseconds(&self) -> Option<f64> {
        match self {
            Self::Milliseconds(time) => Some(*time),
            Self::Text(text) => number(text),
            Self::None | Self::WrongType(_) => None,
        }
    }

    pub(crate) fn check_type(&self) -> Result<(), ReadError> {
        match *self {
            Self::WrongType(actual) => Err(ReadError::OtherType {
                expected: "number of milliseconds in `t`",
                actual: Some(actual),
            }),
            _ => Ok(()),
        }
    }
}

impl<'a> Timestamped<'a> {
    /// Finds the value in the claim. Parses strings that can only be JSON text.
    pub(crate) fn read(mut found: RawClaim<'a>, claim: Claim) -> Result<Self, ReadError> {
        for name in claim.members {
            found = found.member(name)?;
        }
        let (mut value, time) = match claim.envelope {
            Envelope::Timestamped => Self::unwrap(found.parse_if(Some('{'))?, claim)?,
            // In the gateway's text of an object, a nested object is never JSON text.
            Envelope::Bare if claim.is_json_text || !claim.members.is_empty() => {
                (found, Time::None)
            }
            Envelope::Bare => (found.parse_if(claim.ty.opening())?, Time::None),
        };
        if claim.is_json_text {
            value = value.parse_json_text()?;
        }
        Ok(Self { value, time })
    }

    fn unwrap(found: RawClaim<'a>, claim: Claim) -> Result<(RawClaim<'a>, Time<'a>), ReadError> {
        match found {
            RawClaim::Exact(claim) => Self::read_exact(claim),
            RawClaim::GatewayText(text) => {
                let (v, t) = go_text::timestamped(text).ok_or(ReadError::Unreadable)?;
                if claim.may_be_string() && may_have_members(v) {
                    return Err(ReadError::Ambiguous);
                }
                let time = t.map_or(Time::None, Time::Text);
                Ok((RawClaim::GatewayText(v), time))
            }
            // A string has no `v`, the same as an exact string.
            RawClaim::AuthorizerString(_) | RawClaim::JoinedString(_) => Err(ReadError::Missing),
        }
    }

    /// As in the SDK, anything other than an object has no `v`, so the value is missing.
    fn read_exact(claim: Cow<'a, Value>) -> Result<(RawClaim<'a>, Time<'a>), ReadError> {
        let time = match claim.get("t") {
            None => Time::None,
            Some(t) => t
                .as_f64()
                .map_or(Time::WrongType(json_type(t)), Time::Milliseconds),
        };
        Ok((RawClaim::Exact(member(claim, "v")?), time))
    }
}
