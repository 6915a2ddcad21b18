//! Builds the events of API Gateway, for tests of guarded handlers.
//!
//! ```
//! use lambda_http::{Body, Error, Request, Response};
//! use require_claims::require_claims;
//! use require_claims::testing::{Caller, http_api};
//!
//! #[require_claims(email_verified, role = "admin", mfa)]
//! async fn cancel_order(event: Request) -> Result<Response<Body>, Error> {
//!     Ok(Response::new(Body::Empty))
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Error> {
//! let event = http_api().delete("/orders/{id}").path_parameter("id", "7");
//! let admin = Caller::new("user-1").email_verified().role("admin").mfa();
//! let customer = Caller::new("user-2").email_verified().role("customer").mfa();
//!
//! assert_eq!(cancel_order(event.clone().caller(admin).request()).await?.status(), 200);
//! assert_eq!(cancel_order(event.caller(customer).request()).await?.status(), 403);
//! # Ok(())
//! # }
//! ```
//!
//! [`Caller`] is the payload of a token. [`http_api`] and [`rest_api`] start an [`Event`], which contains the claims as
//! the route's authorizer passes them. The test kit only writes data: the handler checks the event as in production.
//!
//! # Authorizers
//!
//! | Authorizer | Event |
//! |---|---|
//! | JWT authorizer of an HTTP API, payload 2.0 | `http_api().caller(…)` |
//! | JWT authorizer of an HTTP API, payload 1.0 | `http_api().payload_1_0().caller(…)` |
//! | … with scopes, in both formats | add `.route_scopes(…)` to `http_api()` |
//! | JWT authorizer of a REST API | `rest_api().caller(…)` |
//! | Cognito authorizer of a REST API | `rest_api().cognito_authorizer().caller(…)` |
//! | Lambda authorizer | `http_api().lambda_authorizer(…).caller(…)`, also with the others |
//! | none | `http_api()`, also with the others |
//!
//! # Mistakes in a test
//!
//! A caller or an event that API Gateway would never pass panics, such as a path parameter that the route does not
//! have. The message says what to change, and points to the test.
//!
//! This module requires the feature `testing`. Enable it for dev-dependencies only.

mod authorizer;
mod caller;
mod event;
mod gateway;
mod http_api;
mod misuse;
mod received;
pub mod render;
mod sent;
#[cfg(feature = "template")]
pub mod template;
mod times;
mod write;

pub use caller::Caller;
pub use event::{Event, http_api, rest_api};
pub use gateway::{EventType, Gateway, HttpApi, HttpApiPayload1, RestApi};
pub use times::ago;
