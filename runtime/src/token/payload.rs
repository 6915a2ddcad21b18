//! The payload of the one token in the `Authorization` header.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::gateway::Authorization;

/// The decoded payload of the token, if the header has one: unpadded base64url of UTF-8.
pub(crate) fn decode(authorization: Authorization<'_>) -> Option<String> {
    let encoded = authorization.encoded_payload()?;
    let decoded = URL_SAFE_NO_PAD.decode(encoded).ok()?;
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_unpadded_base64url_of_utf8_is_decoded() {
        let decoded = |part: &str| {
            let value = format!("h.{part}.s");
            decode(Authorization::One(&value.parse().unwrap()))
        };
        assert_eq!(decoded("eyJhIjoxfQ").as_deref(), Some(r#"{"a":1}"#));
        assert_eq!(decoded("_-4"), None, "not UTF-8");
        assert_eq!(decoded("eyJhIjoxfQ=="), None, "padded");
        assert_eq!(decoded("eyJhIjoxfR"), None, "bits after the last byte");
        assert_eq!(decoded("eyJhI"), None, "a length that base64 does not have");
    }
}
