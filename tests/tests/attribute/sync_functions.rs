//! Handlers that are not `async`, with every form of return type.

use lambda_http::{Body, Error, IntoResponse, Request, Response};
use require_claims::require_claims;

#[require_claims(mfa)]
fn named(event: &Request) -> Response<Body> {
    Response::new(event.uri().path().to_owned().into())
}

#[require_claims(mfa)]
fn opaque(event: Request, text: String) -> impl IntoResponse {
    if event.uri().path() == "/" {
        return text;
    }
    text + "!"
}

#[require_claims(mfa)]
fn wrapped(event: Request, text: String) -> Result<impl IntoResponse, Error> {
    let number: u32 = event.uri().path().parse()?;
    if number == 0 {
        return Ok(text);
    }
    drop(event);
    Ok(number.to_string())
}

#[require_claims(mfa)]
fn borrows<'a>(
    event: &Request,
    text: &'a mut String,
) -> Result<impl IntoResponse + use<'a>, Error> {
    let _: u32 = event.uri().path().parse()?;
    text.push('!');
    Ok(&text[..])
}

#[test]
fn compiles() {
    let _ = (named, opaque, wrapped, borrows);
}
