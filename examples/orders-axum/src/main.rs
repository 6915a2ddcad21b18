//! The Lambda function of `examples/orders` as an axum router: the same routes, requirements and responses.
//!
//! Three things differ. An API with exactly these routes does not pass on the requests that would show them:
//!
//! - axum answers `HEAD` with the handler of `GET`.
//! - It adds the header `allow` to the 404 for a method without a route.
//! - It does not ignore a `/` at the end of a path.
//!
//! # Run it during development
//!
//! Run it behind the local API Gateway, which checks tokens and passes their claims as AWS does. In a clone of this
//! repository:
//!
//! ```sh
//! cargo build -p orders-axum
//! cargo run -p local-gateway -- --function target/debug/orders-axum
//! ```
//!
//! Do not serve the router with `axum::serve` instead. Outside Lambda a request has no context of API Gateway, and so
//! no claims: every guarded route answers with 403, and the log says `the event has no authorizer claims`.
//!
//! # Deploy it
//!
//! `lambda_http` puts the stage of a REST API in front of the path, such as `/prod/orders`, which this router does not
//! have. Set the function's environment variable `AWS_LAMBDA_HTTP_IGNORE_STAGE_IN_PATH` to `true`; the same applies to
//! an HTTP API with a named stage.
//!
//! # The list of routes
//!
//! `ROUTES.md` lists each route with its requirements. A test compares it with the router, so a review shows each
//! change of a requirement.

mod handlers;
mod new_order;
mod response;
// A copy of this example needs copies of these two files. Nothing in them depends on axum.
#[path = "../../orders/src/roles.rs"]
mod roles;
#[path = "../../orders/src/store.rs"]
mod store;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use lambda_http::tracing::Level;
use require_claims::axum::{GuardedRouter, delete, get};
use tower_http::trace::{DefaultMakeSpan, TraceLayer};

use crate::store::Store;

/// The state of the handlers.
type Orders = Arc<Store>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), lambda_http::Error> {
    lambda_http::tracing::init_default_subscriber();
    lambda_http::run(app()).await
}

/// The routes. A handler without `#[require_claims]` compiles only in the methods with `public` in their names.
fn routes() -> GuardedRouter<Orders> {
    let orders = GuardedRouter::new()
        .route("/", get(handlers::list_orders).post(handlers::create_order))
        .route("/{id}", delete(handlers::cancel_order));
    let reports = GuardedRouter::new().route("/daily", get(handlers::daily_report));
    GuardedRouter::new()
        .public_route("/health", axum::routing::get(handlers::health))
        .nest("/orders", orders)
        .nest("/reports", reports)
        .public_fallback(handlers::not_found)
}

/// The router that Lambda runs: the routes with their layers and their state.
fn app() -> Router {
    // The log of a denial then names the method and the URI.
    let span = DefaultMakeSpan::new().level(Level::INFO);
    routes()
        .into_router()
        .method_not_allowed_fallback(handlers::not_found)
        // Lambda limits the size of events.
        .layer(DefaultBodyLimit::disable())
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .with_state(Arc::new(Store::with_examples()))
}

#[cfg(test)]
mod tests;
