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

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::*;
    use crate::token::Authorization;

    /// A member of the payload and its text.
    type Member = (&'static str, &'static str, &'static str);

    const MEMBERS: [Member; 7] = [
        ("iss", r#""issuer""#, "issuer"),
        ("sub", r#""user""#, "user"),
        ("aud", r#"["orders","web"]"#, "[orders web]"),
        ("exp", "1700003600", "1.7000036e+09"),
        ("iat", "1700000000", "1700000000"),
        ("jti", r#""token""#, "token"),
        ("sessionHandle", r#""session""#, "session"),
    ];

    /// Whether a payload of these members is bound to text of those.
    fn is_bound<'a>(
        json: impl Iterator<Item = &'a Member>,
        text: impl Iterator<Item = &'a Member>,
    ) -> bool {
        let json: Vec<String> = json
            .map(|(key, json, _)| format!(r#""{key}":{json}"#))
            .collect();
        let encoded = URL_SAFE_NO_PAD.encode(format!("{{{}}}", json.join(",")));
        let header = format!("e30.{encoded}.c2ln");
        let payload = Payload::of(Authorization::One(header.as_bytes())).unwrap();
        let text: HashMap<String, String> = text
            .map(|(key, _, text)| ((*key).to_owned(), (*text).to_owned()))
            .collect();
        Bound::new(Claims::Text(&text), &payload).is_some()
    }

    #[test]
    fn what_identifies_a_token_is_the_same_or_missing_on_both_sides() {
        assert!(is_bound(MEMBERS.iter(), MEMBERS.iter()));
        for member @ (key, ..) in &MEMBERS {
            let others = || MEMBERS.iter().filter(move |other| *other != member);
            assert!(!is_bound(MEMBERS.iter(), others()), "{key}");
            assert!(!is_bound(others(), MEMBERS.iter()), "{key}");

            let other_value = (*key, r#""another""#, "another");
            let changed = || others().chain(std::iter::once(&other_value));
            assert!(!is_bound(changed(), MEMBERS.iter()), "{key}");
            assert!(is_bound(changed(), changed()), "{key}");
        }
    }
}
