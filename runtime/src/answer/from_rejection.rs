//! The return types of guarded handlers.

use http::{Response, StatusCode};
use lambda_http::Body;
use lambda_http::aws_lambda_events::apigw::{ApiGatewayProxyResponse, ApiGatewayV2httpResponse};
use lambda_http::lambda_runtime::{MetadataPrelude, StreamResponse};
use serde_json::Value;

use super::rejection::Rejection;

/// A return type of a guarded handler, which can be created from a rejection.
///
/// ```
/// use require_claims::{FromRejection, Rejection};
///
/// struct MyResponse {
///     status: u16,
///     body: String,
/// }
///
/// impl FromRejection for MyResponse {
///     fn from_rejection(rejection: Rejection) -> Self {
///         MyResponse {
///             status: rejection.status().as_u16(),
///             body: rejection.body(),
///         }
///     }
/// }
/// ```
///
/// The trait is implemented for:
///
/// - [`http::Response`] with any body type that implements `From<String>`;
/// - `(StatusCode, serde_json::Value)`;
/// - `ApiGatewayProxyResponse` and `ApiGatewayV2httpResponse`;
/// - `StreamResponse` of any stream that implements `From<String>`, such as `streaming::Body`;
/// - [`Rejection`];
/// - a `Result` of one of these: the rejection is an `Ok`, because Lambda turns an `Err` into a 500.
///
/// It is not implemented for `String`, `&str` and `serde_json::Value`, because `lambda_http` sends those with
/// the status 200. A handler whose event is a `LambdaEvent` can still return a `serde_json::Value`, or a `Result` of
/// one: the plain Lambda runtime passes it to API Gateway as it is, so the rejection is the object `{"statusCode":
/// 403, "headers": …, "body": …}` that API Gateway [reads as a response][format].
///
/// A handler can also return a response whose body is a `BoxBody<Bytes, E>` or an `UnsyncBoxBody<Bytes, E>` of
/// `http-body-util`, and a boxed future of all these types, as `async_trait` generates it.
///
/// [format]: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
#[diagnostic::on_unimplemented(
    message = "a guarded handler cannot return `{Self}`: it cannot carry a rejection's status and content type",
    label = "return `Result<impl IntoResponse, Error>` or a response instead",
    note = "`lambda_http::Response<Body>`, `(StatusCode, serde_json::Value)`, the gateway's response types, \
            `impl IntoResponse`, and a `Result` of one of these can carry a rejection; \
            for a custom type, implement `require_claims::FromRejection`, or write an `on_reject` function that \
            returns it",
    note = "`lambda_http` would send a `serde_json::Value` with the status 200: return `(StatusCode, Value)`, or \
            take a `LambdaEvent` as the event",
    note = "for a handler of axum that takes the whole `Request`, write `#[require_claims(…, axum)]`"
)]
pub trait FromRejection {
    /// Converts the rejection into this response type.
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

#[diagnostic::do_not_recommend]
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

/// The gateway's response types have the same fields but no common trait.
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

#[diagnostic::do_not_recommend]
impl<B: From<String>> FromRejection for StreamResponse<B> {
    fn from_rejection(rejection: Rejection) -> Self {
        let (parts, stream) = Response::<B>::from(rejection).into_parts();
        let metadata_prelude = MetadataPrelude {
            status_code: parts.status,
            headers: parts.headers,
            ..MetadataPrelude::default()
        };
        Self {
            metadata_prelude,
            stream,
        }
    }
}
