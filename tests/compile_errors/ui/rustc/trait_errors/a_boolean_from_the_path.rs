use lambda_http::{Body, Error, Request, Response};
use require_claims::require_claims;

mod claims {
    use require_claims::*;
    pub const TWO_FACTOR: BooleanClaim = BooleanClaim::new("2fa-completed");
    pub const PLAN: PrimitiveClaim = PrimitiveClaim::new("plan");
    pub const SEATS: PrimitiveClaim<i64> = PrimitiveClaim::new("seats");
    pub const TEAMS: PrimitiveArrayClaim = PrimitiveArrayClaim::new("teams");
    pub const FACTORS: MultiFactorAuthClaim = MultiFactorAuthClaim::new("factors");
    pub const COUNT: u32 = 5;
}

#[require_claims(claims::TWO_FACTOR = path("seats"))]
async fn cancel_order(event: Request) -> Result<Response<Body>, Error> {
    Ok(Response::new(event.into_body()))
}

fn main() {
    let _ = cancel_order;
}
