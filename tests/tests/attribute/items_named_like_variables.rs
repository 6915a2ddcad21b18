//! An item in scope would turn a variable into a pattern, so the variables of the expansion have unusual names.
#![allow(dead_code, non_camel_case_types, non_upper_case_globals)]

use lambda_http::{Body, Error, IntoResponse, Request, Response};
use require_claims::{Session, require_claims};

struct event;
struct outcome;
struct claims;
static rejection: u8 = 0;

fn reject(denied: require_claims::Rejection) -> Response<Body> {
    denied.into()
}

#[require_claims(email_verified)]
async fn named(_: Request, #[claims] _session: Session) -> Result<Response<Body>, Error> {
    Ok(Response::new(Body::Empty))
}

#[require_claims(email_verified)]
async fn wrapped(_event: Request) -> Result<impl IntoResponse, Error> {
    Ok("1".parse::<u8>()?.to_string())
}

#[require_claims(email_verified)]
fn wrapped_without_async(ref of_request: Request) -> Result<impl IntoResponse, Error> {
    Ok(of_request.uri().to_string())
}

#[require_claims(email_verified, on_reject = reject)]
async fn opaque(_: Request) -> impl IntoResponse {
    Response::new(Body::Empty)
}

mod constants {
    use super::*;

    struct rejection;
    const outcome: u8 = 0;
    static event: u8 = 0;
    static claims: u8 = 0;

    #[require_claims(email_verified)]
    pub async fn unit(_: Request, #[claims] _session: Session) -> Result<impl IntoResponse, Error> {
        Ok("")
    }
}

#[require_claims(email_verified)]
async fn of_types<event, rejection: Send, outcome, claims>(
    _: Request,
) -> Result<Response<Body>, Error> {
    Ok(Response::new(Body::Empty))
}

#[require_claims(email_verified)]
fn of_constants<const event: u8, const rejection: u8, const outcome: u8, const claims: u8>(
    _: Request,
    #[claims] _session: Session,
) -> Result<impl IntoResponse, Error> {
    Ok(event.to_string())
}

#[test]
fn compiles() {
    let _ = (named, wrapped, wrapped_without_async, opaque);
    let _ = (constants::unit, of_types::<u8, u8, u8, u8>);
    let _ = of_constants::<1, 2, 3, 4>(Request::default());
}
