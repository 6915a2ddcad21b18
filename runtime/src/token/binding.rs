//! Binds a token to the authorizer's claims, and looks up claims in both.

use std::borrow::Cow;

use serde_json::Value;
use serde_json::value::RawValue;

use super::go_format::is_rendering;
use crate::gateway::Claims;
use crate::value::json::{self, Members};
use crate::value::{RawClaim, ReadError};

/// The claims that identify a token, if it has them.
const IDENTITY: [&str; 7] = ["iss", "sub", "aud", "exp", "iat", "jti", "sessionHandle"];

/// The claims that a JWT authorizer requires in every token. Without them, a token is not identified.
const REQUIRED: [&str; 2] = ["iss", "exp"];

/// The maximum nesting of a claim that is compared. SuperTokens' claims have three levels.
const MAX_DEPTH: usize = 15;

/// The claims that the authorizer passed, and the payload of the token from which they were rendered, if it
/// is known.
pub struct ClaimSource<'a> {
    authorizer: Claims<'a>,
    token: Option<Members<'a>>,
}

impl<'a> ClaimSource<'a> {
    /// Binds a payload to the claims if all claims that identify the token are the same. Otherwise, the
    /// payload is not used.
    pub(crate) fn new(authorizer: Claims<'a>, payload: Option<&'a str>) -> Self {
        let token = payload.and_then(|payload| Members::parse(payload).ok());
        let mut source = Self { authorizer, token };
        let is_same = |key| match source.get(key) {
            Ok(_) => true,
            Err(ReadError::TokenMismatch) => false,
            // Missing on both sides; at most a `null` in the token.
            Err(_) => !REQUIRED.contains(&key),
        };
        if source.is_bound() && !IDENTITY.into_iter().all(is_same) {
            source.token = None;
        }
        source
    }

    /// Whether a token is bound to the claims.
    pub(crate) fn is_bound(&self) -> bool {
        self.token.is_some()
    }

    /// Whether the event has no authorizer claims.
    pub(crate) fn are_absent(&self) -> bool {
        let keys = self.authorizer.keys();
        keys.is_ok_and(|mut keys| keys.next().is_none())
    }

    /// Whether the event has something other than claims in their place.
    pub(crate) fn are_malformed(&self) -> bool {
        matches!(self.authorizer, Claims::Malformed)
    }

    /// Looks up a claim by its key. If a token is bound, this is the token's value, and the authorizer's text
    /// must be a rendering of it. Otherwise, it is the authorizer's value.
    pub(crate) fn get(&self, key: &str) -> Result<RawClaim<'a>, ReadError> {
        let value = self.authorizer.get(key);
        let Some(token) = &self.token else {
            return value;
        };
        match (token.get(key), value) {
            (Ok(None), Err(ReadError::Missing)) => Err(ReadError::Missing),
            // The gateway omits claims that are `null`.
            (Ok(Some(json)), Err(ReadError::Missing | ReadError::Null)) if json::is_null(json) => {
                Err(ReadError::Null)
            }
            (Ok(Some(json)), Ok(RawClaim::GatewayText(text))) if !json::is_null(json) => {
                let value = exact_value(json, text).ok_or(ReadError::TokenMismatch)?;
                Ok(RawClaim::Exact(Cow::Owned(value)))
            }
            _ => Err(ReadError::TokenMismatch),
        }
    }

    /// The keys of all claims of the authorizer and the token, without those that are `null` in the token.
    pub(crate) fn keys(&self) -> Result<Vec<&str>, ReadError> {
        let token = self.token.iter().flat_map(Members::iter);
        let token = token.filter_map(|(key, json)| (!json::is_null(json)).then_some(key));
        let mut keys: Vec<_> = self.authorizer.keys()?.chain(token).collect();
        keys.sort_unstable();
        keys.dedup();
        Ok(keys)
    }
}

/// The value of a claim in the token, if the text is a rendering of it.
fn exact_value(json: &RawValue, text: &str) -> Option<Value> {
    // A fast path: most claims are strings and numbers without escapes, whose text is the same as in the
    // token.
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

    /// The key of a claim, its JSON in the payload and its text.
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

    /// Whether a payload with the first members is bound to the text of the second members.
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
    fn binds_a_token_with_the_same_identity_on_both_sides() {
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

            // The gateway omits `null`, so the text `<nil>` comes from a string.
            let null = (*key, "null", "<nil>");
            let null = || others().chain(std::iter::once(&null));
            assert!(!is_bound(null(), null()), "{key}");
        }
    }

    #[test]
    fn compares_strings_after_unescaping() {
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
