//! The claims of other issuers: realistic tokens, as each gateway passes them, allowed and denied through the
//! attribute.

#![allow(
    clippy::unused_async,
    reason = "handlers are async, whether they wait or not"
)]

mod auth0;
mod cognito;
mod entra;
mod keycloak;
mod oidc;
mod okta;
mod pages;

use std::future::Future;

use lambda_http::{Body, Request, Response};
use require_claims::testing::render::{self, Numbers};
use require_claims_tests::events;
use serde_json::{Value, json};

/// Defines a handler with this attribute. It answers with the status 200.
macro_rules! handler {
    ($name:ident: $($requirements:tt)*) => {
        #[require_claims::require_claims($($requirements)*)]
        async fn $name(event: lambda_http::Request) -> lambda_http::Response<lambda_http::Body> {
            lambda_http::Response::new(event.into_body())
        }
    };
}
use handler;

/// How a gateway passes a payload.
type Gateway = fn(&Value) -> Value;

/// HTTP APIs without the token: both forms of numbers, and payload format 1.0.
const TEXT: [Gateway; 3] = [
    |payload| events::http_api_jwt(&text(payload, Numbers::Float64)),
    |payload| events::http_api_jwt(&text(payload, Numbers::AsWritten)),
    |payload| events::http_api_jwt_v1(&text(payload, Numbers::Float64)),
];

/// HTTP APIs with the token in `Authorization`, and the JWT authorizer of a REST API, which passes JSON types.
const EXACT: [Gateway; 3] = [
    |payload| with_token(payload, Numbers::Float64),
    |payload| with_token(payload, Numbers::AsWritten),
    events::rest_jwt,
];

fn text(payload: &Value, numbers: Numbers) -> Value {
    json!(render::claims(&payload.to_string(), numbers).unwrap())
}

fn with_token(payload: &Value, numbers: Numbers) -> Value {
    let event = events::http_api_jwt(&text(payload, numbers));
    events::with_token(event, &payload.to_string())
}

/// The payload with another value of this claim.
fn with(payload: &Value, key: &str, claim: Value) -> Value {
    let mut payload = payload.clone();
    payload[key] = claim;
    payload
}

/// The payload without this claim, which it has.
fn without(payload: &Value, key: &str) -> Value {
    let mut payload = payload.clone();
    assert!(payload.as_object_mut().unwrap().remove(key).is_some());
    payload
}

/// `allowed`, or the first error's id and message.
async fn verdict<R>(handler: impl Fn(Request) -> R, event: &Value) -> String
where
    R: Future<Output = Response<Body>>,
{
    let response = handler(events::request(event)).await;
    if response.status() == 200 {
        return "allowed".to_owned();
    }
    assert_eq!(response.status(), 403);
    let body: Value = serde_json::from_slice(response.body()).unwrap();
    let error = &body["claimValidationErrors"][0];
    let message = error["reason"]["message"].as_str().unwrap();
    format!("{}: {message}", error["id"].as_str().unwrap())
}

/// Checks that these gateways lead to this verdict.
async fn assert_verdict<R>(
    handler: impl Fn(Request) -> R,
    gateways: &[Gateway],
    payload: &Value,
    expected: &str,
) where
    R: Future<Output = Response<Body>>,
{
    for gateway in gateways {
        let event = gateway(payload);
        assert_eq!(verdict(&handler, &event).await, expected, "{event}");
    }
}

/// Checks that every gateway allows the first payload, and denies the second one with this error.
async fn assert_twins<R>(
    handler: impl Fn(Request) -> R,
    allowed: &Value,
    denied: &Value,
    error: &str,
) where
    R: Future<Output = Response<Body>>,
{
    for gateways in [TEXT, EXACT] {
        assert_verdict(&handler, &gateways, allowed, "allowed").await;
        assert_verdict(&handler, &gateways, denied, error).await;
    }
}

/// The same, where the text of both payloads is ambiguous without the token.
async fn assert_twins_with_token<R>(
    handler: impl Fn(Request) -> R,
    allowed: &Value,
    denied: &Value,
    id: &str,
) where
    R: Future<Output = Response<Body>>,
{
    assert_verdict(&handler, &EXACT, allowed, "allowed").await;
    assert_verdict(&handler, &EXACT, denied, &format!("{id}: wrong value")).await;
    let ambiguous = format!("{id}: ambiguous value");
    assert_verdict(&handler, &TEXT, allowed, &ambiguous).await;
    assert_verdict(&handler, &TEXT, denied, &ambiguous).await;
}
