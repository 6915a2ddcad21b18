//! Whether two JSON texts are of the same value: both are walked at once.

use super::{Literal, MAX_DEPTH_TO_COMPARE, Sorted, array};
use crate::number::are_same_number;

/// Whether both texts are JSON of the same value: numbers by value, strings after their escapes,
/// members in any order. A key that stands twice in an object makes it equal to none.
pub(crate) fn are_equal(text: &str, other: &str) -> bool {
    equal_to_depth(text, other, MAX_DEPTH_TO_COMPARE)
}

fn equal_to_depth(text: &str, other: &str, depth: u8) -> bool {
    let Some(depth) = depth.checked_sub(1) else {
        return false;
    };
    match (text.bytes().next(), other.bytes().next()) {
        (Some(b'{'), Some(b'{')) => equal_objects(text, other, depth).unwrap_or(false),
        (Some(b'['), Some(b'[')) => equal_arrays(text, other, depth).unwrap_or(false),
        (Some(b'"'), Some(b'"')) => equal_strings(text, other).unwrap_or(false),
        (Some(b't' | b'f' | b'n'), _) => text == other,
        _ => are_same_number(text, other),
    }
}

fn equal_objects(text: &str, other: &str, depth: u8) -> Option<bool> {
    let (members, others) = (Sorted::of(text)?, Sorted::of(other)?);
    let mut pairs = members.iter().zip(others.iter());
    let are_equal = pairs.all(|((key, value), (other_key, other))| {
        key.order(other_key).is_eq() && equal_to_depth(value, other, depth)
    });
    Some(members.len() == others.len() && are_equal)
}

fn equal_arrays(text: &str, other: &str, depth: u8) -> Option<bool> {
    let (mut elements, mut others) = (array(text).ok()?, array(other).ok()?);
    loop {
        match (elements.next(), others.next()) {
            (None, None) => return Some(true),
            (Some(Ok(element)), Some(Ok(other))) if equal_to_depth(element, other, depth) => {}
            _ => return Some(false),
        }
    }
}

fn equal_strings(text: &str, other: &str) -> Option<bool> {
    Some(Literal::of(text)?.order(Literal::of(other)?).is_eq())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_have_many_spellings() {
        for (text, other) in [
            (
                r#"{"v":["a","b"],"t":17e11}"#,
                r#"{ "t" : 1700000000000, "v" : ["a", "b"] }"#,
            ),
            (r#"{"\u0076":"\u0061"}"#, r#"{"v":"a"}"#),
            (
                "[[],{},null,true,-0]",
                " [ [ ] , { } , null , true , 0 ] ".trim(),
            ),
            (r#"["\ud800"]"#, "[\"\u{fffd}\"]"),
            ("[1e400]", "[1e400]"),
        ] {
            assert!(are_equal(text, other), "{text} {other}");
            assert!(are_equal(other, text), "{text} {other}");
        }
    }

    #[test]
    fn other_values_are_not_equal_and_what_is_no_json_equals_nothing() {
        for (text, other) in [
            ("{}", "[]"),
            ("[]", "[[]]"),
            ("[1]", "[1,1]"),
            ("[1]", r#"["1"]"#),
            ("[true]", "[false]"),
            ("[null]", "[]"),
            (r#"["a"]"#, r#"["b"]"#),
            (r#"["a","b"]"#, r#"["b","a"]"#),
            (r#"["\ud800"]"#, r#"["?"]"#),
            (r#"{"v":1}"#, r#"{"v":1,"t":1}"#),
            (r#"{"v":1,"t":1}"#, r#"{"v":1}"#),
            (r#"{"v":1}"#, r#"{"V":1}"#),
            (r#"{"v":1}"#, r#"{"v":2}"#),
            (r#"{"v":1}"#, r#"{"v":1}x"#),
            (r#"{"v":1}"#, r#"{"v":1"#),
            (r#"{"v":1}"#, r#"{"v":1,}"#),
            (r#"{"v":true}"#, r#"{"v":tru}"#),
            // A key twice is two values, on whichever side.
            (r#"{"v":1}"#, r#"{"v":1,"v":1}"#),
            (r#"{"v":1,"\u0076":1}"#, r#"{"v":1,"v":1}"#),
            ("[1e400]", "[1e401]"),
        ] {
            assert!(!are_equal(text, other), "{text} {other}");
            assert!(!are_equal(other, text), "{text} {other}");
        }
    }

    #[test]
    fn depth_has_a_limit_and_costs_no_stack() {
        let nested = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(are_equal(&nested(16), &nested(16)));
        assert!(!are_equal(&nested(17), &nested(17)));
        assert!(!are_equal(&nested(60_000), &nested(60_000)));
        assert!(!are_equal(&"[".repeat(60_000), &"[".repeat(60_000)));
    }
}
