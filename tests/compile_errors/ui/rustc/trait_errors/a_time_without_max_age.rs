use lambda_http::{Body, Error, Request, Response};
use require_claims::{oidc, require_claims};

mod claims {
    pub const PLAN: require_claims::PrimitiveClaim = require_claims::PrimitiveClaim::new("plan");
    pub const FACTORS: require_claims::MultiFactorAuthClaim =
        require_claims::MultiFactorAuthClaim::new("factors");
}

#[require_claims(oidc::AUTH_TIME)]
async fn cancel_order(event: Request) -> Result<Response<Body>, Error> {
    Ok(Response::new(event.into_body()))
}

#[require_claims(oidc::AUTH_TIME = 5)]
async fn compare(event: Request) -> Result<Response<Body>, Error> {
    Ok(Response::new(event.into_body()))
}

#[require_claims(claims::PLAN(max_age = "1d"))]
async fn plan(event: Request) -> Result<Response<Body>, Error> {
    Ok(Response::new(event.into_body()))
}

#[require_claims(claims::FACTORS(max_age = "1d"))]
async fn factors(event: Request) -> Result<Response<Body>, Error> {
    Ok(Response::new(event.into_body()))
}

fn main() {
    let _ = cancel_order;
}
