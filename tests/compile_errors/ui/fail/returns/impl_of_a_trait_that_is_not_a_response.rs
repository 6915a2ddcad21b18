use lambda_http::{Error, Request};
use require_claims::require_claims;

#[require_claims(email_verified)]
async fn opaque(event: Request) -> impl std::fmt::Display + Send {
    event.uri().path().to_owned()
}

#[require_claims(email_verified)]
async fn carried(event: Request) -> Result<impl Iterator<Item = u8>, Error> {
    Ok(event.uri().path().to_owned().into_bytes().into_iter())
}

fn main() {
    let _ = (opaque, carried);
}
