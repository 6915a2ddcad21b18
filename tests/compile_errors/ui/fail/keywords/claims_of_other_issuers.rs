use lambda_http::{Body, Request, Response};
use require_claims::require_claims;

#[require_claims("cognito:groups" = "admin", token_use = "access", "cognito:username" = "ada", phone_number_verified)]
async fn a(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(groups = "admin", roles = "admin", permissions = any("read", "write"))]
async fn b(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(tid = "contoso", oid = "user-1", "realm_access.roles" = "admin", acr = "silver", amr = "mfa", auth_time)]
async fn c(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

fn main() {
    // The handlers still exist, so there are no follow-up errors.
    let _ = (a, b, c);
}
