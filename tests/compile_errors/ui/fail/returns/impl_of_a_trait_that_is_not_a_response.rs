use lambda_http::{Body, Error, Request, Response};
use require_claims::require_claims;

#[require_claims(email_verified)]
async fn opaque(event: Request) -> impl std::fmt::Display + Send {
    event.uri().path().to_owned()
}

#[require_claims(email_verified)]
async fn carried(event: Request) -> Result<impl Iterator<Item = u8>, Error> {
    Ok(event.uri().path().to_owned().into_bytes().into_iter())
}

#[require_claims(email_verified)]
async fn converted(event: Request) -> impl Into<Response<Body>> {
    Response::new(event.into_body())
}

fn main() {
    let _ = (opaque, carried, converted);
}
