use lambda_http::{Body, Response};
use require_claims::{Session, require_claims};

#[require_claims(mfa)]
async fn cancel_order(#[claims] session: Session) -> Response<Body> {
    Response::new(session.user_id().into())
}

fn main() {
    let _ = cancel_order();
}
