//! End-to-end tests: a signed token, the gateway, the binary of `orders`, and the response over HTTP.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests"
)]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use local_gateway::authorizer::jwt::{JwtAuthorizer, TrustedIssuer};
use local_gateway::cargo_build::EXAMPLE;
use local_gateway::config::AuthorizerConfig;
use local_gateway::demo::{self, Call};
use local_gateway::issuer::extra_claims::ExtraClaim;
use local_gateway::issuer::users::User;
use local_gateway::{Api, Config, PayloadFormat, RunningGateway, cargo_build, gateway};
use require_claims::testing::render::Numbers;
use serde_json::{Value, json};
use ureq::Agent;
use ureq::http::Request;

/// Makes all demo calls with each kind of API, both payload formats and both renderings of numbers.
#[tokio::test(flavor = "multi_thread")]
async fn every_demo_call_returns_the_expected_response() {
    let orders = cargo_build::build(EXAMPLE).await.unwrap();
    let rest = Api::Rest {
        stage: "prod".to_owned(),
    };
    for (api, payload, numbers) in [
        (Api::Http, PayloadFormat::V2, Numbers::Float64),
        (Api::Http, PayloadFormat::V2, Numbers::AsWritten),
        (Api::Http, PayloadFormat::V1, Numbers::Float64),
        (rest, PayloadFormat::V2, Numbers::Float64),
    ] {
        let mut config = Config::new(orders.clone());
        config.api = api;
        config.payload = payload;
        config.numbers = numbers;
        let calls = demo::calls(&config);
        let gateway = gateway::start(config).await.unwrap();
        let urls = Urls::of(&gateway);
        let made = tokio::task::spawn_blocking(move || make_calls(&calls, &urls));
        made.await.unwrap();
        gateway.stop().await;
    }
}

/// The URLs of the gateway and of its API.
struct Urls {
    gateway: String,
    api: String,
}

impl Urls {
    fn of(gateway: &RunningGateway) -> Self {
        Self {
            gateway: gateway.base_url(),
            api: gateway.api_url(),
        }
    }
}

fn make_calls(calls: &[Call], urls: &Urls) {
    let agent: Agent = Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    for call in calls {
        let (status, body) = make_call(call, &agent, urls);
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
            403 if call.path == "/nothing" => {
                assert_eq!(body, json!({"message": "Missing Authentication Token"}));
            }
            403 => assert_eq!(body["message"], "invalid claim"),
            200 if call.method == "DELETE" => assert_eq!(body["status"], "cancelled"),
            _ => {}
        }
    }
}

/// Makes a call and returns the status and the JSON body of the response.
fn make_call(call: &Call, agent: &Agent, urls: &Urls) -> (u16, Value) {
    let mut request = Request::builder()
        .method(call.method)
        .uri(format!("{}{}", urls.api, call.path));
    if let Some(path) = call.credential.path() {
        let mut response = agent.get(format!("{}{path}", urls.gateway)).call().unwrap();
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
    let orders = cargo_build::build(EXAMPLE).await.unwrap();
    let config = Config::new(orders);
    let calls = demo::calls(&config);
    let gateway = gateway::start(config).await.unwrap();
    let urls = Urls::of(&gateway);
    let body = tokio::task::spawn_blocking(move || {
        let agent: Agent = Agent::config_builder()
            .http_status_as_error(false)
            .build()
            .into();
        let newcomer = calls
            .iter()
            .find(|call| call.title == "newcomer cancels an order")
            .unwrap();
        make_call(newcomer, &agent, &urls).1
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

/// SECURITY.md describes this attack. The user has one role, `customer admin`. An authorizer with another identity
/// source has verified that, so its text in the event may also be read as two roles; the forged token in
/// `Authorization` selects the second reading.
#[tokio::test(flavor = "multi_thread")]
async fn another_identity_source_lets_a_forged_token_choose_a_reading() {
    let orders = cargo_build::build(EXAMPLE).await.unwrap();
    let mut config = Config::new(orders);
    config.set_authorizer(AuthorizerConfig::Jwt(JwtAuthorizer {
        identity_source: "$request.header.X-Token".parse().unwrap(),
        ..JwtAuthorizer::for_issuer(TrustedIssuer::built_in("orders"))
    }));
    let claim = r#"customer:st-role={"v":["customer admin"],"t":1700000000000}"#;
    config.extra_claims = [claim.parse::<ExtraClaim>().unwrap()].into_iter().collect();
    let gateway = gateway::start(config).await.unwrap();
    let customer = User::named("customer").unwrap();
    let token = gateway.issuer().unwrap().token(customer, None);
    let mut parts: Vec<_> = token.split('.').map(str::to_owned).collect();
    let payload = URL_SAFE_NO_PAD.decode(&parts[1]).unwrap();
    let forged = String::from_utf8(payload)
        .unwrap()
        .replace(r#""customer admin""#, r#""customer","admin""#);
    parts[1] = URL_SAFE_NO_PAD.encode(forged);
    let url = format!("{}/orders", gateway.base_url());
    let create = move |authorization: String| {
        let request = ureq::post(&url)
            .config()
            .http_status_as_error(false)
            .build();
        let request = request
            .header("x-token", &token)
            .header("authorization", authorization);
        request
            .send(r#"{"item":"lamp","quantity":1}"#)
            .unwrap()
            .status()
            .as_u16()
    };
    let statuses =
        tokio::task::spawn_blocking(move || [create(String::new()), create(parts.join("."))]);
    assert_eq!(statuses.await.unwrap(), [403, 201]);
    gateway.stop().await;
}
