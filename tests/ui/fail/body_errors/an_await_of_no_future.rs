//! `.await` of what is no future.

use lambda_http::{Error, IntoResponse, Request, Response};
use require_claims::require_claims;

#[require_claims(role = "admin")]
async fn named(event: Request) -> Result<Response<String>, Error> {
    let path = event.uri().path().await;
    Ok(Response::new(path.to_owned()))
}

#[require_claims(role = "admin")]
async fn opaque(event: Request) -> impl IntoResponse {
    let path = event.uri().path().await;
    path.to_owned()
}

#[require_claims(role = "admin")]
async fn carried(event: Request) -> Result<impl IntoResponse, Error> {
    let path = event.uri().path().await;
    Ok(path.to_owned())
}

#[require_claims(role = "admin")]
fn opaque_without_async(event: Request) -> impl IntoResponse {
    let path = event.uri().path().await;
    path.to_owned()
}

#[require_claims(role = "admin")]
fn carried_without_async(event: Request) -> Result<impl IntoResponse, Error> {
    let path = event.uri().path().await;
    Ok(path.to_owned())
}

fn main() {}
