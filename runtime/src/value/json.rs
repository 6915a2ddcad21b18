//! Parses JSON text into `serde_json` values, and rejects text that parsers read differently.
//!
//! If the guard read a claim differently from the issuer, this would be a vulnerability. Parsers disagree on
//! duplicate keys, and `serde_json` gives some private keys a special meaning; both are errors here.
//! `serde_json` also rounds some decimal fractions differently, so numbers are parsed here.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Number, Value};

/// The text is not valid JSON, is nested too deeply, or contains a duplicate key, a lone surrogate, a number
/// outside the range of a float, or a private key of `serde_json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Malformed;

impl From<serde_json::Error> for Malformed {
    fn from(_: serde_json::Error) -> Self {
        Self
    }
}

/// The maximum number of nested objects and arrays in a value.
pub(crate) const MAX_DEPTH: usize = 64;

/// Whether `serde_json` gives an object that starts with this key a special meaning.
pub(crate) fn is_private_key(key: &str) -> bool {
    key.starts_with("$serde_json::private::")
}

/// The unparsed members of a JSON object, in their order.
pub(crate) struct Members<'a, K = Key<'a>>(pub(crate) Vec<(K, &'a RawValue)>);

/// The key of a member, borrowed unless it has escapes.
#[derive(Deserialize)]
pub(crate) struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'a> Members<'a> {
    pub(crate) fn parse(object: &'a str) -> Result<Self, Malformed> {
        Ok(serde_json::from_str(object)?)
    }

    /// The JSON text of a member. A key that occurs twice is an error: the gateway uses the last value, other
    /// parsers use the first one.
    pub(crate) fn get(&self, key: &str) -> Result<Option<&'a RawValue>, Malformed> {
        let mut found = self.0.iter().filter(|(name, _)| name.0 == key);
        match (found.next(), found.next()) {
            (found, None) => Ok(found.map(|(_, value)| *value)),
            (_, Some(_)) => Err(Malformed),
        }
    }

    /// The key and JSON text of each member.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &'a RawValue)> {
        self.0.iter().map(|(key, value)| (&*key.0, *value))
    }
}

/// Whether the JSON text is `null`.
pub(crate) fn is_null(json: &RawValue) -> bool {
    json.get() == "null"
}

impl<'de, K: Deserialize<'de>> Deserialize<'de> for Members<'de, K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members(Vec::with_capacity(16)))
    }
}

/// Appends the object's members.
impl<'de, K: Deserialize<'de>> Visitor<'de> for Members<'de, K> {
    type Value = Self;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Self, A::Error> {
        while let Some(member) = map.next_entry()? {
            self.0.push(member);
        }
        Ok(self)
    }
}

/// Parses a JSON text.
pub(crate) fn value(json: &str) -> Result<Value, Malformed> {
    value_up_to(serde_json::from_str(json)?, MAX_DEPTH)
}

/// Parses a JSON text with at most this many nested objects and arrays. Recurses once for each of them;
/// `serde_json` itself does not recurse for a `RawValue`.
pub(crate) fn value_up_to(json: &RawValue, max_depth: usize) -> Result<Value, Malformed> {
    let json = json.get();
    let below = || max_depth.checked_sub(1).ok_or(Malformed);
    Ok(match json.bytes().next() {
        Some(b'{') => Value::Object(parse_object(json, below()?)?),
        Some(b'[') => {
            let below = below()?;
            let elements: Vec<&RawValue> = serde_json::from_str(json)?;
            let mut values = Vec::with_capacity(elements.len());
            for element in elements {
                values.push(value_up_to(element, below)?);
            }
            Value::Array(values)
        }
        Some(b'"') => Value::String(serde_json::from_str(json)?),
        Some(b't' | b'f') => Value::Bool(json == "true"),
        Some(b'n') => Value::Null,
        _ => Value::Number(parse_number(json)?),
    })
}

fn parse_object(json: &str, max_depth: usize) -> Result<Map<String, Value>, Malformed> {
    let Members(members) = Members::parse(json)?;
    let mut object = Map::new();
    for (Key(key), value) in members {
        let value = value_up_to(value, max_depth)?;
        if is_private_key(&key) || object.insert(key.into_owned(), value).is_some() {
            return Err(Malformed);
        }
    }
    Ok(object)
}

/// Numbers are not parsed by `serde_json`, because it does not always return the nearest float, and it keeps
/// all digits if a crate in the build enables its feature `arbitrary_precision`.
fn parse_number(json: &str) -> Result<Number, Malformed> {
    let integer = json.parse::<i64>().map(Number::from);
    match integer.or_else(|_| json.parse::<u64>().map(Number::from)) {
        // As an integer, `-0` would lose its sign.
        Ok(integer) if json != "-0" => Ok(integer),
        _ => {
            let float = json.parse().ok();
            float.and_then(Number::from_f64).ok_or(Malformed)
        }
    }
}

/// Whether two values are equal. Numbers are compared as floats, regardless of their spelling.
pub(crate) fn are_equal(value: &Value, other: &Value) -> bool {
    match (value, other) {
        (Value::Number(number), Value::Number(other)) => number.as_f64() == other.as_f64(),
        (Value::Array(elements), Value::Array(others)) => {
            let mut pairs = elements.iter().zip(others);
            elements.len() == others.len() && pairs.all(|(value, other)| are_equal(value, other))
        }
        (Value::Object(members), Value::Object(others)) => {
            let mut pairs = members.iter().map(|(key, value)| (value, others.get(key)));
            members.len() == others.len()
                && pairs.all(|(value, other)| other.is_some_and(|other| are_equal(value, other)))
        }
        _ => value == other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn reads_a_value_as_serde_json_does() {
        for text in [
            r#" {"a":[null,true,-1,2,1.5e3,"\u0062"],"c":{"a":{}}} "#.trim(),
            "[ ]",
            r#""\ud83d\ude00""#,
            "18446744073709551615",
            "-9223372036854775808",
            "null",
        ] {
            let expected = serde_json::from_str(text).unwrap();
            assert!(are_equal(&value(text).unwrap(), &expected), "{text}");
        }
    }

    #[test]
    fn reads_minus_zero_as_a_float() {
        assert_eq!(value("-0").unwrap().to_string(), "-0.0");
        assert_eq!(value("0").unwrap().to_string(), "0");
        assert_eq!(value("-1").unwrap().to_string(), "-1");
    }

    #[test]
    fn rejects_duplicate_keys_at_any_depth() {
        for text in [
            r#"{"a":1,"a":1}"#,
            r#"{"a":1,"\u0061":2}"#,
            r#"[{"b":{"a":1,"a":2}}]"#,
        ] {
            assert_eq!(value(text), Err(Malformed), "{text}");
        }
    }

    #[test]
    fn rejects_anything_other_than_one_json_value() {
        for text in [
            "",
            "{} {}",
            r#"{"a":1"#,
            r#"{"a":1}x"#,
            "[1,]",
            "[1 2]",
            "nul",
            "01",
            "1.",
            "-",
            "{1:2}",
        ] {
            assert_eq!(value(text), Err(Malformed), "{text}");
        }
    }

    #[test]
    fn rejects_lone_surrogates_and_numbers_outside_the_range_of_a_float() {
        for text in [r#"["\ud800"]"#, r#"{"\udc00":1}"#, "1e999", "[-1e400]"] {
            assert_eq!(value(text), Err(Malformed), "{text}");
        }
    }

    #[test]
    fn rejects_private_keys_of_serde_json() {
        for key in ["RawValue", "Number"] {
            let text = format!(r#"[{{"$serde_json::private::{key}":"1"}}]"#);
            assert_eq!(value(&text), Err(Malformed), "{text}");
            let text = format!(r#"{{"\u0024serde_json::private::{key}":"1"}}"#);
            assert_eq!(value(&text), Err(Malformed), "{text}");
        }
    }

    /// Without its feature `float_roundtrip`, `serde_json` does not always return the nearest float.
    #[test]
    fn reads_a_decimal_fraction_as_the_nearest_float() {
        for text in [
            "2.2250738585072011e-308",
            "1.7976931348623157e308",
            "0.1e-6",
        ] {
            let expected: f64 = text.parse().unwrap();
            assert_eq!(value(text), Ok(json!(expected)), "{text}");
        }
    }

    #[test]
    fn limits_the_depth_without_recursion() {
        let nested = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(value(&nested(64)).is_ok());
        assert_eq!(value(&nested(65)), Err(Malformed));
        assert_eq!(value(&"[".repeat(100_000)), Err(Malformed));
        let up_to_3 = |json: &str| value_up_to(serde_json::from_str(json).unwrap(), 3);
        assert!(up_to_3(&nested(3)).is_ok());
        assert_eq!(up_to_3(&nested(4)), Err(Malformed));
        // Brackets in strings do not count, and an escaped quote does not end a string.
        let string = format!(r#"["{}\"{}"]"#, "[".repeat(100), "{".repeat(100));
        assert!(value(&string).is_ok());
        // Closed brackets do not count.
        assert!(value(&format!("[{}[]]", "[],".repeat(100))).is_ok());
    }

    #[test]
    fn finds_a_member_by_its_key_unless_it_occurs_twice() {
        let text = r#"{"sub": "a", "\u0073ub": "b", "exp": 1.70e3, "x": {"v": 1}}"#;
        let members = Members::parse(text).unwrap();
        let get = |key| members.get(key).map(|found| found.map(RawValue::get));
        assert_eq!(get("sub"), Err(Malformed));
        assert_eq!(get("exp"), Ok(Some("1.70e3")));
        assert_eq!(get("x"), Ok(Some(r#"{"v": 1}"#)));
        assert_eq!(get("v"), Ok(None));
        let keys: Vec<&str> = members.iter().map(|(key, _)| key).collect();
        assert_eq!(keys, ["sub", "sub", "exp", "x"]);
        for text in ["", "null", "[]", "{}{}", r#"{"a":1"#, r#"{"a":}"#, "\"a\""] {
            assert!(Members::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn compares_values_regardless_of_spelling() {
        let equal =
            |text: &str, other: &str| are_equal(&value(text).unwrap(), &value(other).unwrap());
        for (text, other) in [
            (
                r#"{"v":["a"],"t":17e11}"#,
                r#"{"t":1700000000000,"v":["a"]}"#,
            ),
            ("[[],{},null,true,-0]", "[[],{},null,true,0]"),
            ("[9007199254740993]", "[9007199254740992]"),
        ] {
            assert!(equal(text, other), "{text} {other}");
        }
        for (text, other) in [
            ("{}", "[]"),
            ("[1]", "[1,1]"),
            ("[1]", r#"["1"]"#),
            ("[null]", "[]"),
            (r#"["a","b"]"#, r#"["b","a"]"#),
            (r#"{"v":1}"#, r#"{"v":1,"t":1}"#),
            (r#"{"v":1}"#, r#"{"V":1}"#),
            (r#"{"v":null}"#, r#"{"t":null}"#),
            (r#"{"v":1}"#, r#"{"v":2}"#),
        ] {
            assert!(!equal(text, other), "{text} {other}");
            assert!(!equal(other, text), "{text} {other}");
        }
    }
}
