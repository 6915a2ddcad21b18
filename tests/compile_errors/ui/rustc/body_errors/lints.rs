//! Lints that an editor shows while the body is being written.

#![deny(unused_assignments, unused_must_use, unused_mut, unused_variables)]

use lambda_http::{Error, IntoResponse, Request, Response};
use require_claims::require_claims;

#[require_claims(role = "admin")]
async fn named(mut event: Request, other: u8) -> Result<Response<String>, Error> {
    let count = 0;
    Ok(Response::new(event.uri().path().to_owned()))
}

#[require_claims(role = "admin")]
async fn opaque(mut event: Request, other: u8) -> impl IntoResponse {
    let mut count = event.uri().path().len();
    count.to_string()
}

#[require_claims(role = "admin")]
async fn carried(event: Request, mut other: u8) -> Result<impl IntoResponse, Error> {
    let mut count = 0;
    count = event.uri().path().len();
    other = 1;
    Ok(event.uri().path().to_owned())
}

#[require_claims(role = "admin")]
fn opaque_without_async(event: Request, (first, second): (u8, u8)) -> impl IntoResponse {
    event.uri().path().to_owned()
}

#[require_claims(role = "admin")]
fn carried_without_async(mut event: Request, other: u8) -> Result<impl IntoResponse, Error> {
    std::fs::read(event.uri().path());
    Ok("")
}

fn main() {}
