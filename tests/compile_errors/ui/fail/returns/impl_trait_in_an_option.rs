use lambda_http::{IntoResponse, Request};
use require_claims::require_claims;

#[require_claims(email_verified)]
async fn handler(event: Request) -> Option<impl IntoResponse> {
    Some(event.uri().path().to_owned())
}

fn main() {
    let _ = handler;
}
