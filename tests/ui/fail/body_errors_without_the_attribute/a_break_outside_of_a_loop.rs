//! Where there is nothing to break out of.

use lambda_http::{Error, IntoResponse, Request, Response};
use require_claims::require_claims;

// #[require_claims(role = "admin")]
async fn named(event: Request) -> Result<Response<String>, Error> {
    if event.uri().path() == "/" {
        break;
    }
    Ok(Response::new(event.uri().path().to_owned()))
}

// #[require_claims(role = "admin")]
async fn opaque(event: Request) -> impl IntoResponse {
    if event.uri().path() == "/" {
        break;
    }
    event.uri().path().to_owned()
}

// #[require_claims(role = "admin")]
async fn carried(event: Request) -> Result<impl IntoResponse, Error> {
    if event.uri().path() == "/" {
        break;
    }
    Ok(event.uri().path().to_owned())
}

// #[require_claims(role = "admin")]
fn named_without_async(event: Request) -> Result<Response<String>, Error> {
    if event.uri().path() == "/" {
        break;
    }
    Ok(Response::new(event.uri().path().to_owned()))
}

fn main() {}
