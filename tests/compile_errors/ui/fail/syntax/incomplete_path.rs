use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

#[require_claims(role = Role::)]
async fn a(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(mfa, on_reject = crate::)]
async fn b(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(claims::)]
async fn c(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(mfa, crate = ::)]
async fn d(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(mfa, on_reject = deny::<Body>)]
async fn e(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}
fn main() {
    // The handlers still exist, so there are no follow-up errors.
    let _ = (a, b, c, d, e);
}
