//! READ: a claim's value, or a part of it, as it was handed over.

use std::borrow::Cow;

use serde_json::Value;

use crate::number::number;
use crate::reason::Reason;
use crate::{json, text};

/// A claim's value, or a part of it.
#[derive(Clone, Copy)]
pub(crate) enum Part<'a> {
    /// Exact: a JSON value.
    Json(&'a Value),
    /// Exact: the text of one JSON value.
    JsonText(&'a str),
    /// The gateway's rendering, or JSON text that somebody put into a string.
    Text(&'a str),
    /// A string of a Lambda authorizer: itself, or JSON text of what it could not pass otherwise.
    Plain(&'a str),
}

impl<'a> Part<'a> {
    /// The part as `true` or `false`, if it is one of them.
    pub(crate) fn boolean(self) -> Option<bool> {
        match self {
            Part::Json(value) => value.as_bool(),
            Part::JsonText(text) | Part::Text(text) | Part::Plain(text) => text::boolean(text),
        }
    }

    /// The part as a number, if it is one.
    pub(crate) fn number(self) -> Option<f64> {
        match self {
            Part::Json(value) => value.as_f64(),
            Part::JsonText(text) | Part::Text(text) | Part::Plain(text) => number(text),
        }
    }

    /// The part as a string; text is one as it stands, except for how Go writes `null`. `None` where
    /// it is none, or may be none.
    pub(crate) fn string(self) -> Option<Cow<'a, str>> {
        match self {
            Part::Json(value) => value.as_str().map(Cow::Borrowed),
            Part::JsonText(text) => json::string(text),
            Part::Text("<nil>") => None,
            // Go writes this for what is no character, too.
            Part::Text(text) if text.contains(char::REPLACEMENT_CHARACTER) => None,
            // Whether somebody made JSON of a string is not to be told.
            Part::Plain(text) if json::may_be_json_text(text) => None,
            Part::Text(text) | Part::Plain(text) => Some(Cow::Borrowed(text)),
        }
    }

    /// Whether the part is this string; `None` where it is no string, or may be none.
    pub(crate) fn is(self, name: &str) -> Option<bool> {
        self.compare(|literal| literal.is(name), |text| text == name)
    }

    /// Whether the part is a string of words with blanks between that has this one; `None` as above.
    pub(crate) fn has_word(self, word: &str) -> Option<bool> {
        let in_text = |text: &str| text.split(' ').any(|found| found == word);
        self.compare(|literal| literal.has_word(word), in_text)
    }

    /// Compares where the string stands, since an escape in it is no reason to allocate.
    fn compare(
        self,
        in_json: impl FnOnce(json::Literal<'a>) -> bool,
        in_text: impl FnOnce(&str) -> bool,
    ) -> Option<bool> {
        match self {
            Part::JsonText(text) => {
                let literal = json::Literal::of(text).filter(|literal| literal.is_text());
                literal.map(in_json)
            }
            other => other.string().map(|text| in_text(&text)),
        }
    }

    /// The value for `actualValue`, where it is exact.
    pub(crate) fn to_value(self) -> Option<Value> {
        match self {
            Part::Json(value) => Some(value.clone()),
            Part::JsonText(text) => serde_json::from_str(text).ok(),
            Part::Plain(text) => Some(text.into()),
            Part::Text(_) => None,
        }
    }

    /// Why this is not of the type that the claim is declared to have.
    pub(crate) fn not_of_type(self, expected: &'static str) -> Reason {
        match self.json_type() {
            Some(actual) => Reason::wrong_type(expected, actual),
            None => Reason::unreadable(expected),
        }
    }

    /// The name of the value's JSON type, where it is exact.
    pub(crate) fn json_type(self) -> Option<&'static str> {
        let name = match self {
            Part::Json(Value::Null) => type_name::NULL,
            Part::Json(Value::Bool(_)) => type_name::BOOLEAN,
            Part::Json(Value::Number(_)) => type_name::NUMBER,
            Part::Json(Value::String(_)) | Part::Plain(_) => type_name::STRING,
            Part::Json(Value::Array(_)) => type_name::ARRAY,
            Part::Json(Value::Object(_)) => type_name::OBJECT,
            Part::JsonText(text) => match text.bytes().next() {
                Some(b'{') => type_name::OBJECT,
                Some(b'[') => type_name::ARRAY,
                Some(b'"') => type_name::STRING,
                Some(b't' | b'f') => type_name::BOOLEAN,
                Some(b'n') => type_name::NULL,
                _ => type_name::NUMBER,
            },
            Part::Text(_) => return None,
        };
        Some(name)
    }
}

/// The types that a claim can have or be declared to have, as reasons name them.
pub(crate) mod type_name {
    pub(crate) const NULL: &str = "null";
    pub(crate) const BOOLEAN: &str = "boolean";
    pub(crate) const NUMBER: &str = "number";
    pub(crate) const WHOLE_NUMBER: &str = "whole number";
    pub(crate) const STRING: &str = "string";
    pub(crate) const ARRAY: &str = "array";
    pub(crate) const OBJECT: &str = "object";
    pub(crate) const NAMES: &str = "array of strings";
    pub(crate) const FACTORS: &str = "completed factors";
    /// Of no certain type.
    pub(crate) const JSON: &str = "JSON";
}

/// Why a claim has no value to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unread {
    /// There is no such claim.
    Missing,
    /// It is `null`, which counts as missing wherever a value is asked for.
    Null,
    /// What stands there cannot be read.
    Unreadable,
    /// The token is the one that the authorizer looked at, and yet says something else than the
    /// authorizer's text, or says it twice.
    Differs,
}

impl Unread {
    /// The reason for which a claim of this type is denied.
    pub(crate) fn reason(self, expected: &'static str) -> Reason {
        match self {
            Unread::Missing | Unread::Null => Reason::does_not_exist(),
            Unread::Unreadable => Reason::unreadable(expected),
            Unread::Differs => Reason::unknown_rendering(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_exact_part_has_the_type_that_json_has_for_it() {
        for (value, expected) in [
            (json!(null), "null"),
            (json!(true), "boolean"),
            (json!(false), "boolean"),
            (json!(5), "number"),
            (json!(-0.5), "number"),
            (json!("a"), "string"),
            (json!([1]), "array"),
            (json!({"v": 1}), "object"),
        ] {
            let text = value.to_string();
            assert_eq!(Part::Json(&value).json_type(), Some(expected));
            assert_eq!(Part::JsonText(&text).json_type(), Some(expected), "{text}");
            assert_eq!(Part::Json(&value).to_value().as_ref(), Some(&value));
            assert_eq!(Part::JsonText(&text).to_value().as_ref(), Some(&value));
        }
    }

    #[test]
    fn a_string_of_a_lambda_authorizer_is_a_string_and_text_may_be_anything() {
        for text in ["", "true", "5", "{}", "[a]", "<nil>"] {
            assert_eq!(Part::Plain(text).json_type(), Some("string"), "{text}");
            assert_eq!(Part::Plain(text).to_value(), Some(json!(text)));
            assert_eq!(Part::Text(text).json_type(), None, "{text}");
            assert_eq!(Part::Text(text).to_value(), None, "{text}");
        }
    }
}
