//! A router that accepts guarded handlers only.

use std::convert::Infallible;

use axum::Router;
use axum::extract::Request;
use axum::handler::Handler;
use axum::response::IntoResponse;
use axum::routing::{MethodRouter, Route as Service};
use tower_layer::Layer;

use super::methods::GuardedMethodRouter;
use super::routes::{Route, Routes};

/// An axum router whose routes are guarded, or visibly public.
///
/// ```
/// use require_claims::axum::GuardedRouter;
///
/// let router = GuardedRouter::new()
///     .public_route("/health", axum::routing::get(|| async { "healthy" }));
/// assert_eq!(router.routes().as_slice()[0].requirements, None);
/// let app: axum::Router = router.into_router();
/// # let _ = app;
/// ```
///
/// [`route`](Self::route) accepts only handlers whose first argument is a [`Guard`](super::Guard). A handler without
/// one does not compile. Every method that adds an open route has `public` in its name.
#[derive(Clone, Debug)]
#[must_use = "a router does nothing until it is run"]
pub struct GuardedRouter<S = ()> {
    router: Router<S>,
    routes: Routes,
}

impl<S: Clone + Send + Sync + 'static> Default for GuardedRouter<S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S: Clone + Send + Sync + 'static> GuardedRouter<S> {
    /// Creates a router without routes.
    ///
    /// ```
    /// use require_claims::axum::GuardedRouter;
    ///
    /// let router: GuardedRouter = GuardedRouter::new();
    /// assert!(router.routes().as_slice().is_empty());
    /// ```
    pub fn new() -> Self {
        Self {
            router: Router::new(),
            routes: Routes::default(),
        }
    }

    /// Adds guarded handlers at this path.
    ///
    /// ```
    /// use require_claims::axum::{GuardedRouter, get};
    /// use require_claims::require_claims;
    ///
    /// #[require_claims(email_verified)]
    /// async fn list_orders() -> &'static str {
    ///     "orders"
    /// }
    ///
    /// let router: GuardedRouter = GuardedRouter::new().route("/orders", get(list_orders));
    /// assert_eq!(router.routes().as_slice()[0].requirements, Some("email_verified"));
    /// ```
    ///
    /// A handler without a guard does not compile:
    ///
    /// ```compile_fail,E0277
    /// use require_claims::axum::{GuardedRouter, get};
    ///
    /// async fn list_orders() -> &'static str {
    ///     "orders"
    /// }
    ///
    /// let router: GuardedRouter = GuardedRouter::new().route("/orders", get(list_orders));
    /// ```
    ///
    /// # Panics
    ///
    /// Panics like [`axum::Router::route`], for instance if the path overlaps with another route.
    pub fn route(mut self, path: &str, handlers: GuardedMethodRouter<S>) -> Self {
        for (method, requirements) in handlers.methods {
            self.add(method, path, Some(requirements));
        }
        self.with(|router| router.route(path, handlers.inner))
    }

    /// Adds handlers that anyone may call: see the [example](Self) above.
    ///
    /// # Panics
    ///
    /// Panics like [`axum::Router::route`].
    pub fn public_route(mut self, path: &str, handlers: MethodRouter<S>) -> Self {
        self.add("any", path, None);
        self.with(|router| router.route(path, handlers))
    }

    /// Adds the routes of another guarded router under this path.
    ///
    /// ```
    /// use axum::routing::get;
    /// use require_claims::axum::GuardedRouter;
    ///
    /// let status = GuardedRouter::new().public_route("/health", get(|| async { "healthy" }));
    /// let router: GuardedRouter = GuardedRouter::new().nest("/status", status);
    /// assert_eq!(router.routes().as_slice()[0].path, "/status/health");
    /// ```
    ///
    /// # Panics
    ///
    /// Panics like [`axum::Router::nest`].
    pub fn nest(mut self, path: &str, nested: Self) -> Self {
        self.routes.nest(path, nested.routes);
        self.with(|router| router.nest(path, nested.router))
    }

    /// Adds the routes of a plain router, which anyone may call, under this path. They are one row of the
    /// [list of routes](Self::routes).
    ///
    /// ```
    /// use axum::{Router, routing::get};
    /// use require_claims::axum::GuardedRouter;
    ///
    /// let docs = Router::new().route("/api", get(|| async { "docs" }));
    /// let router: GuardedRouter = GuardedRouter::new().public_nest("/docs", docs);
    /// assert_eq!(router.routes().as_slice()[0].path, "/docs/*");
    /// ```
    ///
    /// # Panics
    ///
    /// Panics like [`axum::Router::nest`].
    pub fn public_nest(mut self, path: &str, nested: Router<S>) -> Self {
        self.add("any", &format!("{}/*", path.trim_end_matches('/')), None);
        self.with(|router| router.nest(path, nested))
    }

    /// Adds the routes of another guarded router.
    ///
    /// ```
    /// use axum::routing::get;
    /// use require_claims::axum::GuardedRouter;
    ///
    /// let status = GuardedRouter::new().public_route("/health", get(|| async { "healthy" }));
    /// let router: GuardedRouter = GuardedRouter::new().merge(status);
    /// assert_eq!(router.routes().as_slice()[0].path, "/health");
    /// ```
    ///
    /// # Panics
    ///
    /// Panics like [`axum::Router::merge`].
    pub fn merge(mut self, other: Self) -> Self {
        self.routes.0.extend(other.routes.0);
        self.with(|router| router.merge(other.router))
    }

    /// Answers requests to all other paths with a handler that anyone may call.
    ///
    /// ```
    /// use require_claims::axum::GuardedRouter;
    ///
    /// let router: GuardedRouter = GuardedRouter::new().public_fallback(|| async { "nothing here" });
    /// assert_eq!(router.routes().as_slice()[0].path, "*");
    /// ```
    pub fn public_fallback<H: Handler<T, S>, T: 'static>(mut self, handler: H) -> Self {
        self.add("any", "*", None);
        self.with(|router| router.fallback(handler))
    }

    /// Adds a layer around all routes so far, like [`axum::Router::layer`].
    ///
    /// ```
    /// use axum::{Extension, routing::get};
    /// use require_claims::axum::GuardedRouter;
    ///
    /// let router: GuardedRouter = GuardedRouter::new()
    ///     .public_route("/health", get(|| async { "healthy" }))
    ///     .layer(Extension("shop"));
    /// # let _ = router;
    /// ```
    pub fn layer<L>(self, layer: L) -> Self
    where
        L: Layer<Service> + Clone + Send + Sync + 'static,
        L::Service: tower_service::Service<Request> + Clone + Send + Sync + 'static,
        <L::Service as tower_service::Service<Request>>::Response: IntoResponse + 'static,
        <L::Service as tower_service::Service<Request>>::Error: Into<Infallible> + 'static,
        <L::Service as tower_service::Service<Request>>::Future: Send + 'static,
    {
        self.with(|router| router.layer(layer))
    }

    /// Adds a layer around all routes so far, which runs only if a route matches, like
    /// [`axum::Router::route_layer`].
    ///
    /// ```
    /// use axum::{Extension, routing::get};
    /// use require_claims::axum::GuardedRouter;
    ///
    /// let router: GuardedRouter = GuardedRouter::new()
    ///     .public_route("/health", get(|| async { "healthy" }))
    ///     .route_layer(Extension("shop"));
    /// # let _ = router;
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if the router has no routes.
    pub fn route_layer<L>(self, layer: L) -> Self
    where
        L: Layer<Service> + Clone + Send + Sync + 'static,
        L::Service: tower_service::Service<Request> + Clone + Send + Sync + 'static,
        <L::Service as tower_service::Service<Request>>::Response: IntoResponse + 'static,
        <L::Service as tower_service::Service<Request>>::Error: Into<Infallible> + 'static,
        <L::Service as tower_service::Service<Request>>::Future: Send + 'static,
    {
        self.with(|router| router.route_layer(layer))
    }

    /// Provides the state of the handlers, like [`axum::Router::with_state`].
    ///
    /// ```
    /// use axum::{extract::State, routing::get};
    /// use require_claims::axum::GuardedRouter;
    ///
    /// let router: GuardedRouter = GuardedRouter::new()
    ///     .public_route("/name", get(|State(name): State<&'static str>| async move { name }))
    ///     .with_state("shop");
    /// # let _ = router;
    /// ```
    pub fn with_state<S2>(self, state: S) -> GuardedRouter<S2> {
        GuardedRouter {
            router: self.router.with_state(state),
            routes: self.routes,
        }
    }

    /// The routes with their requirements, in the order in which they were added: see [`Routes`].
    #[must_use]
    pub fn routes(&self) -> &Routes {
        &self.routes
    }

    /// The plain router, to run it or to add it to another one: see the [example](Self) above.
    pub fn into_router(self) -> Router<S> {
        self.router
    }

    fn add(&mut self, method: &'static str, path: &str, requirements: Option<&'static str>) {
        self.routes.0.push(Route {
            method,
            path: path.to_owned(),
            requirements,
        });
    }

    fn with(self, change: impl FnOnce(Router<S>) -> Router<S>) -> Self {
        Self {
            router: change(self.router),
            routes: self.routes,
        }
    }
}
