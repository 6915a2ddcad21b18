//! Guarded handlers of [axum] (feature `axum`): a router that accepts only guarded handlers, and the claims as an
//! extractor.
//!
//! [axum]: https://docs.rs/axum

mod claims;
mod guard;
mod methods;
mod request;
mod router;
mod routes;

pub use claims::Claims;
pub use guard::{Guard, GuardedHandler, check};
pub use methods::{
    GuardedMethodRouter, any, connect, delete, get, head, options, patch, post, put, trace,
};
pub use router::GuardedRouter;
pub use routes::{Route, Routes};
