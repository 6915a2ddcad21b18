//! Payloads of access tokens as SuperTokens writes them, and as nobody should: one generator for
//! all tests of payloads that are made up.
//!
//! It turns bytes into a payload, so that a fuzzer, a property test and a seeded generator of random
//! numbers feed the same one. No bytes at all make the plainest session; whatever is rare needs
//! bytes.
//!
//! `tests/attribute_and_value.rs` has one of its own, of plain payloads only: there the evaluator that
//! says what is true must be too plain to be wrong, and nearly every claim be there to be met.

mod claims;
pub mod names;
mod numbers;
mod odd;
mod spelling;

use arbitrary::{Result, Unstructured};
use serde_json::{Map, Value, json};

pub use spelling::spelled;

/// How many bytes suffice for a payload; what is missing is taken for zeros.
pub const ENOUGH_BYTES: usize = 512;

/// The time that the payloads' times lie around, in milliseconds since 1970.
pub const NOW_IN_MILLISECONDS: u64 = 1_700_000_300_123;

/// The payload of a session's access token: mostly of declared types, with hostile names in it.
///
/// `iss` and `exp` are always there and of their types, as a gateway's JWT authorizer asks for them.
///
/// # Errors
///
/// None that depends on the bytes; `Unstructured` wants one.
pub fn payload(bytes: &mut Unstructured<'_>) -> Result<Value> {
    let mut members = Map::new();
    members.insert("iss".to_owned(), json!(issuer(bytes)?));
    members.insert("exp".to_owned(), numbers::seconds(bytes)?);
    identity(bytes, &mut members)?;
    claims::supertokens(bytes, &mut members)?;
    claims::of_ones_own(bytes, &mut members)?;
    claims::scopes(bytes, &mut members)?;
    if one_in(bytes, 8)? {
        let strangers = [
            "constructor",
            "__proto__",
            "",
            "st-ev ",
            "St-Ev",
            "v",
            "st-ev\0",
        ];
        let key = bytes.choose(&strangers)?;
        members.insert((*key).to_owned(), odd::value(bytes)?);
    }
    Ok(Value::Object(members))
}

/// Payloads of random bytes, each with its text in some spelling: always the same ones of a seed.
///
/// # Panics
///
/// Never: bytes that run out are zeros.
pub fn generated(seed: u64) -> impl Iterator<Item = (Value, String)> {
    let mut random = fastrand::Rng::with_seed(seed);
    std::iter::repeat_with(move || {
        let mut bytes = [0; ENOUGH_BYTES];
        random.fill(&mut bytes);
        of_bytes(&bytes).expect("bytes that run out are zeros")
    })
}

fn of_bytes(bytes: &[u8]) -> Result<(Value, String)> {
    let mut bytes = Unstructured::new(bytes);
    let payload = payload(&mut bytes)?;
    let text = spelled(&payload, &mut bytes)?;
    Ok((payload, text))
}

/// What tells one token from another, beside `iss` and `exp`.
fn identity(bytes: &mut Unstructured<'_>, members: &mut Map<String, Value>) -> Result<()> {
    for (key, usual) in [
        ("sub", "db5b5fab8f4d3e27dda1494c73cf256d"),
        ("sessionHandle", "73ab48767734d7c1c7fde805ec99108d"),
        ("tId", "public"),
    ] {
        let value = match bytes.int_in_range(0..=15_u8)? {
            0..=10 => json!(usual),
            11..=13 => json!(names::name(bytes)?),
            14 => odd::value(bytes)?,
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
        6 => Some(odd::value(bytes)?),
        _ => None,
    };
    let token_id = match bytes.int_in_range(0..=7_u8)? {
        0..=4 => None,
        5 | 6 => Some(json!(names::name(bytes)?)),
        _ => Some(odd::value(bytes)?),
    };
    // A token of another kind than a session's is rare, as it is denied whatever else it says.
    let token_type = match bytes.int_in_range(0..=31_u8)? {
        0..=19 => None,
        20..=29 => Some(json!(0)),
        30 => Some(json!(1)),
        _ => Some(odd::value(bytes)?),
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

/// Something rare; never where there are no bytes.
fn one_in(bytes: &mut Unstructured<'_>, times: u8) -> Result<bool> {
    Ok(bytes.int_in_range(0..=times - 1)? == times - 1)
}
