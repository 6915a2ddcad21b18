use lambda_http::{Body, LambdaEvent, Response};
use require_claims::require_claims;

#[require_claims(email_verified)]
async fn handler(LambdaEvent { payload, .. }: LambdaEvent<serde_json::Value>) -> Response<Body> {
    Response::new(payload.to_string().into())
}

fn main() {
    let _ = handler;
}
