//! The claims of a generated payload: those that the SDK validates, and the scopes.

use arbitrary::{Result, Unstructured};
use serde_json::{Map, Value, json};

use super::{names, numbers, one_in, wrong_types};
use crate::claims::{SDK_CLAIMS, ValueType};

pub(super) fn of_the_sdk(
    bytes: &mut Unstructured<'_>,
    members: &mut Map<String, Value>,
) -> Result<()> {
    for found in &SDK_CLAIMS {
        let value: Generate = match found.value {
            ValueType::Boolean => boolean,
            ValueType::Name | ValueType::Session => string,
            ValueType::Names => list,
            ValueType::Number => numbers::number,
            ValueType::Factors => factors,
        };
        if found.is_timestamped {
            timestamped(bytes, members, found.key, value)?;
        } else {
            claim(bytes, members, found.key, value)?;
        }
    }
    Ok(())
}

/// `scope` and `scp`, rarely both.
pub(super) fn scopes(bytes: &mut Unstructured<'_>, members: &mut Map<String, Value>) -> Result<()> {
    for (key, probability) in [("scope", 3), ("scp", 6)] {
        if one_in(bytes, probability)? {
            let value = match bytes.int_in_range(0..=7_u8)? {
                0..=3 => json!(names::several(bytes)?.join(" ")),
                4..=6 => json!(names::several(bytes)?),
                _ => wrong_types::value(bytes)?,
            };
            members.insert(key.to_owned(), value);
        }
    }
    Ok(())
}

/// Generates a value of one type.
type Generate = fn(&mut Unstructured<'_>) -> Result<Value>;

/// A claim `{"v": …, "t": milliseconds}`.
pub(super) fn timestamped(
    bytes: &mut Unstructured<'_>,
    members: &mut Map<String, Value>,
    key: &str,
    value: impl FnOnce(&mut Unstructured<'_>) -> Result<Value>,
) -> Result<()> {
    claim(bytes, members, key, |bytes| {
        let mut claim = Map::new();
        let v = if one_in(bytes, 10)? {
            wrong_types::value(bytes)?
        } else {
            value(bytes)?
        };
        if !one_in(bytes, 24)? {
            claim.insert("v".to_owned(), v);
        }
        match bytes.int_in_range(0..=23_u8)? {
            0..=20 => claim.insert("t".to_owned(), numbers::milliseconds(bytes)?),
            21 => claim.insert("t".to_owned(), wrong_types::value(bytes)?),
            _ => None,
        };
        with_extra_members(bytes, &mut claim)?;
        Ok(Value::Object(claim))
    })
}

/// A claim that is mostly present and mostly of its type.
pub(super) fn claim(
    bytes: &mut Unstructured<'_>,
    members: &mut Map<String, Value>,
    key: &str,
    value: impl FnOnce(&mut Unstructured<'_>) -> Result<Value>,
) -> Result<()> {
    let value = match bytes.int_in_range(0..=23_u8)? {
        0..=19 => value(bytes)?,
        20 => wrong_types::value(bytes)?,
        // SuperTokens removes a claim by setting it to `null`.
        21 => Value::Null,
        _ => return Ok(()),
    };
    members.insert(key.to_owned(), value);
    Ok(())
}

/// `{"c": {factor: seconds}, "v": boolean}`.
fn factors(bytes: &mut Unstructured<'_>) -> Result<Value> {
    let mut completed = Map::new();
    for _ in 0..bytes.int_in_range(0..=3_u8)? {
        let factor = if one_in(bytes, 6)? {
            names::name(bytes)?
        } else {
            (*bytes.choose(&names::FACTORS)?).to_owned()
        };
        let time = if one_in(bytes, 16)? {
            wrong_types::value(bytes)?
        } else {
            numbers::seconds(bytes)?
        };
        completed.insert(factor, time);
    }
    let mut claim = Map::new();
    match bytes.int_in_range(0..=23_u8)? {
        0..=21 => claim.insert("c".to_owned(), Value::Object(completed)),
        22 => claim.insert("c".to_owned(), wrong_types::value(bytes)?),
        _ => None,
    };
    match bytes.int_in_range(0..=23_u8)? {
        0..=20 => claim.insert("v".to_owned(), boolean(bytes)?),
        21 | 22 => claim.insert("v".to_owned(), wrong_types::value(bytes)?),
        _ => None,
    };
    with_extra_members(bytes, &mut claim)?;
    Ok(Value::Object(claim))
}

/// Rarely adds a member that is not part of the claim's declared type.
fn with_extra_members(bytes: &mut Unstructured<'_>, claim: &mut Map<String, Value>) -> Result<()> {
    if one_in(bytes, 24)? {
        let keys = ["w", "a", "u", "", "v ", "t:1 v", "constructor", "__proto__"];
        let key = (*bytes.choose(&keys)?).to_owned();
        claim.insert(key, wrong_types::value(bytes)?);
    }
    Ok(())
}

pub(super) fn boolean(bytes: &mut Unstructured<'_>) -> Result<Value> {
    // True if there are no bytes.
    Ok(json!(bytes.int_in_range(0..=1_u8)? == 0))
}

pub(super) fn string(bytes: &mut Unstructured<'_>) -> Result<Value> {
    names::name(bytes).map(Value::from)
}

fn list(bytes: &mut Unstructured<'_>) -> Result<Value> {
    names::several(bytes).map(Value::from)
}
