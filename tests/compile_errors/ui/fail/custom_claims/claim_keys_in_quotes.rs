use lambda_http::{Body, Error, Request, Response};
use require_claims::require_claims;

#[require_claims("resource_access.orders.roles" = "admin", "plan" = "pro", "https://example.com/roles" = "admin")]
async fn cancel_order(event: Request) -> Result<Response<Body>, Error> {
    Ok(Response::new(event.into_body()))
}

fn main() {
    let _ = cancel_order;
}
