//! READ, exact: JSON text, without building values of it.

use std::borrow::Cow;
use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::value::RawValue;

/// The text is not JSON, not of the shape asked for, or has a key twice.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Malformed;

/// The texts of these members of the JSON object `text`, each at most once.
///
/// A key that stands twice has two readings, as parsers differ on which one counts.
pub(crate) fn members<'a, const N: usize>(
    text: &'a str,
    keys: [&str; N],
) -> Result<[Option<&'a str>; N], Malformed> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let members = deserializer
        .deserialize_map(MembersVisitor(keys))
        .map_err(|_| Malformed)?;
    deserializer.end().map_err(|_| Malformed)?;
    Ok(members)
}

struct MembersVisitor<'k, const N: usize>([&'k str; N]);

impl<'de, const N: usize> Visitor<'de> for MembersVisitor<'_, N> {
    type Value = [Option<&'de str>; N];

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = [None; N];
        while let Some(index) = map.next_key_seed(KeySeed(&self.0))? {
            let Some(member) = index.and_then(|index| members.get_mut(index)) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let value: &RawValue = map.next_value()?;
            if member.replace(value.get()).is_some() {
                return Err(A::Error::custom("duplicate key"));
            }
        }
        Ok(members)
    }
}

/// Reads a key as its index among the keys asked for.
struct KeySeed<'k, const N: usize>(&'k [&'k str; N]);

impl<'de, const N: usize> DeserializeSeed<'de> for KeySeed<'_, N> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<const N: usize> Visitor<'_> for KeySeed<'_, N> {
    type Value = Option<usize>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().position(|wanted| *wanted == key))
    }
}

/// The JSON string `text`, borrowed unless it has escapes; `None` if it is none.
pub(crate) fn string(text: &str) -> Option<Cow<'_, str>> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    deserializer.deserialize_str(StringVisitor).ok()
}

struct StringVisitor;

impl<'de> Visitor<'de> for StringVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

/// Whether the JSON array `text` has the string `wanted` among its elements; elements of other
/// types equal no string.
pub(crate) fn array_contains(text: &str, wanted: &str) -> Result<bool, Malformed> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let found = deserializer
        .deserialize_seq(ContainsVisitor(wanted))
        .map_err(|_| Malformed)?;
    deserializer.end().map_err(|_| Malformed)?;
    Ok(found)
}

struct ContainsVisitor<'w>(&'w str);

impl<'de> Visitor<'de> for ContainsVisitor<'_> {
    type Value = bool;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<bool, A::Error> {
        let mut found = false;
        while let Some(element) = elements.next_element::<&RawValue>()? {
            found |= string(element.get()).is_some_and(|name| name == self.0);
        }
        Ok(found)
    }
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
        ] {
            assert_eq!(members(text, ["v"]), Err(Malformed), "{text}");
        }
    }

    #[test]
    fn depth_costs_no_stack() {
        let v = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        let text = format!(r#"{{"v":{v}}}"#);
        assert_eq!(members(&text, ["v"]), Ok([Some(v.as_str())]));
        assert_eq!(array_contains(&v, "admin"), Ok(false));
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
        assert_eq!(string("true"), None);
    }
}
