//! Different JSON texts of one payload: escapes, spaces, the order of members, forms of numbers.

use std::fmt::Write as _;

use arbitrary::{Result, Unstructured};
use serde_json::Value;

use super::one_in;

/// The JSON text of a value, usually as `serde_json` writes it.
///
/// Every JSON parser reads the same value from it.
///
/// # Errors
///
/// Never, whatever the bytes are: the type is that of `Unstructured`.
pub fn spelled(value: &Value, bytes: &mut Unstructured<'_>) -> Result<String> {
    if !one_in(bytes, 4)? {
        return Ok(value.to_string());
    }
    let mut text = String::new();
    write(value, bytes, &mut text)?;
    Ok(text)
}

fn write(value: &Value, bytes: &mut Unstructured<'_>, text: &mut String) -> Result<()> {
    match value {
        Value::Number(number) => text.push_str(&spelled_number(&number.to_string(), bytes)?),
        Value::String(string) => write_string(string, bytes, text)?,
        Value::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                write_separator(index, bytes, text)?;
                write(item, bytes, text)?;
            }
            text.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            if one_in(bytes, 2)? {
                members.reverse();
            }
            text.push('{');
            for (index, (key, member)) in members.into_iter().enumerate() {
                write_separator(index, bytes, text)?;
                write_string(key, bytes, text)?;
                text.push_str(if one_in(bytes, 8)? { " :\t" } else { ":" });
                write(member, bytes, text)?;
            }
            text.push('}');
        }
        scalar => text.push_str(&scalar.to_string()),
    }
    Ok(())
}

fn write_separator(index: usize, bytes: &mut Unstructured<'_>, text: &mut String) -> Result<()> {
    if index > 0 {
        text.push(',');
    }
    if one_in(bytes, 8)? {
        text.push_str("\r\n ");
    }
    Ok(())
}

/// The string with some characters as escapes.
fn write_string(string: &str, bytes: &mut Unstructured<'_>, text: &mut String) -> Result<()> {
    if !one_in(bytes, 4)? {
        text.push_str(&Value::from(string).to_string());
        return Ok(());
    }
    text.push('"');
    for letter in string.chars() {
        if one_in(bytes, 2)? || letter.is_control() || matches!(letter, '"' | '\\') {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                // Writing to a `String` cannot fail.
                let _ = write!(text, "\\u{unit:04x}");
            }
        } else {
            text.push(letter);
        }
    }
    text.push('"');
    Ok(())
}

/// The same number in another form.
fn spelled_number(number: &str, bytes: &mut Unstructured<'_>) -> Result<String> {
    // Parsers differ in the last digit of longer numbers.
    let is_whole = (1..16).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && number != "0";
    Ok(match bytes.int_in_range(0..=7_u8)? {
        4 if number == "-0.0" => "-0".to_owned(),
        5 if is_whole => format!("{number}.0"),
        6 if is_whole => format!("{number}e0"),
        7 if is_whole => format!("{number}00E-2"),
        _ => number.to_owned(),
    })
}
