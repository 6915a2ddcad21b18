use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

#[require_claims(Role = "admin", EmailVerified, Groups = "admin")]
async fn a(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(Mfa("totp", max_age = "5m"))]
async fn b(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

fn main() {
    // The handlers still exist, so there are no follow-up errors.
    let _ = (a, b);
}
