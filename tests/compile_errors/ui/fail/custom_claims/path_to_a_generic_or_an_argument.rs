use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

trait Names {
    const ADMIN: &'static str;
}

#[require_claims(role = names::ADMIN, tenant = TENANT)]
#[allow(non_camel_case_types, non_snake_case)]
async fn cancel_order<names: Names>(event: Request, TENANT: String) -> Response<Body> {
    let _ = TENANT;
    Response::new(event.into_body())
}

fn main() {}
