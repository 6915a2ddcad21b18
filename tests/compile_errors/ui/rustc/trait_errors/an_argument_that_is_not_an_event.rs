use lambda_http::{Body, Response};
use require_claims::require_claims;

#[require_claims(email_verified)]
async fn handler(event: Vec<String>) -> Response<Body> {
    Response::new(event.concat().into())
}

fn main() {
    let _ = handler;
}
