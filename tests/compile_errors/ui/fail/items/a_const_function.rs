use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

#[require_claims(email_verified)]
const fn handler(event: &Request) -> Result<&Response<Body>, &Request> {
    Err(event)
}

fn main() {
    let _ = handler;
}
