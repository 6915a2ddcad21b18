//! The responses that the gateway sends itself, as an HTTP API or a REST API does.
//!
//! - HTTP APIs: <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-jwt.html>
//! - REST APIs: <https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html>

use axum::body::Body;
use axum::http::header::WWW_AUTHENTICATE;
use axum::http::{HeaderValue, Response, StatusCode};
use serde_json::{Value, json};

use super::error::Error;
use crate::api::Api;
use crate::authorizer::AuthorizationError;
use crate::json_response::{json_response, message_response};

/// The response to a request that failed with this error.
pub(super) fn response(api: &Api, error: &Error) -> Response<Body> {
    if api.is_rest() {
        rest_response(error)
    } else {
        http_response(error)
    }
}

/// The response of an HTTP API.
fn http_response(error: &Error) -> Response<Body> {
    let (status, message) = match error {
        Error::HeadTooLarge => (
            StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            "Request Header Fields Too Large",
        ),
        Error::PathNotUtf8 | Error::BodyUnreadable => (StatusCode::BAD_REQUEST, "Bad Request"),
        Error::NoStage(_) | Error::NoRoute => (StatusCode::NOT_FOUND, "Not Found"),
        Error::Unauthorized(error, scopes) => return http_unauthorized(error, scopes),
        Error::BodyTooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "Request Entity Too Large"),
        // API Gateway returns 500 with this message if the function fails
        // (<https://repost.aws/knowledge-center/api-gateway-internal-server-error>). Locally, 502 and 504
        // distinguish a failed function from one that hangs, and both from a function that returns 500.
        Error::FunctionFailed(_) => (StatusCode::BAD_GATEWAY, "Internal Server Error"),
        Error::FunctionTimedOut => (StatusCode::GATEWAY_TIMEOUT, "Endpoint request timed out"),
    };
    message_response(status, message)
}

/// The response to a request that the authorizer of an HTTP API rejected. Only the `WWW-Authenticate` header of a JWT
/// authorizer contains the reason.
fn http_unauthorized(error: &AuthorizationError, scopes: &[String]) -> Response<Body> {
    let scopes = scopes.join(" ");
    let (status, challenge) = match error {
        AuthorizationError::MissingToken => (StatusCode::UNAUTHORIZED, Some("Bearer".to_owned())),
        AuthorizationError::InvalidToken(reason) => (
            StatusCode::UNAUTHORIZED,
            Some(format!(
                r#"Bearer scope="{scopes}" error="invalid_token" error_description="{reason}""#
            )),
        ),
        AuthorizationError::InsufficientScope => (
            StatusCode::FORBIDDEN,
            Some(format!(
                r#"Bearer scope="{scopes}" error="insufficient_scope""#
            )),
        ),
        AuthorizationError::Unauthorized => (StatusCode::UNAUTHORIZED, None),
        AuthorizationError::Denied { .. } => (StatusCode::FORBIDDEN, None),
        AuthorizationError::Failed(_) => (StatusCode::INTERNAL_SERVER_ERROR, None),
    };
    let message = match status {
        StatusCode::UNAUTHORIZED => "Unauthorized",
        StatusCode::FORBIDDEN => "Forbidden",
        _ => "Internal Server Error",
    };
    let mut response = message_response(status, message);
    if let Some(Ok(challenge)) = challenge.map(|text| HeaderValue::from_str(&text)) {
        response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
    }
    response
}

/// The response of a REST API, with the header that names the kind of error.
fn rest_response(error: &Error) -> Response<Body> {
    let (status, kind, body) = match error {
        Error::HeadTooLarge => (
            431,
            "BadRequestException",
            message("Request Header Fields Too Large"),
        ),
        Error::PathNotUtf8 | Error::BodyUnreadable => {
            (400, "BadRequestException", message("Bad Request"))
        }
        Error::NoStage(_) => (403, "ForbiddenException", message("Forbidden")),
        Error::NoRoute => (
            403,
            "MissingAuthenticationTokenException",
            message("Missing Authentication Token"),
        ),
        Error::Unauthorized(error, _) => rest_unauthorized(error),
        Error::BodyTooLarge => (413, "RequestTooLargeException", message("Request Too Long")),
        Error::FunctionFailed(_) => (
            502,
            "InternalServerErrorException",
            message("Internal server error"),
        ),
        Error::FunctionTimedOut => (
            504,
            "InternalServerErrorException",
            message("Endpoint request timed out"),
        ),
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = json_response(status, &body);
    let kind = HeaderValue::from_static(kind);
    response.headers_mut().insert("x-amzn-errortype", kind);
    response
}

fn rest_unauthorized(error: &AuthorizationError) -> (u16, &'static str, Value) {
    match error {
        AuthorizationError::MissingToken
        | AuthorizationError::InvalidToken(_)
        | AuthorizationError::Unauthorized => {
            (401, "UnauthorizedException", message("Unauthorized"))
        }
        AuthorizationError::InsufficientScope => (403, "ForbiddenException", message("Forbidden")),
        AuthorizationError::Denied { explicit } => {
            let suffix = if *explicit {
                " with an explicit deny"
            } else {
                ""
            };
            let text = format!("User is not authorized to access this resource{suffix}");
            // The name is in upper case only in this response.
            (403, "AccessDeniedException", json!({ "Message": text }))
        }
        AuthorizationError::Failed(_) => (
            500,
            "AuthorizerConfigurationException",
            json!({"message": null}),
        ),
    }
}

fn message(text: &str) -> Value {
    json!({ "message": text })
}
