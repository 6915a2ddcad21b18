use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

#[derive(serde::Deserialize)]
struct User<'a> {
    sub: &'a str,
}

#[require_claims(mfa)]
async fn cancel_order(event: Request, #[claims] user: User<'_>) -> Response<Body> {
    let _ = user.sub;
    Response::new(event.into_body())
}

fn main() {
    let _ = cancel_order(Request::default());
}
