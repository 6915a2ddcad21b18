//! Moved values, conflicting borrows, and changes of immutable variables.

use lambda_http::{Error, IntoResponse, Request, Response};
use require_claims::require_claims;

#[require_claims(role = "admin")]
async fn named(event: Request) -> Result<Response<String>, Error> {
    drop(event);
    Ok(Response::new(event.uri().path().to_owned()))
}

#[require_claims(role = "admin")]
async fn opaque(event: Request) -> impl IntoResponse {
    let path = event.uri().path().to_owned();
    drop(path);
    path
}

#[require_claims(role = "admin")]
async fn carried(event: Request) -> Result<impl IntoResponse, Error> {
    let mut path = event.uri().path().to_owned();
    let first = &mut path;
    let second = &mut path;
    first.push('a');
    second.push('b');
    Ok(path)
}

#[require_claims(role = "admin")]
fn named_without_async(event: Request) -> Result<Response<String>, Error> {
    let count = 0;
    count = event.uri().path().len();
    Ok(Response::new(count.to_string()))
}

#[require_claims(role = "admin")]
fn opaque_without_async(event: Request) -> impl IntoResponse {
    let mut path = event.uri().path().to_owned();
    let first = &mut path;
    let second = &mut path;
    first.push('a');
    second.push('b');
    path
}

#[require_claims(role = "admin")]
fn carried_without_async(event: Request) -> Result<impl IntoResponse, Error> {
    let path = event.uri().path().to_owned();
    drop(path);
    Ok(path)
}

#[require_claims(role = "admin")]
async fn assigns_twice(event: Request) -> impl IntoResponse {
    let count = 0;
    count = event.uri().path().len();
    count.to_string()
}

#[require_claims(role = "admin")]
async fn returns_a_borrow(event: Request) -> Result<impl IntoResponse, Error> {
    let path = event.uri().path().to_owned();
    Ok(path.as_str())
}

struct Orders {
    count: u32,
    names: Vec<String>,
}

impl Orders {
    #[require_claims(role = "admin")]
    async fn opaque_method(&self, event: Request) -> impl IntoResponse {
        self.names.push(event.uri().path().to_owned());
        "added"
    }

    #[require_claims(role = "admin")]
    fn carried_method(&self, event: Request) -> Result<impl IntoResponse, Error> {
        self.count += 1;
        Ok(event.uri().path().to_owned())
    }
}

fn main() {}
