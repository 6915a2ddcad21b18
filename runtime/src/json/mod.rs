//! READ, exact: JSON text, walked without building values of it.
//!
//! The guard looks at a few members of a text that stays where it is, and allocates nothing for it;
//! a deserializer would build values, or allocate for every level that it skips.

mod equal;
mod sorted;
mod string;
mod walk;

use std::borrow::Cow;

pub(crate) use equal::are_equal;
pub(crate) use sorted::Sorted;
pub(crate) use string::Literal;

use walk::{Items, skip_blanks, split_value};

/// The text is not JSON, not of the shape asked for, too deep, or has a key twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Malformed;

/// How deep a value may be nested to be compared with another, or with a text. SuperTokens' claims
/// have three levels.
pub(crate) const MAX_DEPTH_TO_COMPARE: u8 = 16;

/// The texts of these members of the JSON object `text`, each at most once.
///
/// A key that stands twice has two readings, as parsers differ on which one counts.
pub(crate) fn members<'a, const N: usize>(
    text: &'a str,
    keys: [&str; N],
) -> Result<[Option<&'a str>; N], Malformed> {
    let mut found = [None; N];
    for member in object(text)? {
        let (key, value) = member?;
        let index = keys.iter().position(|wanted| key.is(wanted));
        if let Some(found) = index.and_then(|index| found.get_mut(index))
            && found.replace(value).is_some()
        {
            return Err(Malformed);
        }
    }
    Ok(found)
}

/// The members of the JSON object `text`: key and value, the texts of both. After an error there
/// are no more.
pub(crate) fn object(
    text: &str,
) -> Result<impl Iterator<Item = Result<(Literal<'_>, &str), Malformed>>, Malformed> {
    let mut items = Items::of(text, b'{', b'}')?;
    Ok(std::iter::from_fn(move || {
        items.next_with(|text| {
            let (key, text) = Literal::split(text)?;
            let text = skip_blanks(text).strip_prefix(':').ok_or(Malformed)?;
            let (value, rest) = split_value(skip_blanks(text))?;
            Ok(((key, value), rest))
        })
    }))
}

/// The texts of the elements of the JSON array `text`. After an error there are no more.
pub(crate) fn array(
    text: &str,
) -> Result<impl Iterator<Item = Result<&str, Malformed>>, Malformed> {
    let mut items = Items::of(text, b'[', b']')?;
    Ok(std::iter::from_fn(move || items.next_with(split_value)))
}

/// Whether the JSON array `text` has the string `wanted` among its elements; elements of other
/// types equal no string.
pub(crate) fn array_contains(text: &str, wanted: &str) -> Result<bool, Malformed> {
    let mut found = false;
    for element in array(text)? {
        found |= Literal::of(element?).is_some_and(|name| name.is(wanted));
    }
    Ok(found)
}

/// The JSON string `text`, borrowed unless it has escapes; `None` if it is none, or has half a
/// surrogate pair in it.
pub(crate) fn string(text: &str) -> Option<Cow<'_, str>> {
    Literal::of(text)?.decoded()
}

/// Whether a text could be JSON of a string, an array or an object, or is `null`.
pub(crate) fn may_be_json_text(text: &str) -> bool {
    let text = skip_blanks(text);
    text.starts_with(['"', '[', '{']) || text.strip_prefix("null").map(skip_blanks) == Some("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_the_texts_of_their_values() {
        let text = r#"{"t": 1.70e3, "x": {"v": 1}, "v": ["a", "b"]}"#;
        assert_eq!(
            members(text, ["v", "t", "c"]),
            Ok([Some(r#"["a", "b"]"#), Some("1.70e3"), None])
        );
    }

    #[test]
    fn a_key_is_compared_after_its_escapes() {
        assert_eq!(members(r#"{"\u0076": true}"#, ["v"]), Ok([Some("true")]));
        assert_eq!(
            members(r#"{"v": false, "\u0076": true}"#, ["v"]),
            Err(Malformed)
        );
    }

    #[test]
    fn what_is_no_single_object_is_malformed() {
        for text in [
            "",
            "[]",
            "1",
            "{",
            r#"{"v":1"#,
            "{} {}",
            r#"{"v":1,}"#,
            "null",
            r#"{"v"}"#,
            r#"{,"v":1}"#,
            r#"{"v":1]"#,
            "{v:1}",
            r#"{"v":1 "t":2}"#,
            r#"{"v":[1}}"#,
        ] {
            assert_eq!(members(text, ["v"]), Err(Malformed), "{text}");
        }
    }

    #[test]
    fn depth_has_a_limit_and_costs_no_stack() {
        let nested = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let object = |v: &str| format!(r#"{{"v":{v}}}"#);
        assert!(members(&object(&nested(64)), ["v"]).is_ok());
        assert_eq!(members(&object(&nested(65)), ["v"]), Err(Malformed));
        assert_eq!(members(&object(&nested(100_000)), ["v"]), Err(Malformed));
    }

    #[test]
    fn strings_are_compared_after_their_escapes_and_whole() {
        assert_eq!(array_contains(r#"["\u0061dmin"]"#, "admin"), Ok(true));
        assert_eq!(array_contains(r#"["administrator"]"#, "admin"), Ok(false));
        assert_eq!(
            array_contains(r#"[1, null, ["admin"], "user"]"#, "admin"),
            Ok(false)
        );
        assert_eq!(array_contains(r#""admin""#, "admin"), Err(Malformed));
        assert_eq!(string(r#""\u0061dmin""#).as_deref(), Some("admin"));
        assert_eq!(string("true"), None);
        assert_eq!(string(r#""a"b""#), None);
    }

    #[test]
    fn what_begins_like_a_string_or_a_list_or_an_object_may_be_json() {
        for text in ["\"a\"", "[a", "{}", " \t\r\n[1]", "null", " null\n"] {
            assert!(may_be_json_text(text), "{text}");
        }
        for text in [
            "",
            "a",
            "a[",
            "true",
            "5",
            "map[v:true]",
            "\u{a0}[1]",
            "nulls",
        ] {
            assert!(!may_be_json_text(text), "{text}");
        }
    }

    #[test]
    fn an_item_is_one_only_where_another_one_or_the_end_follows() {
        for text in ["[1 2]", "[1", "[1}", "[1:2]"] {
            assert_eq!(array(text).unwrap().next(), Some(Err(Malformed)), "{text}");
        }
        for text in [r#"{"a":1 "b":2}"#, r#"{"a":1"#, r#"{"a":1]"#] {
            let first = object(text).unwrap().next().unwrap();
            assert!(first.is_err(), "{text}");
        }
    }

    #[test]
    fn each_level_is_closed_as_it_was_opened() {
        // Every way to nest objects and arrays, with an item before and behind what is nested.
        const DEPTH: usize = 5;
        for kinds in 0..1_u32 << DEPTH {
            let is_object = |level: usize| kinds & (1 << level) != 0;
            let text = |wrong: Option<usize>| {
                let mut text = "true".to_owned();
                for level in 0..DEPTH {
                    let close_object = is_object(level) != (wrong == Some(level));
                    let close = if close_object { "}" } else { "]" };
                    text = if is_object(level) {
                        format!(r#"{{"a":1,"b":{text},"c":1{close}"#)
                    } else {
                        format!("[1,{text},1{close}")
                    };
                }
                format!(r#"{{"v":{text}}}"#)
            };
            assert!(members(&text(None), ["v"]).is_ok(), "{}", text(None));
            for level in 0..DEPTH {
                let text = text(Some(level));
                assert_eq!(members(&text, ["v"]), Err(Malformed), "{text}");
            }
        }
    }

    /// What the library says: the texts that it takes for JSON are those that are walked here.
    #[test]
    fn what_is_json_is_what_the_library_takes_for_it() {
        let pieces = [
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            r#""v""#,
            r#""\n""#,
            r#""\x""#,
            r#""\u00e9""#,
            r#""\u00g""#,
            "\"\t\"",
            "\"",
            "true",
            "false",
            "nul",
            "null",
            "1",
            "-",
            "01",
            "1.5e+3",
            "1.",
            " ",
            "\n",
            "é",
        ];
        // A linear congruential generator: the same texts at every run.
        let mut state: u64 = 1;
        let mut random = |below: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            usize::try_from(state >> 33).unwrap() % below
        };
        let mut valid = 0;
        for _ in 0..200_000 {
            let text: String = (0..random(9))
                .map(|_| pieces[random(pieces.len())])
                .collect();
            let text = format!("[{text}]");
            let library = serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok();
            let walked = array(&text).is_ok_and(|mut elements| elements.all(|each| each.is_ok()));
            assert_eq!(walked, library, "{text}");
            valid += u32::from(library);
        }
        assert!(valid > 5_000, "{valid}");
    }
}
