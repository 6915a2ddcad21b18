//! A `return` of something else than the function returns.

use lambda_http::{Error, IntoResponse, Request, Response};
use require_claims::require_claims;

#[require_claims(role = "admin")]
async fn named(event: Request) -> Result<Response<String>, Error> {
    if event.uri().path() == "/" {
        return 5;
    }
    Ok(Response::new(event.uri().path().to_owned()))
}

#[require_claims(role = "admin")]
async fn opaque(event: Request) -> impl IntoResponse {
    if event.uri().path() == "/" {
        return "no path";
    }
    event.uri().path().to_owned()
}

#[require_claims(role = "admin")]
async fn carried(event: Request) -> Result<impl IntoResponse, Error> {
    if event.uri().path() == "/" {
        return 5;
    }
    Ok(event.uri().path().to_owned())
}

#[require_claims(role = "admin")]
async fn of_another_error(event: Request) -> Result<impl IntoResponse, std::fmt::Error> {
    if event.uri().path() == "/" {
        return Err("no path");
    }
    Ok(event.uri().path().to_owned())
}

#[require_claims(role = "admin")]
fn named_without_async(event: Request) -> Result<Response<String>, Error> {
    if event.uri().path() == "/" {
        return 5;
    }
    Ok(Response::new(event.uri().path().to_owned()))
}

#[require_claims(role = "admin")]
fn opaque_without_async(event: Request) -> impl IntoResponse {
    if event.uri().path() == "/" {
        return "no path";
    }
    event.uri().path().to_owned()
}

#[require_claims(role = "admin")]
fn carried_without_async(event: Request) -> Result<impl IntoResponse, Error> {
    if event.uri().path() == "/" {
        return 5;
    }
    Ok(event.uri().path().to_owned())
}

fn main() {}
