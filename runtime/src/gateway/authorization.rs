//! The `Authorization` header and the token in it.

use std::slice;
use std::sync::atomic::{AtomicBool, Ordering};

use http::HeaderMap;
use http::header::AUTHORIZATION;
use serde_json::Value;

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
    One(&'a str),
    /// The header occurs several times, so it is unknown which one the gateway verified; or it is not text.
    Several,
}

impl<'a> Authorization<'a> {
    pub(crate) fn from_headers(headers: &'a HeaderMap) -> Self {
        let values = headers.get_all(AUTHORIZATION).iter();
        Self::from_values(values.map(|value| value.to_str().ok()))
    }

    /// Finds the header in an object of headers, whose names can be in any case. A value is a string or, in
    /// `multiValueHeaders`, a list of strings.
    pub(crate) fn from_json(headers: Option<&'a Value>) -> Self {
        let headers = headers.and_then(Value::as_object).into_iter().flatten();
        let named = headers.filter(|(name, _)| name.eq_ignore_ascii_case(AUTHORIZATION.as_str()));
        let values = named.flat_map(|(_, value)| match value {
            Value::Array(values) => values.as_slice(),
            value => slice::from_ref(value),
        });
        Self::from_values(values.map(Value::as_str))
    }

    /// `None` is a value that is not text.
    fn from_values(mut values: impl Iterator<Item = Option<&'a str>>) -> Self {
        if IGNORED.load(Ordering::Relaxed) {
            return Self::Ignored;
        }
        match (values.next(), values.next()) {
            (None, _) => Self::Missing,
            (Some(Some(value)), None) => Self::One(value),
            _ => Self::Several,
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
    let in_alphabet = |byte: u8| byte.is_ascii_alphanumeric() | matches!(byte, b'-' | b'_');
    // A signature has hundreds of characters. Without a branch for each, the check takes far fewer instructions.
    !part.is_empty() && part.bytes().fold(true, |all, byte| all & in_alphabet(byte))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn payload(value: &str) -> Option<String> {
        let payload = Authorization::One(value).encoded_payload()?;
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
        let one = Authorization::One("h.p.s");
        assert_eq!(Authorization::from_headers(&headers), one);
        headers.append(AUTHORIZATION, "h.p.s".parse().unwrap());
        assert_eq!(
            Authorization::from_headers(&headers),
            Authorization::Several
        );

        assert_eq!(one.merge(one), one);
        assert_eq!(one.merge(Authorization::Missing), one);
        assert_eq!(
            one.merge(Authorization::One("h.q.s")),
            Authorization::Several
        );
        assert_eq!(one.merge(Authorization::Several), Authorization::Several);
        assert_eq!(one.merge(Authorization::Ignored), Authorization::Ignored);
    }

    #[test]
    fn reports_a_header_that_is_not_text_as_several() {
        let value = http::HeaderValue::from_bytes(b"h.p\xe9.s").unwrap();
        let headers = HeaderMap::from_iter([(AUTHORIZATION, value)]);
        let authorization = Authorization::from_headers(&headers);
        assert_eq!(authorization, Authorization::Several);
    }

    #[test]
    fn finds_the_header_in_json() {
        let one = Authorization::One("h.p.s");
        let (missing, several) = (Authorization::Missing, Authorization::Several);
        for (headers, expected) in [
            (json!({"authorization": "h.p.s"}), one),
            (json!({"AUTHORIZATION": ["h.p.s"]}), one),
            (json!({"x-authorization": "h.p.s"}), missing),
            (json!({"authorization": []}), missing),
            (json!(null), missing),
            (json!("authorization"), missing),
            (json!([{"authorization": "h.p.s"}]), missing),
            (json!({"authorization": ["h.p.s", "h.p.s"]}), several),
            (
                json!({"authorization": "h.p.s", "Authorization": "h.p.s"}),
                several,
            ),
            (json!({"authorization": null}), several),
            (json!({"authorization": [null]}), several),
            (json!({"authorization": {"h.p.s": "h.p.s"}}), several),
            (json!({"authorization": [["h.p.s"]]}), several),
        ] {
            let found = Authorization::from_json(Some(&headers));
            assert_eq!(found, expected, "{headers}");
        }
        assert_eq!(Authorization::from_json(None), missing);
    }
}
