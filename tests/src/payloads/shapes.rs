//! Claims in every place and shape: within objects, as one string, as keys, and as JSON text.

use arbitrary::{Result, Unstructured};
use serde_json::{Map, Value, json};

use super::claims::{boolean, claim, string, timestamped};
use super::{names, numbers, one_in, wrong_types};
use crate::claims::{Claim, OTHER_CLAIMS, Shape, ValueType};

/// Keys of other members in objects. Some look like parts of the gateway's text.
const OTHER_KEYS: [&str; 10] = [
    "a",
    "z",
    "",
    "roles:[admin",
    "a roles",
    "admin",
    "map[roles",
    "roles ",
    "quota:5",
    "constructor",
];

/// The claims for which the SDK has no validator, except those of every token.
pub(super) fn of_others(
    bytes: &mut Unstructured<'_>,
    members: &mut Map<String, Value>,
) -> Result<()> {
    const OF_A_TOKEN: [&str; 9] = [
        "teams",
        "amr",
        "sessionHandle",
        "scope",
        "client_id",
        "aud",
        "tId",
        "sub",
        "iss",
    ];
    for found in &OTHER_CLAIMS {
        let is_generated = OF_A_TOKEN.contains(&found.key);
        if is_generated || one_in(bytes, 3)? {
            continue;
        }
        if found.is_timestamped {
            timestamped(bytes, members, found.key, |bytes| value(bytes, found))?;
        } else {
            claim(bytes, members, found.key, |bytes| {
                nested(bytes, found.members, found)
            })?;
        }
    }
    Ok(())
}

/// The value within objects, some of which are JSON text. Other members and missing ones are rare without
/// being exceptional.
fn nested(bytes: &mut Unstructured<'_>, members: &[&str], claim: &Claim) -> Result<Value> {
    let Some((member, members)) = members.split_first() else {
        return value(bytes, claim);
    };
    let mut object = Map::new();
    match bytes.int_in_range(0..=15_u8)? {
        0..=12 => object.insert((*member).to_owned(), nested(bytes, members, claim)?),
        13 => object.insert((*member).to_owned(), wrong_types::value(bytes)?),
        14 => object.insert((*member).to_owned(), Value::Null),
        _ => None,
    };
    while one_in(bytes, 4)? {
        let key = if one_in(bytes, 3)? {
            names::name(bytes)?
        } else {
            (*bytes.choose(&OTHER_KEYS)?).to_owned()
        };
        let other = wrong_types::value(bytes)?;
        object.entry(key).or_insert(other);
    }
    let object = Value::Object(object);
    Ok(if one_in(bytes, 6)? {
        json!(object.to_string())
    } else {
        object
    })
}

fn value(bytes: &mut Unstructured<'_>, claim: &Claim) -> Result<Value> {
    match claim.value {
        ValueType::Boolean => boolean(bytes),
        ValueType::Number => numbers::number(bytes),
        ValueType::Names => several(bytes, claim.shape),
        _ => string(bytes),
    }
}

/// Names in a shape.
fn several(bytes: &mut Unstructured<'_>, shape: Shape) -> Result<Value> {
    let names = names::several(bytes)?;
    Ok(match shape {
        Shape::OneOrMany if one_in(bytes, 2)? => json!(names::name(bytes)?),
        Shape::Plain | Shape::OneOrMany => json!(names),
        Shape::Separated(separator) => json!(names.join(&separator.to_string())),
        Shape::Keys => {
            let members = names.into_iter().map(|name| {
                let value = if one_in(bytes, 2)? {
                    wrong_types::value(bytes)?
                } else {
                    json!(1)
                };
                Ok((name, value))
            });
            Value::Object(members.collect::<Result<_>>()?)
        }
        Shape::JsonText if one_in(bytes, 8)? => json!(names::name(bytes)?),
        Shape::JsonText => json!(json!(names).to_string()),
    })
}
