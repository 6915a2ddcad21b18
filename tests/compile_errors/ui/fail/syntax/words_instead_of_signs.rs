use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

#[require_claims(email_verified and mfa)]
async fn all_of_two(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(role = "admin" or permission = "orders:cancel")]
async fn one_of_two(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(role in ["admin", "owner"])]
async fn one_of_several_names(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(role IS "admin", mfa)]
async fn one_name(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

fn main() {
    // The handlers still exist, so there are no follow-up errors.
    let _ = (all_of_two, one_of_two, one_of_several_names, one_name);
}
