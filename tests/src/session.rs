//! The session of an administrator who completed the second factor: its payload, the claims as an HTTP API
//! passes them, and variants of both.

use require_claims::testing::render::{self, Numbers};
use serde_json::{Value, json};

/// The payload of the session's token.
#[must_use]
pub fn payload() -> Value {
    json!({
        "iss": "https://api.example.com/auth",
        "sub": "user-1",
        "rsub": "user-1",
        "tId": "public",
        "aud": "orders",
        "exp": 1_700_003_600,
        "iat": 1_700_000_000,
        "sessionHandle": "session-1",
        "stt": 0,
        "st-ev": {"v": true, "t": 1_699_999_999_999_i64},
        "st-role": {"v": ["admin"], "t": 1_700_000_000_000_i64},
        "st-mfa": {"c": {"emailpassword": 1_699_990_000, "totp": 1_700_000_000}, "v": true},
        "antiCsrfToken": null,
    })
}

/// The claims of a payload as an HTTP API passes them.
///
/// # Panics
///
/// If the payload contains a number that is too large for a float.
#[must_use]
pub fn text_of(payload: &Value) -> Value {
    let claims = render::claims(&payload.to_string(), Numbers::Float64).expect("claims");
    json!(claims)
}

/// The claims with one of them replaced.
#[must_use]
pub fn with(mut claims: Value, key: &str, value: impl Into<Value>) -> Value {
    if let Some(claims) = claims.as_object_mut() {
        claims.insert(key.to_owned(), value.into());
    }
    claims
}

/// The claims without these.
#[must_use]
pub fn without(mut claims: Value, keys: &[&str]) -> Value {
    if let Some(claims) = claims.as_object_mut() {
        claims.retain(|key, _| !keys.contains(&key.as_str()));
    }
    claims
}
