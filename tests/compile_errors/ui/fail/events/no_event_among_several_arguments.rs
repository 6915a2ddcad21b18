use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

type Call = Request;

#[require_claims(email_verified)]
async fn handler(call: Call, number: u8) -> Response<Body> {
    Response::new(format!("{}{number}", call.uri()).into())
}

fn main() {
    let _ = handler;
}
