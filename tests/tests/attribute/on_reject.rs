//! `on_reject`, for every kind of return type.

use std::future::{Future, ready};
use std::pin::Pin;

use lambda_http::{Body, Error, IntoResponse, Request, Response};
use require_claims::{Rejection, require_claims};

mod answers {
    use super::*;

    pub fn response(rejection: Rejection) -> Response<Body> {
        rejection.into()
    }

    pub fn result(rejection: Rejection) -> Result<Response<Body>, Error> {
        Ok(rejection.into())
    }

    pub fn refuse(rejection: Rejection) -> Result<Response<String>, Error> {
        Err(rejection.into())
    }

    pub fn any<T: From<Rejection>>(rejection: Rejection) -> T {
        rejection.into()
    }
}

struct Answer(u16);

fn status(rejection: Rejection) -> Answer {
    Answer(rejection.status().as_u16())
}

#[require_claims(mfa, on_reject = answers::response)]
async fn named(event: Request) -> Response<Body> {
    Response::new(event.into_body())
}

#[require_claims(mfa, on_reject = answers::result)]
async fn result(event: Request) -> Result<Response<Body>, Error> {
    Ok(Response::new(event.into_body()))
}

#[require_claims(mfa, on_reject = crate::on_reject::answers::response)]
async fn opaque(_event: Request) -> impl IntoResponse {
    "hello"
}

#[require_claims(mfa, on_reject = answers::refuse)]
async fn wrapped(event: Request) -> Result<impl IntoResponse, Error> {
    let number: u8 = event.uri().path().parse()?;
    Ok(number.to_string())
}

#[require_claims(mfa, on_reject = answers::any)]
fn generic(_event: Request) -> Response<String> {
    Response::new(String::new())
}

#[require_claims(mfa, on_reject = status)]
fn returns_a_type_without_from_rejection(_event: Request) -> Answer {
    Answer(200)
}

type Boxed<'a> = Pin<Box<dyn Future<Output = Response<Body>> + Send + 'a>>;

fn boxed(rejection: Rejection) -> Boxed<'static> {
    Box::pin(ready(rejection.into()))
}

#[require_claims(mfa, on_reject = boxed)]
fn returns_a_boxed_future(event: &Request) -> Boxed<'_> {
    Box::pin(ready(Response::new(event.uri().path().into())))
}

/// A trait of the user whose methods are those of every type.
#[expect(dead_code, reason = "they must only be in scope")]
trait Anything: Sized {
    fn answer(self) {}
    fn guarded(self) {}
    fn convert(self) {}
    fn map(self) {}
}

impl<T> Anything for T {}

struct Orders;

impl Orders {
    fn reject(rejection: Rejection) -> Response<Body> {
        rejection.into()
    }

    #[require_claims(mfa, on_reject = Self::reject, crate = require_claims)]
    async fn list(&self, event: Request) -> Response<Body> {
        Response::new(event.into_body())
    }
}

#[test]
fn responds_with_the_result_of_on_reject() {
    let _ = (named, result, opaque, wrapped, generic);
    assert_eq!(
        returns_a_type_without_from_rejection(Request::default()).0,
        403
    );
    let _ = Orders.list(Request::default());
    let _ = returns_a_boxed_future(&Request::default());
}
