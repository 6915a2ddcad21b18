use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

#[require_claims(email_verified, crate)]
async fn handler(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

fn main() {
    // The handler still exists, so there is no follow-up error.
    let _ = handler;
}
