use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

struct Orders;

impl Orders {
    #[require_claims(mfa)]
    fn cancel(#[claims] &self, event: Request) -> Response<Body> {
        Response::new(event.into_body())
    }
}

fn main() {
    let _ = Orders.cancel(Request::default());
}
