// Rustc parses the body before and after the attribute runs, and reports one error.
use lambda_http::{Body, Error, IntoResponse, Request, Response};
use require_claims::require_claims;

// #[require_claims(role = "admin")]
async fn named(event: Request) -> Result<Response<Body>, Error> {
    let path:
}

// #[require_claims(role = "admin")]
async fn opaque(event: Request) -> impl IntoResponse {
    let path:
}

// #[require_claims(role = "admin")]
async fn carried(event: Request) -> Result<impl IntoResponse, Error> {
    let path:
}

fn main() {}
