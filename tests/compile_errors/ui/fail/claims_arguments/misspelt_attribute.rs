use lambda_http::{Body, Request, Response};
use require_claims::{Session, require_claims};

#[require_claims(mfa)]
async fn cancel_order(event: Request, #[claim] session: Session) -> Response<Body> {
    let _ = session.user_id();
    Response::new(event.into_body())
}

fn main() {
    // The parameter is removed from the signature, so there is no follow-up error.
    let _ = cancel_order(Request::default());
}
