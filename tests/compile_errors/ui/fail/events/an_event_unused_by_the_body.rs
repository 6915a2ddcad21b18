use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

#[deny(unused_variables)]
#[require_claims(emailverified)]
async fn a(event: Request) -> Response<Body> {
    Response::new(Body::Empty)
}

fn main() {
    // The handler still exists, so there is no follow-up error.
    let _ = a;
}
