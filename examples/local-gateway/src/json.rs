//! JSON as Go's decoder sees it, with every number in the spelling of its source.
//!
//! `serde_json::Value` does not fit: it forgets how a number was written, and it refuses the
//! lone surrogates for which Go puts U+FFFD.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Deeper than any token's claims, and shallow enough for the stack.
const MAX_DEPTH: usize = 128;

/// One JSON value.
#[derive(Clone, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    /// A number as its source spells it.
    Number(String),
    Text(String),
    List(Vec<Json>),
    /// Of a key that comes twice, the last value counts, as in Go.
    Object(BTreeMap<String, Json>),
}

impl Json {
    /// Reads one JSON text.
    pub(crate) fn parse(text: &str) -> Result<Self, serde_json::Error> {
        let raw: &RawValue = serde_json::from_str(text)?;
        Self::from_raw(raw.get(), 0)
    }

    fn from_raw(raw: &str, depth: usize) -> Result<Self, serde_json::Error> {
        if depth > MAX_DEPTH {
            return Err(serde::de::Error::custom("nested too deeply"));
        }
        Ok(match raw.as_bytes().first() {
            Some(b'{') => {
                let Members(members) = serde_json::from_str(raw)?;
                let mut object = BTreeMap::new();
                for (key, value) in members {
                    object.insert(unescape(key.get()), Self::from_raw(value.get(), depth + 1)?);
                }
                Self::Object(object)
            }
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(raw)?;
                let items = items
                    .into_iter()
                    .map(|item| Self::from_raw(item.get(), depth + 1));
                Self::List(items.collect::<Result<_, _>>()?)
            }
            Some(b'"') => Self::Text(unescape(raw)),
            Some(b't') => Self::Bool(true),
            Some(b'f') => Self::Bool(false),
            Some(b'n') => Self::Null,
            _ => Self::Number(raw.to_owned()),
        })
    }

    /// The member of an object.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.get(key),
            _ => None,
        }
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Number(spelling) => spelling
                .parse()
                .ok()
                .filter(|number: &f64| number.is_finite()),
            _ => None,
        }
    }
}

/// The members of an object in their order, undecoded: a key may hold a lone surrogate too.
struct Members<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;

        impl<'de> Visitor<'de> for Collect {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Collect)
    }
}

/// Decodes a string literal that the scanner has found well-formed.
fn unescape(literal: &str) -> String {
    let inner = literal.strip_prefix('"').unwrap_or(literal);
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    let mut text = String::with_capacity(inner.len());
    let mut rest = inner.chars();
    while let Some(c) = rest.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match rest.next() {
            Some('b') => text.push('\u{8}'),
            Some('f') => text.push('\u{c}'),
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('t') => text.push('\t'),
            Some('u') => text.push(code_point(&mut rest)),
            Some(itself) => text.push(itself),
            None => {}
        }
    }
    text
}

/// What follows `\u`: a character, a pair of surrogates, or half of one.
fn code_point(rest: &mut std::str::Chars<'_>) -> char {
    let Some(first) = four_digits(rest) else {
        return char::REPLACEMENT_CHARACTER;
    };
    if let Some(c) = char::from_u32(first) {
        return c;
    }
    let mut ahead = rest.clone();
    if ahead.next() == Some('\\') && ahead.next() == Some('u') {
        let second = four_digits(&mut ahead).unwrap_or_default();
        if (0xd800..0xdc00).contains(&first) && (0xdc00..0xe000).contains(&second) {
            *rest = ahead;
            let combined = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
            return char::from_u32(combined).unwrap_or(char::REPLACEMENT_CHARACTER);
        }
    }
    char::REPLACEMENT_CHARACTER
}

fn four_digits(chars: &mut std::str::Chars<'_>) -> Option<u32> {
    (0..4).try_fold(0, |number, _| {
        Some(number * 16 + chars.next()?.to_digit(16)?)
    })
}

#[cfg(test)]
mod tests {
    use super::Json;

    fn text(json: &str) -> String {
        Json::parse(json).unwrap().as_text().unwrap().to_owned()
    }

    #[test]
    fn a_pair_of_surrogates_is_one_character_and_half_a_pair_is_the_replacement() {
        assert_eq!(text(r#""\ud83d\ude00""#), "😀");
        assert_eq!(text(r#""\ud83d!""#), "\u{fffd}!");
        assert_eq!(text(r#""\ude00\ud83d""#), "\u{fffd}\u{fffd}");
        assert_eq!(text(r#""\ud83d\u0041""#), "\u{fffd}A");
        assert_eq!(text(r#""\ud83d\ud83d\ude00""#), "\u{fffd}😀");
    }

    #[test]
    fn every_escape_is_decoded() {
        assert_eq!(
            text(r#""\"\\\/\b\f\n\r\t\u00e4<&>""#),
            "\"\\/\u{8}\u{c}\n\r\tä<&>"
        );
    }

    #[test]
    fn of_a_key_that_comes_twice_the_last_value_counts() {
        let json = Json::parse(r#"{"a":1,"\u0061":2}"#).unwrap();
        assert_eq!(json.get("a").and_then(Json::as_f64), Some(2.0));
    }

    #[test]
    fn text_that_is_no_json_and_nesting_without_end_are_refused() {
        for bad in [
            "",
            "{",
            "{} {}",
            "01",
            "nul",
            "\"\u{1}\"",
            r#"{"a":1,}"#,
            r#""\u12""#,
        ] {
            assert!(Json::parse(bad).is_err(), "{bad}");
        }
        assert!(Json::parse(&format!("{}{}", "[".repeat(200), "]".repeat(200))).is_err());
        assert!(Json::parse(&format!("{}{}", "[".repeat(100), "]".repeat(100))).is_ok());
    }
}
