//! Generates payloads of access tokens, as SuperTokens writes them and with unexpected values.
//!
//! The generator turns bytes into a payload, so that a fuzzer, a property test and a seeded random generator
//! can all use it. Without bytes it generates a plain session; rare values need bytes.
//!
//! `tests/random_requirements.rs` generates its own payloads. They are simple, so that a simple evaluator can
//! decide them, and they contain nearly all claims, so that requirements are met.

mod access_token;
mod claims;
pub mod names;
mod numbers;
mod shapes;
mod spelling;
mod wrong_types;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use arbitrary::{Result, Unstructured};
use serde_json::{Map, Value, json};

pub use spelling::spelled;

/// A number of bytes that is enough for a payload. Missing bytes are zeros.
pub const ENOUGH_BYTES: usize = 1_024;

/// The time at which payloads are checked, in milliseconds since 1970. Their timestamps are around it.
pub const NOW_IN_MILLISECONDS: u64 = 1_700_000_300_123;

/// The time at which payloads are checked.
#[must_use]
pub fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(NOW_IN_MILLISECONDS)
}

/// The payload of a session or, less often, of an OAuth 2 access token: mostly of declared types, with hostile
/// names in it.
///
/// `iss` and `exp` are always present and of their types, because a gateway's JWT authorizer requires them.
///
/// # Errors
///
/// Never, whatever the bytes are: the type is that of `Unstructured`.
pub fn payload(bytes: &mut Unstructured<'_>) -> Result<Value> {
    let mut members = session(bytes)?;
    if one_in(bytes, 6)? {
        access_token::of_session(bytes, &mut members)?;
    }
    Ok(Value::Object(members))
}

fn session(bytes: &mut Unstructured<'_>) -> Result<Map<String, Value>> {
    let mut members = Map::new();
    members.insert("iss".to_owned(), json!(issuer(bytes)?));
    members.insert("exp".to_owned(), numbers::seconds(bytes)?);
    identity(bytes, &mut members)?;
    claims::of_the_sdk(bytes, &mut members)?;
    claims::scopes(bytes, &mut members)?;
    if one_in(bytes, 8)? {
        let unknown_keys = [
            "constructor",
            "__proto__",
            "",
            "st-ev ",
            "St-Ev",
            "v",
            "st-ev\0",
        ];
        let key = bytes.choose(&unknown_keys)?;
        members.insert((*key).to_owned(), wrong_types::value(bytes)?);
    }
    shapes::of_others(bytes, &mut members)?;
    Ok(members)
}

/// The payload of an OAuth 2 access token, in rare cases of another type of token.
fn access_token(bytes: &mut Unstructured<'_>) -> Result<Value> {
    let mut members = session(bytes)?;
    access_token::of_session(bytes, &mut members)?;
    Ok(Value::Object(members))
}

/// Payloads of random bytes, each with its JSON text. The same seed generates the same payloads.
///
/// # Panics
///
/// Never: missing bytes are zeros.
pub fn generated(seed: u64) -> impl Iterator<Item = (Value, String)> {
    of_random_bytes(seed, payload)
}

/// The same for OAuth 2 access tokens.
pub fn generated_access_tokens(seed: u64) -> impl Iterator<Item = (Value, String)> {
    of_random_bytes(seed, access_token)
}

/// Generates a payload.
type Generate = fn(&mut Unstructured<'_>) -> Result<Value>;

fn of_random_bytes(seed: u64, payload: Generate) -> impl Iterator<Item = (Value, String)> {
    let mut random = fastrand::Rng::with_seed(seed);
    std::iter::repeat_with(move || {
        let mut bytes = [0; ENOUGH_BYTES];
        random.fill(&mut bytes);
        of_bytes(&bytes, payload).expect("missing bytes are zeros")
    })
}

fn of_bytes(bytes: &[u8], payload: Generate) -> Result<(Value, String)> {
    let mut bytes = Unstructured::new(bytes);
    let payload = payload(&mut bytes)?;
    let text = spelled(&payload, &mut bytes)?;
    Ok((payload, text))
}

/// The claims that identify a token, except `iss` and `exp`.
fn identity(bytes: &mut Unstructured<'_>, members: &mut Map<String, Value>) -> Result<()> {
    for (key, usual) in [
        ("sub", "db5b5fab8f4d3e27dda1494c73cf256d"),
        ("sessionHandle", "73ab48767734d7c1c7fde805ec99108d"),
        ("tId", "public"),
    ] {
        let value = match bytes.int_in_range(0..=15_u8)? {
            0..=10 => json!(usual),
            11..=13 => json!(names::name(bytes)?),
            14 => wrong_types::value(bytes)?,
            _ => continue,
        };
        members.insert(key.to_owned(), value);
    }
    if !one_in(bytes, 16)? {
        members.insert("iat".to_owned(), numbers::seconds(bytes)?);
    }
    let audience = match bytes.int_in_range(0..=7_u8)? {
        0..=2 => Some(json!("orders")),
        3 => Some(json!(names::name(bytes)?)),
        4 | 5 => Some(json!(names::several(bytes)?)),
        6 => Some(wrong_types::value(bytes)?),
        _ => None,
    };
    let token_id = match bytes.int_in_range(0..=7_u8)? {
        0..=4 => None,
        5 | 6 => Some(json!(names::name(bytes)?)),
        _ => Some(wrong_types::value(bytes)?),
    };
    // Other types of tokens are rare, because requirements on sessions deny them.
    let token_type = match bytes.int_in_range(0..=31_u8)? {
        0..=19 => None,
        20..=29 => Some(json!(0)),
        30 => Some(json!(1)),
        _ => Some(wrong_types::value(bytes)?),
    };
    for (key, value) in [("aud", audience), ("jti", token_id), ("stt", token_type)] {
        members.extend(value.map(|value| (key.to_owned(), value)));
    }
    Ok(())
}

fn issuer(bytes: &mut Unstructured<'_>) -> Result<String> {
    if one_in(bytes, 8)? {
        names::name(bytes)
    } else {
        Ok("https://api.example.com/auth".to_owned())
    }
}

/// True once in `times` calls, on average; false without bytes.
fn one_in(bytes: &mut Unstructured<'_>, times: u8) -> Result<bool> {
    Ok(bytes.int_in_range(0..=times - 1)? == times - 1)
}
