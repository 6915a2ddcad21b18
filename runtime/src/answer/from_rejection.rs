//! The types that a handler can return.

use std::future::{Future, ready};
use std::pin::Pin;

use http::{Response, StatusCode};
use lambda_http::Body;
use lambda_http::aws_lambda_events::apigw::{ApiGatewayProxyResponse, ApiGatewayV2httpResponse};
use serde_json::Value;

use super::rejection::Rejection;

/// A type that a handler can return and that can carry a rejection.
///
/// Implemented for [`http::Response`] with any body made from a `String`, for
/// `(StatusCode, serde_json::Value)`, for the gateway's own response types, for [`Rejection`]
/// itself, for a `Result` of one of these, and for a boxed future of one: the denial is an `Ok`,
/// since Lambda turns an `Err` into a 500. `String`, `&str` and `serde_json::Value` are not among
/// them: `lambda_http` answers 200 with those.
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
    message = "a guarded handler cannot return `{Self}`: it cannot carry a rejection's status and content type",
    label = "return `Result<impl IntoResponse, Error>` or a response instead",
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
        let body = serde_json::to_value(&rejection).unwrap_or_default();
        (rejection.status(), body)
    }
}

/// The gateway's response types have the same fields and no trait in common.
macro_rules! gateway_responses {
    ($($response:ty),*) => {
        $(
            impl FromRejection for $response {
                fn from_rejection(rejection: Rejection) -> Self {
                    let (parts, body) = Response::<Body>::from(rejection).into_parts();
                    let mut response = Self::default();
                    response.status_code = parts.status.as_u16().into();
                    response.headers = parts.headers;
                    response.body = Some(body);
                    response
                }
            }
        )*
    };
}

gateway_responses!(ApiGatewayProxyResponse, ApiGatewayV2httpResponse);

/// What an `async` method of a trait becomes by way of `async_trait` and the like.
impl<'a, R: FromRejection + Send + 'a> FromRejection
    for Pin<Box<dyn Future<Output = R> + Send + 'a>>
{
    fn from_rejection(rejection: Rejection) -> Self {
        Box::pin(ready(R::from_rejection(rejection)))
    }
}

/// The same of one that stays on its thread, as by `async_trait(?Send)`.
impl<'a, R: FromRejection + 'a> FromRejection for Pin<Box<dyn Future<Output = R> + 'a>> {
    fn from_rejection(rejection: Rejection) -> Self {
        Box::pin(ready(R::from_rejection(rejection)))
    }
}
