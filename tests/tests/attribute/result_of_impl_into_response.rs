//! A handler as `cargo lambda new` writes it, with `?`, `return` and errors that convert.

use lambda_http::{Error, IntoResponse, Request, Response};
use require_claims::require_claims;

#[require_claims(email_verified)]
async fn list(event: Request) -> Result<impl IntoResponse, Error> {
    if event.uri().path() == "/nowhere" {
        return Err("nothing here".into());
    }
    if event.uri().path() == "/empty" {
        return Ok(Response::new(String::new()));
    }
    let page: u32 = event.uri().path().trim_start_matches('/').parse()?;
    Ok(Response::new(page.to_string()))
}

#[test]
fn compiles() {
    let _ = list;
}
