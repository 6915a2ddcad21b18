use lambda_http::{Request};
use require_claims::require_claims;

#[require_claims(email_verified)]
async fn handler(event: Request) -> impl std::fmt::Display {
    event.uri().path().to_owned()
}

fn main() {
    let _ = handler;
}
