//! A variable that is changed without `mut`.

use lambda_http::{Error, IntoResponse, Request, Response};
use require_claims::require_claims;

#[require_claims(role = "admin")]
async fn named(event: Request) -> Result<Response<String>, Error> {
    let count = 0;
    count += event.uri().path().len();
    Ok(Response::new(count.to_string()))
}

#[require_claims(role = "admin")]
async fn opaque(event: Request) -> impl IntoResponse {
    let count = 0;
    count += event.uri().path().len();
    count.to_string()
}

#[require_claims(role = "admin")]
async fn carried(event: Request) -> Result<impl IntoResponse, Error> {
    let count = 0;
    count += event.uri().path().len();
    Ok(count.to_string())
}

#[require_claims(role = "admin")]
fn opaque_without_async(event: Request) -> impl IntoResponse {
    let count = 0;
    count += event.uri().path().len();
    count.to_string()
}

#[require_claims(role = "admin")]
fn carried_without_async(event: Request) -> Result<impl IntoResponse, Error> {
    let count = 0;
    count += event.uri().path().len();
    Ok(count.to_string())
}

fn main() {}
