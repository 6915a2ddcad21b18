//! A local API Gateway: an HTTP API or a REST API, with JWT authorizers and Lambda authorizers.
//!
//! It runs unmodified Lambda binaries, and functions for Node: the gateway authorizes a request, creates the event as API Gateway does, and
//! passes it to the route's function through the Lambda Runtime API. [`gateway::start`] starts it. A request passes
//! through these modules:
//!
//! | Module | Purpose |
//! |---|---|
//! | [`gateway`] | Accepts requests and takes them through the following steps. [`config`] contains its settings, [`api`] the kind of API. |
//! | [`routes`] | Finds the route of a request, which determines its function, its authorizer and its scopes. |
//! | [`authorizer`] | Decides about a request: `jwt` verifies a token with the issuer's [`keys`], `lambda` asks a function. [`identity_source`] is where they look. |
//! | [`event`] | Creates the event: an HTTP API's in payload format 2.0 or 1.0, or a REST API's. |
//! | [`workers`] | Invokes a function. Each worker runs one process, connected through its own `runtime_api`. |
//! | [`response`] | Converts the function's response into an HTTP response. [`cors`] adds headers. |
//!
//! [`template`] turns a SAM template into settings, and [`build`] builds its functions: those in Rust with
//! [`cargo_build`], those for Node with [`node`]. In addition, [`issuer`] signs tokens for the demo users, [`demo`] lists
//! calls to try with their expected responses, and [`banner`] prints them. [`console`] is a page at `/` that shows the
//! response of each route to each user, with the token, the event, and the remedy of each reason.
//!
//! # Examples
//!
//! ```sh
//! cargo run -p local-gateway                                    # the API of examples/supertokens/template.yaml
//! cargo run -p local-gateway -- --template FILE --parameter Issuer=https://api.example.com/auth
//! cargo run -p local-gateway -- --api rest --stage dev          # a REST API
//!
//! # The template's backend as the issuer. The keys are fetched for the first token, because the backend runs in this
//! # gateway, too:
//! cargo run -p local-gateway -- --parameter Issuer=http://localhost:3000/auth --parameter ApiDomain=http://localhost:3000
//!
//! # A custom claim in a demo user's token:
//! cargo run -p local-gateway -- --claim 'customer:plan="pro"'
//!
//! # Your own functions, each with its routes and environment variables:
//! cargo run -p local-gateway -- --function orders=target/debug/orders --function admin=target/debug/admin \
//!     --route 'GET /orders' --route 'ANY /admin/{proxy+} function=admin' --env admin:STAGE=local
//!
//! # A Lambda authorizer in front of the routes, with cached results:
//! cargo run -p local-gateway -- --authorizer target/debug/authorizer --authorizer-ttl 300
//! ```
//!
//! A program that was built again is started with the next request.
//!
//! # Differences from AWS
//!
//! - The response of an HTTP API is 502 if the function fails, and 504 if it does not respond in time. A process that
//!   has ended or timed out is restarted, as is one whose program was built again.
//! - The [`console`] handles `/`, unless a route uses it, and all paths below `/.console/`, unless the path of a route
//!   starts so.
//! - The gateway listens on the loopback interface only, because its issuer returns tokens to any program on this
//!   machine. It returns none to websites: `Host` must name the loopback interface, and `Origin` the gateway.
//! - A template is code: the gateway builds its functions and runs them, with the environment variables that it sets. Run
//!   only templates that you trust.
//! - The built-in issuer is part of the API. It handles `/auth/.well-known/openid-configuration` (also without `/auth`),
//!   `/auth/jwt/jwks.json`, `/auth/rotate-key` and all paths below `/auth/token/`, even if a route matches them. The
//!   command line program rejects routes that would never be reached.
//! - Keys for elliptic curves other than P-256 and P-384 are skipped, and a JWT authorizer has no `AdditionalClaims`.
//! - A policy of a Lambda authorizer with a `Condition`, `NotAction` or `NotResource` is an error.
//! - CORS headers of an HTTP API are added to responses of functions and to preflight requests, not to the gateway's own
//!   errors: the documentation mentions no others. A REST API answers `OPTIONS` with them, as SAM configures it, and adds
//!   to its own errors what [`Config::gateway_responses`] contains.
//! - The response is 501 if the gateway cannot run the function on this machine: see [`Function::unavailable`].
//! - A function for [`node`] is bundled when the gateway starts, as one file without source maps; of esbuild's
//!   settings in the template, only `EntryPoints` is read. It runs in the machine's Node, whatever its `Runtime` is. The
//!   response does not wait for an empty event loop.
//!
//! # A key rotation
//!
//! API Gateway caches an issuer's keys, so that new tokens may be rejected after the issuer has replaced its key. This
//! gateway fetches an unknown key at once, but at most twice a minute, which hides the failure. With
//! `--strict-key-cache`, it does not. `POST /auth/rotate-key` replaces the built-in issuer's key. The page
//! `runtime/docs/troubleshooting.md` has the commands, and explains how an issuer avoids the failure.

mod access;
pub mod api;
pub mod authorizer;
pub mod banner;
pub mod build;
pub mod cargo_build;
pub mod config;
pub mod console;
pub mod cors;
pub mod demo;
pub mod event;
pub mod gateway;
mod identifier;
pub mod identity_source;
pub mod issuer;
mod json_response;
pub mod keys;
pub mod node;
mod request_body;
pub mod response;
pub mod routes;
mod runtime_api;
pub mod template;
mod timestamp;
pub mod workers;

pub use api::Api;
pub use config::Config;
pub use event::PayloadFormat;
pub use gateway::{RunningGateway, StartError};
pub use issuer::Issuer;
pub use workers::Function;

/// The issuer for unit tests, shared because generating its key takes a while.
#[cfg(test)]
pub(crate) fn test_issuer() -> std::sync::Arc<Issuer> {
    use std::sync::{Arc, LazyLock};
    static ISSUER: LazyLock<Arc<Issuer>> = LazyLock::new(|| {
        let audiences = vec!["orders".to_owned()];
        let issuer = Issuer::new(
            "https://issuer.test/auth",
            audiences,
            issuer::extra_claims::ExtraClaims::default(),
        );
        Arc::new(issuer.unwrap())
    });
    Arc::clone(&ISSUER)
}
