//! Values that are not of the declared type. As text, some of them look like it.

use arbitrary::{Result, Unstructured};
use serde_json::{Value, json};

use super::{names, numbers};

/// A value of any JSON type, with little nesting.
pub(super) fn value(bytes: &mut Unstructured<'_>) -> Result<Value> {
    Ok(match bytes.int_in_range(0..=15_u8)? {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(false),
        3 => numbers::number(bytes)?,
        4 => numbers::milliseconds(bytes)?,
        5..=7 => json!(names::name(bytes)?),
        8 => json!(names::several(bytes)?),
        9 => json!([numbers::number(bytes)?, names::name(bytes)?, null]),
        10 => json!([names::several(bytes)?, true, {}]),
        11 => json!({"v": names::several(bytes)?, "t": numbers::milliseconds(bytes)?}),
        12 => json!({"v": true, "t": numbers::milliseconds(bytes)?}),
        13 => json!({names::name(bytes)?: names::name(bytes)?}),
        14 => json!({"c": {names::name(bytes)?: numbers::seconds(bytes)?}, "v": true}),
        _ => json!(text_of_a_claim(bytes)?),
    })
}

/// A string that looks like the gateway's text of a claim.
fn text_of_a_claim(bytes: &mut Unstructured<'_>) -> Result<String> {
    let name = names::name(bytes)?;
    Ok(match bytes.int_in_range(0..=7_u8)? {
        0 => "map[v:true]".to_owned(),
        1 => "map[t:1.7e+12 v:true]".to_owned(),
        2 => format!("map[t:1.7e+12 v:[{name}]]"),
        3 => format!("map[t:1.7e+12 v:{name}]"),
        4 => format!("[{name}]"),
        5 => "map[c:map[totp:1.7e+09] v:true]".to_owned(),
        6 => json!({"v": [name], "t": 1}).to_string(),
        _ => json!({"v": true}).to_string(),
    })
}
