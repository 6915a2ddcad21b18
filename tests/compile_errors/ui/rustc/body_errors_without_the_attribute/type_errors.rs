//! Values of the wrong type, missing methods and futures, and errors that `?` cannot convert.

use lambda_http::{Error, IntoResponse, Request, Response};
use require_claims::require_claims;

// #[require_claims(role = "admin")]
async fn named(event: Request) -> Result<Response<String>, Error> {
    if event.uri().path() == "/" {
        return 5;
    }
    Ok(Response::new(event.uri().path().to_owned()))
}

// #[require_claims(role = "admin")]
async fn opaque(event: Request) -> impl IntoResponse {
    if event.uri().path() == "/" {
        return "no path";
    }
    event.uri().path().to_owned()
}

// #[require_claims(role = "admin")]
async fn carried(event: Request) -> Result<impl IntoResponse, Error> {
    if event.uri().path() == "/" {
        return 5;
    }
    Ok(event.uri().path().to_owned())
}

// #[require_claims(role = "admin")]
fn named_without_async(event: Request) -> Response<String> {
    event.uri().path().len()
}

// #[require_claims(role = "admin")]
fn opaque_without_async(event: Request) -> impl IntoResponse {
    if event.uri().path() == "/" {
        return "no path";
    }
    event.uri().path().to_owned()
}

// #[require_claims(role = "admin")]
fn carried_without_async(event: Request) -> Result<impl IntoResponse, Error> {
    if event.uri().path() == "/" {
        return 5;
    }
    Ok(event.uri().path().to_owned())
}

// #[require_claims(role = "admin")]
async fn question_mark_with_another_error(event: Request) -> Result<impl IntoResponse, std::fmt::Error> {
    let number: u8 = event.uri().path().parse()?;
    Ok(number.to_string())
}

// #[require_claims(role = "admin")]
async fn question_mark_on_an_option(event: Request) -> Result<impl IntoResponse, Error> {
    let query = event.uri().query()?;
    Ok(query.to_owned())
}

// #[require_claims(role = "admin")]
fn question_mark_in_an_opaque_response(event: Request) -> impl IntoResponse {
    let query = event.uri().query()?;
    query.to_owned()
}

// #[require_claims(role = "admin")]
async fn method_that_does_not_exist(event: Request) -> impl IntoResponse {
    event.uri().paht().to_owned()
}

// #[require_claims(role = "admin")]
async fn await_of_a_string(event: Request) -> Result<impl IntoResponse, Error> {
    let path = event.uri().path().await;
    Ok(path.to_owned())
}

fn main() {}
