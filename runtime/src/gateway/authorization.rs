//! The `Authorization` header and the token in it.

use std::sync::atomic::{AtomicBool, Ordering};

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderValue};

/// In bytes. An HTTP API accepts 10,240 bytes of headers in total, so a gateway never passes a longer token.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html>
const MAX_LENGTH: usize = 10_240;

static IGNORED: AtomicBool = AtomicBool::new(false);

/// Makes every guard in this process ignore the `Authorization` header, permanently.
///
/// ```
/// # fn before_the_runtime_starts() {
/// require_claims::ignore_authorization_header();
/// # }
/// ```
///
/// Call it first in `main` if the authorizer's identity source is not the `Authorization` header, but for
/// example a cookie or another header. A caller can then put a different token into `Authorization`. The
/// guard uses that token only if it matches the authorizer's claims. But if a claim's text is ambiguous, the
/// caller could choose its interpretation.
///
/// After this call, the text alone decides, and ambiguous text is denied. This cannot be undone.
pub fn ignore_authorization_header() {
    IGNORED.store(true, Ordering::Relaxed);
}

/// The values of an event's `Authorization` header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Authorization<'a> {
    /// The header must not be used; see [`ignore_authorization_header`].
    Ignored,
    /// The header is missing.
    Missing,
    One(&'a HeaderValue),
    /// The header occurs several times, so it is unknown which one the gateway verified.
    Several,
}

impl<'a> Authorization<'a> {
    pub(crate) fn from_headers(headers: &'a HeaderMap) -> Self {
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

    /// Merges the headers from two places in one event. Different values count as several.
    pub(crate) fn merge(self, other: Self) -> Self {
        match (self, other) {
            (Self::Ignored, _) | (_, Self::Ignored) => Self::Ignored,
            (Self::Missing, one) | (one, Self::Missing) => one,
            (one, other) if one == other => one,
            _ => Self::Several,
        }
    }

    /// Whether a token in the header would be used.
    pub(crate) fn is_used(self) -> bool {
        self != Self::Ignored
    }

    /// The encoded payload of the token in the header, if there is exactly one.
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
        // The characters of the payload are checked when it is decoded.
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
    fn accepts_a_token_alone_or_after_bearer_in_any_case() {
        for value in ["h.p.s", "Bearer h.p.s", "bearer h.p.s", "BEARER h.p.s"] {
            assert_eq!(payload(value).as_deref(), Some("p"), "{value}");
        }
    }

    #[test]
    fn rejects_any_other_header() {
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
    fn accepts_a_header_of_at_most_10240_bytes() {
        let of_length = |length: usize| format!("h.{}.s", "p".repeat(length - "h..s".len()));
        assert!(payload(&of_length(10_240)).is_some());
        assert_eq!(payload(&of_length(10_241)), None);
    }

    #[test]
    fn reports_a_repeated_header_as_several() {
        let mut headers = HeaderMap::new();
        assert_eq!(
            Authorization::from_headers(&headers),
            Authorization::Missing
        );
        headers.append(AUTHORIZATION, "h.p.s".parse().unwrap());
        let [value, other] = ["h.p.s", "h.q.s"].map(HeaderValue::from_static);
        let one = Authorization::One(&value);
        assert_eq!(Authorization::from_headers(&headers), one);
        headers.append(AUTHORIZATION, "h.p.s".parse().unwrap());
        assert_eq!(
            Authorization::from_headers(&headers),
            Authorization::Several
        );

        assert_eq!(one.merge(one), one);
        assert_eq!(one.merge(Authorization::Missing), one);
        assert_eq!(
            one.merge(Authorization::One(&other)),
            Authorization::Several
        );
        assert_eq!(one.merge(Authorization::Several), Authorization::Several);
        assert_eq!(one.merge(Authorization::Ignored), Authorization::Ignored);
    }
}
