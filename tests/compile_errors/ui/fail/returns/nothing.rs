use lambda_http::{Request};
use require_claims::require_claims;

#[require_claims(email_verified)]
async fn handler(event: Request) {
    drop(event);
}

fn main() {
    let _ = handler;
}
