use lambda_http::{Error, Request, Response};
use require_claims::require_claims;

#[require_claims(email_verified)]
async fn handler(event: Request) -> Result<Response<impl Into<lambda_http::Body>>, Error> {
    Ok(Response::new(event.into_body()))
}

fn main() {
    let _ = handler;
}
