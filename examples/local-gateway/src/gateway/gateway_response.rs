//! The responses that the gateway sends itself, as an HTTP API or a REST API does.
//!
//! - HTTP APIs: <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-jwt.html>
//! - REST APIs: <https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html>

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::header::WWW_AUTHENTICATE;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode};
use serde_json::{Value, json};

use super::error::Error;
use crate::api::Api;
use crate::authorizer::AuthorizationError;
use crate::json_response::{json_response, message_response};

/// A change of a REST API's gateway response, as `AWS::ApiGateway::GatewayResponse` describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GatewayResponse {
    /// The status code instead of the default one.
    pub status: Option<u16>,
    /// Headers to add, such as those for CORS.
    pub headers: BTreeMap<String, String>,
}

/// Changes of gateway responses by type, such as `UNAUTHORIZED` or `DEFAULT_4XX`.
pub type GatewayResponses = BTreeMap<String, GatewayResponse>;

/// The response to a request that failed with this error.
pub(super) fn response(api: &Api, changes: &GatewayResponses, error: &Error) -> Response<Body> {
    // AWS has no such response: there, the function runs.
    if let Error::FunctionUnavailable(reason)
    | Error::Unauthorized(AuthorizationError::Unavailable(reason), _) = error
    {
        return message_response(StatusCode::NOT_IMPLEMENTED, reason);
    }
    if api.is_rest() {
        rest_response(error, changes)
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
        Error::FunctionFailed(_) | Error::FunctionUnavailable(_) => {
            (StatusCode::BAD_GATEWAY, "Internal Server Error")
        }
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
        AuthorizationError::MissingIdentity | AuthorizationError::Unauthorized => {
            (StatusCode::UNAUTHORIZED, None)
        }
        AuthorizationError::Denied { .. } => (StatusCode::FORBIDDEN, None),
        AuthorizationError::Failed(_) | AuthorizationError::Unavailable(_) => {
            (StatusCode::INTERNAL_SERVER_ERROR, None)
        }
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
fn rest_response(error: &Error, changes: &GatewayResponses) -> Response<Body> {
    let (response_type, status, kind, body) = match error {
        Error::HeadTooLarge => (
            "DEFAULT_4XX",
            431,
            "BadRequestException",
            message("Request Header Fields Too Large"),
        ),
        Error::PathNotUtf8 | Error::BodyUnreadable => (
            "DEFAULT_4XX",
            400,
            "BadRequestException",
            message("Bad Request"),
        ),
        Error::NoStage(_) => (
            "DEFAULT_4XX",
            403,
            "ForbiddenException",
            message("Forbidden"),
        ),
        Error::NoRoute => (
            "MISSING_AUTHENTICATION_TOKEN",
            403,
            "MissingAuthenticationTokenException",
            message("Missing Authentication Token"),
        ),
        Error::Unauthorized(error, _) => rest_unauthorized(error),
        Error::BodyTooLarge => (
            "REQUEST_TOO_LARGE",
            413,
            "RequestTooLargeException",
            message("Request Too Long"),
        ),
        Error::FunctionFailed(_) | Error::FunctionUnavailable(_) => (
            "API_CONFIGURATION_ERROR",
            502,
            "InternalServerErrorException",
            message("Internal server error"),
        ),
        Error::FunctionTimedOut => (
            "INTEGRATION_TIMEOUT",
            504,
            "InternalServerErrorException",
            message("Endpoint request timed out"),
        ),
    };
    let default = if status < 500 {
        "DEFAULT_4XX"
    } else {
        "DEFAULT_5XX"
    };
    let change = changes.get(response_type).or_else(|| changes.get(default));
    let status = change.and_then(|change| change.status).unwrap_or(status);
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = json_response(status, &body);
    let headers = response.headers_mut();
    headers.insert("x-amzn-errortype", HeaderValue::from_static(kind));
    for (name, value) in change.into_iter().flat_map(|change| &change.headers) {
        // `check` has rejected invalid headers.
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            headers.insert(name, value);
        }
    }
    response
}

fn rest_unauthorized(error: &AuthorizationError) -> (&'static str, u16, &'static str, Value) {
    match error {
        AuthorizationError::MissingToken
        | AuthorizationError::MissingIdentity
        | AuthorizationError::InvalidToken(_)
        | AuthorizationError::Unauthorized => (
            "UNAUTHORIZED",
            401,
            "UnauthorizedException",
            message("Unauthorized"),
        ),
        AuthorizationError::InsufficientScope => (
            "ACCESS_DENIED",
            403,
            "ForbiddenException",
            message("Forbidden"),
        ),
        AuthorizationError::Denied { explicit } => {
            let suffix = if *explicit {
                " with an explicit deny"
            } else {
                ""
            };
            let text = format!("User is not authorized to access this resource{suffix}");
            // The name is in upper case only in this response.
            (
                "ACCESS_DENIED",
                403,
                "AccessDeniedException",
                json!({ "Message": text }),
            )
        }
        AuthorizationError::Failed(_) | AuthorizationError::Unavailable(_) => (
            "AUTHORIZER_CONFIGURATION_ERROR",
            500,
            "AuthorizerConfigurationException",
            json!({"message": null}),
        ),
    }
}

fn message(text: &str) -> Value {
    json!({ "message": text })
}

/// Checks that the changes of gateway responses are valid.
pub(super) fn check(changes: &GatewayResponses) -> Result<(), String> {
    for (response_type, change) in changes {
        for (name, value) in &change.headers {
            if HeaderName::try_from(name).is_err() || HeaderValue::try_from(value).is_err() {
                return Err(format!(
                    "the gateway response `{response_type}` has the invalid header `{name}: {value}`"
                ));
            }
        }
        if change
            .status
            .is_some_and(|status| !(200..600).contains(&status))
        {
            return Err(format!(
                "the gateway response `{response_type}` has an invalid status code"
            ));
        }
    }
    Ok(())
}
