//! The text of one claim, read as the type that the handler declares; strictly, or not at all.

use std::borrow::Cow;

use serde::de::value::SeqDeserializer;
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::error::Error;
use super::exact;
use super::json::Json;
use crate::number::{number, safe_integer};
use crate::part::{Part, type_name};
use crate::text::{self, Contains};

/// A claim that is text.
#[derive(Clone, Copy)]
pub(super) enum Text<'a> {
    /// A [`Part::Text`].
    Rendered(&'a str),
    /// A [`Part::Plain`] that may be of Cognito's authorizer, which writes no brackets around a list.
    Joined(&'a str),
    /// A [`Part::Plain`], which may be JSON text.
    Plain(&'a str),
}

impl<'a> Text<'a> {
    fn text(self) -> &'a str {
        let (Self::Rendered(text) | Self::Joined(text) | Self::Plain(text)) = self;
        text
    }

    fn string(self) -> Result<Cow<'a, str>, Error> {
        let part = match self {
            Self::Rendered(text) => Part::Text(text),
            Self::Joined(text) | Self::Plain(text) => Part::Plain(text),
        };
        part.string().ok_or_else(Error::ambiguous)
    }

    fn number(self) -> Result<f64, Error> {
        number(self.text()).ok_or_else(|| Error::unreadable(type_name::NUMBER))
    }

    /// A whole number that a float holds exactly; of a greater one the text may have lost digits.
    fn integer(self) -> Result<i64, Error> {
        safe_integer(self.number()?).ok_or_else(|| Error::unreadable(type_name::WHOLE_NUMBER))
    }

    /// The JSON of an object; a rendering of one (`map[…]`) has no reading here.
    fn object(self) -> Result<Json, Error> {
        if self.text().starts_with('{') {
            return exact::json(self.text());
        }
        Err(Error::ambiguous())
    }

    /// The one name in a list, where it can only be one.
    fn only_name(self) -> Result<&'a str, Error> {
        if matches!(self, Self::Joined(_)) {
            return Err(Error::ambiguous());
        }
        let content =
            text::array(self.text()).ok_or_else(|| Error::unreadable(type_name::ARRAY))?;
        match (self, text::bare_names_contain(content, content)) {
            (Self::Rendered(_), Contains::Yes) => Ok(content),
            _ => Err(Error::ambiguous()),
        }
    }

    /// The elements, as JSON where a Lambda authorizer wrote it, since it renders nothing.
    fn list<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if let Self::Plain(text) = self {
            return Ok(exact::json(text)?.deserialize_seq(visitor)?);
        }
        let name = Self::Rendered(self.only_name()?);
        visitor.visit_seq(SeqDeserializer::new(std::iter::once(name)))
    }
}

impl IntoDeserializer<'_, Error> for Text<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! integers {
    ($($method:ident)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
                visitor.visit_i64(self.integer()?)
            }
        )*
    };
}

impl<'de> Deserializer<'de> for Text<'_> {
    type Error = Error;

    /// Nothing is declared, so the text may be anything.
    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Error> {
        Err(Error::ambiguous())
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let value = text::boolean(self.text());
        visitor.visit_bool(value.ok_or_else(|| Error::unreadable(type_name::BOOLEAN))?)
    }

    integers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_f64(self.number()?)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_f64(self.number()?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(&self.string()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
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

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.list(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        Ok(self.object()?.deserialize_map(visitor)?)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        Ok(self.object()?.deserialize_struct(name, fields, visitor)?)
    }

    /// The name of a variant.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let name = self.string()?;
        visitor.visit_enum(name.as_ref().into_deserializer())
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bytes byte_buf unit unit_struct tuple tuple_struct identifier
    }
}
