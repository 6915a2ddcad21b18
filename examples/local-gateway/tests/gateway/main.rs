//! Tests of the gateway over HTTP, with a function that behaves as the request's path describes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod client;
mod console;
mod cors;
mod forwarded_headers;
mod function;
mod functions;
mod identity_source;
mod lambda_authorizer;
mod limits;
mod log;
mod processes;
mod rest;
mod test_kit;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use local_gateway::authorizer::jwt::{JwtAuthorizer, TrustedIssuer};
use local_gateway::config::{AuthorizerConfig, DEFAULT_FUNCTION};
use local_gateway::issuer::users::User;
use local_gateway::routes::{Route, Routes};
use local_gateway::{Config, Function, PayloadFormat, RunningGateway, StartError, gateway};
use serde_json::{Value, json};

use crate::client::{get, send};

/// A timeout that differs from the default, to test that it reaches the function.
const TIMEOUT: Duration = Duration::from_secs(17);

fn config(behaviour: &str) -> Config {
    let mut config = Config::new(function::with_behaviour(behaviour));
    config.workers = 1;
    let route = |text: &str| text.parse::<Route>().unwrap();
    config.routes = Routes::new(vec![
        route("ANY /open/{what}").public(),
        route("GET /guarded/{what}"),
        route("GET /scoped read all"),
    ])
    .unwrap();
    config
}

fn set_function(config: &mut Config, function: Function) {
    config
        .functions
        .insert(DEFAULT_FUNCTION.to_owned(), function);
}

/// Makes the default authorizer trust this external issuer only.
fn trust(config: &mut Config, url: &str) {
    config.built_in_issuer = false;
    config.set_authorizer(AuthorizerConfig::Jwt(JwtAuthorizer::for_issuer(
        TrustedIssuer {
            url: Some(url.to_owned()),
            audiences: vec!["orders".to_owned()],
        },
    )));
}

async fn start(change: impl FnOnce(&mut Config)) -> RunningGateway {
    let mut config = config("runs");
    change(&mut config);
    gateway::start(config).await.unwrap()
}

fn token(gateway: &RunningGateway, user: &str) -> String {
    gateway
        .issuer()
        .unwrap()
        .token(User::named(user).unwrap(), None)
}

fn milliseconds_since_epoch() -> u128 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.unwrap().as_millis()
}

#[tokio::test]
async fn passes_the_claims_of_a_valid_token_in_both_formats() {
    for format in [PayloadFormat::V1, PayloadFormat::V2] {
        let gateway = start(|config| {
            config.payload = format;
            config.timeout = TIMEOUT;
        })
        .await;
        let token = token(&gateway, "admin-mfa");
        let before = milliseconds_since_epoch();
        let response = get(
            &gateway,
            "/guarded/a%20b",
            &[("authorization", &format!("Bearer {token}"))],
        )
        .await;
        assert_eq!(response.status, 200);
        assert_eq!(response.header("apigw-requestid").len(), 16);
        let report = response.json();
        assert_eq!(report["path"], "/guarded/a b");
        assert_eq!(report["parameters"], json!([["what", "a b"]]));
        assert_eq!(report["function"], "local");
        assert_eq!(report["authorization"], true);
        assert_eq!(report["timeout"], "17");
        let deadline = u128::from(report["deadline"].as_u64().unwrap());
        let after = milliseconds_since_epoch();
        let timeout = TIMEOUT.as_millis();
        assert!((before + timeout..=after + timeout).contains(&deadline));
        let authorizer = &report["context"]["authorizer"];
        let authorizer = if format == PayloadFormat::V2 {
            &authorizer["jwt"]
        } else {
            authorizer
        };
        assert_eq!(authorizer["claims"]["aud"], "orders");
        assert_eq!(authorizer["claims"]["stt"], "0");
        assert!(
            authorizer["claims"]["st-role"]
                .as_str()
                .unwrap()
                .ends_with(" v:[admin]]")
        );
        assert_eq!(authorizer["scopes"], Value::Null);
        gateway.stop().await;
    }
}

#[tokio::test]
async fn does_not_invoke_the_function_without_a_valid_token() {
    // The path `exits` would end the function if it were invoked.
    let gateway = start(|_| {}).await;
    let unauthorized = json!({"message": "Unauthorized"});
    let response = get(&gateway, "/guarded/exits", &[]).await;
    assert_eq!(
        (response.status, response.json()),
        (401, unauthorized.clone())
    );
    assert_eq!(response.header("www-authenticate"), "Bearer");
    assert_eq!(response.header("content-type"), "application/json");

    let token = get(&gateway, "/auth/token/admin/expired", &[]).await;
    let expired = String::from_utf8(token.body).unwrap();
    let response = get(&gateway, "/guarded/exits", &[("authorization", &expired)]).await;
    assert_eq!((response.status, response.json()), (401, unauthorized));
    assert_eq!(
        response.header("www-authenticate"),
        r#"Bearer scope="" error="invalid_token" error_description="the token has expired""#
    );
    // Two `Authorization` headers are rejected, even if both contain a valid token.
    let valid = self::token(&gateway, "admin");
    let twice = [
        ("authorization", valid.as_str()),
        ("authorization", valid.as_str()),
    ];
    assert_eq!(get(&gateway, "/guarded/exits", &twice).await.status, 401);

    let response = get(&gateway, "/scoped", &[("authorization", &valid)]).await;
    assert_eq!(
        (response.status, response.json()),
        (403, json!({"message": "Forbidden"}))
    );
    let response = get(&gateway, "/nowhere", &[]).await;
    assert_eq!(
        (response.status, response.json()),
        (404, json!({"message": "Not Found"}))
    );
    assert_eq!(get(&gateway, "/open/fine", &[]).await.status, 200);
}

#[tokio::test]
async fn passes_scopes_if_the_route_requires_some() {
    let gateway = start(|_| {}).await;
    let issuer = gateway.issuer().unwrap();
    let payload = json!({"iss": issuer.url(), "aud": "orders", "exp": 9_999_999_999_u64, "scope": "write read"});
    let response = get(
        &gateway,
        "/scoped",
        &[("authorization", &issuer.sign(&payload))],
    )
    .await;
    assert_eq!(
        response.json()["context"]["authorizer"]["jwt"]["scopes"],
        json!(["write", "read"])
    );
}

#[tokio::test]
async fn passes_bodies_and_cookies_in_both_directions() {
    for format in [PayloadFormat::V1, PayloadFormat::V2] {
        let gateway = start(|config| config.payload = format).await;
        let sent = b"\x89PNG\r\n\0\xff";
        let response = send(
            &gateway,
            "POST",
            "/open/binary",
            &[("content-type", "image/png")],
            sent,
        )
        .await;
        assert_eq!(response.header("content-type"), "image/png");
        assert_eq!(
            response.body,
            sent.iter().rev().copied().collect::<Vec<_>>()
        );
        let response = get(&gateway, "/open/cookies", &[("cookie", "c=3; d=4")]).await;
        assert_eq!(response.status, 201);
        assert_eq!(
            response
                .headers
                .get_all("set-cookie")
                .iter()
                .collect::<Vec<_>>(),
            ["a=1", "b=2"]
        );
        assert_eq!(response.body, br#"Some("c=3; d=4")"#);
    }
}

#[tokio::test]
async fn accepts_tokens_of_an_external_issuer_only() {
    let issuer = start(|_| {}).await;
    let url = issuer.issuer().unwrap().url().to_owned();
    let gateway = start(|config| trust(config, &url)).await;
    assert!(gateway.issuer().is_none());
    let token = token(&issuer, "customer");
    assert_eq!(
        get(&gateway, "/guarded/a", &[("authorization", &token)])
            .await
            .status,
        200
    );
    // There is no built-in issuer, and tokens of another issuer are rejected.
    assert_eq!(get(&gateway, "/auth/token/customer", &[]).await.status, 404);
    let other = start(|_| {}).await;
    let foreign = self::token(&other, "customer");
    assert_eq!(
        get(&gateway, "/guarded/a", &[("authorization", &foreign)])
            .await
            .status,
        401
    );

    let mut wrong_url = config("runs");
    trust(&mut wrong_url, &format!("{url}/"));
    let error = gateway::start(wrong_url).await.unwrap_err().to_string();
    assert!(error.contains("the document's issuer is"), "{error}");
}

#[tokio::test]
async fn publishes_discovery_document_keys_and_tokens() {
    let gateway = start(|_| {}).await;
    for path in [
        "/.well-known/openid-configuration",
        "/auth/.well-known/openid-configuration",
    ] {
        let document = get(&gateway, path, &[]).await.json();
        assert_eq!(document["issuer"], format!("{}/auth", gateway.base_url()));
        let keys = document["jwks_uri"]
            .as_str()
            .unwrap()
            .strip_prefix(&gateway.base_url())
            .unwrap();
        let keys = get(&gateway, keys, &[]).await.json();
        assert_eq!(keys["keys"][0]["kid"], gateway.issuer().unwrap().key_id());
        assert!(keys["keys"][0].get("d").is_none());
    }
    let token = get(&gateway, "/auth/token/admin", &[]).await.body;
    let token = String::from_utf8(token).unwrap();
    assert_eq!(
        get(&gateway, "/guarded/a", &[("authorization", &token)])
            .await
            .status,
        200
    );
    for unknown in [
        "/auth/token/nobody",
        "/auth/token/admin/nothing",
        "/auth/other",
    ] {
        assert_eq!(get(&gateway, unknown, &[]).await.status, 404);
    }
}

#[tokio::test]
async fn reports_a_port_in_use() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let config = Config {
        port,
        ..config("runs")
    };
    let error = gateway::start(config).await.unwrap_err();
    assert!(matches!(error, StartError::PortInUse(in_use) if in_use == port));
    assert!(
        error
            .to_string()
            .starts_with(&format!("port {port} is in use"))
    );
}
