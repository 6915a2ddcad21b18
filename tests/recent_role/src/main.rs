//! A Lambda function that requires a role which SuperTokens fetched within the last five minutes.
//!
//! The tests of `examples/supertokens/website` run it in place of `orders`, which has no maximum age.

use lambda_http::http::header::CONTENT_TYPE;
use lambda_http::{Body, Error, Request, Response, run, service_fn};
use require_claims::require_claims;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    lambda_http::tracing::init_default_subscriber();
    run(service_fn(list_orders)).await
}

#[require_claims(role("admin", max_age = "5m"))]
#[allow(clippy::unused_async, reason = "`service_fn` takes async functions")]
async fn list_orders(_event: Request) -> Result<Response<Body>, Error> {
    let response = Response::builder()
        .header(CONTENT_TYPE, "application/json")
        .body(Body::from("[]"))?;
    Ok(response)
}
