//! End-to-end tests: a signed token, the gateway, the binary of `orders`, and the response over HTTP.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests"
)]

use local_gateway::demo::{self, Call};
use local_gateway::{Config, PayloadFormat, example_function, gateway};
use require_claims::testing::render::Numbers;
use serde_json::{Value, json};
use ureq::Agent;
use ureq::http::Request;

/// Makes all demo calls with both payload formats and both renderings of numbers.
#[tokio::test(flavor = "multi_thread")]
async fn every_demo_call_returns_the_expected_response() {
    let orders = example_function::build().await.unwrap();
    for (payload, numbers) in [
        (PayloadFormat::V2, Numbers::Float64),
        (PayloadFormat::V2, Numbers::AsWritten),
        (PayloadFormat::V1, Numbers::Float64),
    ] {
        let mut config = Config::new(orders.clone());
        config.payload = payload;
        config.numbers = numbers;
        let gateway = gateway::start(config).await.unwrap();
        let base_url = gateway.base_url();
        let calls = tokio::task::spawn_blocking(move || make_calls(&base_url, payload));
        calls.await.unwrap();
        gateway.stop().await;
    }
}

fn make_calls(base_url: &str, payload: PayloadFormat) {
    let agent: Agent = Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    for call in &demo::calls(payload) {
        let (status, body) = make_call(call, &agent, base_url);
        assert_eq!(status, call.expected_status, "{}: {body}", call.title);
        let ids: Vec<&str> = body["claimValidationErrors"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|error| error["id"].as_str().unwrap())
            .collect();
        assert_eq!(ids, call.expected_error_ids, "{}: {body}", call.title);
        match call.expected_status {
            400 => assert!(body["message"].is_string(), "{}: {body}", call.title),
            404 if call.path.starts_with("/orders/") => {
                assert_eq!(body["message"], "order not found");
            }
            401 => assert_eq!(body, json!({"message": "Unauthorized"})),
            403 => assert_eq!(body["message"], "invalid claim"),
            200 if call.method == "DELETE" => assert_eq!(body["status"], "cancelled"),
            _ => {}
        }
    }
}

/// Makes a call and returns the status and the JSON body of the response.
fn make_call(call: &Call, agent: &Agent, base_url: &str) -> (u16, Value) {
    let mut request = Request::builder()
        .method(call.method)
        .uri(format!("{base_url}{}", call.path));
    if let Some(path) = call.credential.path() {
        let mut response = agent.get(format!("{base_url}{path}")).call().unwrap();
        let token = response.body_mut().read_to_string().unwrap();
        request = request.header("authorization", format!("Bearer {}", token.trim()));
    }
    if call.body.is_some() {
        request = request.header("content-type", "application/json");
    }
    let request = request.body(call.body.unwrap_or_default()).unwrap();
    let mut response = agent.run(request).unwrap();
    if response.status() == 403 {
        assert_eq!(response.headers()["content-type"], "application/json");
    }
    let body = response.body_mut().read_to_string().unwrap();
    (
        response.status().as_u16(),
        serde_json::from_str(&body).unwrap(),
    )
}

/// Compares the complete body, because the browser SDKs depend on it.
#[tokio::test(flavor = "multi_thread")]
async fn returns_the_same_403_body_as_verify_session() {
    let orders = example_function::build().await.unwrap();
    let gateway = gateway::start(Config::new(orders)).await.unwrap();
    let base_url = gateway.base_url();
    let body = tokio::task::spawn_blocking(move || {
        let agent: Agent = Agent::config_builder()
            .http_status_as_error(false)
            .build()
            .into();
        let calls = demo::calls(PayloadFormat::V2);
        let newcomer = calls
            .iter()
            .find(|call| call.title == "newcomer cancels an order")
            .unwrap();
        make_call(newcomer, &agent, &base_url).1
    });
    assert_eq!(
        body.await.unwrap(),
        json!({
            "message": "invalid claim",
            "claimValidationErrors": [
                {"id": "st-ev", "reason": {
                    "message": "wrong value", "expectedValue": true, "actualValue": false,
                }},
                {"id": "st-role", "reason": {
                    "message": "wrong value",
                    "expectedToInclude": "admin",
                    "actualValue": ["customer"],
                }},
                {"id": "st-mfa", "reason": {"message": "MFA requirement for auth is not satisfied"}},
            ],
        })
    );
    gateway.stop().await;
}
