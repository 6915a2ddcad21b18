//! All claims as one map for serde, of which only the declared ones are read.

use std::cell::OnceCell;
use std::iter;

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;

use super::error::Error;
use super::text::{self, Declared};
use crate::claims::supertokens::SUBJECT;
use crate::token::ClaimSource;
use crate::value::json::is_private_key;
use crate::value::number::safe_integer;
use crate::value::{RawClaim, Unread};

/// The claim that is reported where all claims are missing or unreadable: every token has a user.
pub(super) const KEY_OF_ALL: &str = SUBJECT.claim().key;

/// Each claim is looked up on its own, so their number is limited. A session has about 20.
const MAX_CLAIMS: usize = 256;

/// All claims of a request.
#[derive(Clone, Copy)]
pub(super) struct AllClaims<'a> {
    pub(super) claims: &'a ClaimSource<'a>,
    /// The first claim whose value is uncertain. The request is denied even if the type has a default.
    pub(super) doubt: &'a OnceCell<Error>,
}

impl AllClaims<'_> {
    /// Offers the claims as a map. Without a list of fields, all of them are read.
    fn visit<'de, V: Visitor<'de>>(
        self,
        fields: Option<&'static [&'static str]>,
        visitor: V,
    ) -> Result<V::Value, Error> {
        // Text without a claim is that of a token without it, or with `null`. A field may have a default
        // for one of them, so the header would choose.
        let mut declared = fields.unwrap_or_default().iter();
        let is_null = |key: &&&str| matches!(self.claims.get(key), Err(Unread::Null));
        if let Some(key) = declared.find(|key| self.claims.is_bound() && is_null(key)) {
            let _ = self.doubt.set(Error::new(Unread::Null).of(key));
        }
        let keys = self.claims.keys().and_then(|keys| {
            let is_allowed = keys.len() <= MAX_CLAIMS;
            is_allowed.then_some(keys).ok_or(Unread::Unreadable)
        });
        let keys = self.record_doubt(KEY_OF_ALL, keys.map_err(Error::new))?;
        // A `Value` would take the JSON under such a key for all of them.
        let private = keys
            .iter()
            .find(|key| fields.is_none() && is_private_key(key));
        if let Some(key) = private {
            return self.record_doubt(key, Err(Error::unreadable("JSON")));
        }
        let claims = keys.into_iter().map(|key| {
            let claim = Claim {
                all: self,
                key,
                is_declared: fields.is_none_or(|fields| fields.contains(&key)),
                element: None,
            };
            (key, claim)
        });
        visitor.visit_map(MapDeserializer::new(claims))
    }

    /// Adds the key to an error, and records it if the declared type must not replace it by a default.
    /// The caller then sees a missing claim; the recorded error is reported.
    fn record_doubt<T>(self, key: &str, read: Result<T, Error>) -> Result<T, Error> {
        read.map_err(|error| {
            let error = error.of(key);
            if !error.is_doubt() {
                return error;
            }
            let _ = self.doubt.set(error);
            Error::new(Unread::Missing)
        })
    }
}

impl<'de> Deserializer<'de> for AllClaims<'_> {
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

/// One claim, or the only element of a list that is text. Looked up when its value is asked for.
#[derive(Clone, Copy)]
struct Claim<'a> {
    all: AllClaims<'a>,
    key: &'a str,
    /// Whether the type has a field for this claim.
    is_declared: bool,
    element: Option<&'a str>,
}

impl Claim<'_> {
    /// The claim as a value of this type, which matters for text.
    fn value(self, ty: Declared) -> Result<Value, Error> {
        let claims = self.all.claims;
        let claim = match self.element {
            Some(element) => RawClaim::GatewayText(element),
            None => claims.get(self.key).map_err(Error::new)?,
        };
        match claim {
            RawClaim::Exact(value) if claims.is_bound() => {
                let value = with_vouched_numbers(value.into_owned());
                value.ok_or_else(|| Error::unreadable("whole number"))
            }
            claim => text::value(claim, ty),
        }
    }

    fn is_there(self) -> Result<bool, Error> {
        match self.all.claims.get(self.key) {
            Ok(_) => Ok(true),
            Err(Unread::Missing | Unread::Null) => Ok(false),
            Err(unread) => self.all.record_doubt(self.key, Err(Error::new(unread))),
        }
    }

    /// The only element of a list that is text.
    fn only_element(self) -> Result<Option<Self>, Error> {
        match self.all.claims.get(self.key) {
            Ok(RawClaim::GatewayText(text)) if self.element.is_none() => {
                let element = Some(text::only_element(text)?);
                Ok(Some(Self { element, ..self }))
            }
            _ => Ok(None),
        }
    }
}

/// The value with its numbers as far as the gateway vouches for them: a token is bound by numbers as
/// floats, whatever their spelling. None if an integer has digits that a float loses.
fn with_vouched_numbers(value: Value) -> Option<Value> {
    match value {
        Value::Number(number) => match number.as_f64().and_then(safe_integer) {
            Some(integer) => Some(integer.into()),
            None => number.is_f64().then_some(Value::Number(number)),
        },
        Value::Array(elements) => elements.into_iter().map(with_vouched_numbers).collect(),
        Value::Object(members) => {
            let members = members.into_iter();
            members
                .map(|(key, value)| Some((key, with_vouched_numbers(value)?)))
                .collect()
        }
        other => Some(other),
    }
}

impl IntoDeserializer<'_, Error> for Claim<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Reads the claim as a value of a type, and the value as `serde_json` does.
macro_rules! as_declared {
    ($($ty:ident: $($method:ident($($argument:ident: $type:ty),*))*;)*) => {
        $($(
            fn $method<V: Visitor<'de>>(
                self,
                $($argument: $type,)*
                visitor: V,
            ) -> Result<V::Value, Error> {
                let value = self.value(Declared::$ty);
                let read = value.and_then(|value| Ok(value.$method($($argument,)* visitor)?));
                self.all.record_doubt(self.key, read)
            }
        )*)*
    };
}

impl<'de> Deserializer<'de> for Claim<'_> {
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
        // Where no type is declared, `null` is a value as any other.
        let value = match self.all.claims.get(self.key) {
            Err(Unread::Null) => Ok(Value::Null),
            _ => self.value(Declared::Other),
        };
        let read = value.and_then(|value| Ok(value.deserialize_any(visitor)?));
        self.all.record_doubt(self.key, read)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let read = match self.only_element() {
            Ok(Some(element)) => visitor.visit_seq(SeqDeserializer::new(iter::once(element))),
            Ok(None) => {
                let list = self.value(Declared::List);
                list.and_then(|list| Ok(list.deserialize_seq(visitor)?))
            }
            Err(error) => Err(error),
        };
        self.all.record_doubt(self.key, read)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        // In a list, the gateway writes `null` for the string, and an emulator for the value.
        if self.element == Some("null") {
            return self.all.record_doubt(self.key, Err(Error::ambiguous()));
        }
        if self.is_there()? {
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
            self.is_there()?;
        }
        visitor.visit_unit()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_spelling_of_a_number_is_one_value() {
        for spelled in ["[5]", "[5.0]", "[5e0]", "[0.5e1]"] {
            let value = serde_json::from_str(spelled).unwrap();
            assert_eq!(with_vouched_numbers(value), Some(json!([5])), "{spelled}");
        }
        for kept in [json!({"a": [0.1, -5, 1e300, "5.0", null, true]}), json!(0)] {
            assert_eq!(with_vouched_numbers(kept.clone()), Some(kept));
        }
        assert_eq!(with_vouched_numbers(json!(-0.0)), Some(json!(0)));
    }

    #[test]
    fn integers_that_a_float_cannot_tell_apart_have_no_value() {
        for safe in [
            json!(9_007_199_254_740_991_i64),
            json!(-9_007_199_254_740_991_i64),
        ] {
            assert_eq!(with_vouched_numbers(safe.clone()), Some(safe));
        }
        for unsafe_integer in [
            json!(9_007_199_254_740_992_i64),
            json!(-9_007_199_254_740_993_i64),
            json!([{"a": [u64::MAX]}]),
        ] {
            assert_eq!(with_vouched_numbers(unsafe_integer), None);
        }
    }
}
