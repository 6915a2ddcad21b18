//! Guarded handlers of [axum] (feature `axum`): a router that accepts only guarded handlers, and the claims as an
//! extractor.
//!
//! ```
//! use std::future::{Future, ready};
//!
//! use axum::extract::FromRequestParts;
//! use http::request::Parts;
//! use require_claims::Rejection;
//! use require_claims::axum::{Guard, GuardedRouter, check, delete};
//! use require_claims::supertokens::ROLE;
//!
//! /// Checks the requirements before any other extractor runs.
//! struct Admin;
//!
//! impl Guard for Admin {
//!     const REQUIREMENTS: &'static str = "role = \"admin\"";
//! }
//!
//! impl<S: Sync> FromRequestParts<S> for Admin {
//!     type Rejection = Rejection;
//!
//!     fn from_request_parts(
//!         parts: &mut Parts,
//!         _: &S,
//!     ) -> impl Future<Output = Result<Self, Rejection>> + Send {
//!         ready(check(parts, "cancel_order", &[ROLE.includes("admin")]).map(|()| Admin))
//!     }
//! }
//!
//! async fn cancel_order(_: Admin) -> &'static str {
//!     "cancelled"
//! }
//!
//! let router: GuardedRouter = GuardedRouter::new()
//!     .route("/orders/{id}", delete(cancel_order))
//!     .public_route("/health", axum::routing::get(|| async { "healthy" }));
//! assert_eq!(
//!     router.routes().to_string(),
//!     "| Method | Path | Requirements |\n\
//!      |---|---|---|\n\
//!      | DELETE | `/orders/{id}` | `role = \"admin\"` |\n\
//!      | any | `/health` | public |\n"
//! );
//! ```
//!
//! In other routers, [`DenyUncheckedLayer`] denies the requests that no guard has checked.
//!
//! The attribute does not guard handlers of axum yet, so a guard is written by hand.
//!
//! [axum]: https://docs.rs/axum

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
    GuardedMethodRouter, any, connect, delete, get, head, options, patch, post, put, trace,
};
pub use router::GuardedRouter;
pub use routes::{Route, Routes};
pub use unchecked::{DenyUnchecked, DenyUncheckedLayer};
