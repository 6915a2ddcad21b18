//! A borrow that outlives its value.

use lambda_http::{Error, IntoResponse, Request, Response};
use require_claims::require_claims;

#[require_claims(role = "admin")]
async fn named(event: Request) -> Result<Response<String>, Error> {
    let path = {
        let local = event.uri().path().to_owned();
        local.as_str()
    };
    Ok(Response::new(path.to_owned()))
}

#[require_claims(role = "admin")]
async fn opaque(event: Request) -> impl IntoResponse {
    let path = {
        let local = event.uri().path().to_owned();
        local.as_str()
    };
    path.to_owned()
}

#[require_claims(role = "admin")]
async fn carried(event: Request) -> Result<impl IntoResponse, Error> {
    let path = {
        let local = event.uri().path().to_owned();
        local.as_str()
    };
    Ok(path.to_owned())
}

#[require_claims(role = "admin")]
fn opaque_without_async(event: Request) -> impl IntoResponse {
    let path = {
        let local = event.uri().path().to_owned();
        local.as_str()
    };
    path.to_owned()
}

#[require_claims(role = "admin")]
fn carried_without_async(event: Request) -> Result<impl IntoResponse, Error> {
    let path = {
        let local = event.uri().path().to_owned();
        local.as_str()
    };
    Ok(path.to_owned())
}

fn main() {}
