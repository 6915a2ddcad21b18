use lambda_http::{Body, Error, Request, Response};
use require_claims::require_claims;

#[require_claims(mfa, on_reject = reject)]
async fn cancel_order(event: Request) -> Result<Response<Body>, Error> {
    Ok(Response::new(event.into_body()))
}

fn main() {
    let _ = cancel_order;
}
