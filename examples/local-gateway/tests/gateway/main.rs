//! The gateway over HTTP, in front of a function that does as the request says.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod client;
mod forwarded;
mod function;
mod limits;
mod processes;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use local_gateway::routes::{Route, Routes};
use local_gateway::users::User;
use local_gateway::{Config, PayloadFormat, Running, StartError, gateway};
use serde_json::{Value, json};

use crate::client::{get, send};

/// How long the function may take, where a test looks at that: another time than the usual one.
const TIMEOUT: Duration = Duration::from_secs(17);

fn config(behaviour: &str) -> Config {
    let mut config = Config::new(function::that(behaviour));
    config.workers = 1;
    let route = |text: &str| text.parse::<Route>().unwrap();
    config.routes = Routes::new(vec![
        route("ANY /open/{what}").public(),
        route("GET /guarded/{what}"),
        route("GET /scoped read all"),
    ]);
    config
}

async fn start(change: impl FnOnce(&mut Config)) -> Running {
    let mut config = config("runs");
    change(&mut config);
    gateway::start(config).await.unwrap()
}

fn token(gateway: &Running, user: &str) -> String {
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
async fn a_valid_token_reaches_the_function_with_its_claims_in_both_formats() {
    for format in [PayloadFormat::V1, PayloadFormat::V2] {
        let gateway = start(|config| {
            config.payload = format;
            config.timeout = TIMEOUT;
        })
        .await;
        let token = token(&gateway, "admin-mfa");
        let before = milliseconds_since_epoch();
        let answer = get(
            &gateway,
            "/guarded/a%20b",
            &[("authorization", &format!("Bearer {token}"))],
        )
        .await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("apigw-requestid").len(), 16);
        let report = answer.json();
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
async fn without_a_valid_token_the_function_is_not_asked() {
    // It would die of being asked.
    let gateway = start(|_| {}).await;
    let unauthorized = json!({"message": "Unauthorized"});
    let answer = get(&gateway, "/guarded/dies", &[]).await;
    assert_eq!((answer.status, answer.json()), (401, unauthorized.clone()));
    assert_eq!(answer.header("www-authenticate"), "Bearer");
    assert_eq!(answer.header("content-type"), "application/json");

    let token = get(&gateway, "/auth/token/admin/expired", &[]).await;
    let expired = String::from_utf8(token.body).unwrap();
    let answer = get(&gateway, "/guarded/dies", &[("authorization", &expired)]).await;
    assert_eq!((answer.status, answer.json()), (401, unauthorized));
    assert_eq!(
        answer.header("www-authenticate"),
        r#"Bearer scope="" error="invalid_token" error_description="the token has expired""#
    );
    // Two headers are not one token.
    let good = self::token(&gateway, "admin");
    let twice = [
        ("authorization", good.as_str()),
        ("authorization", good.as_str()),
    ];
    assert_eq!(get(&gateway, "/guarded/dies", &twice).await.status, 401);

    let answer = get(&gateway, "/scoped", &[("authorization", &good)]).await;
    assert_eq!(
        (answer.status, answer.json()),
        (403, json!({"message": "Forbidden"}))
    );
    let answer = get(&gateway, "/nowhere", &[]).await;
    assert_eq!(
        (answer.status, answer.json()),
        (404, json!({"message": "Not Found"}))
    );
    assert_eq!(get(&gateway, "/open/fine", &[]).await.status, 200);
}

#[tokio::test]
async fn scopes_reach_the_function_where_the_route_asks_for_them() {
    let gateway = start(|_| {}).await;
    let issuer = gateway.issuer().unwrap();
    let payload = json!({"iss": issuer.url(), "aud": "orders", "exp": 9_999_999_999_u64, "scope": "write read"});
    let answer = get(
        &gateway,
        "/scoped",
        &[("authorization", &issuer.sign(&payload))],
    )
    .await;
    assert_eq!(
        answer.json()["context"]["authorizer"]["jwt"]["scopes"],
        json!(["write", "read"])
    );
}

#[tokio::test]
async fn bodies_and_cookies_pass_both_ways() {
    for format in [PayloadFormat::V1, PayloadFormat::V2] {
        let gateway = start(|config| config.payload = format).await;
        let sent = b"\x89PNG\r\n\0\xff";
        let answer = send(
            &gateway,
            "POST",
            "/open/binary",
            &[("content-type", "image/png")],
            sent,
        )
        .await;
        assert_eq!(answer.header("content-type"), "image/png");
        assert_eq!(answer.body, sent.iter().rev().copied().collect::<Vec<_>>());
        let answer = get(&gateway, "/open/cookies", &[("cookie", "c=3; d=4")]).await;
        assert_eq!(answer.status, 201);
        assert_eq!(
            answer
                .headers
                .get_all("set-cookie")
                .iter()
                .collect::<Vec<_>>(),
            ["a=1", "b=2"]
        );
        assert_eq!(answer.body, br#"Some("c=3; d=4")"#);
    }
}

#[tokio::test]
async fn an_outside_issuer_is_found_by_its_discovery_document() {
    let issuer = start(|_| {}).await;
    let url = issuer.issuer().unwrap().url().to_owned();
    let gateway = start(|config| config.issuer = Some(url.clone())).await;
    assert!(gateway.issuer().is_none());
    let token = token(&issuer, "customer");
    assert_eq!(
        get(&gateway, "/guarded/a", &[("authorization", &token)])
            .await
            .status,
        200
    );
    // Its own issuer is not there any more, and its own tokens are not taken elsewhere.
    assert_eq!(get(&gateway, "/auth/token/customer", &[]).await.status, 404);
    let stranger = start(|_| {}).await;
    let strange = self::token(&stranger, "customer");
    assert_eq!(
        get(&gateway, "/guarded/a", &[("authorization", &strange)])
            .await
            .status,
        401
    );

    let misspelt = Config {
        issuer: Some(format!("{url}/")),
        ..config("runs")
    };
    let error = gateway::start(misspelt).await.unwrap_err().to_string();
    assert!(error.contains("calls itself"), "{error}");
}

#[tokio::test]
async fn the_issuer_publishes_what_its_tokens_need() {
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
    for nothing in [
        "/auth/token/nobody",
        "/auth/token/admin/nothing",
        "/auth/other",
    ] {
        assert_eq!(get(&gateway, nothing, &[]).await.status, 404);
    }
}

#[tokio::test]
async fn a_port_in_use_is_said_so() {
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
