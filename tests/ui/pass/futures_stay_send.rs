//! What can be sent to another thread without the attribute can be with it.
#![deny(warnings)]

use lambda_http::{Body, Error, IntoResponse, Request, Response, service_fn};
use require_claims::require_claims;

async fn wait() {}

#[require_claims(email_verified, mfa("totp", max_age = "5m"))]
async fn named(event: Request) -> Result<Response<Body>, Error> {
    wait().await;
    Ok(Response::new(event.into_body()))
}

#[require_claims(email_verified, any(role = "a", role = "b"))]
async fn carried(_event: Request) -> Result<impl IntoResponse, Error> {
    wait().await;
    let number: u8 = "1".parse()?;
    Ok(number.to_string())
}

#[require_claims(email_verified)]
async fn opaque(event: Request) -> impl IntoResponse {
    wait().await;
    Response::new(event.into_body())
}

fn is_send(_: impl Send + 'static) {}

fn main() {
    is_send(named(Request::default()));
    is_send(carried(Request::default()));
    is_send(opaque(Request::default()));
    // As a function is handed to the Lambda runtime.
    drop(lambda_http::run(service_fn(named)));
    drop(lambda_http::run(service_fn(carried)));
}
