//! Identifiers for requests, traces and sessions. They are unique, but not meant to be secret.

use std::time::SystemTime;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use uuid::{Builder, Uuid};

use crate::timestamp;

/// A random UUID (version 4).
pub(crate) fn uuid() -> String {
    Uuid::new_v4().to_string()
}

/// A UUID of version 4 made from the first 16 of these bytes. The version and variant bits are overwritten.
pub(crate) fn uuid_from(bytes: &[u8]) -> String {
    let bytes = bytes.first_chunk().copied().unwrap_or_default();
    Builder::from_random_bytes(bytes).into_uuid().to_string()
}

/// This number of bytes in hexadecimal, cut from version 4 UUIDs.
///
/// In every 16 bytes, 6 bits are fixed: a UUID reserves them for its version (byte 6) and variant (byte 8).
pub(crate) fn random_hex(bytes: usize) -> String {
    let digits = std::iter::repeat_with(|| Uuid::new_v4().simple().to_string());
    let mut digits: String = digits.take(bytes.div_ceil(16)).collect();
    digits.truncate(2 * bytes);
    digits
}

/// An X-Ray trace header: the version, the time in seconds, and a unique id of 24 hexadecimal digits.
pub(crate) fn trace_id(time: SystemTime) -> String {
    let seconds = timestamp::epoch_milliseconds(time) / 1000;
    format!("Root=1-{seconds:08x}-{}", random_hex(12))
}

/// A request id with the format of API Gateway's, such as `JKJaXmPLvHcESHA=`.
pub(crate) fn request_id() -> String {
    let bytes = Uuid::new_v4().into_bytes();
    STANDARD.encode(bytes.get(..11).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{random_hex, request_id, uuid, uuid_from};

    #[test]
    fn identifiers_have_the_expected_format() {
        assert_eq!(
            uuid_from(&[0xff; 20]),
            "ffffffff-ffff-4fff-bfff-ffffffffffff"
        );
        assert_ne!(uuid(), uuid());
        assert_eq!(random_hex(32).len(), 64);
        assert_eq!(random_hex(4).len(), 8);
        assert_eq!(request_id().len(), 16);
    }
}
