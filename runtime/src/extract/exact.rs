//! JSON text as a value, where it has one reading.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::error::Error;
use super::json::Json;
use crate::number::safe_integer;

/// The value of a JSON text in which no object has a key twice, since parsers differ on which one
/// counts. As deep as `serde_json` reads.
pub(super) fn json(text: &str) -> Result<Json, Error> {
    value(text)
        .map(Json)
        .map_err(|error| Error::no_json(&error))
}

fn value(text: &str) -> Result<Value, serde_json::Error> {
    let mut json = serde_json::Deserializer::from_str(text);
    let once = Once {
        may_have_marks: text.contains(MARK) || text.contains('\\'),
    };
    let value = once.deserialize(&mut json)?;
    json.end().map(|()| value)
}

/// Whether the value is the same with all its numbers as floats: no whole number in it has digits that
/// a float loses.
pub(super) fn are_exact_as_floats(value: &Value) -> bool {
    match value {
        Value::Number(number) if number.is_f64() => true,
        Value::Number(number) => number
            .as_f64()
            .is_some_and(|float| safe_integer(float).is_some()),
        Value::Array(elements) => elements.iter().all(are_exact_as_floats),
        Value::Object(members) => members.values().all(are_exact_as_floats),
        Value::Null | Value::Bool(_) | Value::String(_) => true,
    }
}

/// How `serde_json` marks what it hands to itself; a `Value` takes such an object for something else.
const MARK: &str = "$serde_json::private::";

/// The mark of a number, which each has where somebody turned on `serde_json/arbitrary_precision`.
const MARK_OF_A_NUMBER: &str = "$serde_json::private::Number";

/// Whether `serde_json` would take an object with this key for something else.
pub(super) fn is_mark_of_serde_json(key: &str) -> bool {
    key.starts_with(MARK)
}

/// Reads a value with each key once.
#[derive(Clone, Copy)]
struct Once {
    /// Whether the text may have a key with the library's mark, as it stands or with escapes in it.
    may_have_marks: bool,
}

impl<'de> DeserializeSeed<'de> for Once {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Once {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON with each key once")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        let number = Number::from_f64(value);
        number
            .map(Value::Number)
            .ok_or_else(|| E::custom("a number out of range"))
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        let mut all = Vec::new();
        while let Some(element) = elements.next_element_seed(self)? {
            all.push(element);
        }
        Ok(Value::Array(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut all = Map::new();
        while let Some(key) = members.next_key::<String>()? {
            if key == MARK_OF_A_NUMBER && !self.may_have_marks {
                return number(&members.next_value::<String>()?);
            }
            if is_mark_of_serde_json(&key) {
                return Err(A::Error::custom("a key of the JSON library's own"));
            }
            let value = members.next_value_seed(self)?;
            if all.insert(key, value).is_some() {
                return Err(A::Error::custom("a key that stands twice"));
            }
        }
        Ok(Value::Object(all))
    }
}

fn number<E: serde::de::Error>(digits: &str) -> Result<Value, E> {
    let number: Number = digits.parse().map_err(E::custom)?;
    let is_finite = number.as_f64().is_some_and(f64::is_finite);
    let number = is_finite.then_some(Value::Number(number));
    number.ok_or_else(|| E::custom("a number out of range"))
}

#[cfg(test)]
mod tests {
    use serde::de::DeserializeSeed as _;
    use serde::de::value::MapDeserializer;
    use serde_json::json;

    use super::{Once, are_exact_as_floats, value};

    #[test]
    fn a_text_is_the_value_that_the_library_reads() {
        let text = r#" {"a":[null,true,-1,2,1.5e3,"\u0062"],"c":{"a":{}}} "#;
        let expected = json!({"a": [null, true, -1, 2, 1500.0, "b"], "c": {"a": {}}});
        assert_eq!(value(text).unwrap(), expected);
    }

    #[test]
    fn a_key_twice_has_no_value_at_any_depth() {
        for text in [
            r#"{"a":1,"a":1}"#,
            r#"{"a":1,"\u0061":2}"#,
            r#"[{"b":{"a":1,"a":2}}]"#,
            "",
            "{} {}",
            r#"{"a":1e999}"#,
        ] {
            assert!(value(text).is_err(), "{text}");
        }
        let deep = "[".repeat(100_000);
        assert!(value(&deep).is_err());
    }

    #[test]
    fn numbers_that_a_float_cannot_tell_apart_are_noticed_at_any_depth() {
        for told in [
            "9007199254740991",
            "-9007199254740991",
            "1e300",
            "0.1",
            r#"[{"a":"x"},null]"#,
        ] {
            assert!(are_exact_as_floats(&value(told).unwrap()), "{told}");
        }
        for untold in [
            "9007199254740992",
            "-9007199254740993",
            r#"[{"a":[18446744073709551615]}]"#,
        ] {
            assert!(!are_exact_as_floats(&value(untold).unwrap()), "{untold}");
        }
    }

    /// As `serde_json` hands over a number where somebody turned on `arbitrary_precision`.
    #[test]
    fn a_number_is_one_with_its_mark_too() {
        let read = |digits: &str, may_have_marks| {
            let marked = [("$serde_json::private::Number", digits)].into_iter();
            let source = MapDeserializer::<_, serde_json::Error>::new(marked);
            Once { may_have_marks }.deserialize(source).ok()
        };
        assert_eq!(read("1.5", false), Some(json!(1.5)));
        assert_eq!(read("1700003600", false), Some(json!(1_700_003_600)));
        assert_eq!(read("1e400", false), None);
        assert_eq!(read("x", false), None);
        // Where the text may have that key itself, nobody can say which it is.
        assert_eq!(read("1.5", true), None);
    }

    #[test]
    fn a_key_of_the_librarys_own_has_no_value() {
        for key in ["RawValue", "Number"] {
            let text = format!(r#"[{{"$serde_json::private::{key}":"1"}}]"#);
            assert!(value(&text).is_err(), "{text}");
        }
    }
}
