use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

#[require_claims(email_verified("5m"))]
async fn a(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(email_verified(5m))]
async fn b(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(email_verified = max_age("5m"))]
async fn c(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(role = "admin"(max_age = "1h"))]
async fn d(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(authenticated("5m"))]
async fn e(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}
fn main() {
    // The handlers still exist, so there are no follow-up errors.
    let _ = (a, b, c, d, e);
}
