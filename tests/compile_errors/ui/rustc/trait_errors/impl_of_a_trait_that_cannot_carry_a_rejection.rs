use lambda_http::Request;
use require_claims::require_claims;

trait Answer {}

impl Answer for String {}

#[require_claims(email_verified)]
async fn handler(event: Request) -> impl Answer {
    event.uri().path().to_owned()
}

fn main() {
    let _ = handler;
}
