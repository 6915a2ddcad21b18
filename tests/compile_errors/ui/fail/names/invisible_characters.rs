use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

#[require_claims(role = none("suspended\u{200b}"))]
async fn handler(event: Request) -> Response<Body> {
    Response::new(event.uri().to_string().into())
}

fn main() {
    let _ = handler;
}
