//! The routes of the API: the function and the authorizer of a request.

mod mock;
mod path;
mod route;

use std::collections::{BTreeMap, BTreeSet, HashMap};

pub use self::mock::Mock;
pub use self::route::{Authorization, Route, RouteError};

/// The method of preflight requests.
const OPTIONS: &str = "OPTIONS";

/// All routes of the API.
#[derive(Clone, Debug)]
pub struct Routes(Vec<Route>);

impl Routes {
    /// Creates an API with these routes.
    ///
    /// # Errors
    ///
    /// Returns an error if two routes match the same requests.
    pub fn new(mut routes: Vec<Route>) -> Result<Self, RouteError> {
        let mut shapes = HashMap::new();
        for route in &routes {
            if let Some(other) = shapes.insert(route.shape(), route.key()) {
                return Err(RouteError(format!(
                    "the routes `{other}` and `{}` match the same requests; remove one of them",
                    route.key()
                )));
            }
        }
        // Routes are tried in this order. The sort is stable: equally specific routes keep the given order.
        routes.sort_by_key(Route::rank);
        Ok(Self(routes))
    }

    /// The routes of the example function `orders`.
    #[must_use]
    pub fn for_orders() -> Self {
        let guarded = [
            "GET /orders",
            "POST /orders",
            "DELETE /orders/{id}",
            "GET /reports/daily",
        ];
        let health = "GET /health".parse().map(Route::public);
        let routes = [health].into_iter().chain(guarded.map(str::parse));
        // All of them are valid, as a test checks.
        Self::new(routes.flatten().collect()).unwrap_or_else(|_| Self(Vec::new()))
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

    /// The routes with a function, the most specific first.
    pub fn iter(&self) -> impl Iterator<Item = &Route> {
        self.0.iter().filter(|route| route.mock().is_none())
    }

    /// All routes, the most specific first.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Route> {
        self.0.iter()
    }

    /// Adds a route for `OPTIONS` to every path that has none. `answer` returns its response, given the methods of the
    /// path; `authorizer` is the name of its authorizer.
    pub(crate) fn add_preflights(
        &mut self,
        authorizer: Option<&str>,
        answer: impl Fn(&[&str]) -> Mock,
    ) {
        let mut paths = BTreeMap::<String, (Route, BTreeSet<&str>)>::new();
        for route in &self.0 {
            let options = route.with_method(OPTIONS);
            let (_, methods) = paths
                .entry(options.shape())
                .or_insert_with(|| (options, BTreeSet::new()));
            methods.insert(route.method());
        }
        let without = paths
            .into_values()
            .filter(|(_, methods)| !methods.contains(OPTIONS));
        let added = without.map(|(options, mut methods)| {
            if methods.remove(route::ANY) {
                methods.extend(route::METHODS);
            }
            methods.insert(OPTIONS);
            let methods: Vec<_> = methods.into_iter().collect();
            let options = options.mocked(answer(&methods));
            match authorizer {
                Some(name) => options.authorized_by(Authorization {
                    authorizer: name.to_owned(),
                    scopes: Vec::new(),
                }),
                None => options,
            }
        });
        let added: Vec<_> = added.collect();
        self.0.extend(added);
        self.0.sort_by_key(Route::rank);
    }
}

#[cfg(test)]
mod tests {
    use super::Routes;

    fn api(routes: &[&str]) -> Routes {
        Routes::new(routes.iter().map(|route| route.parse().unwrap()).collect()).unwrap()
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
    fn the_routes_of_orders_are_valid() {
        let api = Routes::for_orders();
        let routes = api
            .iter()
            .map(|route| (route.key(), route.authorization().is_some()));
        let expected = [
            ("GET /health", false),
            ("GET /orders", true),
            ("POST /orders", true),
            ("GET /reports/daily", true),
            ("DELETE /orders/{id}", true),
        ];
        assert_eq!(routes.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn rejects_two_routes_for_the_same_requests() {
        for [first, second] in [
            ["GET /a", "GET /a scope"],
            ["GET /a/{x}", "GET /a/{y}"],
            ["ANY /{a+}", "ANY /{b+}"],
            ["$default", "$default"],
        ] {
            let routes = [first, second].map(|route| route.parse().unwrap());
            let error = Routes::new(routes.to_vec()).unwrap_err().to_string();
            assert!(error.contains("match the same requests"), "{error}");
        }
        api(&["GET /a", "ANY /a", "POST /a", "GET /{a}", "GET /{a+}"]);
    }
}
