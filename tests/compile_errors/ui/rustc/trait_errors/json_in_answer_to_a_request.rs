use lambda_http::{Error, Request};
use require_claims::require_claims;

#[require_claims(email_verified)]
async fn handler(event: Request) -> Result<serde_json::Value, Error> {
    Ok(event.uri().path().into())
}

fn main() {
    let _ = handler;
}
