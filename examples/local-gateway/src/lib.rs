//! A local API Gateway HTTP API with a JWT authorizer.
//!
//! It runs an unmodified Lambda binary: the gateway checks the token of a request, creates the event as API
//! Gateway does, and passes it to the function through the Lambda Runtime API. [`gateway::start`] starts it.
//! A request passes through these modules:
//!
//! | Module | Purpose |
//! |---|---|
//! | [`gateway`] | Accepts requests and takes them through the following steps. [`config`] contains its settings. |
//! | [`routes`] | Finds the route of a request, which determines authorizer and scopes. |
//! | [`authorizer`] | Verifies the token and renders the claims as the gateway does. [`keys`] caches the issuer's keys. |
//! | [`event`] | Creates the event in payload format 2.0 or 1.0. |
//! | [`workers`] | Invokes the function. Each worker runs one process, connected through its own `runtime_api`. |
//! | [`response`] | Converts the function's response into an HTTP response. |
//!
//! In addition, [`issuer`] signs tokens for the demo users, [`demo`] lists calls to try with their expected
//! responses, [`banner`] prints them, and [`example_function`] builds the function for them.
//!
//! # Differences from AWS
//!
//! - The response is 502 if the function fails, and 504 if it does not respond in time. A process that has
//!   ended or timed out is restarted.
//! - The gateway listens on the loopback interface only, because its issuer returns tokens to anyone.
//! - The built-in issuer is part of the API. It handles `/.well-known/openid-configuration` and all paths
//!   below `/auth/`, even if a route matches them. The command line program rejects routes that would never
//!   be reached.

pub mod authorizer;
pub mod banner;
pub mod config;
pub mod demo;
pub mod event;
pub mod example_function;
pub mod gateway;
mod identifier;
pub mod issuer;
mod json_response;
pub mod keys;
mod request_body;
pub mod response;
pub mod routes;
mod runtime_api;
mod timestamp;
pub mod workers;

pub use config::Config;
pub use event::PayloadFormat;
pub use gateway::{RunningGateway, StartError};
pub use issuer::Issuer;
pub use workers::Function;

/// The issuer for unit tests, shared because generating its key takes a while.
#[cfg(test)]
pub(crate) fn test_issuer() -> std::sync::Arc<Issuer> {
    use std::sync::{Arc, LazyLock};
    static ISSUER: LazyLock<Arc<Issuer>> =
        LazyLock::new(|| Arc::new(Issuer::new("https://issuer.test/auth", "orders").unwrap()));
    Arc::clone(&ISSUER)
}
