//! A layer for routers of any handlers: it denies what nothing has checked.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};

use axum::extract::{MatchedPath, Request};
use axum::response::{IntoResponse as _, Response};
use futures_util::future::{BoxFuture, FutureExt as _, TryFutureExt as _};
use http::StatusCode;
use http::header::CONTENT_TYPE;
use tower_layer::Layer;
use tower_service::Service;

use crate::tower::Checked;

const BODY: &str = r#"{"message":"this route makes no check"}"#;
const WARNING: &str = "nothing has checked this request, and its handler has run; add a guard to the route, or list it \
                       with `DenyUncheckedLayer::public`";

/// Denies every request that no guard has checked, unless its route is public.
///
/// ```
/// use axum::body::Body;
/// use axum::extract::Request;
/// use axum::{Router, routing::get};
/// use require_claims::axum::DenyUncheckedLayer;
/// use require_claims::supertokens::ROLE;
/// use require_claims::tower::RequireClaimsLayer;
/// use tower::ServiceExt as _;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let router: Router = Router::new()
///     .route("/reports", get(|| async { "reports" }))
///     .route_layer(RequireClaimsLayer::new(ROLE.includes("admin")))
///     .route("/health", get(|| async { "healthy" }))
///     .route("/orders", get(|| async { "all orders" })) // Its guard was forgotten.
///     .layer(DenyUncheckedLayer::new().public("/health"));
///
/// let health = Request::get("/health").body(Body::empty())?;
/// assert_eq!(router.clone().oneshot(health).await?.status(), 200);
/// let orders = Request::get("/orders").body(Body::empty())?;
/// assert_eq!(router.oneshot(orders).await?.status(), 403);
/// # Ok(())
/// # }
/// ```
///
/// Prefer [`GuardedRouter`](super::GuardedRouter): there, a forgotten guard does not compile. This layer is for routers
/// that cannot become one. It finds a forgotten guard only when the route is requested.
///
/// Two checks count, whether they allow or deny the request: that of a guard, which the attribute writes or which calls
/// [`check`](super::check), and that of [`RequireClaimsLayer`](crate::tower::RequireClaimsLayer). If neither was made,
/// the handler's response is dropped. The caller gets a 403 with `{"message":"this route makes no check"}`, and a
/// warning with the method and the route is logged. The 403 of a guard is returned unchanged.
///
/// These do not count: [`Claims`](super::Claims), [`extract_claims`](crate::extract_claims()),
/// [`Requirement::check`](crate::Requirement::check) in the handler's body, and the attribute on a handler of
/// `lambda_http`, whose event is the whole request. For the latter, add the option `axum`.
///
/// # Where to add it
///
/// Add it with [`Router::layer`](axum::Router::layer), after all routes and after all layers that check:
///
/// - Routes that are added later are not denied. Nor is a fallback: `.layer(…).fallback(…)` makes it public.
/// - A check counts only if it is made inside this layer.
/// - [`Router::route_layer`](axum::Router::route_layer) would leave out fallbacks.
///
/// Add a layer for CORS after it, so that this layer does not deny preflight requests.
///
/// A request that matches no route, or no method of a route, is also denied: a 403 instead of axum's 404 or 405.
///
/// # What it cannot prevent
///
/// - **The handler has run.** A forgotten guard on `DELETE /orders/{id}` still deletes the order; only the response is
///   withheld. The same applies to a handler that panics.
/// - A check counts even if the handler ignores its result, or if it checks a copy of the request.
/// - A check that is made while the body is streamed comes too late: the request has been denied.
#[derive(Clone, Debug, Default)]
#[must_use = "a layer does nothing until it is added to a router"]
pub struct DenyUncheckedLayer {
    public: Vec<String>,
}

impl DenyUncheckedLayer {
    /// Creates a layer without public routes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes a route public, for all its methods.
    ///
    /// ```
    /// use require_claims::axum::DenyUncheckedLayer;
    ///
    /// let layer = DenyUncheckedLayer::new().public("/health").public("/articles/{id}");
    /// # let _ = layer;
    /// ```
    ///
    /// Write the path as in [`Router::route`](axum::Router::route), after the paths of all routers around it:
    /// `/health` in a router that is nested at `/api` is `/api/health`. It is compared with axum's [`MatchedPath`]. A
    /// path without a route has no effect, and is not reported. Services of `nest_service` have no `MatchedPath`; add
    /// public ones after this layer.
    pub fn public(mut self, path: &str) -> Self {
        self.public.push(path.to_owned());
        self
    }
}

impl<S> Layer<S> for DenyUncheckedLayer {
    type Service = DenyUnchecked<S>;

    fn layer(&self, inner: S) -> Self::Service {
        // The router clones the service for each request.
        let public = Arc::from(self.public.clone());
        DenyUnchecked { inner, public }
    }
}

/// A service whose response is returned only if a check was made; see [`DenyUncheckedLayer`].
#[derive(Clone, Debug)]
pub struct DenyUnchecked<S> {
    inner: S,
    public: Arc<[String]>,
}

impl<S> Service<Request> for DenyUnchecked<S>
where
    S: Service<Request, Response = Response>,
    S::Future: Send + 'static,
{
    type Response = Response;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<Response, S::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        let method = request.method().clone();
        let path = request.extensions().get::<MatchedPath>().cloned();
        let public = Arc::clone(&self.public);
        // Each call has a new mark, so that no check of another request counts, nor one outside this layer.
        let checked = Checked::default();
        let outer = request.extensions_mut().insert(checked.clone());
        let response = self.inner.call(request).map_ok(move |response| {
            let path = path.as_ref().map(MatchedPath::as_str);
            if checked.0.load(Ordering::Relaxed) {
                // It is also a check inside a layer around this one.
                outer.unwrap_or_default().0.store(true, Ordering::Relaxed);
            } else if !path.is_some_and(|path| public.iter().any(|public| public == path)) {
                tracing::warn!(%method, path, "denied: {WARNING}");
                let content_type = [(CONTENT_TYPE, "application/json")];
                return (StatusCode::FORBIDDEN, content_type, BODY).into_response();
            }
            response
        });
        response.boxed()
    }
}
