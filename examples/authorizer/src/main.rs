//! A Lambda authorizer for SuperTokens' access tokens, and those of other issuers.
//!
//! API Gateway calls this function before it calls the function of a route. The authorizer verifies the token in
//! `Authorization`, and returns its payload as JSON text. API Gateway passes that text to the function of the route,
//! where `#[require_claims(…)]` reads it. All claims keep their JSON types, so nothing is ambiguous.
//!
//! A request passes through these modules:
//!
//! | Module | Purpose |
//! |---|---|
//! | `authorizer` | The steps of a request. |
//! | `event` | Reads the event of each kind of API, and finds the token in it. |
//! | `token` | Verifies the signature, the issuer and the times. |
//! | `keys` | Caches the issuer's keys, and fetches them again for an unknown `kid`. |
//! | `claims` | Checks the audience and the type of the token. |
//! | `response` | Writes the policy, or the simple response of an HTTP API. |
//! | `refusal` | Why a request is not allowed, and its log event. |
//!
//! # What the client receives
//!
//! | Request | Authorizer | Client |
//! |---|---|---|
//! | a valid token of a session | policy `Allow`, or `isAuthorized: true` | the response of the function |
//! | no token, several tokens, or an invalid or expired token | the error `Unauthorized` | 401 |
//! | a valid token for another audience, or of another type (`stt`) | policy `Deny`, or `isAuthorized: false` | 403 |
//! | any token, while the keys cannot be fetched and none are known | another error | 500 |
//!
//! A 401 makes SuperTokens' browser SDK refresh the session. That helps against an expired token. It does not help if
//! the token is for another audience or of another type, so the answer is then a 403. API Gateway also caches a policy
//! but not an error. Lambda counts each error `Unauthorized` as a failed invocation in its metrics, and the runtime logs
//! it at the level ERROR.
//!
//! # Settings
//!
//! | Variable | Value |
//! |---|---|
//! | `ISSUER` | the `iss` of the tokens, such as `https://api.example.com/auth`; the discovery document is below it |
//! | `AUDIENCE` | the accepted audience, such as `jwtAuthorizers`; several are separated by commas |
//! | `ALLOW_OAUTH2` | `true` also allows OAuth 2 access tokens (`stt` is 1), for handlers with `oauth2`; the default is `false` |
//!
//! The URLs of the issuer must begin with `https:`, except for the local machine.
//!
//! # Deploy
//!
//! Build it with `cargo lambda build --release -p authorizer`, for the runtime `provided.al2023`. Set the function's
//! timeout to 10 seconds: fetching the keys takes at most 6. Then attach it to the API:
//!
//! - **REST API**: a `REQUEST` authorizer with the identity source `method.request.header.Authorization`, or a `TOKEN`
//!   authorizer with this header. With SAM, under `Auth.Authorizers` of `AWS::Serverless::Api`: `FunctionArn`,
//!   `FunctionPayloadType: REQUEST` and `Identity: {Headers: [Authorization]}`.
//! - **HTTP API**: an authorizer with payload format 2.0 and the identity source `$request.header.Authorization`.
//!   Enable simple responses; without them, the gateway expects a policy, and answers with a 500. With SAM, under
//!   `Auth.Authorizers` of `AWS::Serverless::HttpApi`: `FunctionArn`, `AuthorizerPayloadFormatVersion: "2.0"`,
//!   `EnableSimpleResponses: true` and `Identity: {Headers: [Authorization]}`. Payload format 1.0 works as well; then
//!   do not enable simple responses.
//! - **WebSocket API**: a `REQUEST` authorizer of `$connect`, with the identity source
//!   `route.request.header.Authorization`.
//!
//! The identity source must be this header, and no other. API Gateway caches results by identity source, so with
//! another one, a request would get the claims of a different token. On HTTP APIs, where the event contains the value
//! of the identity source, the authorizer fails in that case. While a result is cached, a token is accepted after it
//! has expired, and a role counts after it has been revoked. Choose a short time (`ReauthorizeEvery` in SAM).
//!
//! # Try it
//!
//! Run it in front of the function `orders` with the local gateway, whose issuer signs the tokens:
//!
//! ```sh
//! cargo build -p authorizer -p orders
//! cargo run -p local-gateway -- --api rest --function target/debug/orders --authorizer target/debug/authorizer \
//!   --env authorizer:ISSUER=http://127.0.0.1:3000/auth --env authorizer:AUDIENCE=orders
//! ```
//!
//! For an HTTP API, write `--api http --authorizer-type simple` instead of `--api rest`.
//!
//! `cargo test -p authorizer` runs it with events of each kind of API, and passes its responses to a guarded handler:
//! see `src/tests/guard.rs`. `tests/runtime.rs` runs the program itself.

mod authorizer;
mod claims;
mod event;
mod keys;
mod refusal;
mod response;
mod settings;
#[cfg(test)]
mod tests;
mod token;

use std::process::ExitCode;
use std::time::Instant;

use lambda_runtime::{LambdaEvent, service_fn};
use serde_json::Value;

use crate::authorizer::Authorizer;
use crate::settings::Settings;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), lambda_runtime::Error> {
    // The level is fixed, because `lambda_runtime` logs whole events, with their tokens, at the level TRACE.
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::INFO)
        .with_ansi(false)
        .without_time()
        .init();
    let authorizer = &Authorizer::new(Settings::from_env()?);
    authorizer.fetch_keys(Instant::now()).await;
    lambda_runtime::run(service_fn(|event: LambdaEvent<Value>| async move {
        authorizer.respond(&event.payload, Instant::now()).await
    }))
    .await
}
