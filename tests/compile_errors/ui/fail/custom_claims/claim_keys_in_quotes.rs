use lambda_http::{Body, Error, Request, Response};
use require_claims::require_claims;

#[require_claims("realm_access.roles" = "admin", "acr" = "silver", "https://example.com/roles" = "admin")]
async fn cancel_order(event: Request) -> Result<Response<Body>, Error> {
    Ok(Response::new(event.into_body()))
}

fn main() {
    let _ = cancel_order;
}
