//! Decodes the payload of the token in the `Authorization` header.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::gateway::Authorization;

/// The decoded payload of the token, if the header contains exactly one. It must be UTF-8 in base64url
/// without padding.
pub(crate) fn decode(authorization: Authorization<'_>) -> Option<String> {
    let encoded = authorization.encoded_payload()?;
    let decoded = URL_SAFE_NO_PAD.decode(encoded).ok()?;
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_only_utf8_in_unpadded_base64url() {
        let decoded = |part: &str| {
            let value = format!("h.{part}.s");
            decode(Authorization::One(&value))
        };
        assert_eq!(decoded("eyJhIjoxfQ").as_deref(), Some(r#"{"a":1}"#));
        assert_eq!(decoded("_-4"), None, "not UTF-8");
        assert_eq!(decoded("eyJhIjoxfQ=="), None, "padded");
        assert_eq!(decoded("eyJhIjoxfR"), None, "trailing bits");
        assert_eq!(decoded("eyJhI"), None, "an invalid length for base64");
    }
}
