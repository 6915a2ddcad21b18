//! `crate = …` for a dependency under another name.
#![deny(unused_qualifications)]

extern crate require_claims as guards;

use lambda_http::{Body, Error, IntoResponse, Request, Response};

mod nested {
    pub(crate) use super::guards::*;
}

#[guards::require_claims(role = "admin", mfa = "totp", crate = guards)]
async fn by_alias(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[nested::require_claims(role("admin", max_age = "1h"), crate = crate::renamed_crate::nested)]
async fn by_module(event: Request) -> Result<impl IntoResponse, Error> {
    Ok(Response::new(event.into_body()))
}

#[guards::require_claims(authenticated, crate = ::require_claims,)]
async fn by_its_own_name(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[test]
fn compiles() {
    let _ = (by_alias, by_module, by_its_own_name);
}
