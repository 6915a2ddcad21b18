use lambda_http::{Body, LambdaEvent, Response};
use require_claims::require_claims;

#[require_claims(email_verified)]
async fn handler(LambdaEvent { payload, .. }: LambdaEvent<String>) -> Response<Body> {
    Response::new(payload.into())
}

fn main() {
    let _ = handler;
}
