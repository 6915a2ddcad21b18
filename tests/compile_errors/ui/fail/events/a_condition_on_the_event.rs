use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

#[require_claims(role = "admin")]
async fn handler(#[cfg(all())] event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

fn main() {}
