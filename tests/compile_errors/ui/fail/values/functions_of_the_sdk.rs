use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

#[require_claims(role = includes("admin"), permission = includesAny("read", "write"), tenant = hasValue("public"))]
async fn a(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(subject = param("user_id"), role = any(includes("admin"), "owner"), role = oneOf())]
async fn b(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

fn main() {
    // The handlers still exist, so there are no follow-up errors.
    let _ = (a, b);
}
