use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

#[require_claims(role.any("a", "b"), permission.includes("read"), tenant.has_value("public"), scope.excludes("write"))]
async fn a(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(email_verified.is_true(), mfa.has_completed(), role.admin, role.any())]
async fn b(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(ROLE.includes_any("a", "b"), claims::PLAN.has_value("pro"), roles.any("a", "b"))]
async fn c(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

fn main() {
    // The handlers still exist, so there are no follow-up errors.
    let _ = (a, b, c);
}
