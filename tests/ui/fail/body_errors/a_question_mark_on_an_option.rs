//! `?` on an `Option`, where no `Option` is returned.

use lambda_http::{Error, IntoResponse, Request, Response};
use require_claims::require_claims;

#[require_claims(role = "admin")]
async fn named(event: Request) -> Result<Response<String>, Error> {
    let query = event.uri().query()?;
    Ok(Response::new(query.to_owned()))
}

#[require_claims(role = "admin")]
async fn opaque(event: Request) -> impl IntoResponse {
    let query = event.uri().query()?;
    query.to_owned()
}

#[require_claims(role = "admin")]
async fn carried(event: Request) -> Result<impl IntoResponse, Error> {
    let query = event.uri().query()?;
    Ok(query.to_owned())
}

#[require_claims(role = "admin")]
fn opaque_without_async(event: Request) -> impl IntoResponse {
    let query = event.uri().query()?;
    query.to_owned()
}

#[require_claims(role = "admin")]
fn carried_without_async(event: Request) -> Result<impl IntoResponse, Error> {
    let query = event.uri().query()?;
    Ok(query.to_owned())
}

fn main() {}
