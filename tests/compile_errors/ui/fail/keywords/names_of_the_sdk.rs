use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

#[require_claims(isVerified, includes("admin"), includesAny("admin", "owner"), sessionHandle = "session-1")]
async fn a(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(rsub = "user-1", client_id = "orders-cli", stt = 1, UserRoleClaim.validators.includes("admin"))]
async fn b(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

fn main() {
    // The handlers still exist, so there are no follow-up errors.
    let _ = (a, b);
}
