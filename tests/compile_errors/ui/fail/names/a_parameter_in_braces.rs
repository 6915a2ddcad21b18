use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

#[require_claims(subject = "{user_id}")]
async fn a(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(tenant = any("{tenant_id}", "b"))]
async fn b(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}
fn main() {
    // The handlers still exist, so there are no follow-up errors.
    let _ = (a, b);
}
