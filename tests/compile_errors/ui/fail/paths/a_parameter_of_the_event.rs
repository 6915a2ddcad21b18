use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

#[require_claims(subject = event.path("user_id"))]
async fn a(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(subject = user_id)]
async fn b(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(subject = event.path_parameters().first("user_id").unwrap(), tenant = event["tenant_id"])]
async fn c(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(subject = {user_id}, tenant = params.tenant_id)]
async fn d(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

fn main() {
    // The handlers still exist, so there are no follow-up errors.
    let _ = (a, b, c, d);
}
