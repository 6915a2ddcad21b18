//! A JSON value as the type that is declared: as `serde_json` reads one, but no list fills a struct.

use serde::de::value::{MapAccessDeserializer, MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Error, Map, Number, Value};

/// A claim's value, or a part of it.
pub(super) struct Json(pub(super) Value);

impl IntoDeserializer<'_, Error> for Json {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

fn list<'de, V: Visitor<'de>>(elements: Vec<Value>, visitor: V) -> Result<V::Value, Error> {
    let mut elements = SeqDeserializer::new(elements.into_iter().map(Json));
    let value = visitor.visit_seq(&mut elements)?;
    elements.end().map(|()| value)
}

fn members(
    members: Map<String, Value>,
) -> MapDeserializer<'static, impl Iterator<Item = (Key, Json)>, Error> {
    let members = members.into_iter();
    MapDeserializer::new(members.map(|(key, value)| (Key(key), Json(value))))
}

fn object<'de, V: Visitor<'de>>(object: Map<String, Value>, visitor: V) -> Result<V::Value, Error> {
    let mut members = members(object);
    let value = visitor.visit_map(&mut members)?;
    members.end().map(|()| value)
}

impl<'de> Deserializer<'de> for Json {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Array(elements) => list(elements, visitor),
            Value::Object(members) => object(members, visitor),
            scalar => scalar.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Array(elements) => list(elements, visitor),
            other => other.deserialize_seq(visitor),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Object(members) => object(members, visitor),
            other => other.deserialize_map(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        // Serde would take its elements for the fields, one after the other.
        if self.0.is_array() {
            return Err(Error::custom("a list, where an object is declared"));
        }
        self.deserialize_map(visitor)
    }

    /// The name of a variant, or an object of one: the name, and what the variant has.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0 {
            Value::Object(one) if one.len() == 1 => {
                MapAccessDeserializer::new(members(one)).deserialize_enum(name, variants, visitor)
            }
            other => other.deserialize_enum(name, variants, visitor),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct identifier
    }
}

/// The key of a member, which may be declared as a number.
struct Key(String);

impl IntoDeserializer<'_, Error> for Key {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! numbers {
    ($($method:ident)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
                match self.0.parse::<Number>() {
                    Ok(number) => number.$method(visitor),
                    Err(_) => self.deserialize_any(visitor),
                }
            }
        )*
    };
}

impl<'de> Deserializer<'de> for Key {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_string(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        Value::String(self.0).deserialize_enum(name, variants, visitor)
    }

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }

    forward_to_deserialize_any! {
        bool f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map
        struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde::de::DeserializeOwned;
    use serde_json::json;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Team {
        name: String,
        seats: Option<u8>,
    }

    #[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
    struct Id(u8);

    #[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Plan {
        Free,
        Paid(u8),
        Team(String, u8),
        Trial { days: u8 },
    }

    fn read<T: DeserializeOwned>(value: Value) -> Result<T, String> {
        T::deserialize(Json(value)).map_err(|error| error.to_string())
    }

    /// As `serde_json` reads it, or an error where that has one.
    #[track_caller]
    fn is_read_alike<T: DeserializeOwned + std::fmt::Debug + PartialEq>(value: &Value) {
        let expected = T::deserialize(value.clone()).ok();
        assert_eq!(read::<T>(value.clone()).ok(), expected, "{value}");
    }

    #[test]
    fn a_value_is_read_as_the_library_reads_it() {
        let values = [
            json!(null),
            json!(true),
            json!(7),
            json!(-7),
            json!(1.5),
            json!("free"),
            json!("x"),
            json!([]),
            json!([1, 2]),
            json!([{"name": "a", "seats": 1}, {"name": "b"}]),
            json!({}),
            json!({"name": "a", "seats": null}),
            json!({"seats": 1}),
            json!({"name": "a", "seats": 1, "more": [1]}),
            json!({"paid": 1}),
            json!({"team": ["a", 1]}),
            json!({"team": ["a"]}),
            json!({"trial": {"days": 1}}),
            json!({"free": null}),
            json!({"free": 1}),
            json!({"free": null, "paid": 1}),
            json!({"1": true, "2": false}),
            json!({"01": true}),
            json!({"300": true}),
        ];
        for value in &values {
            is_read_alike::<Value>(value);
            is_read_alike::<Option<u8>>(value);
            is_read_alike::<(u8, u8)>(value);
            is_read_alike::<String>(value);
            is_read_alike::<Vec<Team>>(value);
            is_read_alike::<Id>(value);
            is_read_alike::<Plan>(value);
            is_read_alike::<()>(value);
            is_read_alike::<BTreeMap<u8, bool>>(value);
            is_read_alike::<BTreeMap<Id, bool>>(value);
            is_read_alike::<BTreeMap<Plan, Option<u8>>>(value);
            is_read_alike::<BTreeMap<String, Value>>(value);
            if !value.is_array() {
                is_read_alike::<Team>(value);
            }
        }
    }

    #[test]
    fn no_list_fills_a_struct_at_any_depth() {
        #[derive(Debug, Deserialize)]
        struct Company {
            #[expect(dead_code, reason = "what matters is whether it is read")]
            teams: BTreeMap<String, Vec<Option<Team>>>,
        }

        #[derive(Debug, Deserialize)]
        #[serde(rename_all = "lowercase")]
        enum Owner {
            #[expect(dead_code, reason = "what matters is whether it is read")]
            Team(Team),
        }

        let problem = Err("a list, where an object is declared".to_owned());
        assert_eq!(read::<Team>(json!(["a", 1])), problem);
        assert_eq!(
            read::<Vec<Team>>(json!([["a", 1]])),
            problem.map(|_: Team| Vec::new())
        );
        let company = read::<Company>(json!({"teams": {"x": [["a", 1]]}}));
        assert!(company.unwrap_err().contains("a list"));
        assert!(read::<Plan>(json!({"trial": [1]})).is_err());
        assert!(read::<Owner>(json!({"team": ["a", 1]})).is_err());
        assert!(read::<Owner>(json!({"team": {"name": "a"}})).is_ok());
    }
}
