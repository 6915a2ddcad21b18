//! Whether a JSON value is what a gateway wrote as a text: both are walked at once.
//!
//! Each value has one rendering, so the walk never goes back, and a text that merely contains the
//! value, or that has it among several readings, is told from one that is it.

use crate::json::{self, MAX_DEPTH_TO_COMPARE};
use crate::number::{after_number, are_same_number};

/// Whether `text` is how a gateway writes the claim whose value in the payload is `json`: Go's
/// rendering in either form of numbers, or, from emulators, JSON text of an equal value.
pub(super) fn is_rendering(json: &str, text: &str) -> bool {
    strip_value(json, text, MAX_DEPTH_TO_COMPARE).is_some_and(str::is_empty)
        || is_json_of(json, text)
}

/// The rest of the text behind the rendering of a JSON value.
fn strip_value<'t>(json: &str, text: &'t str, depth: u8) -> Option<&'t str> {
    let depth = depth.checked_sub(1)?;
    match json.bytes().next()? {
        b'{' => strip_object(json, text, depth),
        b'[' => strip_array(json, text, depth),
        b'"' => json::Literal::of(json)?.strip_from(text),
        b't' => text.strip_prefix("true"),
        b'f' => text.strip_prefix("false"),
        b'n' => text.strip_prefix("<nil>"),
        _ => strip_number(json, text),
    }
}

/// Numbers are equal by value: the gateway may have written one as a float or as it stood.
fn strip_number<'t>(json: &str, text: &'t str) -> Option<&'t str> {
    let rest = after_number(text)?;
    let (number, _) = text.split_at_checked(text.len() - rest.len())?;
    are_same_number(number, json).then_some(rest)
}

fn strip_array<'t>(json: &str, text: &'t str, depth: u8) -> Option<&'t str> {
    let mut rest = text.strip_prefix('[')?;
    for (index, element) in json::array(json).ok()?.enumerate() {
        if index > 0 {
            rest = rest.strip_prefix(' ')?;
        }
        rest = strip_value(element.ok()?, rest, depth)?;
    }
    rest.strip_prefix(']')
}

fn strip_object<'t>(json: &str, text: &'t str, depth: u8) -> Option<&'t str> {
    let mut rest = text.strip_prefix("map[")?;
    for (index, (key, value)) in json::Sorted::of(json)?.iter().enumerate() {
        if index > 0 {
            rest = rest.strip_prefix(' ')?;
        }
        rest = key.strip_from(rest)?.strip_prefix(':')?;
        rest = strip_value(value, rest, depth)?;
    }
    rest.strip_prefix(']')
}

/// Whether the text is JSON of the same value; only of objects and arrays, since other texts are
/// the gateway's.
fn is_json_of(json: &str, text: &str) -> bool {
    text.starts_with(['{', '[']) && json::are_equal(json, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rendering_is_recognised_in_both_forms_of_numbers() {
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
    fn any_other_text_is_no_rendering() {
        for (json, text) in [
            (r#""admin""#, "admi"),
            (r#""admin""#, "admins"),
            ("1700000000", "1700000001"),
            ("1700000000", "+1.7e+09"),
            ("1", "1]"),
            ("true", "True"),
            ("null", ""),
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
            (r#"{"v":true}"#, "map[v:true] "),
        ] {
            assert!(!is_rendering(json, text), "{json} {text}");
        }
    }

    #[test]
    fn json_text_of_an_equal_value_is_one_too() {
        let json = r#"{"v":["a","b"],"t":1700000000000}"#;
        assert!(is_rendering(json, r#"{"t":1.7e12,"v":["a","b"]}"#));
        assert!(!is_rendering(json, r#"{"t":1.7e12,"v":["a","b"],"x":1}"#));
        assert!(!is_rendering(json, r#"{"t":1.7e12,"v":["b","a"]}"#));
        assert!(!is_rendering(json, r#"{"t":1.7e12}"#));
    }

    #[test]
    fn depth_and_width_have_a_limit_and_cost_no_stack() {
        let nested = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(is_rendering(&nested(16), &nested(16)));
        assert!(!is_rendering(&nested(17), &nested(17)));
        assert!(!is_rendering(&nested(60_000), &nested(60_000)));

        let wide = |count: usize| {
            let members: Vec<String> = (100..100 + count).map(|n| format!(r#""{n}":1"#)).collect();
            let text: Vec<String> = (100..100 + count).map(|n| format!("{n}:1")).collect();
            (
                format!("{{{}}}", members.join(",")),
                format!("map[{}]", text.join(" ")),
            )
        };
        let (json, text) = wide(16);
        assert!(is_rendering(&json, &text));
        let (json, text) = wide(17);
        assert!(!is_rendering(&json, &text));
    }
}
