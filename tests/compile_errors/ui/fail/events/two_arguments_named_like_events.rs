use lambda_http::{Body, Response};
use require_claims::require_claims;

#[require_claims(email_verified)]
async fn handler(event: u8, _event: u8) -> Response<Body> {
    Response::new(event.to_string().into())
}

fn main() {
    let _ = handler;
}
