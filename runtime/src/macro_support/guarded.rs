//! ANSWER, where a handler returns `impl IntoResponse`: the handler's response or a rejection.

use std::future::Future;
use std::pin::Pin;

use http::Response;
use lambda_http::{Body, IntoResponse};
use serde::{Serialize, Serializer};
use serde_json::json;

use crate::answer::Rejection;

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
/// `LambdaEvent`. The body's value has to be one of those, or of another trait that `Guarded` has:
/// else the compiler names this type. `R` answers a rejection: the [`DefaultAnswer`], or what the
/// function of `on_reject` returns.
#[derive(Clone, Debug)]
pub struct Guarded<T, R = DefaultAnswer>(Outcome<T, R>);

#[derive(Clone, Debug)]
enum Outcome<T, R> {
    Allowed(T),
    Rejected(R),
}

impl<T, R> Guarded<T, R> {
    /// What the handler's body returned.
    #[must_use]
    pub fn allowed(response: T) -> Self {
        Self(Outcome::Allowed(response))
    }

    /// What a function of `on_reject` answers: the body did not run.
    #[must_use]
    pub fn rejected_with(answer: R) -> Self {
        Self(Outcome::Rejected(answer))
    }
}

impl<T> Guarded<T> {
    /// The body did not run.
    #[must_use]
    pub fn rejected(rejection: Rejection) -> Self {
        Self(Outcome::Rejected(DefaultAnswer(rejection)))
    }
}

impl<T: IntoResponse, R: IntoResponse> IntoResponse for Guarded<T, R> {
    fn into_response(self) -> Pin<Box<dyn Future<Output = Response<Body>> + Send>> {
        match self.0 {
            Outcome::Allowed(response) => response.into_response(),
            Outcome::Rejected(answer) => answer.into_response(),
        }
    }
}

impl<T: Serialize, R: Serialize> Serialize for Guarded<T, R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Outcome::Allowed(response) => response.serialize(serializer),
            Outcome::Rejected(answer) => answer.serialize(serializer),
        }
    }
}

/// The answer to a rejection where `on_reject` says nothing else.
///
/// As an [`IntoResponse`] it is the [rejection's own](Rejection). Serialized, for handlers of a
/// `LambdaEvent`, it is the object with `statusCode`, `headers` and `body` that both payload formats
/// of API Gateway [take for a response][format].
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
/// let answer = serde_json::to_value(greet(event).await)?;
/// assert_eq!(answer["statusCode"], 403);
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
        // Only fields that the response formats of REST and HTTP APIs have in common.
        let response = json!({
            "statusCode": self.0.status().as_u16(),
            "headers": {"content-type": "application/json"},
            "body": self.0.body(),
        });
        response.serialize(serializer)
    }
}
