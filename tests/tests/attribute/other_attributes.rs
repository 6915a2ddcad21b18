//! `cfg`, `cfg_attr`, docs, `#[tracing::instrument]` and `#[utoipa::path]`, above and below.

use lambda_http::{Body, Error, IntoResponse, Request, Response};
use require_claims::{Session, require_claims};
use tracing::instrument;

/// Above.
#[instrument(skip(event))]
#[require_claims(email_verified)]
async fn above(event: Request) -> Result<Response<Body>, Error> {
    Ok(Response::new(event.into_body()))
}

#[require_claims(email_verified)]
#[instrument(skip_all, err(Debug))]
/// Below.
async fn below(event: Request) -> Result<impl IntoResponse, Error> {
    let number: u32 = event.uri().path().parse()?;
    Ok(number.to_string())
}

#[instrument(skip_all)]
#[require_claims(email_verified)]
async fn above_a_wrapped_body(_event: Request) -> Result<impl IntoResponse, Error> {
    Ok("hello")
}

#[cfg(test)]
#[cfg_attr(test, require_claims(email_verified))]
#[inline]
#[allow(clippy::unused_async)]
async fn by_condition(_: Request) -> Response<Body> {
    #![allow(unused_variables)]
    let unused = 1;
    Response::new(Body::Empty)
}

#[cfg(not(test))]
#[require_claims(this is never read)]
fn left_out() {}

/// Above, of an API's description.
#[utoipa::path(get, path = "/above", responses((status = 200)))]
#[require_claims(email_verified)]
pub async fn described_above(event: Request) -> Result<Response<Body>, Error> {
    Ok(Response::new(event.into_body()))
}

#[require_claims(email_verified)]
#[utoipa::path(get, path = "/below", responses((status = 200)))]
pub async fn described_below(event: Request, #[claims] session: Session) -> Response<Body> {
    let _ = event;
    Response::new(session.user_id().into())
}

#[derive(utoipa::OpenApi)]
#[openapi(paths(described_above, described_below))]
struct Api;

#[test]
fn keeps_the_paths_of_utoipa() {
    let api = <Api as utoipa::OpenApi>::openapi();
    assert_eq!(api.paths.paths.len(), 2);
    let _ = (described_above, described_below);
    let _ = (above, below, above_a_wrapped_body, by_condition);
}
