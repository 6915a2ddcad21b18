//! The parameters of the request's path.

use std::collections::HashMap;

use http::Extensions;
use lambda_http::RequestExt as _;

/// The parameters of the path, as the handler sees them too.
#[derive(Clone, Copy)]
pub(crate) enum PathParameters<'a> {
    /// Those of a request that `lambda_http` made; looked up when one is asked for.
    OfRequest(&'a Extensions),
    /// Those of the gateway's own event.
    OfEvent(&'a HashMap<String, String>),
}

/// In bytes. The caller writes it, and a list is searched for it at each of its words, so that the
/// time would grow with both.
const MAX_LENGTH: usize = 1024;

impl<'a> PathParameters<'a> {
    /// The parameter of this name, if there is one and only one, and it is neither empty nor longer
    /// than a claim would be.
    pub(crate) fn get(self, name: &str) -> Option<&'a str> {
        let value = match self {
            // Not by its iterator, which panics at a parameter that has no value.
            Self::OfRequest(extensions) => match *extensions.path_parameters_ref()?.all(name)? {
                [value] => Some(value),
                // A test's request may have several, and a gateway's never has.
                _ => None,
            },
            Self::OfEvent(parameters) => parameters.get(name).map(String::as_str),
        };
        value.filter(|value| (1..=MAX_LENGTH).contains(&value.len()))
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
    fn a_parameter_is_found_by_its_name_in_either_form() {
        let map = one("u1");
        let extensions = of_request(&["u1"]);
        for parameters in [
            PathParameters::OfEvent(&map),
            PathParameters::OfRequest(&extensions),
        ] {
            assert_eq!(parameters.get("user_id"), Some("u1"));
            assert_eq!(parameters.get("id"), None);
            assert_eq!(parameters.get(""), None);
        }
        let nothing = Extensions::new();
        assert_eq!(PathParameters::OfRequest(&nothing).get("user_id"), None);
    }

    #[test]
    fn an_empty_parameter_is_none() {
        let map = one("");
        let extensions = of_request(&[""]);
        assert_eq!(PathParameters::OfEvent(&map).get("user_id"), None);
        assert_eq!(PathParameters::OfRequest(&extensions).get("user_id"), None);
    }

    #[test]
    fn a_parameter_is_at_most_1024_bytes_long() {
        for (length, expected) in [(1, true), (1024, true), (1025, false), (66_000, false)] {
            let value = "u".repeat(length);
            let (map, extensions) = (one(&value), of_request(&[&value]));
            for parameters in [
                PathParameters::OfEvent(&map),
                PathParameters::OfRequest(&extensions),
            ] {
                assert_eq!(parameters.get("user_id").is_some(), expected, "{length}");
            }
        }
    }

    #[test]
    fn a_parameter_with_two_values_is_none() {
        for values in [&["u1", "u2"][..], &["u1", "u1"], &[]] {
            let extensions = of_request(values);
            assert_eq!(PathParameters::OfRequest(&extensions).get("user_id"), None);
            // Regression: one without a value made the look at any other panic.
            assert_eq!(PathParameters::OfRequest(&extensions).get("id"), None);
        }
    }
}
