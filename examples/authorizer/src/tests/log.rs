//! Tests of the log: it contains the reason and the `kid`, and nothing of the token.

use std::io::Write;
use std::sync::{Arc, Mutex};

use jsonwebtoken::Algorithm;
use serde_json::json;
use tracing::instrument::WithSubscriber as _;

use super::api::{Api, Fixture};
use super::signer::{FIRST, SECOND};

#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Everything that is logged, down to the lowest level.
pub(super) async fn of(act: impl Future) -> String {
    let buffer = Buffer::default();
    let writer = buffer.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .without_time()
        .with_writer(move || writer.clone())
        .finish();
    act.with_subscriber(subscriber).await;
    String::from_utf8(buffer.0.lock().unwrap().clone()).unwrap()
}

async fn log_for(api: &Fixture, token: &str) -> String {
    of(api.respond(&Api::RestRequest.event(token))).await
}

#[tokio::test]
async fn logs_the_reason_and_the_key_id() {
    let api = Fixture::start().await;
    let valid = log_for(&api, &api.token()).await;
    assert_eq!(valid, "");
    let cases = [
        (
            FIRST.sign(&api.payload_with("exp", json!(1))),
            r#" INFO authorizer::refusal: unauthorized reason="the token has expired" kid="first""#,
        ),
        (
            FIRST.sign(&api.payload_with("aud", json!("another-api"))),
            r#" INFO authorizer::refusal: denied reason="the token is for another audience" kid="first""#,
        ),
        (
            SECOND.sign(&api.payload()),
            r#" INFO authorizer::refusal: unauthorized reason="the `kid` is unknown" kid="second""#,
        ),
        (
            "x".to_owned(),
            r#" INFO authorizer::refusal: unauthorized reason="the token is malformed""#,
        ),
    ];
    for (token, expected) in cases {
        assert_eq!(log_for(&api, &token).await.trim_end(), expected);
    }
}

#[tokio::test]
async fn logs_nothing_of_the_token() {
    let api = Fixture::start().await;
    api.issuer.stop();
    let secret = "alice@example.com";
    let mut payload = api.payload();
    for claim in ["sub", "aud", "email"] {
        payload[claim] = json!(secret);
    }
    let token = FIRST.sign(&payload);
    let mut log = String::new();
    for kind in Api::ALL {
        // The issuer is down, the token is denied, or the event is malformed.
        log += &of(api.respond(&kind.event(&token))).await;
        api.issuer.publish(&[&FIRST]);
        let later = api.now + std::time::Duration::from_secs(60);
        log += &of(api.authorizer.respond(&kind.event(&token), later)).await;
        let mut event = kind.event(&token);
        event["headers"] = json!([secret, token]);
        event["type"] = json!(secret);
        log += &of(api.respond(&event)).await;
    }
    assert!(log.contains("the issuer's keys are not available"), "{log}");
    assert!(log.contains("the token is for another audience"), "{log}");
    assert!(log.contains("the event is not one"), "{log}");
    assert!(!log.contains(secret), "{log}");
    for part in token.split('.').skip(1) {
        assert!(!log.contains(part), "{log}");
    }
}

#[tokio::test]
async fn logs_an_invented_key_id_shortened_and_on_one_line() {
    let api = Fixture::start().await;
    let kid = format!("a\nERROR forged {}", "é".repeat(1000));
    let header = json!({"alg": "RS256", "kid": kid});
    let token = SECOND.sign_text(Algorithm::RS256, &header, &api.payload().to_string());
    let log = log_for(&api, &token).await;
    assert_eq!(log.lines().count(), 1, "{log}");
    assert!(log.contains(r"a\nERROR forged é"), "{log}");
    assert!(log.len() < 300, "{log}");
}
