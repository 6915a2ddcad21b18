//! Tests of the program itself, connected to the Lambda Runtime API as on AWS.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

#[path = "../src/tests/signer.rs"]
#[allow(dead_code, reason = "the unit tests use all of it")]
mod signer;

use std::io::Read as _;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use axum::routing::{get, post};
use jsonwebtoken::get_current_timestamp;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use signer::FIRST;

/// The running program, which is killed at the end of the test.
struct Program(std::process::Child);

impl Program {
    /// Kills it, and returns its log.
    fn log(mut self) -> String {
        let mut log = String::new();
        let mut stdout = self.0.stdout.take().unwrap();
        self.0.kill().unwrap();
        stdout.read_to_string(&mut log).unwrap();
        log
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn authorizer() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_authorizer"));
    for name in ["ISSUER", "AUDIENCE", "ALLOW_OAUTH2"] {
        command.env_remove(name);
    }
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command
}

/// Starts an issuer and the Runtime API with these events, and the program. Returns its results: `response` or `error`,
/// and the body.
async fn results(
    events: impl FnOnce(&str) -> Vec<Value>,
) -> (Program, mpsc::UnboundedReceiver<(String, Value)>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let issuer = format!("http://{address}/auth");
    let discovery = json!({"issuer": issuer, "jwks_uri": format!("{issuer}/jwt/jwks.json")});
    let keys = json!({"keys": [FIRST.jwk()]});

    let mut events = events(&issuer);
    events.reverse();
    let events = Arc::new(Mutex::new(events));
    let (sender, results) = mpsc::unbounded_channel();
    let app = Router::new()
        .route(
            "/auth/.well-known/openid-configuration",
            get(async move || discovery.to_string()),
        )
        .route("/auth/jwt/jwks.json", get(async move || keys.to_string()))
        .route(
            "/2018-06-01/runtime/invocation/next",
            get(async move || {
                let next = events.lock().unwrap().pop();
                let Some(event) = next else {
                    // No more events, so the program waits.
                    return std::future::pending().await;
                };
                let headers = [
                    ("lambda-runtime-aws-request-id", "1"),
                    ("lambda-runtime-deadline-ms", "4000000000000"),
                    (
                        "lambda-runtime-invoked-function-arn",
                        "arn:aws:lambda:eu-central-1:1:function:a",
                    ),
                ];
                (headers, event.to_string()).into_response()
            }),
        )
        .route(
            "/2018-06-01/runtime/invocation/1/{kind}",
            post(async move |Path(kind): Path<String>, body: String| {
                let body = serde_json::from_str(&body).unwrap();
                sender.send((kind, body)).unwrap();
                StatusCode::ACCEPTED
            }),
        );
    tokio::spawn(async move { axum::serve(listener, app).await });

    let mut command = authorizer();
    command
        .env("ISSUER", issuer)
        .env("AUDIENCE", "orders")
        .env("AWS_LAMBDA_RUNTIME_API", address)
        .env("AWS_LAMBDA_FUNCTION_NAME", "authorizer")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
        // At this level, `lambda_runtime` would log whole events.
        .env("AWS_LAMBDA_LOG_LEVEL", "TRACE")
        .env("RUST_LOG", "trace")
        .stdout(Stdio::piped());
    (Program(command.spawn().unwrap()), results)
}

#[tokio::test]
async fn responds_to_events_of_the_runtime() {
    let arn = "arn:aws:execute-api:eu-central-1:123456789012:abcdef1234/prod/GET/orders";
    let event =
        |token: &str| json!({"type": "TOKEN", "methodArn": arn, "authorizationToken": token});
    let events = |issuer: &str| {
        let valid_until = get_current_timestamp() + 3600;
        let token = |audience: &str| {
            FIRST.sign(&json!({
                "iss": issuer, "aud": audience, "sub": "user-1", "exp": valid_until,
            }))
        };
        vec![
            event(&token("orders")),
            event("invalid"),
            event(&token("another-api")),
            json!({"not": "an event"}),
        ]
    };
    let (program, mut results) = results(events).await;

    let (kind, body) = results.recv().await.unwrap();
    assert_eq!(kind, "response");
    assert_eq!(body["principalId"], "user-1");
    assert_eq!(body["policyDocument"]["Statement"][0]["Effect"], "Allow");

    // API Gateway compares the whole message.
    let (kind, body) = results.recv().await.unwrap();
    assert_eq!(kind, "error");
    assert_eq!(body["errorMessage"], "Unauthorized");

    let (kind, body) = results.recv().await.unwrap();
    assert_eq!(kind, "response");
    assert_eq!(body["policyDocument"]["Statement"][0]["Effect"], "Deny");

    let (kind, body) = results.recv().await.unwrap();
    assert_eq!(kind, "error");
    assert!(body["errorMessage"].as_str().unwrap().contains("event"));

    let log = program.log();
    assert!(log.contains("the token is for another audience"), "{log}");
    for personal in ["eyJ", "user-1", "authorizationToken"] {
        assert!(!log.contains(personal), "{log}");
    }
}

#[test]
fn reports_a_missing_or_invalid_setting_at_start() {
    for (variables, expected) in [
        (
            vec![("AUDIENCE", "orders")],
            "error: the environment variable `ISSUER` is missing; ",
        ),
        (
            vec![("ISSUER", "http://192.0.2.1"), ("AUDIENCE", "orders")],
            "error: `ISSUER` is `http://192.0.2.1`, but ",
        ),
    ] {
        let output = authorizer().envs(variables).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.starts_with(expected), "{error}");
        assert_eq!(error.lines().count(), 1, "{error}");
    }
}
