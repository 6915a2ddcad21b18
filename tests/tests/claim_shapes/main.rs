//! Every way to write a claim, as each gateway passes it, allowed and denied through the attribute.

#![allow(
    clippy::unused_async,
    reason = "handlers are async, whether they wait or not"
)]

mod ages;
mod bare_values;
mod json_text;
mod keys;
mod names_in_a_string;
mod nested;
mod one_or_many;

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

/// `allowed`, or the first error's id and message.
async fn verdict<R>(handler: impl Fn(Request) -> R, event: &Value) -> String
where
    R: Future<Output = Response<Body>>,
{
    let Some((id, reason)) = denial(handler, event).await else {
        return "allowed".to_owned();
    };
    format!("{id}: {}", reason["message"].as_str().unwrap())
}

/// The first error's id and reason.
async fn denial<R>(handler: impl Fn(Request) -> R, event: &Value) -> Option<(String, Value)>
where
    R: Future<Output = Response<Body>>,
{
    let response = handler(events::request(event)).await;
    if response.status() == 200 {
        return None;
    }
    assert_eq!(response.status(), 403);
    let body: Value = serde_json::from_slice(response.body()).unwrap();
    let error = &body["claimValidationErrors"][0];
    let id = error["id"].as_str().unwrap().to_owned();
    Some((id, error["reason"].clone()))
}

/// A payload with one claim, and the claims that every token has.
fn payload(key: &str, claim: &Value) -> Value {
    json!({"iss": "issuer", "sub": "user-1", "exp": 1_700_003_600, key: claim})
}

/// An HTTP API passes text.
fn http_api(key: &str, claim: &Value) -> Value {
    let text = render::claims(&payload(key, claim).to_string(), Numbers::Float64).unwrap();
    events::http_api_jwt(&json!(text))
}

/// An HTTP API passes text, and the token is in `Authorization`.
fn with_token(key: &str, claim: &Value) -> Value {
    events::with_token(http_api(key, claim), &payload(key, claim).to_string())
}

/// The JWT authorizer of a REST API passes JSON types.
fn rest_jwt(key: &str, claim: &Value) -> Value {
    events::rest_jwt(&payload(key, claim))
}

/// Cognito's authorizer passes strings; this is the text of a claim.
fn cognito(key: &str, text: &Value) -> Value {
    events::rest_cognito(&json!({"iss": "issuer", "sub": "user-1", "exp": "1700003600", key: text}))
}

/// The Lambda authorizer of a REST API passes scalars, and other values as JSON text.
fn rest_lambda(key: &str, claim: &Value) -> Value {
    events::rest_lambda_flat(&payload(key, claim))
}

/// The Lambda authorizer of an HTTP API passes JSON types.
fn http_lambda(key: &str, claim: &Value) -> Value {
    events::http_api_lambda_flat(&payload(key, claim))
}
