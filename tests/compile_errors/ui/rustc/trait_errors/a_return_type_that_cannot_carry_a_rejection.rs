use lambda_http::{Request};
use require_claims::require_claims;

struct Answer(u8);

#[require_claims(email_verified)]
async fn handler(event: Request) -> Answer {
    Answer(event.uri().path().len() as u8)
}

fn main() {
    let _ = handler;
    let _ = Answer(1).0;
}
