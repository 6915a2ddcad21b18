//! API Gateway's HTTP API with a JWT authorizer, on this machine.
//!
//! A Lambda binary runs behind it unmodified: the gateway checks the token, writes the event as
//! API Gateway does, and hands it over by the Lambda Runtime API. [`gateway::start`] is the entry;
//! one request's way from there:
//!
//! | module | what it does |
//! |---|---|
//! | [`gateway`] | listens, and its handler takes a request, of no more than a `request_size` and with its whole `request_body`, through the steps below; [`config`] is its settings |
//! | [`routes`] | which request goes to the function, with an authorizer or without |
//! | [`authorizer`] | the rules of the JWT authorizer, which renders the claims as the gateway does; [`keys`] has the issuer's keys, fetched by `discovery` |
//! | [`event`] | the event in payload format 2.0 or 1.0 |
//! | [`workers`] | each keeps one process of the function running, which has a `runtime_api` of its own |
//! | [`response`] | the function's answer as an HTTP response |
//!
//! Beside that: [`issuer`] signs the tokens of the demo [`users`] and `issuer_routes` hands them
//! out, [`demo`] lists the calls to try with what they answer, [`banner`] prints them, and
//! [`example_function`] builds the function to try them on.
//!
//! It differs from AWS where that helps on one's own machine:
//!
//! - A function that fails is answered with 502, one that hangs with 504, and both are started again.
//! - It listens on the loopback interface only, as its issuer gives a token to whoever asks.
//! - The built-in issuer is in the API itself: what is below `/auth/`, and
//!   `/.well-known/openid-configuration`, it answers in the function's place, whatever the routes
//!   say. The command refuses a route that is there altogether.

pub mod authorizer;
pub mod banner;
mod clock;
pub mod config;
pub mod demo;
mod discovery;
pub mod event;
pub mod example_function;
pub mod gateway;
mod identifier;
pub mod issuer;
mod issuer_routes;
pub mod keys;
mod request_body;
mod request_size;
pub mod response;
pub mod routes;
mod runtime_api;
pub mod users;
pub mod workers;

pub use config::Config;
pub use event::PayloadFormat;
pub use gateway::{Running, StartError};
pub use issuer::Issuer;
pub use workers::Function;

/// The issuer of the unit tests: one key for all of them, as making one takes a while.
#[cfg(test)]
pub(crate) fn test_issuer() -> std::sync::Arc<Issuer> {
    use std::sync::{Arc, LazyLock};
    static ISSUER: LazyLock<Arc<Issuer>> =
        LazyLock::new(|| Arc::new(Issuer::new("https://issuer.test/auth", "orders").unwrap()));
    Arc::clone(&ISSUER)
}
