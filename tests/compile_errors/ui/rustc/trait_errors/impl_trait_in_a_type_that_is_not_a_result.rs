use lambda_http::{IntoResponse, Request};
use require_claims::require_claims;

struct Wrapped<T>(T);

#[require_claims(email_verified)]
async fn handler(event: Request) -> Wrapped<impl IntoResponse> {
    Wrapped(event.uri().path().to_owned())
}

fn main() {
    let _ = handler;
    let _ = Wrapped(1).0;
}
