//! A handler that cannot fail.

use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

#[require_claims(permission = "orders:read")]
async fn list(event: Request) -> Response<Body> {
    Response::new(event.uri().path().to_owned().into())
}

#[test]
fn compiles() {
    let _ = list;
}
