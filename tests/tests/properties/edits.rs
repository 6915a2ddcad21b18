//! Payloads with one small change, as an attacker could make it.

use arbitrary::{Result, Unstructured};
use require_claims::testing::render::{self, Numbers};
use serde_json::{Value, json};

/// The payload with a change in one of these claims, for example in the boundaries of its names.
pub(crate) fn edited(
    payload: &Value,
    keys: &[&str],
    bytes: &mut Unstructured<'_>,
) -> Result<Value> {
    let mut payload = payload.clone();
    let key = bytes.choose(keys)?;
    let claim = payload.get(key).cloned().unwrap_or_default();
    payload[key] = edit(&claim, bytes)?;
    Ok(payload)
}

fn edit(value: &Value, bytes: &mut Unstructured<'_>) -> Result<Value> {
    // A string with the same text.
    if bytes.int_in_range(0..=7_u8)? == 7 {
        let text = render::value(&value.to_string(), Numbers::Float64);
        return Ok(json!(text.unwrap_or_default()));
    }
    Ok(match value {
        Value::Null => json!({"v": true}),
        Value::Bool(flag) => json!(!flag),
        Value::Number(number) => json!(-number.as_f64().unwrap_or_default() - 1.0),
        Value::String(text) => json!(edit_text(text, bytes)?),
        Value::Array(items) => edit_list(items, bytes)?,
        Value::Object(_) => edit_object(value, bytes)?,
    })
}

fn edit_text(text: &str, bytes: &mut Unstructured<'_>) -> Result<String> {
    Ok(match bytes.int_in_range(0..=4_u8)? {
        0 => text.chars().skip(1).collect(),
        1 => text.chars().take(text.chars().count() / 2).collect(),
        // The part before a character that looks like the end of the text.
        2 => text.split([' ', ']', ',', ':']).take(1).collect(),
        3 => format!("{text} admin"),
        _ => format!("admin {text}"),
    })
}

fn edit_list(items: &[Value], bytes: &mut Unstructured<'_>) -> Result<Value> {
    let mut items = items.to_vec();
    let words = items.iter().filter_map(Value::as_str);
    match bytes.int_in_range(0..=6_u8)? {
        0 => items.truncate(items.len() / 2),
        1 => items.push(json!("admin")),
        2 => items.reverse(),
        // Several names joined, one name split: the text is the same.
        3 => items = vec![json!(words.collect::<Vec<_>>().join(" "))],
        4 => {
            items = words
                .flat_map(|name| name.split(' '))
                .map(Value::from)
                .collect();
        }
        5 => items.insert(0, json!("")),
        _ => {
            if let Some(item) = items.last_mut() {
                *item = edit(item, bytes)?;
            }
        }
    }
    Ok(Value::Array(items))
}

fn edit_object(object: &Value, bytes: &mut Unstructured<'_>) -> Result<Value> {
    let mut members = object.as_object().cloned().unwrap_or_default();
    let keys: Vec<String> = members.keys().cloned().collect();
    let key = if keys.is_empty() {
        "v"
    } else {
        bytes.choose(&keys)?
    };
    match bytes.int_in_range(0..=7_u8)? {
        0 => members.remove(key),
        1 => members.insert("w".to_owned(), json!(["admin"])),
        _ => {
            let member = edit(members.get(key).unwrap_or(&Value::Null), bytes)?;
            members.insert(key.to_owned(), member)
        }
    };
    Ok(Value::Object(members))
}
