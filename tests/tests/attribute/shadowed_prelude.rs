//! The expansion does not use names of the scope that it is in.
#![allow(dead_code, non_camel_case_types, non_snake_case)]

use lambda_http::{Body, Error, IntoResponse, Request, Response};

struct Ok;
struct Err;
struct Some;
struct None;
struct Result;
struct Option;
struct Box;
struct String;
struct Vec;
struct Duration;
struct Guarded;
struct FromRejection;
struct Factors;
struct ROLE;
struct ClaimValue;
struct Alone;
struct One;
struct AnyOf;
struct InPath;
struct From;
struct Into;
struct str;
fn check() {}
fn answer() {}
fn claims_for() {}
fn allow() {}
fn all() {}
fn any() {}
mod __private {}
mod core {}
mod std {}
mod alloc {}
mod require_claims {}

type Outcome<T> = ::std::result::Result<T, Error>;

#[::require_claims::require_claims(
    email_verified(max_age = "1h"), mfa, mfa = any("totp", "webauthn"), role = any("a", "b"),
    any(tenant = "a", all(authenticated, scope = "b"))
)]
async fn named(event: Request) -> Outcome<Response<Body>> {
    Outcome::Ok(Response::new(event.into_body()))
}

#[::require_claims::require_claims(email_verified(max_age = "1h"))]
async fn wrapped(_event: Request) -> Outcome<impl IntoResponse> {
    let number: u8 = "1".parse()?;
    Outcome::Ok(number.to_string())
}

#[::require_claims::require_claims(email_verified(max_age = "1h"))]
fn wrapped_without_async(_event: Request) -> Outcome<impl IntoResponse> {
    let number: u8 = "1".parse()?;
    Outcome::Ok(number.to_string())
}

#[::require_claims::require_claims(email_verified)]
async fn opaque(event: Request) -> impl IntoResponse {
    Response::new(event.into_body())
}

#[derive(::require_claims::ClaimValue)]
#[claim(rename_all = "lowercase")]
enum Names {
    Admin,
}

mod own {
    pub(crate) const BETA: ::require_claims::BooleanClaim =
        ::require_claims::BooleanClaim::new("beta");
    pub(crate) const PLAN: ::require_claims::PrimitiveClaim =
        ::require_claims::PrimitiveClaim::new("plan");
}

fn reject(rejection: ::require_claims::Rejection) -> Response<Body> {
    ::std::convert::Into::into(rejection)
}

#[::require_claims::require_claims(
    role = any(Names::Admin, "b"), own::BETA, own::PLAN = any("pro", Names::Admin),
    subject = path("id"), on_reject = reject
)]
async fn everything(
    event: Request,
    #[claims] session: ::require_claims::Session,
) -> Response<Body> {
    let _ = session;
    Response::new(event.into_body())
}

#[::require_claims::require_claims(own::BETA = true, on_reject = reject)]
async fn everything_opaque(event: Request) -> impl IntoResponse {
    Response::new(event.into_body())
}

#[test]
fn compiles() {
    let _ = (everything, everything_opaque);
    let _ = (named, wrapped, wrapped_without_async, opaque);
}
