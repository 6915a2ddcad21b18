//! The claims that requirements are decided on, and whether a token is bound to them.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::Value;
use serde_json::value::RawValue;

use super::go_format::is_rendering;
use crate::gateway::Claims;
use crate::value::json::{self, Members};
use crate::value::{RawClaim, Unread};

/// The claims that identify a token, as far as it has them.
const IDENTITY: [&str; 7] = ["iss", "sub", "aud", "exp", "iat", "jti", "sessionHandle"];

/// The claims of every token that a JWT authorizer accepts: without these there is nothing to compare.
const REQUIRED: [&str; 2] = ["iss", "exp"];

/// How many levels of objects and arrays a claim may have to be compared. SuperTokens' claims have three.
const MAX_DEPTH: usize = 15;

/// The claims that the authorizer passed, with the payload of the token that they were rendered from,
/// if that is known.
pub struct ClaimSource<'a> {
    passed: Claims<'a>,
    token: Option<Members<'a>>,
}

impl<'a> ClaimSource<'a> {
    /// Binds a payload to the claims if everything that identifies the token is the same. Otherwise the
    /// claims alone count.
    pub(crate) fn new(passed: Claims<'a>, payload: Option<&'a str>) -> Self {
        let token = payload.and_then(|payload| Members::parse(payload).ok());
        let mut source = Self { passed, token };
        let is_same = |key| match source.get(key) {
            Ok(_) => true,
            Err(Unread::TokenMismatch) => false,
            // On neither side.
            Err(_) => !REQUIRED.contains(&key),
        };
        if source.is_bound() && !IDENTITY.into_iter().all(is_same) {
            source.token = None;
        }
        source
    }

    pub(crate) fn is_bound(&self) -> bool {
        self.token.is_some()
    }

    /// Whether the event has no claims at all, or no authorizer.
    pub(crate) fn are_absent(&self) -> bool {
        matches!(self.passed, Claims::Absent)
    }

    /// The claim of this key: the token's value, if the authorizer's text is its rendering, or what the
    /// authorizer passed.
    pub(crate) fn get(&self, key: &str) -> Result<RawClaim<'a>, Unread> {
        let passed = self.passed.get(key);
        let Some(token) = &self.token else {
            return passed;
        };
        match (token.get(key), passed) {
            (Ok(None), Err(Unread::Missing)) => Err(Unread::Missing),
            // The gateway omits what is `null`, and never writes it.
            (Ok(Some(json)), Err(Unread::Missing | Unread::Null)) if json::is_null(json) => {
                Err(Unread::Null)
            }
            (Ok(Some(json)), Ok(RawClaim::GatewayText(text))) if !json::is_null(json) => {
                let value = exact_value(json, text).ok_or(Unread::TokenMismatch)?;
                Ok(RawClaim::Exact(Cow::Owned(value)))
            }
            _ => Err(Unread::TokenMismatch),
        }
    }

    /// The keys of all claims on either side, without those that are `null` in the token.
    pub(crate) fn keys(&self) -> Result<BTreeSet<&str>, Unread> {
        let mut keys = self.passed.keys()?;
        let token = self.token.iter().flat_map(Members::iter);
        let token = token.filter(|(_, json)| !json::is_null(json));
        keys.extend(token.map(|(key, _)| key));
        Ok(keys)
    }
}

/// The token's value of a claim, if the text is its rendering.
fn exact_value(json: &RawValue, text: &str) -> Option<Value> {
    // Most claims are strings and numbers without escapes, written as in the token.
    let is_verbatim = json.get().trim_matches('"') == text && !text.contains('\\');
    if is_verbatim && json.get().starts_with('"') {
        return Some(text.into());
    }
    let value = json::value_up_to(json, MAX_DEPTH).ok()?;
    (is_verbatim || is_rendering(&value, text)).then_some(value)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::gateway::text_claims;

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

    /// Whether a payload with these members is bound to text of those.
    fn is_bound<'a>(
        json: impl Iterator<Item = &'a Member>,
        text: impl Iterator<Item = &'a Member>,
    ) -> bool {
        let json: Vec<String> = json
            .map(|(key, json, _)| format!(r#""{key}":{json}"#))
            .collect();
        let payload = format!("{{{}}}", json.join(","));
        let text: HashMap<String, String> = text
            .map(|(key, _, text)| ((*key).to_owned(), (*text).to_owned()))
            .collect();
        ClaimSource::new(text_claims(&text), Some(&payload)).is_bound()
    }

    #[test]
    fn binds_a_token_whose_identity_is_the_same_on_both_sides() {
        assert!(is_bound(MEMBERS.iter(), MEMBERS.iter()));
        for member @ (key, ..) in &MEMBERS {
            let others = || MEMBERS.iter().filter(move |other| *other != member);
            assert!(!is_bound(MEMBERS.iter(), others()), "{key}");
            assert!(!is_bound(others(), MEMBERS.iter()), "{key}");
            let is_required = REQUIRED.contains(key);
            assert_eq!(is_bound(others(), others()), !is_required, "{key}");

            let other_value = (*key, r#""another""#, "another");
            let changed = || others().chain(std::iter::once(&other_value));
            assert!(!is_bound(changed(), MEMBERS.iter()), "{key}");
            assert!(is_bound(changed(), changed()), "{key}");

            // A `null` is never written, so this text is that of a string.
            let null = (*key, "null", "<nil>");
            let null = || others().chain(std::iter::once(&null));
            assert!(!is_bound(null(), null()), "{key}");
        }
    }

    #[test]
    fn a_string_is_compared_after_its_escapes() {
        let exact = |json: &str, text: &str| {
            let json: &RawValue = serde_json::from_str(json).unwrap();
            exact_value(json, text)
        };
        for (json, text, value) in [
            (r#""admin""#, "admin", "admin"),
            (r#""""#, "", ""),
            (r#""a\\b""#, r"a\b", r"a\b"),
            (r#""\"a\"""#, r#""a""#, r#""a""#),
            (r#""\u0061""#, "a", "a"),
        ] {
            assert_eq!(exact(json, text), Some(value.into()), "{json} {text}");
        }
        for (json, text) in [
            (r#""a\\b""#, r"a\\b"),
            (r#""\u0061""#, r"\u0061"),
            (r#""\\""#, r"\\"),
            (r#""a""#, r#""a""#),
            (r#""a""#, "a\\"),
            ("5", r#""5""#),
        ] {
            assert_eq!(exact(json, text), None, "{json} {text}");
        }
    }
}
