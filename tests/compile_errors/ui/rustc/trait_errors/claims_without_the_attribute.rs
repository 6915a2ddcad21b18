use lambda_http::{Body, Request, Response};
use require_claims::Session;

async fn cancel_order(event: Request, #[claims] session: Session) -> Response<Body> {
    let _ = event;
    Response::new(session.user_id().into())
}

fn main() {
    let _ = cancel_order;
}
