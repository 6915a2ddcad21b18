//! The routes of the API, and the authorizer and scopes that each requires.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use crate::issuer;

/// The key of the route for requests that match no other route.
const DEFAULT: &str = "$default";

/// A route in API Gateway's notation, such as `GET /orders/{id}`, `ANY /files/{proxy+}` or `$default`.
///
/// Words after the path are scopes, as in `GET /reports reports.read`. A token must have one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    key: String,
    /// `None` matches any method.
    method: Option<String>,
    segments: Vec<Segment>,
    /// The scopes that the authorizer requires one of; `None` if the route has no authorizer.
    scopes: Option<Vec<String>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Segment {
    Literal(String),
    Parameter(String),
    /// A greedy parameter such as `{proxy+}`, which matches the rest of the path.
    Rest(String),
}

/// The text is not a valid route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteError(String);

impl fmt::Display for RouteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; write a route as `GET /orders/{{id}}`", self.0)
    }
}

impl std::error::Error for RouteError {}

impl FromStr for Route {
    type Err = RouteError;

    /// Parses a route with an authorizer.
    fn from_str(text: &str) -> Result<Self, RouteError> {
        let mut words = text.split_ascii_whitespace();
        let method = words
            .next()
            .ok_or_else(|| RouteError("the route is empty".to_owned()))?;
        if method == DEFAULT {
            let scopes = Some(words.map(str::to_owned).collect());
            let segments = vec![Segment::Rest(String::new())];
            return Ok(Self {
                key: DEFAULT.to_owned(),
                method: None,
                segments,
                scopes,
            });
        }
        let path = words
            .next()
            .ok_or_else(|| RouteError(format!("`{text}` has no path")))?;
        if !method.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(RouteError(format!(
                "`{method}` is not a method in upper case"
            )));
        }
        Ok(Self {
            key: format!("{method} {path}"),
            method: (method != "ANY").then(|| method.to_owned()),
            segments: segments(path)?,
            scopes: Some(words.map(str::to_owned).collect()),
        })
    }
}

fn segments(path: &str) -> Result<Vec<Segment>, RouteError> {
    let path = path
        .strip_prefix('/')
        .ok_or_else(|| RouteError(format!("the path `{path}` does not start with `/`")))?;
    let count = path.split('/').count();
    let segments = path.split('/').enumerate().map(|(index, segment)| {
        let Some(name) = segment
            .strip_prefix('{')
            .and_then(|inner| inner.strip_suffix('}'))
        else {
            return Ok(Segment::Literal(segment.to_owned()));
        };
        match name.strip_suffix('+') {
            Some(name) if index + 1 == count => Ok(Segment::Rest(name.to_owned())),
            Some(_) => Err(RouteError(format!(
                "`{segment}` must be the last part of the path"
            ))),
            None => Ok(Segment::Parameter(name.to_owned())),
        }
    });
    segments.collect()
}

impl Route {
    /// Removes the authorizer from the route.
    #[must_use]
    pub fn public(mut self) -> Self {
        self.scopes = None;
        self
    }

    /// The route key, such as `GET /orders/{id}`.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The scopes that a token must have one of, or `None` if the route has no authorizer. An empty list
    /// requires a valid token only.
    #[must_use]
    pub fn scopes(&self) -> Option<&[String]> {
        self.scopes.as_deref()
    }

    /// Returns whether the built-in issuer handles all paths of this route, so that it is never reached.
    #[must_use]
    pub fn is_issuer_route(&self) -> bool {
        issuer::routes::is_issuer_path(self.path())
    }

    /// The path in the route key, such as `/orders/{id}`.
    pub(crate) fn path(&self) -> &str {
        self.key.split_once(' ').map_or(DEFAULT, |(_, path)| path)
    }

    /// Matches a request, and returns its path parameters if the route applies.
    fn parameters(&self, method: &str, path: &str) -> Option<BTreeMap<String, String>> {
        if self.method.as_deref().is_some_and(|only| only != method) {
            return None;
        }
        if self.key == DEFAULT {
            return Some(BTreeMap::new());
        }
        let mut rest = Some(path.strip_prefix('/')?);
        let mut parameters = BTreeMap::new();
        for segment in &self.segments {
            let path = rest?;
            if let Segment::Rest(name) = segment {
                // As in API Gateway, a greedy parameter must not be empty.
                parameters.insert(
                    name.clone(),
                    Some(path).filter(|rest| !rest.is_empty())?.to_owned(),
                );
                return Some(parameters);
            }
            let (part, after) = path
                .split_once('/')
                .map_or((path, None), |(part, after)| (part, Some(after)));
            match segment {
                Segment::Literal(literal) if literal == part => {}
                Segment::Parameter(name) if !part.is_empty() => {
                    parameters.insert(name.clone(), part.to_owned());
                }
                _ => return None,
            }
            rest = after;
        }
        rest.is_none().then_some(parameters)
    }

    /// The sort key of the route; lower is more specific. Paths with a greedy parameter come after all
    /// others, and `$default` comes last. Within each group, fewer parameters come first, and a method comes
    /// before `ANY`.
    fn rank(&self) -> (bool, bool, usize, bool) {
        let greedy = matches!(self.segments.last(), Some(Segment::Rest(_)));
        let variable = self
            .segments
            .iter()
            .filter(|segment| !matches!(segment, Segment::Literal(_)))
            .count();
        (self.key == DEFAULT, greedy, variable, self.method.is_none())
    }
}

/// All routes of the API.
#[derive(Clone, Debug)]
pub struct Routes(Vec<Route>);

impl Routes {
    /// Creates an API with these routes.
    #[must_use]
    pub fn new(mut routes: Vec<Route>) -> Self {
        // Routes are tried in this order. The sort is stable: equally specific routes keep the given order.
        routes.sort_by_key(Route::rank);
        Self(routes)
    }

    /// The routes of the example function `orders`.
    #[must_use]
    pub fn for_orders() -> Self {
        let route = |method: &str, path: &[&str]| {
            let segments = path.iter().map(|part| match *part {
                "{id}" => Segment::Parameter("id".to_owned()),
                literal => Segment::Literal(literal.to_owned()),
            });
            Route {
                key: format!("{method} /{}", path.join("/")),
                method: Some(method.to_owned()),
                segments: segments.collect(),
                scopes: Some(Vec::new()),
            }
        };
        Self::new(vec![
            route("GET", &["health"]).public(),
            route("GET", &["orders"]),
            route("POST", &["orders"]),
            route("DELETE", &["orders", "{id}"]),
            route("GET", &["reports", "daily"]),
        ])
    }

    /// Finds the most specific route for a request, and the path parameters.
    pub(crate) fn find(
        &self,
        method: &str,
        path: &str,
    ) -> Option<(&Route, BTreeMap<String, String>)> {
        self.0
            .iter()
            .find_map(|route| Some((route, route.parameters(method, path)?)))
    }

    /// All routes, the most specific first.
    pub fn iter(&self) -> impl Iterator<Item = &Route> {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::{Route, Routes};

    fn api(routes: &[&str]) -> Routes {
        Routes::new(routes.iter().map(|route| route.parse().unwrap()).collect())
    }

    #[test]
    fn finds_the_most_specific_route() {
        let api = api(&[
            "$default",
            "ANY /a/{rest+}",
            "ANY /a/{x}",
            "GET /a/{x}",
            "GET /a/b",
        ]);
        for (method, path, key) in [
            ("GET", "/a/b", "GET /a/b"),
            ("GET", "/a/c", "GET /a/{x}"),
            ("PUT", "/a/c", "ANY /a/{x}"),
            ("GET", "/a/c/d", "ANY /a/{rest+}"),
            ("GET", "/a/", "$default"),
            ("GET", "/", "$default"),
        ] {
            assert_eq!(
                api.find(method, path).unwrap().0.key(),
                key,
                "{method} {path}"
            );
        }
    }

    #[test]
    fn extracts_path_parameters() {
        let api = api(&["GET /o/{id}/lines/{line}", "GET /files/{proxy+}"]);
        let (_, found) = api.find("GET", "/o/7 8/lines/é").unwrap();
        assert_eq!(
            found,
            [("id", "7 8"), ("line", "é")]
                .map(|(k, v)| (k.into(), v.into()))
                .into()
        );
        let (_, found) = api.find("GET", "/files/a/b").unwrap();
        assert_eq!(found, [("proxy".to_owned(), "a/b".to_owned())].into());
    }

    #[test]
    fn finds_no_route_for_other_paths_and_methods() {
        let api = Routes::for_orders();
        for (method, path) in [
            ("GET", "/orders/"),
            ("GET", "/orders/1"),
            ("DELETE", "/orders/"),
            ("DELETE", "/orders/1/2"),
            ("PUT", "/orders"),
        ] {
            assert!(api.find(method, path).is_none(), "{method} {path}");
        }
    }

    #[test]
    fn routes_of_orders_equal_their_parsed_keys() {
        for route in Routes::for_orders().iter() {
            let parsed: Route = route.key().parse().unwrap();
            let parsed = if route.scopes().is_none() {
                parsed.public()
            } else {
                parsed
            };
            assert_eq!(&parsed, route);
        }
    }

    #[test]
    fn parses_scopes_after_the_path() {
        let route: Route = "GET /reports reports.read reports.all".parse().unwrap();
        assert_eq!(route.scopes().unwrap(), ["reports.read", "reports.all"]);
        assert_eq!(route.public().scopes(), None);
    }

    #[test]
    fn explains_how_to_write_a_route() {
        for invalid in ["", "GET", "get /a", "GET a", "GET /{a+}/b"] {
            assert!(
                invalid
                    .parse::<Route>()
                    .unwrap_err()
                    .to_string()
                    .contains("write a route as"),
                "{invalid}"
            );
        }
    }
}
