use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

#[require_claims(email_verified)]
async fn handler(event: Request, other: &Request) -> Response<Body> {
    Response::new(format!("{}{}", event.uri(), other.uri()).into())
}

fn main() {
    let _ = handler;
}
