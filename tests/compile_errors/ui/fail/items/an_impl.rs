use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

struct Orders;

#[require_claims(email_verified)]
impl Orders {
    async fn list(&self, event: Request) -> Response<Body> {
        Response::new(event.into_body())
    }
}

fn main() {
    let _ = Orders::list;
}
