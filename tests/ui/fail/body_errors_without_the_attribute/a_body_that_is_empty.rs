use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

// #[require_claims(email_verified)]
async fn handler(event: Request) -> Response<Body> {}

fn main() {
    let _ = handler;
}
