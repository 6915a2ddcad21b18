//! A handler with a named return type.

use lambda_http::{Body, Error, Request, Response};
use require_claims::require_claims;

#[require_claims(email_verified, role = "admin", mfa)]
async fn cancel(event: Request) -> Result<Response<Body>, Error> {
    if event.uri().path() == "/" {
        return Ok(Response::new(Body::Empty));
    }
    let id: u32 = event.uri().path().trim_start_matches('/').parse()?;
    Ok(Response::builder()
        .status(200)
        .body(id.to_string().into())?)
}

#[test]
fn compiles() {
    let _ = cancel;
}
