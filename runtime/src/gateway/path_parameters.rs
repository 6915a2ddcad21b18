//! The path parameters of a request.

use std::collections::HashMap;

use http::Extensions;
use lambda_http::RequestExt as _;
use percent_encoding::percent_decode_str;
use serde_json::Value;

/// The path parameters of an event.
#[derive(Clone, Copy)]
pub(crate) enum PathParameters<'a> {
    /// The parameters of a `lambda_http` request, in its extensions.
    Extensions(&'a Extensions),
    /// The parameters of a gateway event.
    Event(&'a HashMap<String, String>),
    /// The parameters of an event as JSON, in its member `pathParameters`.
    Json(&'a Value),
    /// The parameters of a REST API, decoded.
    Decoded(&'a [Decoded<'a>]),
}

/// A path parameter of a REST API, which passes it percent-encoded, as the client sent it.
pub(crate) struct Decoded<'a> {
    name: &'a str,
    value: String,
    /// Whether the value contained a `%`. Events of payload format 1.0 do not always show whether they come from
    /// a REST API or an HTTP API, which decodes the value.
    was_encoded: bool,
}

/// In bytes. The caller chooses the value, and the search for it in a list takes time in proportion to the
/// length of both, so it is limited.
const MAX_LENGTH: usize = 1024;

impl<'a> PathParameters<'a> {
    /// The value of this parameter, if there is exactly one, and it is neither empty nor too long.
    pub(crate) fn get(self, name: &str) -> Option<&'a str> {
        let value = match self {
            // `all` instead of the iterator, which panics if a parameter has no value.
            Self::Extensions(extensions) => match *extensions.path_parameters_ref()?.all(name)? {
                [value] => value,
                // A gateway never passes several values, but a test may.
                _ => return None,
            },
            Self::Event(parameters) => parameters.get(name)?,
            Self::Json(event) => event.get("pathParameters")?.get(name)?.as_str()?,
            Self::Decoded(all) => &all.iter().find(|found| found.name == name)?.value,
        };
        (1..=MAX_LENGTH).contains(&value.len()).then_some(value)
    }

    /// Decodes the parameters of these names once. A parameter that is not UTF-8 is left out.
    pub(crate) fn decode(self, names: &[&'a str]) -> Vec<Decoded<'a>> {
        let decode = |name: &&'a str| {
            let value = self.get(name)?;
            let decoded = percent_decode_str(value).decode_utf8().ok()?;
            Some(Decoded {
                name,
                value: decoded.into_owned(),
                was_encoded: value.contains('%'),
            })
        };
        names.iter().filter_map(decode).collect()
    }

    /// Whether the value of this parameter may differ from what a gateway passed: see [`Decoded`].
    pub(crate) fn was_encoded(self, name: &str) -> bool {
        let was_encoded = |found: &Decoded<'_>| found.name == name && found.was_encoded;
        matches!(self, Self::Decoded(all) if all.iter().any(was_encoded))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(value: &str) -> HashMap<String, String> {
        HashMap::from([("user_id".to_owned(), value.to_owned())])
    }

    fn of_request(values: &[&str]) -> Extensions {
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        let parameters = HashMap::from([("user_id".to_owned(), values)]);
        Extensions::new().with_path_parameters(parameters)
    }

    #[test]
    fn finds_a_parameter_by_name_in_both_forms() {
        let map = one("u1");
        let extensions = of_request(&["u1"]);
        for parameters in [
            PathParameters::Event(&map),
            PathParameters::Extensions(&extensions),
        ] {
            assert_eq!(parameters.get("user_id"), Some("u1"));
            assert_eq!(parameters.get("id"), None);
            assert_eq!(parameters.get(""), None);
        }
        let nothing = Extensions::new();
        assert_eq!(PathParameters::Extensions(&nothing).get("user_id"), None);
    }

    #[test]
    fn ignores_an_empty_parameter() {
        let map = one("");
        let extensions = of_request(&[""]);
        assert_eq!(PathParameters::Event(&map).get("user_id"), None);
        assert_eq!(PathParameters::Extensions(&extensions).get("user_id"), None);
    }

    #[test]
    fn ignores_a_parameter_longer_than_1024_bytes() {
        for (length, expected) in [(1, true), (1024, true), (1025, false), (66_000, false)] {
            let value = "u".repeat(length);
            let (map, extensions) = (one(&value), of_request(&[&value]));
            for parameters in [
                PathParameters::Event(&map),
                PathParameters::Extensions(&extensions),
            ] {
                assert_eq!(parameters.get("user_id").is_some(), expected, "{length}");
            }
        }
    }

    #[test]
    fn ignores_a_parameter_without_exactly_one_value() {
        for values in [&["u1", "u2"][..], &["u1", "u1"], &[]] {
            let extensions = of_request(values);
            assert_eq!(PathParameters::Extensions(&extensions).get("user_id"), None);
            // Regression: a parameter without a value made the lookup of any other parameter panic.
            assert_eq!(PathParameters::Extensions(&extensions).get("id"), None);
        }
    }
}
