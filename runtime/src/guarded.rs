//! ANSWER, where a handler returns `impl IntoResponse`: the handler's response or a rejection.

use std::future::Future;
use std::pin::Pin;

use http::Response;
use lambda_http::{Body, IntoResponse};
use serde::{Serialize, Serializer};

use crate::rejection::Rejection;

/// What a guarded handler that returns `impl Trait` really returns: what its body returned, or the
/// rejection.
///
/// ```
/// use lambda_http::{Error, IntoResponse, Request};
/// use require_claims::require_claims;
///
/// #[require_claims(authenticated)]
/// async fn greet(event: Request) -> Result<impl IntoResponse, Error> {
///     Ok(format!("hello from {}", event.uri().path()))
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// // A request that came through no gateway: the `impl IntoResponse` is the 403.
/// let response = greet(Request::default()).await?.into_response().await;
/// assert_eq!(response.status(), 403);
/// # Ok(())
/// # }
/// ```
///
/// The attribute writes it; nobody else needs to. It is an [`IntoResponse`] where the body's value
/// is one, for handlers that `lambda_http` runs, and [`Serialize`] likewise, for handlers of a
/// `LambdaEvent`: a rejection is then the object with `statusCode`, `headers` and `body` that both
/// payload formats of API Gateway [take for a response][format]. The body's value has to be one of
/// those, or of another trait that `Guarded` has: else the compiler names this type.
///
/// [format]: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
#[derive(Debug)]
pub struct Guarded<T>(Outcome<T>);

#[derive(Debug)]
enum Outcome<T> {
    Allowed(T),
    Rejected(Rejection),
}

impl<T> Guarded<T> {
    /// What the handler's body returned.
    #[must_use]
    pub fn allowed(response: T) -> Self {
        Self(Outcome::Allowed(response))
    }

    /// The body did not run.
    #[must_use]
    pub fn rejected(rejection: Rejection) -> Self {
        Self(Outcome::Rejected(rejection))
    }
}

/// What the handler's body returned, within a `Result`.
///
/// # Errors
///
/// The body's own.
pub fn allow<T, E>(outcome: Result<T, E>) -> Result<Guarded<T>, E> {
    outcome.map(Guarded::allowed)
}

impl<T: IntoResponse> IntoResponse for Guarded<T> {
    fn into_response(self) -> Pin<Box<dyn Future<Output = Response<Body>> + Send>> {
        match self.0 {
            Outcome::Allowed(response) => response.into_response(),
            Outcome::Rejected(rejection) => rejection.into_response(),
        }
    }
}

impl<T: Serialize> Serialize for Guarded<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Outcome::Allowed(response) => response.serialize(serializer),
            // Only fields that the response formats of REST and HTTP APIs both name.
            Outcome::Rejected(rejection) => ProxyResponse {
                status_code: rejection.status().as_u16(),
                headers: ContentType {
                    content_type: "application/json",
                },
                body: rejection.body(),
            }
            .serialize(serializer),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ProxyResponse {
    status_code: u16,
    headers: ContentType,
    body: String,
}

#[derive(Serialize)]
struct ContentType {
    #[serde(rename = "content-type")]
    content_type: &'static str,
}
