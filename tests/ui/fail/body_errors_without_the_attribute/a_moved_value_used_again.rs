//! A value that was used up is told as in any function, whatever the return type.

use lambda_http::{Error, IntoResponse, Request};
use require_claims::require_claims;

// #[require_claims(role = "admin")]
async fn opaque(event: Request) -> impl IntoResponse {
    let path = event.uri().path().to_owned();
    drop(path);
    path
}

// #[require_claims(role = "admin")]
async fn carried(event: Request) -> Result<impl IntoResponse, Error> {
    let path = event.uri().path().to_owned();
    drop(path);
    Ok(path)
}

// #[require_claims(role = "admin")]
fn opaque_without_async(event: Request) -> impl IntoResponse {
    let path = event.uri().path().to_owned();
    drop(path);
    path
}

// #[require_claims(role = "admin")]
fn carried_without_async(event: Request) -> Result<impl IntoResponse, Error> {
    drop(event);
    Ok(event.uri().path().to_owned())
}

fn main() {}
