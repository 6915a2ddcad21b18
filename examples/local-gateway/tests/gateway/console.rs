//! Tests of the console over HTTP: who can use it, and what the gateway keeps for it.

use std::net::SocketAddr;

use local_gateway::RunningGateway;
use local_gateway::cors::Cors;
use local_gateway::routes::{Route, Routes};
use serde_json::{Value, json};

use crate::client::{Response, get, send, status_of};
use crate::{start, token};

async fn key(gateway: &RunningGateway) -> String {
    let setup = get(gateway, "/.console/setup", &[]).await.json();
    setup["key"].as_str().unwrap().to_owned()
}

/// The gateway's record of the request with this response.
async fn record(gateway: &RunningGateway, key: &str, response: &Response) -> Response {
    let id = response.header("apigw-requestid").replace('/', "%2F");
    let path = format!("/.console/requests/{id}");
    get(gateway, &path, &[("x-console-key", key)]).await
}

/// The status of a request with this `Host`, which the client would not send.
async fn status_with_host(address: SocketAddr, path: &str, host: &str) -> String {
    let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    status_of(address, request).await
}

#[tokio::test]
async fn serves_the_page_to_this_machine_only() {
    let gateway = start(|config| config.cors = Some(Cors::default())).await;
    for path in ["/", "/.console/"] {
        let page = get(&gateway, path, &[]).await;
        assert_eq!(page.status, 200);
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'sha256-"));
        assert!(!policy.contains("unsafe"), "{policy}");
    }
    let address = gateway.address();
    let port = address.port();
    for (host, expected) in [
        (format!("127.0.0.1:{port}"), "200"),
        (format!("localhost:{port}"), "200"),
        (format!("attacker.test:{port}"), "403"),
        ("attacker.test".to_owned(), "403"),
    ] {
        for path in ["/", "/auth/token/admin", "/%61uth/token/admin/expired"] {
            let status = status_with_host(address, path, &host).await;
            assert_eq!(status, expected, "{host} {path}");
        }
        // Keys are public.
        let keys = status_with_host(address, "/auth/jwt/jwks.json", &host).await;
        assert_eq!(keys, "200", "{host}");
    }
    let foreign = [("origin", "https://attacker.test")];
    let setup = get(&gateway, "/.console/setup", &foreign).await;
    assert_eq!(setup.status, 403);
    assert!(
        setup
            .headers
            .keys()
            .all(|name| !name.as_str().starts_with("access-control"))
    );
}

#[tokio::test]
async fn no_other_website_gets_a_token_or_replaces_the_key() {
    let gateway = start(|config| config.cors = Some(Cors::default())).await;
    let foreign = [("origin", "https://attacker.test")];
    let token = get(&gateway, "/auth/token/admin", &foreign).await;
    assert_eq!(token.status, 403);
    // Without `Origin`, as a browser loads a script or an image.
    let token = get(&gateway, "/auth/token/admin", &[]).await;
    assert_eq!(token.status, 200);
    assert_eq!(token.header("cross-origin-resource-policy"), "same-origin");

    let key = gateway.issuer().unwrap().key_id();
    let rotate =
        |method, headers: &'static [_]| send(&gateway, method, "/auth/rotate-key", headers, b"");
    assert_eq!(rotate("GET", &[]).await.status, 405);
    let foreign = &[("origin", "https://attacker.test")];
    assert_eq!(rotate("POST", foreign).await.status, 403);
    assert_eq!(gateway.issuer().unwrap().key_id(), key);
    assert_eq!(rotate("POST", &[]).await.status, 200);
    assert_ne!(gateway.issuer().unwrap().key_id(), key);
}

#[tokio::test]
async fn a_route_for_the_root_wins() {
    let gateway = start(|config| {
        let root: Route = "$default".parse().unwrap();
        config.routes = Routes::new(vec![root.public()]).unwrap();
    })
    .await;
    // The test function answers with a report of the request.
    assert_eq!(get(&gateway, "/", &[]).await.json()["path"], "/");
    let page = get(&gateway, "/.console/", &[]).await;
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
}

#[tokio::test]
async fn keeps_the_events_of_the_page_only() {
    let gateway = start(|_| {}).await;
    let key = key(&gateway).await;
    let token = format!("Bearer {}", token(&gateway, "staff"));
    let authorization = ("authorization", token.as_str());
    let with_key = [authorization, ("x-console-key", &key)];

    let response = get(&gateway, "/guarded/a", &with_key).await;
    let kept = record(&gateway, &key, &response).await.json();
    assert_eq!(kept["event"]["rawPath"], "/guarded/a");
    assert_eq!(kept["event"]["headers"].get("x-console-key"), None);
    let claims = kept["claims"].as_array().unwrap();
    let roles = claims
        .iter()
        .find(|claim| claim["key"] == "st-role")
        .unwrap();
    assert_eq!(roles["matches"], true);
    assert_eq!(roles["readings"].as_array().unwrap().len(), 2);

    for others in [
        &[authorization][..],
        &[authorization, ("x-console-key", "guess")],
    ] {
        let response = get(&gateway, "/guarded/a", others).await;
        assert_eq!(response.status, 200);
        assert_eq!(record(&gateway, &key, &response).await.status, 404);
    }
    assert_eq!(record(&gateway, "guess", &response).await.status, 403);
}

#[tokio::test]
async fn keeps_the_reason_for_which_the_gateway_answered_itself() {
    let gateway = start(|_| {}).await;
    let key = key(&gateway).await;
    let with_key = [("x-console-key", key.as_str())];
    for (path, status, reason) in [
        (
            "/guarded/a",
            401,
            "the request does not contain the identity source",
        ),
        ("/open/fails", 502, "the function failed: "),
    ] {
        let response = get(&gateway, path, &with_key).await;
        assert_eq!(response.status, status);
        let kept = record(&gateway, &key, &response).await.json();
        let found = kept["reason"].as_str().unwrap();
        assert!(found.starts_with(reason), "{found}");
    }
}

#[tokio::test]
async fn invokes_a_function_with_a_pasted_event() {
    let gateway = start(|_| {}).await;
    let key = key(&gateway).await;
    let invoke = async |key: &str, event: Value| {
        let request = json!({"route": "GET /guarded/{what}", "event": event}).to_string();
        let headers = [("x-console-key", key)];
        send(
            &gateway,
            "POST",
            "/.console/invoke",
            &headers,
            request.as_bytes(),
        )
        .await
    };
    let event = json!({
        "version": "2.0",
        "rawPath": "/",
        "headers": {},
        "isBase64Encoded": false,
        "requestContext": {
            "http": {"method": "POST", "path": "/"},
            "authorizer": {"jwt": {"claims": {"st-role": "[a b]"}, "scopes": null}},
        },
    });
    let answer = invoke(&key, event.clone()).await.json();
    assert_eq!(answer["status"], 200);
    let report: Value = serde_json::from_str(answer["body"].as_str().unwrap()).unwrap();
    assert_eq!(report["path"], "/guarded/1");
    assert_eq!(report["parameters"], json!([["what", "1"]]));
    assert_eq!(answer["event"]["rawPath"], "/guarded/1");
    assert_eq!(answer["claims"][0]["readings"].as_array().unwrap().len(), 2);

    assert_eq!(invoke("guess", event).await.status, 403);
    let response = invoke(&key, json!({"Records": []})).await;
    assert_eq!(response.status, 400);
    let message = response.json()["message"].to_string();
    assert!(message.contains("paste the whole JSON object"), "{message}");
}
