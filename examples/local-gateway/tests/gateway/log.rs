//! Tests of what the gateway's log says about a request.

use std::io::Write;
use std::sync::{Arc, Mutex};

use local_gateway::RunningGateway;
use local_gateway::keys::KeyCache;
use serde_json::json;
use tracing::subscriber::DefaultGuard;

use crate::client::{get, send};
use crate::{function, set_function, start, token};

/// The log of the current thread, on which a test and its gateway run.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, text: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(text)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    fn start() -> (Self, DefaultGuard) {
        let log = Self::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .finish();
        (log, tracing::subscriber::set_default(subscriber))
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    #[track_caller]
    fn assert_contains(&self, expected: &str) {
        let text = self.text();
        assert!(text.contains(expected), "{expected:?} is not in:\n{text}");
    }
}

async fn status(gateway: &RunningGateway, path: &str, authorization: &str) -> u16 {
    get(gateway, path, &[("authorization", authorization)])
        .await
        .status
}

#[tokio::test]
async fn names_the_reason_of_each_rejection() {
    let (log, _guard) = Log::start();
    let gateway = start(|_| {}).await;
    assert_eq!(status(&gateway, "/guarded/a", "").await, 401);
    log.assert_contains(
        "GET /guarded/a status=401 reason=the request does not contain the identity source",
    );
    let other = start(|_| {}).await;
    assert_eq!(
        status(&gateway, "/guarded/b", &token(&other, "admin")).await,
        401
    );
    log.assert_contains("GET /guarded/b status=401 reason=the token's key id is unknown");
    assert_eq!(
        status(&gateway, "/scoped", &token(&gateway, "admin")).await,
        403
    );
    log.assert_contains("GET /scoped status=403 reason=the token has none of the route's scopes");
    assert_eq!(status(&gateway, "/nowhere", "").await, 404);
    log.assert_contains("GET /nowhere status=404 reason=no route matches");
    assert_eq!(status(&gateway, "/open/fails", "").await, 502);
    log.assert_contains("GET /open/fails status=502 reason=the function failed: ");
    log.assert_contains("an error of the test function");
}

#[tokio::test]
async fn names_the_payload_format_that_a_function_cannot_read() {
    let (log, _guard) = Log::start();
    let gateway = start(|config| set_function(config, function::with_behaviour("reads 1.0"))).await;
    assert_eq!(status(&gateway, "/open/a", "").await, 502);
    log.assert_contains("the event has payload format 2.0");
    log.assert_contains("`--payload 1.0`");
}

#[tokio::test]
async fn a_key_rotation_is_visible_with_a_strict_cache() {
    let (log, _guard) = Log::start();
    let gateway = start(|config| config.key_cache = KeyCache::Strict).await;
    let before = token(&gateway, "admin");
    let rotated = send(&gateway, "POST", "/auth/rotate-key", &[], b"").await;
    assert_eq!(rotated.status, 200);
    assert_eq!(
        status(&gateway, "/guarded/a", &token(&gateway, "admin")).await,
        401
    );
    log.assert_contains("the key is not in the strict cache");
    assert_eq!(status(&gateway, "/guarded/a", &before).await, 200);
}

/// The issuer publishes a key with padding and one for encryption. The first one is accepted, and the second one is
/// reported once.
#[tokio::test]
async fn reports_a_skipped_key_once_and_accepts_padding() {
    let (log, _guard) = Log::start();
    let issuer = start(|_| {}).await;
    let mut keys = issuer.issuer().unwrap().key_set();
    let mut other = keys["keys"][0].clone();
    other["kid"] = json!("encryption");
    other["use"] = json!("enc");
    let n = keys["keys"][0]["n"].as_str().unwrap().to_owned();
    keys["keys"][0]["n"] = json!(n + "==");
    keys["keys"].as_array_mut().unwrap().push(other);
    let published = PublishedKeys::start(keys.to_string()).await;
    let gateway = start(|config| crate::trust(config, &published.url)).await;
    let issuer = issuer.issuer().unwrap();
    let payload = json!({"iss": published.url, "aud": "orders", "exp": 9_999_999_999_u64});
    assert_eq!(
        status(&gateway, "/guarded/a", &issuer.sign(&payload)).await,
        200
    );
    let skipped = "skipped the key `encryption`: its `use` is not `sig`";
    assert_eq!(log.text().matches(skipped).count(), 1, "{}", log.text());
}

/// An issuer that publishes this key set.
struct PublishedKeys {
    url: String,
    _server: tokio::task::JoinSet<()>,
}

impl PublishedKeys {
    async fn start(keys: String) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let document = json!({"issuer": url, "jwks_uri": format!("{url}/keys")}).to_string();
        let router = axum::Router::new()
            .route("/keys", axum::routing::get(async move || keys))
            .route(
                "/.well-known/openid-configuration",
                axum::routing::get(async move || document),
            );
        let mut server = tokio::task::JoinSet::new();
        server.spawn(async { axum::serve(listener, router).await.unwrap() });
        Self {
            url,
            _server: server,
        }
    }
}
