//! ANSWER: the 403 that the SuperTokens browser SDKs understand.

use std::fmt;
use std::future::{Future, ready};
use std::pin::Pin;

use http::header::CONTENT_TYPE;
use http::{HeaderValue, Response, StatusCode};
use lambda_http::aws_lambda_events::apigw::{ApiGatewayProxyResponse, ApiGatewayV2httpResponse};
use lambda_http::{Body, IntoResponse};
use serde::Serialize;
use serde_json::Value;

use crate::reason::ClaimValidationError;

/// A request that does not meet what is required: the errors, and the answer that tells them.
///
/// ```
/// use require_claims::supertokens::ROLE;
///
/// // A request that came through no gateway has no claims.
/// let event = lambda_http::Request::default();
/// let rejection = ROLE.includes("admin").check(&event).unwrap_err();
/// assert_eq!(rejection.errors()[0].id(), "st-role");
/// assert_eq!(
///     rejection.body(),
///     r#"{"message":"invalid claim","claimValidationErrors":[{"id":"st-role","reason":{"message":"value does not exist","expectedToInclude":"admin"}}]}"#,
/// );
/// let response: lambda_http::Response<String> = rejection.into();
/// assert_eq!(response.status(), 403);
/// ```
///
/// Status, content type and body are those of SuperTokens' `verifySession`, which its browser SDKs
/// read. The body may tell the claims' values to the one who sent the token; `Debug` does not print
/// them.
#[derive(Clone, PartialEq)]
pub struct Rejection {
    errors: Vec<ClaimValidationError>,
}

impl Rejection {
    pub(crate) fn new(errors: Vec<ClaimValidationError>) -> Self {
        Self { errors }
    }

    /// What is wrong, in the order of the requirements; never empty.
    #[must_use]
    pub fn errors(&self) -> &[ClaimValidationError] {
        &self.errors
    }

    /// 403 Forbidden.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        StatusCode::FORBIDDEN
    }

    /// The answer's body, JSON.
    #[must_use]
    pub fn body(&self) -> String {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct InvalidClaim<'a> {
            message: &'static str,
            claim_validation_errors: &'a [ClaimValidationError],
        }
        let body = InvalidClaim {
            message: "invalid claim",
            claim_validation_errors: &self.errors,
        };
        // Strings and JSON values always serialize; were that to change, the status still denies.
        serde_json::to_string(&body).unwrap_or_default()
    }
}

impl fmt::Debug for Rejection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("Rejection")
            .field(&self.errors)
            .finish()
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("invalid claim")?;
        for (index, error) in self.errors.iter().enumerate() {
            let separator = if index == 0 { ": " } else { "; " };
            write!(
                formatter,
                "{separator}`{}`: {}",
                error.id(),
                error.message()
            )?;
        }
        Ok(())
    }
}

impl std::error::Error for Rejection {}

impl<B: From<String>> From<Rejection> for Response<B> {
    fn from(rejection: Rejection) -> Self {
        let mut response = Response::new(B::from(rejection.body()));
        *response.status_mut() = rejection.status();
        response
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response
    }
}

impl IntoResponse for Rejection {
    fn into_response(self) -> Pin<Box<dyn Future<Output = Response<Body>> + Send>> {
        Box::pin(ready(self.into()))
    }
}

/// A type that a handler can return and that can carry a rejection.
///
/// Implemented for [`http::Response`] with any body made from a `String`, for
/// `(StatusCode, serde_json::Value)`, for the gateway's own response types, for [`Rejection`]
/// itself, and for a `Result` of one of these: the denial is an `Ok`, since Lambda turns an `Err`
/// into a 500. `String`, `&str` and `serde_json::Value` are not among them: `lambda_http` answers
/// 200 with those.
///
/// ```
/// use require_claims::{FromRejection, Rejection};
///
/// struct Answer {
///     status: u16,
///     body: String,
/// }
///
/// impl FromRejection for Answer {
///     fn from_rejection(rejection: Rejection) -> Self {
///         Answer {
///             status: rejection.status().as_u16(),
///             body: rejection.body(),
///         }
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "a guarded handler cannot return `{Self}`: it carries no status, so no rejection",
    label = "return `Result<impl IntoResponse, Error>` or a response with a status instead",
    note = "`lambda_http::Response<Body>`, `(StatusCode, serde_json::Value)`, the gateway's response types, \
            `impl IntoResponse`, and a `Result` of one of these can carry a rejection; \
            for a type of your own, implement `require_claims::FromRejection`"
)]
pub trait FromRejection {
    /// The answer that tells this rejection.
    fn from_rejection(rejection: Rejection) -> Self;
}

impl FromRejection for Rejection {
    fn from_rejection(rejection: Rejection) -> Self {
        rejection
    }
}

impl<T: FromRejection, E> FromRejection for Result<T, E> {
    fn from_rejection(rejection: Rejection) -> Self {
        Ok(T::from_rejection(rejection))
    }
}

impl<B: From<String>> FromRejection for Response<B> {
    fn from_rejection(rejection: Rejection) -> Self {
        rejection.into()
    }
}

impl FromRejection for (StatusCode, Value) {
    fn from_rejection(rejection: Rejection) -> Self {
        let status = rejection.status();
        let body = serde_json::from_str(&rejection.body()).unwrap_or_default();
        (status, body)
    }
}

impl FromRejection for ApiGatewayV2httpResponse {
    fn from_rejection(rejection: Rejection) -> Self {
        let (parts, body) = Response::<String>::from(rejection).into_parts();
        let mut response = Self::default();
        response.status_code = parts.status.as_u16().into();
        response.headers = parts.headers;
        response.body = Some(body.into());
        response
    }
}

impl FromRejection for ApiGatewayProxyResponse {
    fn from_rejection(rejection: Rejection) -> Self {
        let (parts, body) = Response::<String>::from(rejection).into_parts();
        let mut response = Self::default();
        response.status_code = parts.status.as_u16().into();
        response.headers = parts.headers;
        response.body = Some(body.into());
        response
    }
}
