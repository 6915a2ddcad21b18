use lambda_http::{IntoResponse, Request};
use require_claims::require_claims;

// #[require_claims(email_verified)]
async fn handler(_: Request) -> Result<impl IntoResponse, std::fmt::Error> {
    drop(__require_claims_event);
    drop(__require_claims_outcome);
    drop(__require_claims_rejection);
    Ok("")
}

fn main() {
    let _ = handler;
}
