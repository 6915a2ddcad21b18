//! What the gateway answers itself, where a request ends before the function has answered it.

use axum::http::header::WWW_AUTHENTICATE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::authorizer::Refusal;
use crate::response::message_response;

/// Why a request is not answered by the function.
#[derive(Debug)]
pub(super) enum Error {
    /// The request line and the headers are too large.
    HeadTooLarge,
    /// The path is no text.
    PathNotUtf8,
    /// No route takes the request.
    NoRoute,
    /// The authorizer does not let it through; the route asks for one of these scopes.
    Refused(Refusal, Vec<String>),
    /// The body, or the event made of it, is too large.
    BodyTooLarge,
    /// The body breaks off, or is not framed as HTTP has it.
    BodyUnreadable,
    /// The function has failed, or its answer is not a response.
    FunctionFailed,
    /// The function has not answered in time.
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
            Self::Refused(refusal, scopes) => refused(&refusal, &scopes),
            Self::BodyTooLarge => {
                message_response(StatusCode::PAYLOAD_TOO_LARGE, "Request Entity Too Large")
            }
            // API Gateway answers 500 with such a message for a function that fails
            // (<https://repost.aws/knowledge-center/api-gateway-internal-server-error>). Here 502 and
            // 504 tell a function that failed from one that hangs, and both from one that answers
            // 500 itself.
            Self::FunctionFailed => {
                message_response(StatusCode::BAD_GATEWAY, "Internal Server Error")
            }
            Self::FunctionTimedOut => {
                message_response(StatusCode::GATEWAY_TIMEOUT, "Endpoint request timed out")
            }
        }
    }
}

/// The gateway says no more in the body; the header tells what was wrong with the token
/// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-jwt.html>).
fn refused(refusal: &Refusal, scopes: &[String]) -> Response {
    let scopes = scopes.join(" ");
    let (mut response, challenge) = match refusal {
        Refusal::NoToken => (
            message_response(StatusCode::UNAUTHORIZED, "Unauthorized"),
            "Bearer".to_owned(),
        ),
        Refusal::InvalidToken(why) => (
            message_response(StatusCode::UNAUTHORIZED, "Unauthorized"),
            format!(r#"Bearer scope="{scopes}" error="invalid_token" error_description="{why}""#),
        ),
        Refusal::InsufficientScope => (
            message_response(StatusCode::FORBIDDEN, "Forbidden"),
            format!(r#"Bearer scope="{scopes}" error="insufficient_scope""#),
        ),
    };
    tracing::debug!(%challenge, "refused");
    if let Ok(challenge) = HeaderValue::from_str(&challenge) {
        response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
    }
    response
}
