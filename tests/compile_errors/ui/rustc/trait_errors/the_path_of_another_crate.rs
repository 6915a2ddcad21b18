use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

#[require_claims(email_verified, crate = ::lambda_http)]
async fn handler(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

fn main() {
    let _ = handler;
}
