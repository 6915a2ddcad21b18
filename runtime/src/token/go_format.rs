//! Decides whether a text is a gateway's rendering of a JSON value.
//!
//! Each value has one rendering, so the value and the text are compared in one pass without backtracking. The
//! whole text must match: a text that merely contains the rendering is not a rendering.

use serde_json::{Map, Number, Value};
use smallvec::SmallVec;

use crate::value::json;
use crate::value::number::number;

/// Whether `text` is a gateway's rendering of this value: Go's format with either form of numbers or, from
/// emulators, the JSON text of an equal value.
///
/// Recurses once for each level of nesting, which the caller has limited.
pub(super) fn is_rendering(value: &Value, text: &str) -> bool {
    strip_value(value, text) == Some("") || is_json_of(value, text)
}

/// Strips the rendering of a value from the start of a text, and returns the rest.
fn strip_value<'t>(value: &Value, text: &'t str) -> Option<&'t str> {
    match value {
        Value::Null => text.strip_prefix("<nil>"),
        Value::Bool(true) => text.strip_prefix("true"),
        Value::Bool(false) => text.strip_prefix("false"),
        Value::Number(number) => strip_number(number, text),
        Value::String(string) => text.strip_prefix(string.as_str()),
        Value::Array(elements) => strip_array(elements, text),
        Value::Object(members) => strip_object(members, text),
    }
}

/// Numbers are compared by value, because the gateway may render a number as a float or as the token spells
/// it.
fn strip_number<'t>(value: &Number, text: &'t str) -> Option<&'t str> {
    let end = text.bytes().position(|byte| matches!(byte, b' ' | b']'));
    let (written, rest) = text.split_at(end.unwrap_or(text.len()));
    let written = Some(number(written)?);
    (written == value.as_f64()).then_some(rest)
}

fn strip_array<'t>(elements: &[Value], text: &'t str) -> Option<&'t str> {
    let mut rest = text.strip_prefix('[')?;
    let mut separator = "";
    for element in elements {
        rest = strip_value(element, rest.strip_prefix(separator)?)?;
        separator = " ";
    }
    rest.strip_prefix(']')
}

/// Go sorts keys by their bytes. `serde_json` may use another order if its feature `preserve_order` is
/// enabled.
fn strip_object<'t>(members: &Map<String, Value>, text: &'t str) -> Option<&'t str> {
    let mut members: SmallVec<[(&String, &Value); 4]> = members.iter().collect();
    members.sort_unstable_by_key(|(key, _)| *key);
    let mut rest = text.strip_prefix("map[")?;
    let mut separator = "";
    for (key, value) in members {
        let after_key = rest.strip_prefix(separator)?.strip_prefix(key.as_str())?;
        rest = strip_value(value, after_key.strip_prefix(':')?)?;
        separator = " ";
    }
    rest.strip_prefix(']')
}

/// Whether the text is the JSON text of an equal object or array. Any other text can only be Go's rendering.
/// So can `[ ]`, which Go writes for `["", ""]`; therefore empty arrays are excluded. Emulators write them as
/// `[]`, like Go.
fn is_json_of(value: &Value, text: &str) -> bool {
    text.starts_with(['{', '['])
        && *value != Value::Array(Vec::new())
        && json::value(text).is_ok_and(|written| json::are_equal(value, &written))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the text is a rendering of the value of this JSON.
    fn is_rendering(json: &str, text: &str) -> bool {
        json::value(json).is_ok_and(|value| super::is_rendering(&value, text))
    }

    #[test]
    fn accepts_a_rendering_in_both_forms_of_numbers() {
        for (json, text) in [
            (r#""a b""#, "a b"),
            (r#""""#, ""),
            ("1700000000", "1700000000"),
            ("1700000000", "1.7e+09"),
            ("1.7E9", "1.7e+09"),
            ("true", "true"),
            ("false", "false"),
            (r#"["admin","user"]"#, "[admin user]"),
            (r#"["foo admin"]"#, "[foo admin]"),
            ("[]", "[]"),
            (r#"[""]"#, "[]"),
            (r#"["",""]"#, "[ ]"),
            ("[null,[1],{}]", "[<nil> [1] map[]]"),
            (
                r#"{"v":true,"t":1699999999999}"#,
                "map[t:1.699999999999e+12 v:true]",
            ),
            (
                r#" { "v" : [ "a" , "b]" ] , "t" : 1 } "#.trim(),
                "map[t:1 v:[a b]]]",
            ),
            (
                r#"{"c":{"totp":1700000000,"emailpassword":5},"v":true}"#,
                "map[c:map[emailpassword:5 totp:1.7e+09] v:true]",
            ),
            (r#"{"b":1,"":2,"a b":3,"B":4}"#, "map[:2 B:4 a b:3 b:1]"),
            (r#"{"\u0076":"\u0041\n\ud83d\ude00"}"#, "map[v:A\n😀]"),
        ] {
            assert!(is_rendering(json, text), "{json} {text}");
        }
    }

    #[test]
    fn rejects_any_other_text() {
        for (json, text) in [
            (r#""admin""#, "admi"),
            (r#""admin""#, "admins"),
            ("1700000000", "1700000001"),
            ("1700000000", "+1.7e+09"),
            ("1", "1]"),
            ("true", "True"),
            ("null", ""),
            ("[]", "[ ]"),
            ("[]", "[\n]"),
            (r#"["foo","bar"]"#, "[foo,bar]"),
            (r#"["foo","bar"]"#, "[bar foo]"),
            (r#"["foo"]"#, "[foo bar]"),
            (r#"["foo","bar"]"#, "[foo]"),
            (r#"["foo"]"#, "[foo"),
            (r#"{"v":true}"#, "map[v:true t:1]"),
            (r#"{"v":true,"t":1}"#, "map[v:true t:1]"),
            (r#"{"v":true,"t":1}"#, "map[v:true]"),
            (r#"{"v":true,"v":true}"#, "map[v:true]"),
            (r#"{"v":true,"v":true}"#, "map[v:true v:true]"),
            (r#"["\ud800"]"#, "[\u{fffd}]"),
            (r#"{"v":true}"#, "map[v:true] "),
        ] {
            assert!(!is_rendering(json, text), "{json} {text}");
        }
    }

    #[test]
    fn accepts_the_json_text_of_an_equal_value() {
        let json = r#"{"v":["a","b"],"t":1700000000000}"#;
        assert!(is_rendering(json, r#"{"t":1.7e12,"v":["a","b"]}"#));
        assert!(!is_rendering(json, r#"{"t":1.7e12,"v":["a","b"],"x":1}"#));
        assert!(!is_rendering(json, r#"{"t":1.7e12,"v":["b","a"]}"#));
        assert!(!is_rendering(json, r#"{"t":1.7e12}"#));
    }

    #[test]
    fn accepts_an_object_with_many_members() {
        let members: Vec<String> = (100..200).map(|n| format!(r#""{n}":1"#)).collect();
        let text: Vec<String> = (100..200).map(|n| format!("{n}:1")).collect();
        let json = format!("{{{}}}", members.join(","));
        assert!(is_rendering(&json, &format!("map[{}]", text.join(" "))));
    }
}
