//! A body whose last line ends in a semicolon.

use lambda_http::{Error, IntoResponse, Request, Response};
use require_claims::require_claims;

// #[require_claims(role = "admin")]
async fn named(event: Request) -> Result<Response<String>, Error> {
    Ok(Response::new(event.uri().path().to_owned()));
}

// #[require_claims(role = "admin")]
async fn opaque(event: Request) -> impl IntoResponse {
    event.uri().path().to_owned();
}

// #[require_claims(role = "admin")]
async fn carried(event: Request) -> Result<impl IntoResponse, Error> {
    Ok(event.uri().path().to_owned());
}

// #[require_claims(role = "admin")]
fn named_without_async(event: Request) -> Result<Response<String>, Error> {
    Ok(Response::new(event.uri().path().to_owned()));
}

// #[require_claims(role = "admin")]
fn opaque_without_async(event: Request) -> impl IntoResponse {
    event.uri().path().to_owned();
}

// #[require_claims(role = "admin")]
fn carried_without_async(event: Request) -> Result<impl IntoResponse, Error> {
    Ok(event.uri().path().to_owned());
}

fn main() {}
