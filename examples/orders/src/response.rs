//! Builds JSON responses.

use lambda_http::http::header::CONTENT_TYPE;
use lambda_http::{Body, Error, Response};
use serde::Serialize;
use serde_json::json;

/// A response with this status and this value as its JSON body.
pub(crate) fn json(status: u16, value: &impl Serialize) -> Result<Response<Body>, Error> {
    let response = Response::builder()
        .status(status)
        .header(CONTENT_TYPE, "application/json")
        .body(Body::from(serde_json::to_string(value)?))?;
    Ok(response)
}

/// An error response with a `message` for the caller.
pub(crate) fn error(status: u16, message: &str) -> Result<Response<Body>, Error> {
    json(status, &json!({"message": message}))
}
