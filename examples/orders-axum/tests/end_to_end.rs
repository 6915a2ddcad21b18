//! The function behind the local gateway, compared with `orders`: a signed token, the gateway, both binaries, and
//! their responses over HTTP.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::path::PathBuf;

use local_gateway::demo::{self, Call};
use local_gateway::{Config, PayloadFormat, RunningGateway, cargo_build, gateway};
use ureq::Agent;
use ureq::http::{HeaderMap, Request};

fn config(function: PathBuf, payload: PayloadFormat) -> Config {
    let mut config = Config::new(function);
    config.payload = payload;
    // Each process has its own orders.
    config.workers = 1;
    config
}

async fn start(config: &Config) -> RunningGateway {
    gateway::start(config.clone()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_every_demo_call_like_orders() {
    let orders = cargo_build::build(cargo_build::EXAMPLE).await.unwrap();
    let orders_axum = PathBuf::from(env!("CARGO_BIN_EXE_orders-axum"));
    for payload in [PayloadFormat::V2, PayloadFormat::V1] {
        let config_of_orders = config(orders.clone(), payload);
        let expected = start(&config_of_orders).await;
        let gateway = start(&config(orders_axum.clone(), payload)).await;
        let urls = [expected.base_url(), gateway.base_url()];
        let calls = tokio::task::spawn_blocking(move || {
            for call in &demo::calls(&config_of_orders) {
                let [expected, response] = urls.each_ref().map(|url| make_call(call, url));
                assert_eq!(expected.0, call.expected_status, "{}", call.title);
                assert_eq!(response, expected, "{payload:?}: {}", call.title);
            }
        });
        calls.await.unwrap();
        expected.stop().await;
        gateway.stop().await;
    }
}

/// Makes a call, and returns the status, the headers and the body of the response.
fn make_call(call: &Call, base_url: &str) -> (u16, HeaderMap, String) {
    let agent: Agent = Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    let url = format!("{base_url}{}", call.path);
    let mut request = Request::builder().method(call.method).uri(url);
    if let Some(path) = call.credential.path() {
        let mut response = agent.get(format!("{base_url}{path}")).call().unwrap();
        let token = response.body_mut().read_to_string().unwrap();
        request = request.header("authorization", format!("Bearer {}", token.trim()));
    }
    let request = request.body(call.body.unwrap_or_default()).unwrap();
    let (mut head, mut body) = agent.run(request).unwrap().into_parts();
    // Those of the gateway that are different in each response.
    for name in ["apigw-requestid", "date"] {
        head.headers.remove(name);
    }
    (
        head.status.as_u16(),
        head.headers,
        body.read_to_string().unwrap(),
    )
}
