use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

#[require_claims(email_verified)]
fn handler(event: Request) -> impl Future<Output = Response<Body>> + Send {
    async { Response::new(event.into_body()) }
}

fn main() {
    let _ = handler;
}
