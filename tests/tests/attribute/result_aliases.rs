//! `http::Result` and a custom alias, which hide the error type.

use lambda_http::http::{self, Response};
use lambda_http::{IntoResponse, Request};
use require_claims::require_claims;

type Outcome<T, E = String> = Result<T, E>;

#[require_claims(authenticated)]
async fn build(event: Request) -> http::Result<impl IntoResponse> {
    Response::builder()
        .status(200)
        .body(event.uri().path().to_owned())
}

#[require_claims(authenticated)]
async fn own(event: Request) -> Outcome<impl IntoResponse> {
    let path = event.uri().path().strip_prefix('/').ok_or("no path")?;
    Ok(path.to_owned())
}

#[test]
fn compiles() {
    let _ = (build, own);
}
