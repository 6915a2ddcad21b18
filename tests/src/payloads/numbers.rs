//! Numbers: times around now, and numbers that can be written in several ways.

use arbitrary::{Result, Unstructured};
use serde_json::{Number, Value, json};

use super::{NOW_IN_MILLISECONDS, one_in};

/// Numbers that JSON, JavaScript and Go treat differently.
const UNUSUAL: [&str; 16] = [
    "-0",
    "-0.0",
    "1e21",
    "1.5",
    "9007199254740993",
    "-9007199254740993",
    "18446744073709551615",
    "18446744073709551616",
    "0.1",
    "1e-7",
    "0.00001",
    "-1",
    "999999",
    "1000000",
    "1e308",
    "5e-324",
];

/// Ages of values in milliseconds: around the maximum ages of requirements and around the allowed clock skew.
const AGES: [i64; 18] = [
    60_000,
    0,
    1,
    299_999,
    300_000,
    300_001,
    3_599_999,
    3_600_000,
    3_600_001,
    86_400_000,
    -1,
    -59_999,
    -60_000,
    -60_001,
    -3_600_000,
    300_123,
    -31_536_000_000,
    1_700_000_300_123,
];

/// A time in milliseconds, usually around now.
pub(super) fn milliseconds(bytes: &mut Unstructured<'_>) -> Result<Value> {
    if one_in(bytes, 16)? {
        return unusual(bytes);
    }
    let time = NOW_IN_MILLISECONDS.saturating_add_signed(-age(bytes)?);
    // Go writes 1700000000000 as 1.7e+12, and other times with all their digits.
    let rounded = bytes.int_in_range(0..=3_u8)? == 3;
    Ok(json!(if rounded { time / 1000 * 1000 } else { time }))
}

/// A time in seconds, usually around now.
pub(super) fn seconds(bytes: &mut Unstructured<'_>) -> Result<Value> {
    if one_in(bytes, 16)? {
        return unusual(bytes);
    }
    let time = NOW_IN_MILLISECONDS.saturating_add_signed(-age(bytes)?);
    Ok(json!(time / 1000))
}

/// A small whole number, or an unusual one.
pub(super) fn number(bytes: &mut Unstructured<'_>) -> Result<Value> {
    if one_in(bytes, 4)? {
        return unusual(bytes);
    }
    // Five if there are no bytes.
    Ok(json!((bytes.int_in_range(0..=11_i8)? + 5) % 12))
}

fn age(bytes: &mut Unstructured<'_>) -> Result<i64> {
    bytes.choose(&AGES).copied()
}

fn unusual(bytes: &mut Unstructured<'_>) -> Result<Value> {
    let number: Option<Number> = bytes.choose(&UNUSUAL)?.parse().ok();
    Ok(number.map_or(Value::Null, Value::Number))
}
