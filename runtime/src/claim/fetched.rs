//! A claim's value, and when it was fetched.

use crate::part::{Part, Unread};
use crate::{json, text};

/// A value, and when it was fetched, in milliseconds since 1970.
#[derive(Clone, Copy)]
pub(super) struct Fetched<'a> {
    pub(super) v: Part<'a>,
    t: Option<Part<'a>>,
}

impl Fetched<'_> {
    /// When the value was fetched, in milliseconds since 1970.
    pub(super) fn time(&self) -> Option<f64> {
        self.t?.number()
    }
}

/// How a claim holds its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `{"v": value, "t": milliseconds}`, as SuperTokens writes its claims.
    Dated,
    /// The value itself.
    Bare,
}

impl Form {
    pub(super) fn read(self, claim: Result<Part<'_>, Unread>) -> Result<Fetched<'_>, Unread> {
        match self {
            Form::Dated => read_dated(claim?),
            Form::Bare => Ok(Fetched { v: claim?, t: None }),
        }
    }
}

fn read_dated(claim: Part<'_>) -> Result<Fetched<'_>, Unread> {
    match claim {
        // As in the SDK, what is no object has no `v`.
        Part::Json(claim) => Ok(Fetched {
            v: Part::Json(claim.get("v").ok_or(Unread::Missing)?),
            t: claim.get("t").map(Part::Json),
        }),
        Part::JsonText(claim) | Part::Plain(claim) if !claim.starts_with('{') => {
            Err(Unread::Missing)
        }
        Part::JsonText(claim) | Part::Plain(claim) => read_dated_json(claim),
        // No rendering of an object begins like JSON, so this text has one reading.
        Part::Text(claim) if claim.starts_with('{') => read_dated_json(claim),
        Part::Text(claim) => {
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
