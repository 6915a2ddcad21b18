//! A serde deserializer for the claims of a request. Only declared claims are read.

use std::cell::OnceCell;
use std::iter;

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;

use super::error::Error;
use super::text::{self, TargetType};
use crate::claims::supertokens::SUBJECT;
use crate::token::ClaimSource;
use crate::value::json::is_private_key;
use crate::value::number::safe_integer;
use crate::value::{RawClaim, ReadError};

/// The key that is reported if all claims are missing or unreadable: every token has a user.
pub(super) const FALLBACK_KEY: &str = SUBJECT.claim().key;

/// The maximum number of claims. The limit bounds the cost, because each claim is looked up separately. A
/// session has about 20.
const MAX_CLAIMS: usize = 256;

/// Deserializes all claims of a request.
#[derive(Clone, Copy)]
pub(super) struct ClaimsDeserializer<'a> {
    pub(super) claims: &'a ClaimSource<'a>,
    /// The first claim whose value is uncertain. It rejects the request even if the type has a default.
    pub(super) fatal: &'a OnceCell<Error>,
}

impl ClaimsDeserializer<'_> {
    /// Visits the claims as a map. Without a list of fields, all claims are read.
    fn visit<'de, V: Visitor<'de>>(
        self,
        fields: Option<&'static [&'static str]>,
        visitor: V,
    ) -> Result<V::Value, Error> {
        // The gateway omits a claim that is `null`, so the text is the same as for a token without the claim.
        // A type may treat these cases differently, so a token in the header could choose between them.
        let mut declared = fields.unwrap_or_default().iter();
        let is_null = |key: &&&str| matches!(self.claims.get(key), Err(ReadError::Null));
        if let Some(key) = declared.find(|key| self.claims.is_bound() && is_null(key)) {
            let _ = self.fatal.set(Error::new(ReadError::Null).with_key(key));
        }
        let keys = self.claims.keys().and_then(|keys| {
            let is_allowed = keys.len() <= MAX_CLAIMS;
            is_allowed.then_some(keys).ok_or(ReadError::Unreadable)
        });
        let keys = self.record_fatal(FALLBACK_KEY, keys.map_err(Error::new))?;
        // A `serde_json::Value` would parse the JSON under such a key as the whole map.
        let private = keys
            .iter()
            .find(|key| fields.is_none() && is_private_key(key));
        if let Some(key) = private {
            return self.record_fatal(key, Err(Error::unreadable("JSON")));
        }
        let claims = keys.into_iter().map(|key| {
            let claim = ClaimDeserializer {
                all: self,
                key,
                is_declared: fields.is_none_or(|fields| fields.contains(&key)),
                element: None,
            };
            (key, claim)
        });
        visitor.visit_map(MapDeserializer::new(claims))
    }

    /// Adds the key to an error. If the error is fatal, records it for the rejection and returns an error for
    /// a missing claim in its place.
    fn record_fatal<T>(self, key: &str, read: Result<T, Error>) -> Result<T, Error> {
        read.map_err(|error| {
            let error = error.with_key(key);
            if !error.is_fatal() {
                return error;
            }
            let _ = self.fatal.set(error);
            Error::new(ReadError::Missing)
        })
    }
}

impl<'de> Deserializer<'de> for ClaimsDeserializer<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.visit(None, visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.visit(Some(fields), visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// Deserializes one claim, or the only element of a list that is text. The claim is looked up when its value
/// is requested.
#[derive(Clone, Copy)]
struct ClaimDeserializer<'a> {
    all: ClaimsDeserializer<'a>,
    key: &'a str,
    /// Whether the type has a field for this claim.
    is_declared: bool,
    element: Option<&'a str>,
}

impl ClaimDeserializer<'_> {
    /// The claim's value. Text is read as the target type.
    fn value(self, ty: TargetType) -> Result<Value, Error> {
        let claims = self.all.claims;
        let claim = match self.element {
            Some(element) => RawClaim::GatewayText(element),
            None => claims.get(self.key).map_err(Error::new)?,
        };
        match claim {
            RawClaim::Exact(value) if claims.is_bound() => {
                let value = with_exact_numbers(value.into_owned());
                value.ok_or_else(|| Error::unreadable("whole number"))
            }
            claim => text::value(claim, ty),
        }
    }

    /// Whether the claim is neither missing nor `null`.
    fn is_present(self) -> Result<bool, Error> {
        match self.all.claims.get(self.key) {
            Ok(_) => Ok(true),
            Err(ReadError::Missing | ReadError::Null) => Ok(false),
            Err(unread) => self.all.record_fatal(self.key, Err(Error::new(unread))),
        }
    }

    /// The only element, if the claim is a list in text.
    fn only_element(self) -> Result<Option<Self>, Error> {
        let element = match self.all.claims.get(self.key) {
            Ok(list) if self.element.is_none() => text::only_element(&list)?,
            _ => None,
        };
        Ok(element.map(|_| Self { element, ..self }))
    }
}

/// Returns the value with its numbers as far as the gateway confirms them: numbers in the text and the token
/// were compared as floats, regardless of their spelling. Returns `None` if an integer is not exact as a
/// float.
fn with_exact_numbers(value: Value) -> Option<Value> {
    match value {
        Value::Number(number) => match number.as_f64().and_then(safe_integer) {
            Some(integer) => Some(integer.into()),
            None => number.is_f64().then_some(Value::Number(number)),
        },
        Value::Array(elements) => elements.into_iter().map(with_exact_numbers).collect(),
        Value::Object(members) => {
            let members = members.into_iter();
            members
                .map(|(key, value)| Some((key, with_exact_numbers(value)?)))
                .collect()
        }
        other => Some(other),
    }
}

impl IntoDeserializer<'_, Error> for ClaimDeserializer<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Reads the claim as the target type, then deserializes the value like `serde_json`.
macro_rules! as_declared {
    ($($ty:ident: $($method:ident($($argument:ident: $type:ty),*))*;)*) => {
        $($(
            fn $method<V: Visitor<'de>>(
                self,
                $($argument: $type,)*
                visitor: V,
            ) -> Result<V::Value, Error> {
                let value = self.value(TargetType::$ty);
                let read = value.and_then(|value| Ok(value.$method($($argument,)* visitor)?));
                self.all.record_fatal(self.key, read)
            }
        )*)*
    };
}

impl<'de> Deserializer<'de> for ClaimDeserializer<'_> {
    type Error = Error;

    as_declared! {
        Boolean: deserialize_bool();
        Integer:
            deserialize_i8() deserialize_i16() deserialize_i32() deserialize_i64()
            deserialize_u8() deserialize_u16() deserialize_u32() deserialize_u64()
            deserialize_i128() deserialize_u128();
        Float: deserialize_f32() deserialize_f64();
        String:
            deserialize_char() deserialize_str() deserialize_string()
            deserialize_enum(name: &'static str, variants: &'static [&'static str]);
        Object:
            deserialize_map()
            deserialize_struct(name: &'static str, fields: &'static [&'static str]);
        Other: deserialize_identifier();
    }

    forward_to_deserialize_any! { bytes byte_buf unit unit_struct tuple tuple_struct }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        // If no type is declared, `null` is a value like any other.
        let value = match self.all.claims.get(self.key) {
            Err(ReadError::Null) => Ok(Value::Null),
            _ => self.value(TargetType::Other),
        };
        let read = value.and_then(|value| Ok(value.deserialize_any(visitor)?));
        self.all.record_fatal(self.key, read)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let read = match self.only_element() {
            Ok(Some(element)) => visitor.visit_seq(SeqDeserializer::new(iter::once(element))),
            Ok(None) => {
                let list = self.value(TargetType::List);
                list.and_then(|list| Ok(list.deserialize_seq(visitor)?))
            }
            Err(error) => Err(error),
        };
        self.all.record_fatal(self.key, read)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        // In a list, `null` is a string from the gateway, but the value `null` from an emulator.
        if self.element == Some("null") {
            return self.all.record_fatal(self.key, Err(Error::ambiguous()));
        }
        if self.is_present()? {
            visitor.visit_some(self)
        } else {
            visitor.visit_none()
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_declared {
            self.is_present()?;
        }
        visitor.visit_unit()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn normalizes_the_spelling_of_numbers() {
        for spelled in ["[5]", "[5.0]", "[5e0]", "[0.5e1]"] {
            let value = serde_json::from_str(spelled).unwrap();
            assert_eq!(with_exact_numbers(value), Some(json!([5])), "{spelled}");
        }
        for kept in [json!({"a": [0.1, -5, 1e300, "5.0", null, true]}), json!(0)] {
            assert_eq!(with_exact_numbers(kept.clone()), Some(kept));
        }
        assert_eq!(with_exact_numbers(json!(-0.0)), Some(json!(0)));
    }

    #[test]
    fn rejects_integers_that_are_not_exact_as_floats() {
        for safe in [
            json!(9_007_199_254_740_991_i64),
            json!(-9_007_199_254_740_991_i64),
        ] {
            assert_eq!(with_exact_numbers(safe.clone()), Some(safe));
        }
        for unsafe_integer in [
            json!(9_007_199_254_740_992_i64),
            json!(-9_007_199_254_740_993_i64),
            json!([{"a": [u64::MAX]}]),
        ] {
            assert_eq!(with_exact_numbers(unsafe_integer), None);
        }
    }
}
