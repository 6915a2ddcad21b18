use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

#[derive(serde::Deserialize)]
struct User {
    #[allow(dead_code)]
    sub: String,
}

#[require_claims(mfa)]
async fn cancel_order(event: Request, #[claims] #[claims] user: User) -> Response<Body> {
    let _ = &user;
    Response::new(event.into_body())
}

fn main() {
    let _ = cancel_order(Request::default());
}
