//! A call with an argument of another type.

use lambda_http::{Error, IntoResponse, Request, Response};
use require_claims::require_claims;

#[require_claims(role = "admin")]
async fn named(event: Request) -> Result<Response<String>, Error> {
    let path = event.uri().path().repeat("2");
    Ok(Response::new(path))
}

#[require_claims(role = "admin")]
async fn opaque(event: Request) -> impl IntoResponse {
    let path = event.uri().path().repeat("2");
    path
}

#[require_claims(role = "admin")]
async fn carried(event: Request) -> Result<impl IntoResponse, Error> {
    let path = event.uri().path().repeat("2");
    Ok(path)
}

#[require_claims(role = "admin")]
fn opaque_without_async(event: Request) -> impl IntoResponse {
    let path = event.uri().path().repeat("2");
    path
}

#[require_claims(role = "admin")]
fn carried_without_async(event: Request) -> Result<impl IntoResponse, Error> {
    let path = event.uri().path().repeat("2");
    Ok(path)
}

fn main() {}
