//! ANSWER for handlers that return `impl Trait`: the handler's response or a rejection.

use std::future::Future;
use std::pin::Pin;

use http::Response;
use lambda_http::{Body, IntoResponse};
use serde::{Serialize, Serializer};

use crate::answer::Rejection;

/// The actual return type of a guarded handler that returns `impl Trait`: the value of its body, or the
/// response to a rejection.
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
/// // A request without a gateway context has no claims, so the response is a 403.
/// let response = greet(Request::default()).await?.into_response().await;
/// assert_eq!(response.status(), 403);
/// # Ok(())
/// # }
/// ```
///
/// The attribute generates this type. It implements [`IntoResponse`] if the body's value does, for handlers
/// that `lambda_http` runs, and [`Serialize`] if the body's value does, for handlers of a `LambdaEvent`. If the
/// handler returns another trait, rustc reports that `Guarded` does not implement it.
///
/// `R` is the response to a rejection: [`DefaultAnswer`], or the return type of the `on_reject` function.
#[derive(Clone, Debug)]
#[must_use]
pub struct Guarded<T, R = DefaultAnswer>(Outcome<T, R>);

#[derive(Clone, Debug)]
enum Outcome<T, R> {
    Allowed(T),
    Rejected(R),
}

impl<T, R> Guarded<T, R> {
    /// The handler's body ran and returned this value.
    pub fn allowed(response: T) -> Self {
        Self(Outcome::Allowed(response))
    }

    /// The body did not run, and the `on_reject` function returned this response.
    pub fn rejected_with(response: R) -> Self {
        Self(Outcome::Rejected(response))
    }
}

impl<T> Guarded<T> {
    /// The body did not run, and there is no `on_reject` function.
    pub fn rejected(rejection: Rejection) -> Self {
        Self(Outcome::Rejected(DefaultAnswer(rejection)))
    }
}

/// Converts the `Result` of the handler's body.
///
/// # Errors
///
/// Returns the error of the body.
pub fn allow<T, R, E>(outcome: Result<T, E>) -> Result<Guarded<T, R>, E> {
    outcome.map(Guarded::allowed)
}

impl<T: IntoResponse, R: IntoResponse> IntoResponse for Guarded<T, R> {
    fn into_response(self) -> Pin<Box<dyn Future<Output = Response<Body>> + Send>> {
        match self.0 {
            Outcome::Allowed(response) => response.into_response(),
            Outcome::Rejected(response) => response.into_response(),
        }
    }
}

impl<T: Serialize, R: Serialize> Serialize for Guarded<T, R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Outcome::Allowed(response) => response.serialize(serializer),
            Outcome::Rejected(response) => response.serialize(serializer),
        }
    }
}

/// The response to a rejection if there is no `on_reject` function.
///
/// As an [`IntoResponse`], it is the response of the [`Rejection`]. For handlers of a `LambdaEvent`, it
/// serializes to the object with `statusCode`, `headers` and `body` that API Gateway [reads as a
/// response][format] in both payload formats.
///
/// ```
/// use lambda_http::LambdaEvent;
/// use lambda_http::aws_lambda_events::apigw::ApiGatewayV2httpRequest;
/// use require_claims::require_claims;
///
/// #[require_claims(authenticated)]
/// async fn greet(event: LambdaEvent<ApiGatewayV2httpRequest>) -> impl serde::Serialize {
///     event.payload.raw_path
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), serde_json::Error> {
/// let event = LambdaEvent::new(ApiGatewayV2httpRequest::default(), Default::default());
/// let response = serde_json::to_value(greet(event).await)?;
/// assert_eq!(response["statusCode"], 403);
/// # Ok(())
/// # }
/// ```
///
/// [format]: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
#[derive(Clone, Debug)]
pub struct DefaultAnswer(Rejection);

impl IntoResponse for DefaultAnswer {
    fn into_response(self) -> Pin<Box<dyn Future<Output = Response<Body>> + Send>> {
        self.0.into_response()
    }
}

impl Serialize for DefaultAnswer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.to_json().serialize(serializer)
    }
}
