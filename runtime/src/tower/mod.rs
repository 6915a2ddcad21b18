//! A [tower] layer that guards a service, such as a group of routes (feature `tower`, which the feature
//! `axum` enables).
//!
//! ```
//! use require_claims::supertokens::ROLE;
//! use require_claims::tower::RequireClaimsLayer;
//!
//! use axum::{Router, routing::get};
//!
//! let admin: Router = Router::new()
//!     .route("/orders", get(|| async { "all orders" }))
//!     .route_layer(RequireClaimsLayer::new(ROLE.includes("admin")));
//! # let _ = admin;
//! ```
//!
//! [tower]: https://docs.rs/tower

mod checked;

use std::future::{Ready, ready};
use std::task::{Context, Poll};

use futures_util::future::Either;
use http::{Request, Response};
use tower_layer::Layer;
use tower_service::Service;

pub(crate) use checked::Checked;

use crate::answer::Rejection;
use crate::requirement::Requirement;

/// Requires claims of every request before a service is called.
///
/// ```
/// use require_claims::supertokens::{EMAIL_VERIFIED, ROLE};
/// use require_claims::tower::RequireClaimsLayer;
/// use require_claims::{Requirement, all};
///
/// use axum::{Router, routing::delete};
///
/// const VERIFIED_ADMIN: Requirement = all(&[EMAIL_VERIFIED.is_true(), ROLE.includes("admin")]);
///
/// let router: Router = Router::new()
///     .route("/orders/{id}", delete(|| async { "cancelled" }))
///     .route_layer(RequireClaimsLayer::new(VERIFIED_ADMIN));
/// # let _ = router;
/// ```
///
/// The service is any [`Service`] of [`http::Request`]s whose response body can be created from a [`String`], such
/// as that of `axum::Router`. The request must have the request context of `lambda_http`, which `lambda_http::run`
/// adds. Without it, the request is denied.
///
/// A denied request does not reach the service. If several layers apply, each must allow the request.
///
/// A requirement that compares a claim with a path parameter uses the gateway's parameters, not those of the router.
/// Behind a route such as `ANY /{proxy+}`, the gateway has no parameter of that name, so the request is denied:
/// `no path parameter`. Use a [guarded handler](macro@crate::require_claims#handlers-of-axum) there, which compares
/// the parameter of the router.
#[derive(Clone, Copy, Debug)]
#[must_use = "a layer does nothing until it is added to a service"]
pub struct RequireClaimsLayer<F = fn(Rejection) -> Rejection> {
    requirement: Requirement<'static>,
    on_reject: F,
}

impl RequireClaimsLayer {
    /// Creates a layer with this requirement. A denied request gets the 403 of a [`Rejection`].
    ///
    /// ```
    /// use require_claims::supertokens::ROLE;
    /// use require_claims::tower::RequireClaimsLayer;
    ///
    /// const ADMINS_ONLY: RequireClaimsLayer = RequireClaimsLayer::new(ROLE.includes("admin"));
    /// # let _ = ADMINS_ONLY;
    /// ```
    pub const fn new(requirement: Requirement<'static>) -> Self {
        Self {
            requirement,
            on_reject: std::convert::identity,
        }
    }
}

impl<F> RequireClaimsLayer<F> {
    /// Builds the response to a denied request with this function instead. It takes the [`Rejection`] and returns it,
    /// or anything that converts into the service's response, such as a `Response` with the same body type.
    ///
    /// ```
    /// use require_claims::Rejection;
    /// use require_claims::supertokens::ROLE;
    /// use require_claims::tower::RequireClaimsLayer;
    ///
    /// use axum::{Router, body::Body, response::Response, routing::get};
    ///
    /// fn without_details(rejection: Rejection) -> Response {
    ///     let mut response = Response::new(Body::from("not allowed"));
    ///     *response.status_mut() = rejection.status();
    ///     response
    /// }
    ///
    /// let admin = RequireClaimsLayer::new(ROLE.includes("admin")).on_reject(without_details);
    /// let router: Router = Router::new().route("/orders", get(|| async { "all orders" })).layer(admin);
    /// # let _ = router;
    /// ```
    pub fn on_reject<R, T>(self, on_reject: R) -> RequireClaimsLayer<R>
    where
        R: Fn(Rejection) -> T,
    {
        RequireClaimsLayer {
            requirement: self.requirement,
            on_reject,
        }
    }
}

impl<S, F: Clone> Layer<S> for RequireClaimsLayer<F> {
    type Service = RequireClaims<S, F>;

    fn layer(&self, inner: S) -> Self::Service {
        let layer = self.clone();
        RequireClaims { inner, layer }
    }
}

/// A service that is called only if the claims of the request meet a requirement; see [`RequireClaimsLayer`].
#[derive(Clone, Copy, Debug)]
pub struct RequireClaims<S, F = fn(Rejection) -> Rejection> {
    inner: S,
    layer: RequireClaimsLayer<F>,
}

impl<S, F, T, B, R> Service<Request<B>> for RequireClaims<S, F>
where
    S: Service<Request<B>, Response = Response<R>>,
    F: Fn(Rejection) -> T,
    T: Into<Response<R>>,
{
    type Response = Response<R>;
    type Error = S::Error;
    type Future = Either<S::Future, Ready<Result<Response<R>, S::Error>>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        Checked::mark(request.extensions());
        match self.layer.requirement.check(&request) {
            Ok(()) => Either::Left(self.inner.call(request)),
            Err(rejection) => {
                let response = (self.layer.on_reject)(rejection);
                Either::Right(ready(Ok(response.into())))
            }
        }
    }
}
