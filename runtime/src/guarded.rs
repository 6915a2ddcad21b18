//! ANSWER, where a handler returns `impl IntoResponse`: the handler's response or a rejection.

use std::future::Future;
use std::pin::Pin;

use http::Response;
use lambda_http::aws_lambda_events::apigw::ApiGatewayV2httpResponse;
use lambda_http::{Body, IntoResponse};
use serde::{Serialize, Serializer};

use crate::rejection::{FromRejection, Rejection};

/// What a guarded handler that returns `impl Trait` really returns: what its body made of the
/// request, or the rejection.
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

/// For handlers of a `LambdaEvent` that return `impl Serialize`: both payload formats read these
/// fields.
impl<T: Serialize> Serialize for Guarded<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Outcome::Allowed(response) => response.serialize(serializer),
            Outcome::Rejected(rejection) => {
                ApiGatewayV2httpResponse::from_rejection(rejection.clone()).serialize(serializer)
            }
        }
    }
}
