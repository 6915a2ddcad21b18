//! FIND: what the route took out of the request's path.

use std::collections::HashMap;

use lambda_http::aws_lambda_events::query_map::QueryMap;

/// The parameters of the path, as the handler sees them too.
#[derive(Clone, Copy)]
pub enum PathParameters<'a> {
    /// The event says nothing of a path.
    None,
    /// Those of a request that `lambda_http` made.
    OfRequest(&'a QueryMap),
    /// Those of the gateway's own event.
    OfEvent(&'a HashMap<String, String>),
}

impl<'a> PathParameters<'a> {
    /// The parameter of this name, if there is one and only one, and it is not empty.
    pub(crate) fn get(self, name: &str) -> Option<&'a str> {
        let value = match self {
            Self::None => None,
            Self::OfRequest(parameters) => {
                let mut values = parameters.iter().filter(|(key, _)| *key == name);
                let first = values.next().map(|(_, value)| value);
                // A test's request may have several, and a gateway's never has.
                first.filter(|_| values.next().is_none())
            }
            Self::OfEvent(parameters) => parameters.get(name).map(String::as_str),
        };
        value.filter(|value| !value.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(value: &str) -> HashMap<String, String> {
        HashMap::from([("user_id".to_owned(), value.to_owned())])
    }

    #[test]
    fn a_parameter_is_found_by_its_name_in_either_form() {
        let map = one("u1");
        let query = QueryMap::from(one("u1"));
        for parameters in [
            PathParameters::OfEvent(&map),
            PathParameters::OfRequest(&query),
        ] {
            assert_eq!(parameters.get("user_id"), Some("u1"));
            assert_eq!(parameters.get("id"), None);
            assert_eq!(parameters.get(""), None);
        }
        assert_eq!(PathParameters::None.get("user_id"), None);
    }

    #[test]
    fn an_empty_parameter_is_none() {
        let map = one("");
        let query = QueryMap::from(one(""));
        assert_eq!(PathParameters::OfEvent(&map).get("user_id"), None);
        assert_eq!(PathParameters::OfRequest(&query).get("user_id"), None);
    }

    #[test]
    fn a_parameter_with_two_values_is_none() {
        let two = HashMap::from([("user_id".to_owned(), vec!["u1".to_owned(), "u2".to_owned()])]);
        let query = QueryMap::from(two);
        assert_eq!(PathParameters::OfRequest(&query).get("user_id"), None);
    }
}
