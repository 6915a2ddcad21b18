//! Names that do not exist, and those of the expansion, which the body cannot use.

use lambda_http::{Error, IntoResponse, Request, Response};
use require_claims::require_claims;

// #[require_claims(role = "admin")]
async fn named(event: Request) -> Result<Response<String>, Error> {
    let path = evnt.uri().path().to_owned();
    Ok(Response::new(path))
}

// #[require_claims(role = "admin")]
async fn opaque(event: Request) -> impl IntoResponse {
    let path = evnt.uri().path().to_owned();
    path
}

// #[require_claims(role = "admin")]
async fn carried(event: Request) -> Result<impl IntoResponse, Error> {
    let path = evnt.uri().path().to_owned();
    Ok(path)
}

// #[require_claims(role = "admin")]
fn opaque_without_async(event: Request) -> impl IntoResponse {
    let path = evnt.uri().path().to_owned();
    path
}

// #[require_claims(role = "admin")]
fn carried_without_async(event: Request) -> Result<impl IntoResponse, Error> {
    let path = evnt.uri().path().to_owned();
    Ok(path)
}

// #[require_claims(role = "admin")]
async fn names_of_the_expansion(_: Request) -> Result<impl IntoResponse, Error> {
    drop(__require_claims_event);
    drop(__require_claims_outcome);
    drop(__require_claims_rejection);
    Ok("")
}

fn main() {}
