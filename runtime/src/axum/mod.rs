//! Guarded handlers of [axum] 0.8, and a router that accepts only guarded handlers (feature `axum`).
//!
//! ```
//! use axum::extract::{Path, State};
//! use require_claims::axum::{GuardedRouter, get};
//! use require_claims::require_claims;
//!
//! #[derive(Clone)]
//! struct Orders;
//!
//! #[require_claims(email_verified)]
//! async fn show_order(State(Orders): State<Orders>, Path(id): Path<u64>) -> String {
//!     format!("order {id}")
//! }
//!
//! #[require_claims(email_verified, role = "admin", mfa)]
//! async fn cancel_order(Path(id): Path<u64>, why: String) -> String {
//!     format!("cancelled {id}: {why}")
//! }
//!
//! let router = GuardedRouter::new()
//!     .route("/orders/{id}", get(show_order).delete(cancel_order))
//!     .public_route("/health", axum::routing::get(|| async { "healthy" }));
//! assert_eq!(
//!     router.routes().to_string(),
//!     "| Method | Path | Requirements |\n\
//!      |---|---|---|\n\
//!      | GET | `/orders/{id}` | `email_verified` |\n\
//!      | DELETE | `/orders/{id}` | `email_verified, role = \"admin\", mfa` |\n\
//!      | any | `/health` | public |\n"
//! );
//! let app: axum::Router = router.into_router().with_state(Orders);
//! # let _ = app;
//! ```
//!
//! In `main`, `lambda_http::run(app).await` runs the router as a Lambda function. It adds the request context with the
//! authorizer's claims to each request. Without this context, as with `axum::serve`, a guarded handler denies every
//! request.
//!
//! Behind a REST API, and behind an HTTP API with a named stage, `lambda_http` puts the stage in front of the path.
//! Set the environment variable `AWS_LAMBDA_HTTP_IGNORE_STAGE_IN_PATH` to `true`, so that routes match without it. See
//! [Troubleshooting](crate::guide::troubleshooting#axum-404-for-every-route).
//!
//! # Handlers
//!
//! A function without an [event argument](macro@crate::require_claims#the-handler) is a handler of axum. The attribute
//! adds the guard as one more argument, before all others. So:
//!
//! - The check comes first. A denied request reaches no other extractor, and its body is not read.
//! - The function's body and return type stay as they are. It can return everything that axum accepts.
//! - Extractors such as `State`, `Extension`, `Option<…>` and `Result<…>` work, and so do generic handlers. There can
//!   be up to 15.
//! - `subject = path("user_id")` compares the claim with the parameter of the matched route, decoded, as in `Path`. It
//!   can be a parameter of a router around the route. The gateway's own parameters do not count.
//! - `#[claims]` arguments are read by the guard, too.
//! - `on_reject` can return anything that implements axum's `IntoResponse`. Include the status: axum sends text alone
//!   with the status 200.
//!
//! A handler that takes the whole request has an argument of the type `Request`, like a handler of `lambda_http`. Add
//! the option `axum`:
//!
//! ```
//! use axum::extract::Request;
//! use require_claims::axum::{GuardedRouter, post};
//! use require_claims::require_claims;
//!
//! #[require_claims(role = "admin", axum)]
//! async fn upload(request: Request) -> String {
//!     request.uri().path().to_owned()
//! }
//!
//! let router: GuardedRouter = GuardedRouter::new().route("/files", post(upload));
//! # let _ = router;
//! ```
//!
//! The guard is a type next to the function. Rust allows no type within an `impl` block, so a handler of axum cannot be
//! a method or an associated function. To call a handler in a test, send a request to the router: see the
//! [test kit](crate::guide::testing).
//!
//! ## Other attributes
//!
//! Put `#[axum::debug_handler]` below the attribute. Above, it runs first, and sees the arguments without the guard.
//! `#[utoipa::path]` and `#[tracing::instrument]` can be above or below. Like other arguments, `instrument` records
//! `#[claims]` arguments, which contain personal data: skip them with `skip_all`.
//!
//! # Groups of routes
//!
//! [`RequireClaimsLayer`](crate::tower::RequireClaimsLayer) guards a group of routes, or a whole router, with one
//! requirement. Handlers behind it are not guarded handlers for a [`GuardedRouter`].
//!
//! In a plain router, [`DenyUncheckedLayer`] denies the requests that nothing has checked.
//!
//! # A guard without the attribute
//!
//! Implement [`Guard`] for an extractor that calls [`check`], and take it as the first argument.
//!
//! [axum]: https://docs.rs/axum

#[doc(hidden)]
pub mod attribute;
mod claims;
mod guard;
mod methods;
mod request;
mod router;
mod routes;
mod unchecked;

pub use claims::Claims;
pub use guard::{Guard, GuardedHandler, check};
pub use methods::{
    GuardedMethodRouter, any, connect, delete, get, head, on, options, patch, post, put, trace,
};
pub use router::GuardedRouter;
pub use routes::{Route, Routes};
pub use unchecked::{DenyUnchecked, DenyUncheckedLayer};
