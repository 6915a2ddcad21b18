//! The `Authorization` header, and the one token in it.

use std::sync::atomic::{AtomicBool, Ordering};

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue};

/// An HTTP API accepts 10,240 bytes of headers in all, so no gateway passes a longer token.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html>
const MAX_LENGTH: usize = 10_240;

static IGNORED: AtomicBool = AtomicBool::new(false);

/// Makes every guard in this process ignore the `Authorization` header.
///
/// Call it first in `main` of a function whose authorizer takes the token from somewhere else, such as a
/// cookie or another header. There, a caller can put another token into `Authorization`. The guard uses it
/// only if it matches the authorizer's claims, but where a text is ambiguous, the caller could choose the
/// interpretation. With this switch the text alone decides, and what is ambiguous is denied.
///
/// ```
/// # fn before_the_runtime_starts() {
/// require_claims::ignore_authorization_header();
/// # }
/// ```
///
/// This cannot be undone.
pub fn ignore_authorization_header() {
    IGNORED.store(true, Ordering::Relaxed);
}

/// The values of an event's `Authorization` header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Authorization<'a> {
    /// The header must not be used.
    Ignored,
    /// The header is missing.
    Missing,
    One(&'a HeaderValue),
    /// The header occurs more than once; which one the gateway verified is unknown.
    Several,
}

impl<'a> Authorization<'a> {
    /// The header in an event's headers.
    pub(crate) fn of(headers: &'a HeaderMap) -> Self {
        if IGNORED.load(Ordering::Relaxed) {
            return Self::Ignored;
        }
        let mut values = headers.get_all(AUTHORIZATION).iter();
        match (values.next(), values.next()) {
            (None, _) => Self::Missing,
            (Some(value), None) => Self::One(value),
            (Some(_), Some(_)) => Self::Several,
        }
    }

    /// Combines the header from two places of one event; different values count as several.
    pub(crate) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Ignored, _) | (_, Self::Ignored) => Self::Ignored,
            (Self::Missing, one) | (one, Self::Missing) => one,
            (one, other) if one == other => one,
            _ => Self::Several,
        }
    }

    /// Whether a token in the header would be looked at.
    pub(crate) fn counts(self) -> bool {
        self != Self::Ignored
    }

    /// The payload part of the one token in the header, still encoded.
    pub(crate) fn encoded_payload(self) -> Option<&'a str> {
        let Self::One(value) = self else {
            return None;
        };
        let value = value.to_str().ok()?;
        if value.len() > MAX_LENGTH {
            return None;
        }
        let token = match value.split_at_checked("bearer ".len()) {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer ") => token,
            _ => value,
        };
        let (header, rest) = token.split_once('.')?;
        let (payload, signature) = rest.rsplit_once('.')?;
        // The payload's own characters are checked when it is decoded.
        (is_base64url(header) && is_base64url(signature)).then_some(payload)
    }
}

fn is_base64url(part: &str) -> bool {
    let in_alphabet = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    !part.is_empty() && part.bytes().all(in_alphabet)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payload(value: &str) -> Option<String> {
        let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
        let payload = Authorization::One(&value).encoded_payload()?;
        is_base64url(payload).then(|| payload.to_owned())
    }

    #[test]
    fn a_token_stands_alone_or_after_bearer_of_any_case() {
        for value in ["h.p.s", "Bearer h.p.s", "bearer h.p.s", "BEARER h.p.s"] {
            assert_eq!(payload(value).as_deref(), Some("p"), "{value}");
        }
    }

    #[test]
    fn anything_else_is_no_token() {
        for value in [
            "",
            "Bearer ",
            "Bearer",
            "h.p",
            "h.p.s.x",
            ".p.s",
            "h.p.",
            "Basic h.p.s",
            "Bearer  h.p.s",
            "Bearer h.p.s ",
            "Bearer h.p.s,Bearer h.p.s",
            "h.p.s, h.q.s",
            "h=.p.s",
            "h.p.s+",
            "h/.p.s",
            "h\u{e9}.p.s",
            "Bearer\th.p.s",
            "DPoP h.p.s",
        ] {
            assert_eq!(payload(value), None, "{value}");
        }
    }

    #[test]
    fn a_header_as_long_as_a_gateway_passes_on_is_looked_at_and_no_longer_one() {
        let of_length = |length: usize| format!("h.{}.s", "p".repeat(length - "h..s".len()));
        assert!(payload(&of_length(10_240)).is_some());
        assert_eq!(payload(&of_length(10_241)), None);
    }

    #[test]
    fn a_header_that_stands_twice_is_no_header() {
        let mut headers = HeaderMap::new();
        assert_eq!(Authorization::of(&headers), Authorization::Missing);
        headers.append(AUTHORIZATION, "h.p.s".parse().unwrap());
        let [value, other] = ["h.p.s", "h.q.s"].map(HeaderValue::from_static);
        let one = Authorization::One(&value);
        assert_eq!(Authorization::of(&headers), one);
        headers.append(AUTHORIZATION, "h.p.s".parse().unwrap());
        assert_eq!(Authorization::of(&headers), Authorization::Several);

        assert_eq!(one.and(one), one);
        assert_eq!(one.and(Authorization::Missing), one);
        assert_eq!(one.and(Authorization::One(&other)), Authorization::Several);
        assert_eq!(one.and(Authorization::Several), Authorization::Several);
        assert_eq!(one.and(Authorization::Ignored), Authorization::Ignored);
    }
}
