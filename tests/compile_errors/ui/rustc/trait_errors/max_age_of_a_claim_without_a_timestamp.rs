use lambda_http::{Body, Error, Request, Response};
use require_claims::require_claims;

mod claims {
    use require_claims::*;
    pub const ACTIVE: BooleanClaim = BooleanClaim::bare("active");
    pub const PLAN: PrimitiveClaim = PrimitiveClaim::bare("plan");
    pub const SEATS: PrimitiveClaim<i64> = PrimitiveClaim::at(&["plan", "seats"]);
    pub const GROUPS: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("groups").separated(',');
    pub const TEAMS: PrimitiveArrayClaim = PrimitiveArrayClaim::new("teams");
}

#[require_claims(
    claims::ACTIVE(max_age = "5m"),
    claims::PLAN("pro", max_age = "5m"),
    any(claims::SEATS(5, max_age = "5m"), claims::GROUPS(any("a", "b"), max_age = "5m")),
    claims::TEAMS("a", max_age = "5m"),
)]
async fn cancel_order(event: Request) -> Result<Response<Body>, Error> {
    Ok(Response::new(event.into_body()))
}

fn main() {
    let _ = cancel_order;
}
