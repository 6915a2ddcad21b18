use lambda_http::{Body, Response};
use require_claims::require_claims;

type Event = lambda_http::Request;

#[require_claims(email_verified)]
async fn handler(event: &Event, part: http::Request<()>) -> Response<Body> {
    Response::new(format!("{}{}", event.uri(), part.uri()).into())
}

fn main() {
    let _ = handler;
}
