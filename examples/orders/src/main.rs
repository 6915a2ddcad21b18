//! A Lambda function that manages the orders of a shop. Its handlers are guarded by claims.
//!
//! Run it behind a local API Gateway with `cargo run -p local-gateway`.

mod cors;
mod handlers;
mod response;
mod roles;
mod store;

use lambda_http::http::Method;
use lambda_http::{Body, Error, Request, RequestExt, Response, run, service_fn};

use crate::cors::Cors;
use crate::store::Store;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    lambda_http::tracing::init_default_subscriber();
    let store = Store::with_examples();
    let cors = Cors::from_environment()?;
    run(service_fn(async |event| {
        Ok::<_, Error>(cors.add(route(&store, event).await?))
    }))
    .await
}

/// Calls the handler for the request's method and path.
///
/// It checks no claims: each handler declares its own requirements, which a wrong route cannot bypass.
async fn route(store: &Store, event: Request) -> Result<Response<Body>, Error> {
    let path = event.raw_http_path().to_owned();
    let segments: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    match (event.method(), segments.as_slice()) {
        (&Method::GET, ["health"]) => handlers::health(),
        (&Method::GET, ["orders"]) => handlers::list_orders(store, event).await,
        (&Method::POST, ["orders"]) => handlers::create_order(store, event).await,
        (&Method::DELETE, ["orders", id]) => handlers::cancel_order(store, event, id).await,
        (&Method::GET, ["reports", "daily"]) => handlers::daily_report(store, event).await,
        _ => response::error(404, "no route for this method and path"),
    }
}

#[cfg(test)]
mod tests;
