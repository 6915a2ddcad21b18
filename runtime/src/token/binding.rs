//! Whether a token's payload is that of the token whose claims the authorizer handed over.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::payload::{Members, Payload};
use super::rendering::is_rendering;
use crate::authorizer::Claims;
use crate::part::{Part, Unread};

/// What identifies a token, as far as it has them.
const IDENTITY: [&str; 7] = ["iss", "sub", "aud", "exp", "iat", "jti", "sessionHandle"];

/// What every token has that a JWT authorizer lets through: without these there is nothing to
/// compare.
const REQUIRED: [&str; 2] = ["iss", "exp"];

/// Claims as text, with the payload that they were rendered from.
pub(crate) struct Bound<'a> {
    claims: Claims<'a>,
    members: Members<'a>,
}

impl<'a> Bound<'a> {
    /// Binds a payload to claims that are text: everything that identifies the token is the same.
    /// `None` where that is not so; then the text alone counts.
    pub(crate) fn new(claims: Claims<'a>, payload: &'a Payload) -> Option<Self> {
        let members = payload.members()?;
        let bound = Self { claims, members };
        let is_same = |key| match bound.get(key) {
            Ok(_) => true,
            Err(Unread::Differs) => false,
            // On neither side.
            Err(_) => !REQUIRED.contains(&key),
        };
        IDENTITY.into_iter().all(is_same).then_some(bound)
    }

    /// The claim of this key: the payload's value, if the authorizer's text is its rendering.
    pub(crate) fn get(&self, key: &str) -> Result<Part<'a>, Unread> {
        let json = self.members.get(key);
        match (json, self.claims.get(key)) {
            (Ok(None), Err(Unread::Missing)) => Err(Unread::Missing),
            // The gateway leaves out what is `null`.
            (Ok(Some("null")), Err(Unread::Missing | Unread::Null)) => Err(Unread::Null),
            (Ok(Some(json)), Ok(Part::Text(text))) if is_rendering(json, text) => {
                Ok(Part::JsonText(json))
            }
            _ => Err(Unread::Differs),
        }
    }

    /// The keys on either side: a claim that only one of them has differs.
    pub(crate) fn keys(&self) -> Result<BTreeSet<Cow<'a, str>>, Unread> {
        let mut keys = self.claims.keys()?;
        keys.extend(self.members.keys());
        Ok(keys)
    }
}
