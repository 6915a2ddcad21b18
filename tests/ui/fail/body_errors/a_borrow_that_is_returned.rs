//! A borrow of a variable of the body, returned.

use lambda_http::{Error, IntoResponse, Request};
use require_claims::require_claims;

#[require_claims(role = "admin")]
async fn opaque(event: Request) -> impl IntoResponse + 'static {
    let path = event.uri().path().to_owned();
    path.as_str()
}

#[require_claims(role = "admin")]
async fn carried(event: Request) -> Result<impl IntoResponse + 'static, Error> {
    let path = event.uri().path().to_owned();
    Ok(path.as_str())
}

#[require_claims(role = "admin")]
fn opaque_without_async(event: Request) -> impl IntoResponse + 'static {
    let path = event.uri().path().to_owned();
    path.as_str()
}

#[require_claims(role = "admin")]
fn carried_without_async(event: Request) -> Result<impl IntoResponse + 'static, Error> {
    let path = event.uri().path().to_owned();
    Ok(path.as_str())
}

fn main() {}
