use lambda_http::{Body, Response};
use require_claims::require_claims;

#[require_claims(email_verified)]
async fn handler() -> Response<Body> {
    Response::new(Body::Empty)
}

fn main() {
    let _ = handler;
}
