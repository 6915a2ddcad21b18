//! Builds error responses.

use axum::Json;
use axum::http::StatusCode;
use serde_json::{Value, json};

/// An error response.
pub(crate) type Error = (StatusCode, Json<Value>);

/// Builds an error response with a `message` for the caller.
pub(crate) fn error(status: StatusCode, message: &str) -> Error {
    (status, Json(json!({"message": message})))
}
