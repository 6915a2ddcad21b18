//! One route: its key, its function and its authorizer.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use super::mock::Mock;
use super::path::Pattern;
use crate::config::{DEFAULT_AUTHORIZER, DEFAULT_FUNCTION};
use crate::event::PayloadFormat;
use crate::issuer;

/// The key of the route for requests that match no other route.
pub(crate) const DEFAULT: &str = "$default";

/// What a route for every method has in place of a method.
pub(super) const ANY: &str = "ANY";

/// The methods of API Gateway.
pub(super) const METHODS: [&str; 7] = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

/// The word of a route's text that names its function.
const FUNCTION: &str = "function=";

/// A route in API Gateway's notation, such as `GET /orders/{id}`, `ANY /files/{proxy+}` or `$default`.
///
/// Words after the path are scopes, as in `GET /reports reports.read`. A token must have one of them. The word
/// `function=NAME` names the route's function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    key: String,
    /// `None` matches any method.
    method: Option<String>,
    /// `None` matches any path.
    pattern: Option<Pattern>,
    function: String,
    authorization: Option<Authorization>,
    payload: Option<PayloadFormat>,
    mock: Option<Mock>,
}

/// The authorizer of a route, and the scopes that the route requires one of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization {
    /// The name of the authorizer.
    pub authorizer: String,
    /// The scopes that a token must have one of; without any, a valid token is enough.
    pub scopes: Vec<String>,
}

/// The text is not a valid route, or two routes match the same requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteError(pub(super) String);

impl fmt::Display for RouteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for RouteError {}

fn error(reason: &str) -> RouteError {
    RouteError(format!("{reason}; write a route as `GET /orders/{{id}}`"))
}

impl FromStr for Route {
    type Err = RouteError;

    /// Parses a route with the default authorizer.
    fn from_str(text: &str) -> Result<Self, RouteError> {
        let mut words = text.split_ascii_whitespace();
        let method = words.next().ok_or_else(|| error("the route is empty"))?;
        let (key, method, pattern) = if method == DEFAULT {
            (DEFAULT.to_owned(), None, None)
        } else {
            check_method(method, text)?;
            let path = words
                .next()
                .ok_or_else(|| error(&format!("the route `{text}` has no path")))?;
            let pattern = Pattern::parse(path).map_err(|reason| error(&reason))?;
            let only = (method != ANY).then(|| method.to_owned());
            (format!("{method} {path}"), only, Some(pattern))
        };
        let mut function = DEFAULT_FUNCTION;
        let mut scopes = Vec::new();
        for word in words {
            match word.strip_prefix(FUNCTION) {
                Some("") => return Err(error(&format!("`{FUNCTION}` names no function"))),
                Some(name) => function = name,
                None => scopes.push(word.to_owned()),
            }
        }
        Ok(Self {
            key,
            method,
            pattern,
            function: function.to_owned(),
            authorization: Some(Authorization {
                authorizer: DEFAULT_AUTHORIZER.to_owned(),
                scopes,
            }),
            payload: None,
            mock: None,
        })
    }
}

fn is_method(text: &str) -> bool {
    text == ANY || METHODS.contains(&text)
}

fn check_method(method: &str, text: &str) -> Result<(), RouteError> {
    if is_method(method) {
        return Ok(());
    }
    let upper = method.to_ascii_uppercase();
    Err(error(&if method.starts_with('/') {
        format!("the route `{text}` has no method, such as `GET` or `ANY`")
    } else if is_method(&upper) {
        format!("`{method}` is not a method in upper case: `{upper}`")
    } else {
        format!(
            "`{method}` is not a method of API Gateway, which are {ANY}, {}",
            METHODS.join(", ")
        )
    }))
}

impl Route {
    /// Removes the authorizer from the route.
    #[must_use]
    pub fn public(mut self) -> Self {
        self.authorization = None;
        self
    }

    /// Sets the authorizer and the scopes.
    #[must_use]
    pub fn authorized_by(mut self, authorization: Authorization) -> Self {
        self.authorization = Some(authorization);
        self
    }

    /// Sets the function that handles the route's requests.
    #[must_use]
    pub fn handled_by(mut self, function: impl Into<String>) -> Self {
        self.function = function.into();
        self
    }

    /// Makes a REST API answer the route's requests itself, instead of the function.
    #[must_use]
    pub fn mocked(mut self, mock: Mock) -> Self {
        self.mock = Some(mock);
        self
    }

    /// Sets the payload format of the route's events, instead of the default of the gateway. A REST API has only one
    /// format, and ignores this.
    #[must_use]
    pub fn with_payload(mut self, payload: PayloadFormat) -> Self {
        self.payload = Some(payload);
        self
    }

    /// The route key, such as `GET /orders/{id}`.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The method, or `ANY`.
    #[must_use]
    pub fn method(&self) -> &str {
        self.method.as_deref().unwrap_or(ANY)
    }

    /// The name of the function that handles the route's requests.
    #[must_use]
    pub fn function(&self) -> &str {
        &self.function
    }

    /// The authorizer and the scopes, or `None` if the route has no authorizer.
    #[must_use]
    pub fn authorization(&self) -> Option<&Authorization> {
        self.authorization.as_ref()
    }

    /// The payload format of this route's events, if it differs from the default.
    #[must_use]
    pub fn payload(&self) -> Option<PayloadFormat> {
        self.payload
    }

    /// The response, if a REST API answers the route's requests itself.
    #[must_use]
    pub fn mock(&self) -> Option<&Mock> {
        self.mock.as_ref()
    }

    /// A path that the route matches, with `value` for each parameter.
    #[must_use]
    pub fn example_path(&self, value: &str) -> String {
        self.pattern
            .as_ref()
            .map_or_else(|| "/".to_owned(), |pattern| pattern.example(value))
    }

    /// Returns whether the built-in issuer handles all paths of this route, so that it is never reached.
    #[must_use]
    pub fn is_issuer_route(&self) -> bool {
        issuer::routes::is_issuer_path(self.path())
    }

    /// Returns whether this is the route for requests that match no other one.
    pub(crate) fn is_default(&self) -> bool {
        self.pattern.is_none()
    }

    /// The path in the route key, such as `/orders/{id}`.
    pub(crate) fn path(&self) -> &str {
        self.key.split_once(' ').map_or(DEFAULT, |(_, path)| path)
    }

    /// Matches a request, and returns its path parameters if the route applies.
    pub(crate) fn parameters(&self, method: &str, path: &str) -> Option<BTreeMap<String, String>> {
        if self.method.as_deref().is_some_and(|only| only != method) {
            return None;
        }
        match &self.pattern {
            None => Some(BTreeMap::new()),
            Some(pattern) => pattern.parameters(path),
        }
    }

    /// A public route for another method and the same path.
    pub(super) fn with_method(&self, method: &str) -> Self {
        let key = format!("{method} {}", self.path());
        let method = Some(method.to_owned());
        Self {
            key,
            method,
            ..self.clone().public()
        }
    }

    /// The sort key of the route; lower is more specific. Paths with a greedy parameter come after all
    /// others, and `$default` comes last. Within each group, fewer parameters come first, and a method comes
    /// before `ANY`.
    pub(super) fn rank(&self) -> (bool, bool, usize, bool) {
        let (greedy, variable) = self.pattern.as_ref().map_or((true, 0), Pattern::rank);
        (self.is_default(), greedy, variable, self.method.is_none())
    }

    /// The same text for routes that match the same requests.
    pub(super) fn shape(&self) -> String {
        let path = self.pattern.as_ref().map(Pattern::shape);
        format!("{} {}", self.method(), path.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::Route;

    #[test]
    fn parses_scopes_and_the_function_after_the_path() {
        let route: Route = "GET /reports reports.read reports.all".parse().unwrap();
        let scopes = &route.authorization().unwrap().scopes;
        assert_eq!(*scopes, ["reports.read", "reports.all"]);
        assert_eq!(route.function(), "local");
        assert_eq!(route.public().authorization(), None);

        let route: Route = "GET /reports function=reports all".parse().unwrap();
        assert_eq!(route.function(), "reports");
        assert_eq!(route.authorization().unwrap().scopes, ["all"]);
    }

    #[test]
    fn explains_how_to_write_a_route() {
        for (text, expected) in [
            ("", "the route is empty"),
            ("GET", "the route `GET` has no path"),
            ("/orders", "the route `/orders` has no method"),
            ("get /a", "`get` is not a method in upper case: `GET`"),
            ("FETCH /a", "`FETCH` is not a method of API Gateway"),
            ("GET a", "does not start with `/`"),
            ("GET /orders/:id", "write a parameter as `{id}`"),
            ("GET /a function=", "names no function"),
        ] {
            let error = text.parse::<Route>().unwrap_err().to_string();
            assert!(error.contains(expected), "{text}: {error}");
            assert!(
                error.ends_with("write a route as `GET /orders/{id}`"),
                "{error}"
            );
        }
    }
}
