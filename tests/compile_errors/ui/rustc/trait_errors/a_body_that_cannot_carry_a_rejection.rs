use lambda_http::{Error, Request, Response};
use require_claims::require_claims;

struct Custom;

#[require_claims(email_verified)]
async fn named(event: Request) -> Response<Custom> {
    Response::new(Custom)
}

#[require_claims(email_verified)]
async fn result(event: Request) -> Result<Response<Custom>, Error> {
    Ok(Response::new(Custom))
}

fn main() {
    let _ = (named, result);
}
