//! The claims that a session's payload makes: SuperTokens' own, and those of an application.

use arbitrary::{Result, Unstructured};
use serde_json::{Map, Value, json};

use super::{names, numbers, odd, one_in};

/// `st-ev`, `st-role`, `st-perm` and `st-mfa`.
pub(super) fn supertokens(
    bytes: &mut Unstructured<'_>,
    members: &mut Map<String, Value>,
) -> Result<()> {
    dated(bytes, members, "st-ev", boolean)?;
    dated(bytes, members, "st-role", list)?;
    dated(bytes, members, "st-perm", list)?;
    claim(bytes, members, "st-mfa", factors)
}

/// Claims that an application adds: a boolean, a string and a number in SuperTokens' form, and a
/// list that stands by itself.
pub(super) fn of_ones_own(
    bytes: &mut Unstructured<'_>,
    members: &mut Map<String, Value>,
) -> Result<()> {
    dated(bytes, members, "2fa-completed", boolean)?;
    dated(bytes, members, "plan", string)?;
    dated(bytes, members, "seats", numbers::number)?;
    claim(bytes, members, "groups", list)
}

/// `scope` and `scp`, which are rarely both there.
pub(super) fn scopes(bytes: &mut Unstructured<'_>, members: &mut Map<String, Value>) -> Result<()> {
    for (key, probability) in [("scope", 3), ("scp", 6)] {
        if one_in(bytes, probability)? {
            let value = match bytes.int_in_range(0..=7_u8)? {
                0..=3 => json!(names::several(bytes)?.join(" ")),
                4..=6 => json!(names::several(bytes)?),
                _ => odd::value(bytes)?,
            };
            members.insert(key.to_owned(), value);
        }
    }
    Ok(())
}

/// A value of some type, made of bytes.
type Make = fn(&mut Unstructured<'_>) -> Result<Value>;

/// A claim `{"v": …, "t": milliseconds}`.
fn dated(
    bytes: &mut Unstructured<'_>,
    members: &mut Map<String, Value>,
    key: &str,
    value: Make,
) -> Result<()> {
    claim(bytes, members, key, |bytes| {
        let mut claim = Map::new();
        let v = if one_in(bytes, 10)? {
            odd::value(bytes)?
        } else {
            value(bytes)?
        };
        if !one_in(bytes, 24)? {
            claim.insert("v".to_owned(), v);
        }
        match bytes.int_in_range(0..=23_u8)? {
            0..=20 => claim.insert("t".to_owned(), numbers::milliseconds(bytes)?),
            21 => claim.insert("t".to_owned(), odd::value(bytes)?),
            _ => None,
        };
        with_extra_members(bytes, &mut claim)?;
        Ok(Value::Object(claim))
    })
}

/// A claim that is mostly there and mostly of its type.
fn claim(
    bytes: &mut Unstructured<'_>,
    members: &mut Map<String, Value>,
    key: &str,
    value: impl FnOnce(&mut Unstructured<'_>) -> Result<Value>,
) -> Result<()> {
    let value = match bytes.int_in_range(0..=23_u8)? {
        0..=19 => value(bytes)?,
        20 => odd::value(bytes)?,
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
            odd::value(bytes)?
        } else {
            numbers::seconds(bytes)?
        };
        completed.insert(factor, time);
    }
    let mut claim = Map::new();
    match bytes.int_in_range(0..=23_u8)? {
        0..=21 => claim.insert("c".to_owned(), Value::Object(completed)),
        22 => claim.insert("c".to_owned(), odd::value(bytes)?),
        _ => None,
    };
    match bytes.int_in_range(0..=23_u8)? {
        0..=20 => claim.insert("v".to_owned(), boolean(bytes)?),
        21 | 22 => claim.insert("v".to_owned(), odd::value(bytes)?),
        _ => None,
    };
    with_extra_members(bytes, &mut claim)?;
    Ok(Value::Object(claim))
}

/// Now and then a member that the claim is not declared to have.
fn with_extra_members(bytes: &mut Unstructured<'_>, claim: &mut Map<String, Value>) -> Result<()> {
    if one_in(bytes, 24)? {
        let keys = ["w", "a", "u", "", "v ", "t:1 v", "constructor", "__proto__"];
        let key = (*bytes.choose(&keys)?).to_owned();
        claim.insert(key, odd::value(bytes)?);
    }
    Ok(())
}

fn boolean(bytes: &mut Unstructured<'_>) -> Result<Value> {
    // True where there are no bytes.
    Ok(json!(bytes.int_in_range(0..=1_u8)? == 0))
}

fn string(bytes: &mut Unstructured<'_>) -> Result<Value> {
    names::name(bytes).map(Value::from)
}

fn list(bytes: &mut Unstructured<'_>) -> Result<Value> {
    names::several(bytes).map(Value::from)
}
