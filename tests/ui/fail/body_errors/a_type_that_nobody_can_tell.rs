//! A type that nobody can tell.

use lambda_http::{Error, IntoResponse, Request, Response};
use require_claims::require_claims;

#[require_claims(role = "admin")]
async fn named(event: Request) -> Result<Response<String>, Error> {
    let parts = event.uri().path().split('/').collect();
    drop(parts);
    Ok(Response::new(String::new()))
}

#[require_claims(role = "admin")]
async fn opaque(event: Request) -> impl IntoResponse {
    let parts = event.uri().path().split('/').collect();
    drop(parts);
    String::new()
}

#[require_claims(role = "admin")]
async fn carried(event: Request) -> Result<impl IntoResponse, Error> {
    let parts = event.uri().path().split('/').collect();
    drop(parts);
    Ok(String::new())
}

#[require_claims(role = "admin")]
fn opaque_without_async(event: Request) -> impl IntoResponse {
    let parts = event.uri().path().split('/').collect();
    drop(parts);
    String::new()
}

#[require_claims(role = "admin")]
fn carried_without_async(event: Request) -> Result<impl IntoResponse, Error> {
    let parts = event.uri().path().split('/').collect();
    drop(parts);
    Ok(String::new())
}

fn main() {}
