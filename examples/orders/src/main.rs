//! A Lambda function for the orders of a shop, each route guarded by the claims that it needs.
//!
//! `cargo run -p local-gateway` runs it behind an API Gateway on this machine.

mod answer;
mod handlers;
mod names;
mod store;

use lambda_http::http::Method;
use lambda_http::{Body, Error, Request, RequestExt, Response, run, service_fn};

use crate::store::Store;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    lambda_http::tracing::init_default_subscriber();
    let store = Store::with_examples();
    run(service_fn(|event| route(&store, event))).await
}

/// Hands the event to the handler of its route. Nothing is checked here: every handler says what it
/// requires, and is closed even if a route leads to it by mistake.
async fn route(store: &Store, event: Request) -> Result<Response<Body>, Error> {
    let path = event.raw_http_path().to_owned();
    let segments: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    match (event.method(), segments.as_slice()) {
        (&Method::GET, ["health"]) => handlers::health(),
        (&Method::GET, ["orders"]) => handlers::list_orders(store, event).await,
        (&Method::POST, ["orders"]) => handlers::create_order(store, event).await,
        (&Method::DELETE, ["orders", id]) => handlers::cancel_order(store, event, id).await,
        (&Method::GET, ["reports", "daily"]) => handlers::daily_report(store, event).await,
        _ => answer::error(404, "there is no such route"),
    }
}
