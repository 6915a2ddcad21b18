use lambda_http::{IntoResponse, Request};
use require_claims::require_claims;

#[require_claims(email_verified)]
async fn handler(_: Request) -> Result<impl IntoResponse, std::fmt::Error> {
    drop(event);
    drop(outcome);
    drop(rejection);
    Ok("")
}

fn main() {
    let _ = handler;
}
