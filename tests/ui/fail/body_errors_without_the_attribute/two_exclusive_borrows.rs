//! Two exclusive borrows at a time.

use lambda_http::{Error, IntoResponse, Request, Response};
use require_claims::require_claims;

// #[require_claims(role = "admin")]
async fn named(event: Request) -> Result<Response<String>, Error> {
    let mut path = event.uri().path().to_owned();
    let first = &mut path;
    let second = &mut path;
    first.push('a');
    second.push('b');
    Ok(Response::new(path))
}

// #[require_claims(role = "admin")]
async fn opaque(event: Request) -> impl IntoResponse {
    let mut path = event.uri().path().to_owned();
    let first = &mut path;
    let second = &mut path;
    first.push('a');
    second.push('b');
    path
}

// #[require_claims(role = "admin")]
async fn carried(event: Request) -> Result<impl IntoResponse, Error> {
    let mut path = event.uri().path().to_owned();
    let first = &mut path;
    let second = &mut path;
    first.push('a');
    second.push('b');
    Ok(path)
}

// #[require_claims(role = "admin")]
fn opaque_without_async(event: Request) -> impl IntoResponse {
    let mut path = event.uri().path().to_owned();
    let first = &mut path;
    let second = &mut path;
    first.push('a');
    second.push('b');
    path
}

// #[require_claims(role = "admin")]
fn carried_without_async(event: Request) -> Result<impl IntoResponse, Error> {
    let mut path = event.uri().path().to_owned();
    let first = &mut path;
    let second = &mut path;
    first.push('a');
    second.push('b');
    Ok(path)
}

fn main() {}
