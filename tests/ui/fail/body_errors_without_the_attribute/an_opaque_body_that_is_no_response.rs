use lambda_http::{Request};
use require_claims::require_claims;

use lambda_http::IntoResponse;

struct Answer;

// #[require_claims(email_verified)]
async fn handler(_: Request) -> impl IntoResponse {
    Answer
}

fn main() {
    let _ = handler;
}
