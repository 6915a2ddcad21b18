use lambda_http::{Body, Response};
use require_claims::require_claims;

struct Orders;

impl Orders {
    #[require_claims(email_verified)]
    async fn list(&self) -> Response<Body> {
        Response::new(Body::Empty)
    }
}

fn main() {
    let _ = Orders::list;
}
