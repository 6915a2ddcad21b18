use lambda_http::{Body, Request, Response};
use require_claims::{PrimitiveArrayClaim, require_claims};

const STAFF: &[&str] = &["admin", "support"];
const PAIR: [&str; 2] = ["admin", "support"];
const TEAMS: PrimitiveArrayClaim = PrimitiveArrayClaim::new("teams");

#[require_claims(role = STAFF)]
async fn one(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(role = any(STAFF, "root"))]
async fn listed(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(TEAMS = PAIR)]
async fn own(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

fn main() {
    let _ = (one, listed, own);
}
