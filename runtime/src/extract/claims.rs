//! All claims as one map, of which only what is asked for is read.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::btree_set;

use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, IntoDeserializer as _, MapAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::KEY_OF_ALL;
use super::error::Error;
use super::exact;
use super::json::Json;
use super::text::Text;
use crate::authorizer::Claims;
use crate::part::{Part, Unread, type_name};

/// All claims that there are.
#[derive(Clone, Copy)]
pub(super) struct All<'a> {
    pub(super) claims: &'a Claims<'a>,
    /// The first claim that nobody can read. A type may make a default of that; here it is a denial.
    pub(super) doubt: &'a OnceCell<Error>,
}

/// Each claim is looked for by itself, so that their number is bounded. A session has about 20.
const MAX_CLAIMS: usize = 256;

impl All<'_> {
    /// Hands the claims over as a map; a struct asks for those of its fields alone.
    fn visit<'de, V: Visitor<'de>>(self, asked: Asked, visitor: V) -> Result<V::Value, Error> {
        let keys = match self.claims.keys() {
            Ok(keys) if keys.len() > MAX_CLAIMS => Err(Unread::Unreadable),
            keys => keys,
        };
        let keys = keys.map_err(Error::unread);
        let keys = record_doubt(self.doubt, KEY_OF_ALL, keys)?;
        visitor.visit_map(Members {
            all: self,
            asked,
            keys: keys.into_iter(),
            key: Cow::Borrowed(""),
        })
    }
}

/// Which claims are asked for.
#[derive(Clone, Copy)]
enum Asked {
    All,
    Fields(&'static [&'static str]),
}

/// Keeps the error where nobody can say what a claim is, in case whoever asks makes a default of it.
fn record_doubt<T>(doubt: &OnceCell<Error>, key: &str, read: Result<T, Error>) -> Result<T, Error> {
    if let Err(error) = &read
        && error.is_doubt()
    {
        doubt.get_or_init(|| error.clone().of(key));
    }
    read
}

impl<'de> Deserializer<'de> for All<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.visit(Asked::All, visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.visit(Asked::Fields(fields), visitor)
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

struct Members<'a> {
    all: All<'a>,
    asked: Asked,
    keys: btree_set::IntoIter<Cow<'a, str>>,
    /// The one whose value comes next.
    key: Cow<'a, str>,
}

impl<'de> MapAccess<'de> for Members<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let Some(key) = self.keys.next() else {
            return Ok(None);
        };
        self.key = key;
        // A `Value` would take what stands there for all of them.
        if matches!(self.asked, Asked::All) && exact::is_mark_of_serde_json(&self.key) {
            let error = Err(Error::unreadable(type_name::JSON));
            return record_doubt(self.all.doubt, &self.key, error);
        }
        let name: StrDeserializer<'_, Error> = self.key.as_ref().into_deserializer();
        let name = seed.deserialize(name);
        name.map(Some).map_err(|error| error.of(&self.key))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        let claim = Claim {
            claims: self.all.claims,
            key: &self.key,
            is_asked: match self.asked {
                Asked::All => true,
                Asked::Fields(fields) => fields.contains(&&*self.key),
            },
            doubt: self.all.doubt,
        };
        seed.deserialize(claim).map_err(|error| error.of(&self.key))
    }
}

/// One claim, which is looked for when its value is asked for.
#[derive(Clone, Copy)]
struct Claim<'a> {
    claims: &'a Claims<'a>,
    key: &'a str,
    /// Whether the type names it, and so asks at least whether it is there.
    is_asked: bool,
    doubt: &'a OnceCell<Error>,
}

/// What there is of a claim.
enum Found<'a> {
    Exact(Json),
    Text(Text<'a>),
}

impl<'a> Claim<'a> {
    fn record_doubt<T>(self, read: Result<T, Error>) -> Result<T, Error> {
        record_doubt(self.doubt, self.key, read)
    }

    /// Whether it is there, as far as anybody can say.
    fn is_there(self) -> Result<bool, Error> {
        match self.claims.get(self.key) {
            Ok(_) => Ok(true),
            Err(Unread::Missing | Unread::Null) => Ok(false),
            Err(unread) => self.record_doubt(Err(Error::unread(unread))),
        }
    }

    fn find(self) -> Result<Found<'a>, Error> {
        let text = match self.claims.get(self.key).map_err(Error::unread)? {
            Part::Json(value) => return Ok(Found::Exact(Json(value.clone()))),
            Part::JsonText(text) => return self.exact(text).map(Found::Exact),
            Part::Text(text) => Text::Rendered(text),
            Part::Plain(text) if matches!(self.claims, Claims::JoinedText(_)) => Text::Joined(text),
            Part::Plain(text) => Text::Plain(text),
        };
        Ok(Found::Text(text))
    }

    fn exact(self, text: &str) -> Result<Json, Error> {
        let Json(value) = exact::json(text)?;
        // What binds a token compares numbers as floats, so it vouches for no further digits.
        if matches!(self.claims, Claims::Bound(_)) && !exact::are_exact_as_floats(&value) {
            return Err(Error::unreadable(type_name::WHOLE_NUMBER));
        }
        Ok(Json(value))
    }
}

/// A claim that is read as the type that asks for it.
macro_rules! as_declared {
    ($($method:ident($($argument:ident: $type:ty),*))*) => {
        $(
            fn $method<V: Visitor<'de>>(
                self,
                $($argument: $type,)*
                visitor: V,
            ) -> Result<V::Value, Error> {
                self.record_doubt(self.find().and_then(|found| match found {
                    Found::Exact(value) => Ok(value.$method($($argument,)* visitor)?),
                    Found::Text(text) => text.$method($($argument,)* visitor),
                }))
            }
        )*
    };
}

impl<'de> Deserializer<'de> for Claim<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        // Where nothing is declared, `null` is a value as any other.
        if matches!(self.claims.get(self.key), Err(Unread::Null)) {
            return visitor.visit_unit();
        }
        self.record_doubt(self.find().and_then(|found| match found {
            Found::Exact(value) => Ok(value.deserialize_any(visitor)?),
            Found::Text(_) => Err(Error::ambiguous()),
        }))
    }

    as_declared! {
        deserialize_bool()
        deserialize_i8()
        deserialize_i16()
        deserialize_i32()
        deserialize_i64()
        deserialize_i128()
        deserialize_u8()
        deserialize_u16()
        deserialize_u32()
        deserialize_u64()
        deserialize_u128()
        deserialize_f32()
        deserialize_f64()
        deserialize_char()
        deserialize_str()
        deserialize_string()
        deserialize_bytes()
        deserialize_byte_buf()
        deserialize_unit()
        deserialize_unit_struct(name: &'static str)
        deserialize_seq()
        deserialize_tuple(len: usize)
        deserialize_tuple_struct(name: &'static str, len: usize)
        deserialize_map()
        deserialize_struct(name: &'static str, fields: &'static [&'static str])
        deserialize_enum(name: &'static str, variants: &'static [&'static str])
        deserialize_identifier()
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
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
        if self.is_asked {
            self.is_there()?;
        }
        visitor.visit_unit()
    }
}
