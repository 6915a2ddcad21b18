use lambda_http::{Error, IntoResponse, Request};
use require_claims::{Rejection, require_claims};

fn status(rejection: Rejection) -> u16 {
    rejection.status().as_u16()
}

fn result(rejection: Rejection) -> Result<u16, Error> {
    Ok(rejection.status().as_u16())
}

#[require_claims(mfa, on_reject = status)]
async fn opaque(event: Request) -> impl IntoResponse {
    event.uri().path().to_owned()
}

#[require_claims(mfa, on_reject = status)]
fn opaque_without_async(event: Request) -> impl IntoResponse {
    event.uri().path().to_owned()
}

#[require_claims(mfa, on_reject = result)]
async fn carried(event: Request) -> Result<impl IntoResponse, Error> {
    Ok(event.uri().path().to_owned())
}

fn main() {
    let _ = (opaque, opaque_without_async, carried);
}
