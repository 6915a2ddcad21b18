use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

trait Handle {
    #[require_claims(email_verified)]
    fn handle(&self, event: Request) -> Response<Body>;
}

fn main() {
    let _ = |handler: &dyn Handle, event| handler.handle(event);
}
