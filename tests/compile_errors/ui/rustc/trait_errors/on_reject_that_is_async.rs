//! `on_reject` is not awaited.

use lambda_http::{Body, Error, IntoResponse, Request, Response};
use require_claims::{Rejection, require_claims};

async fn response(rejection: Rejection) -> Response<Body> {
    rejection.into()
}

async fn result(rejection: Rejection) -> Result<Response<Body>, Error> {
    Ok(rejection.into())
}

#[require_claims(mfa, on_reject = response)]
async fn named(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(mfa, on_reject = response)]
async fn opaque(event: Request) -> impl IntoResponse {
    Response::new(event.into_body())
}

#[require_claims(mfa, on_reject = result)]
async fn carried(event: Request) -> Result<impl IntoResponse, Error> {
    Ok(Response::new(event.into_body()))
}

#[require_claims(mfa, on_reject = response)]
fn without_async(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

fn main() {
    let _ = (named, opaque, carried, without_async);
}
