use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

#[require_claims(mfa, on_reject = reject::bearer())]
async fn a(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(mfa, on_reject = cors("https://example.com"))]
async fn b(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(mfa, on_reject = cors!())]
async fn c(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

fn main() {
    // The handlers still exist, so there are no follow-up errors.
    let _ = (a, b, c);
}
