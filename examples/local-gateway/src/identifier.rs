//! Identifiers of requests, traces and sessions.

use std::fmt::Write as _;

/// A random UUID.
pub(crate) fn uuid() -> String {
    uuid_from(&random::<16>())
}

/// A UUID whose random part is the first 16 of these bytes.
pub(crate) fn uuid_from(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.iter().take(16).enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        let byte = match index {
            6 => byte & 0x0f | 0x40,
            8 => byte & 0x3f | 0x80,
            _ => *byte,
        };
        push_hex(&mut text, byte);
    }
    text
}

/// So many random bytes (64 at most) in hexadecimal.
pub(crate) fn hex(bytes: usize) -> String {
    let mut text = String::with_capacity(2 * bytes);
    for byte in random::<64>().into_iter().take(bytes) {
        push_hex(&mut text, byte);
    }
    text
}

/// An id in the form of the gateway's, such as `JKJaXmPLvHcESHA=`.
pub(crate) fn request_id() -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(random::<11>())
}

fn push_hex(text: &mut String, byte: u8) {
    // Writing to a `String` cannot fail.
    let _ = write!(text, "{byte:02x}");
}

/// Without randomness the ids are all alike, which is no reason to stop.
fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if let Err(error) = getrandom::fill(&mut bytes) {
        tracing::warn!(%error, "no randomness for an identifier");
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::{hex, request_id, uuid, uuid_from};

    #[test]
    fn identifiers_have_the_form_that_is_expected() {
        assert_eq!(
            uuid_from(&[0xff; 20]),
            "ffffffff-ffff-4fff-bfff-ffffffffffff"
        );
        assert_ne!(uuid(), uuid());
        assert_eq!(hex(32).len(), 64);
        assert_eq!(request_id().len(), 16);
    }
}
