//! Errors that the gateway reports to the client itself.

use axum::http::header::WWW_AUTHENTICATE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::authorizer::AuthorizationError;
use crate::json_response::message_response;

/// The reason why a request has no response from the function.
#[derive(Debug)]
pub(super) enum Error {
    /// The request line and the headers are too large.
    HeadTooLarge,
    /// The decoded path is not UTF-8.
    PathNotUtf8,
    /// No route matches the request.
    NoRoute,
    /// The authorizer rejected the request. The second field contains the scopes of the route.
    Unauthorized(AuthorizationError, Vec<String>),
    /// The body, or the event with the body in it, is too large.
    BodyTooLarge,
    /// The body is incomplete, or violates HTTP framing.
    BodyUnreadable,
    /// The function failed, or returned an invalid response.
    FunctionFailed,
    /// The function did not respond in time.
    FunctionTimedOut,
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        match self {
            Self::HeadTooLarge => message_response(
                StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
                "Request Header Fields Too Large",
            ),
            Self::PathNotUtf8 | Self::BodyUnreadable => {
                message_response(StatusCode::BAD_REQUEST, "Bad Request")
            }
            Self::NoRoute => message_response(StatusCode::NOT_FOUND, "Not Found"),
            Self::Unauthorized(error, scopes) => unauthorized(&error, &scopes),
            Self::BodyTooLarge => {
                message_response(StatusCode::PAYLOAD_TOO_LARGE, "Request Entity Too Large")
            }
            // API Gateway returns 500 with this message if the function fails
            // (<https://repost.aws/knowledge-center/api-gateway-internal-server-error>). Locally, 502 and 504
            // distinguish a failed function from one that hangs, and both from a function that returns 500.
            Self::FunctionFailed => {
                message_response(StatusCode::BAD_GATEWAY, "Internal Server Error")
            }
            Self::FunctionTimedOut => {
                message_response(StatusCode::GATEWAY_TIMEOUT, "Endpoint request timed out")
            }
        }
    }
}

/// The response to a rejected request. As with API Gateway, only the `WWW-Authenticate` header contains the
/// reason: <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-jwt.html>
fn unauthorized(error: &AuthorizationError, scopes: &[String]) -> Response {
    let scopes = scopes.join(" ");
    let (mut response, challenge) = match error {
        AuthorizationError::MissingToken => (
            message_response(StatusCode::UNAUTHORIZED, "Unauthorized"),
            "Bearer".to_owned(),
        ),
        AuthorizationError::InvalidToken(reason) => (
            message_response(StatusCode::UNAUTHORIZED, "Unauthorized"),
            format!(
                r#"Bearer scope="{scopes}" error="invalid_token" error_description="{reason}""#
            ),
        ),
        AuthorizationError::InsufficientScope => (
            message_response(StatusCode::FORBIDDEN, "Forbidden"),
            format!(r#"Bearer scope="{scopes}" error="insufficient_scope""#),
        ),
    };
    tracing::debug!(%challenge, "the authorizer rejected the request");
    if let Ok(challenge) = HeaderValue::from_str(&challenge) {
        response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
    }
    response
}
