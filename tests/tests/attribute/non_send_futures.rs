//! The guard does not require `Send`.

use std::rc::Rc;

use lambda_http::{Error, IntoResponse, Request};
use require_claims::require_claims;

async fn wait() {}

#[require_claims(email_verified)]
async fn wrapped(_event: Request, shared: Rc<u8>) -> Result<impl IntoResponse, Error> {
    wait().await;
    Ok(shared.to_string())
}

#[test]
fn compiles() {
    drop(wrapped(Request::default(), Rc::new(1)));
}
