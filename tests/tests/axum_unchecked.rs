//! The layer that denies what no guard has checked, in plain routers of axum.

use std::future::{Future, ready};
use std::io::Write;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, LazyLock, Mutex};

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Request};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodRouter, delete, get};
use axum::{Extension, Router};
use http::StatusCode;
use http::request::Parts;
use require_claims::axum::{Claims, DenyUncheckedLayer, Guard, GuardedRouter, check};
use require_claims::supertokens::{EMAIL_VERIFIED, ROLE};
use require_claims::tower::RequireClaimsLayer;
use require_claims::{Rejection, Session, extract_claims, require_claims};
use require_claims_tests::events;
use require_claims_tests::session::{self, with};
use serde_json::{Value, json};
use tower_service::Service as _;
use tracing::Dispatch;

struct Admin;

impl Guard for Admin {
    const REQUIREMENTS: &'static str = "role = \"admin\"";
}

impl<S: Sync> FromRequestParts<S> for Admin {
    type Rejection = Rejection;

    fn from_request_parts(
        parts: &mut Parts,
        _: &S,
    ) -> impl Future<Output = Result<Self, Rejection>> + Send {
        ready(check(parts, "admin", &[ROLE.includes("admin")]).map(|()| Self))
    }
}

const NO_CHECK: &str = r#"{"message":"this route makes no check"}"#;

fn layer() -> DenyUncheckedLayer {
    DenyUncheckedLayer::new()
}

fn guarded() -> MethodRouter {
    get(|_: Admin| ready("guarded"))
}

fn forgotten() -> MethodRouter {
    get(|| ready("forgotten"))
}

fn request(method: &str, path: &str, claims: &Value) -> Request {
    let mut request = events::request(&events::rest_jwt(claims)).map(Body::new);
    *request.method_mut() = method.parse().unwrap();
    *request.uri_mut() = path.parse().unwrap();
    request
}

async fn answer(router: &Router, request: Request) -> (u16, String) {
    let response = router.clone().call(request).await.unwrap();
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

/// The answer to an administrator's `GET`.
async fn get_as_admin(router: &Router, path: &str) -> (u16, String) {
    answer(router, request("GET", path, &session::payload())).await
}

#[track_caller]
fn assert_unchecked((status, body): &(u16, String)) {
    assert_eq!((*status, &**body), (403, NO_CHECK));
}

fn user() -> Value {
    with(session::payload(), "st-role", json!({"v": ["user"]}))
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// What is logged on this thread until the guard is dropped.
fn log() -> (Log, tracing::subscriber::DefaultGuard) {
    // While a process has one subscriber, tracing asks that of the thread which reaches an event first whether the event
    // is enabled, and keeps the answer. Threads of other tests have none. With a second one, it asks all subscribers.
    static SECOND: LazyLock<Dispatch> =
        LazyLock::new(|| Dispatch::new(tracing_subscriber::registry()));
    LazyLock::force(&SECOND);
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    (log, tracing::subscriber::set_default(subscriber))
}

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// By then, the handler has run.
#[tokio::test]
async fn denies_and_logs_a_route_without_a_guard() {
    static CALLS: AtomicU32 = AtomicU32::new(0);
    let cancel = delete(|| {
        CALLS.fetch_add(1, Ordering::Relaxed);
        ready("cancelled")
    });
    let router = Router::new().route("/orders/{id}", cancel).layer(layer());
    let (log, _guard) = log();
    let request = request("DELETE", "/orders/secret-7", &session::payload());
    let response = router.clone().call(request).await.unwrap();
    assert_eq!(response.status(), 403);
    assert_eq!(response.headers()["content-type"], "application/json");
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    assert_eq!(body, NO_CHECK);
    assert_eq!(CALLS.load(Ordering::Relaxed), 1);

    let log = log.text();
    assert_eq!(log.lines().count(), 1, "{log}");
    for expected in ["WARN", "denied: ", "method=DELETE", "path=\"/orders/{id}\""] {
        assert!(log.contains(expected), "{expected}: {log}");
    }
    assert!(!log.contains("secret"), "{log}");
    // The page "Troubleshooting" lists the message.
    let guide = include_str!("../../runtime/docs/troubleshooting.md");
    let (_, message) = log.split_once("denied: ").unwrap();
    let (message, _) = message.split_once(" method=").unwrap();
    assert!(
        guide.contains(&format!("WARN denied: {message} method=GET")),
        "{message}"
    );
}

#[tokio::test]
async fn returns_the_response_of_a_guarded_handler() {
    let plain = Router::new().route("/orders", guarded());
    let layered = plain.clone().layer(layer());
    for (claims, status) in [(session::payload(), 200), (user(), 403), (Value::Null, 403)] {
        let expected = answer(&plain, request("GET", "/orders", &claims)).await;
        assert_eq!(expected.0, status);
        let (log, _guard) = log();
        let answered = answer(&layered, request("GET", "/orders", &claims)).await;
        assert_eq!(answered, expected);
        assert!(!log.text().contains("WARN") || claims.is_null());
        assert!(!log.text().contains("nothing has checked"));
    }
}

#[tokio::test]
async fn leaves_public_routes_open() {
    let articles = get(|| ready("article")).post(|| ready("posted"));
    let router = Router::new()
        .route("/health", get(|| ready("healthy")))
        .route("/health/{part}", forgotten())
        .route("/articles/{id}", articles)
        .layer(
            layer()
                .public("/health")
                .public("/articles/{id}")
                .public("/none"),
        );
    let (log, _guard) = log();
    for (method, path, expected) in [
        ("GET", "/health", "healthy"),
        ("GET", "/articles/7", "article"),
        ("POST", "/articles/7", "posted"),
    ] {
        let answered = answer(&router, request(method, path, &Value::Null)).await;
        assert_eq!(answered, (200, expected.to_owned()), "{path}");
    }
    assert_eq!(log.text(), "");
    // The route is compared, not the path of the request.
    for path in ["/health/db", "/health/", "/none"] {
        assert_unchecked(&get_as_admin(&router, path).await);
    }
    let router = Router::new()
        .route("/{page}", forgotten())
        .layer(layer().public("/health"));
    assert_unchecked(&get_as_admin(&router, "/health").await);
}

#[require_claims(role = "admin")]
async fn event_handler(event: Request) -> Response<String> {
    Response::new(event.uri().to_string())
}

/// They only read claims, or the layer does not see them.
#[tokio::test]
async fn extracted_claims_are_no_check() {
    let by_hand = |request: Request| {
        ready(match ROLE.includes("admin").check(&request) {
            Ok(()) => "checked by hand".into_response(),
            Err(rejection) => rejection.into_response(),
        })
    };
    let extracted = |request: Request| {
        let session: Result<Session, _> = extract_claims(&request);
        ready(session.map(|session| session.user_id().to_owned()))
    };
    let extractor = |Claims(session): Claims<Session>| ready(session.user_id().to_owned());
    let router = Router::new()
        .route("/by-hand", get(by_hand))
        .route("/extracted", get(extracted))
        .route("/extractor", get(extractor))
        .route("/event", get(event_handler));
    for path in ["/by-hand", "/extracted", "/extractor", "/event"] {
        assert_eq!(get_as_admin(&router, path).await.0, 200, "{path}");
        let layered = router.clone().layer(layer());
        assert_unchecked(&get_as_admin(&layered, path).await);
    }
}

#[tokio::test]
async fn a_layer_that_requires_claims_counts_inside_only() {
    let required = || RequireClaimsLayer::new(ROLE.includes("admin"));
    let inside = Router::new()
        .route("/orders", forgotten())
        .route_layer(required())
        .route("/others", forgotten())
        .layer(layer());
    let allowed = (200, "forgotten".to_owned());
    assert_eq!(get_as_admin(&inside, "/orders").await, allowed);
    let denied = answer(&inside, request("GET", "/orders", &user())).await;
    assert_eq!(denied.0, 403);
    assert!(denied.1.contains("st-role"), "{denied:?}");
    assert_unchecked(&get_as_admin(&inside, "/others").await);

    let outside = Router::new()
        .route("/orders", forgotten())
        .layer(layer())
        .layer(required());
    assert_unchecked(&get_as_admin(&outside, "/orders").await);
}

#[tokio::test]
async fn covers_nested_routers() {
    let nested = || {
        Router::new()
            .route("/guarded", guarded())
            .route("/forgotten", forgotten())
            .route("/open", forgotten())
    };
    let outside = Router::new()
        .nest("/a/{tenant}", nested())
        .layer(layer().public("/a/{tenant}/open"));
    let inside = Router::new().nest(
        "/a/{tenant}",
        nested().layer(layer().public("/a/{tenant}/open")),
    );
    for router in [outside, inside] {
        assert_eq!(get_as_admin(&router, "/a/b/guarded").await.0, 200);
        assert_eq!(get_as_admin(&router, "/a/b/open").await.0, 200);
        assert_unchecked(&get_as_admin(&router, "/a/b/forgotten").await);
    }
    // Only the router inside knows which of its routes matches.
    let service = Router::new().nest_service("/a", nested()).layer(
        layer()
            .public("/a")
            .public("/a/open")
            .public("/open")
            .public("/a/{*rest}"),
    );
    assert_eq!(get_as_admin(&service, "/a/guarded").await.0, 200);
    for path in ["/a/open", "/a/forgotten"] {
        assert_unchecked(&get_as_admin(&service, path).await);
    }
}

#[tokio::test]
async fn denies_requests_without_a_route() {
    let router = Router::new()
        .route("/orders", guarded())
        .fallback(|| ready("fallback"))
        .layer(layer());
    let (log, _guard) = log();
    assert_unchecked(&get_as_admin(&router, "/secret").await);
    assert!(log.text().contains("method=GET"), "{}", log.text());
    assert!(!log.text().contains("path="), "{}", log.text());
    let post = request("POST", "/orders", &session::payload());
    assert_unchecked(&answer(&router, post).await);
    let default = Router::new().route("/orders", guarded()).layer(layer());
    assert_unchecked(&get_as_admin(&default, "/others").await);
    let nested = Router::new().nest("/a", router.clone()).layer(layer());
    assert_unchecked(&get_as_admin(&nested, "/a/others").await);
    // What is added after the layer is public.
    let router = router.reset_fallback();
    let not_found = router.fallback(|| ready(StatusCode::NOT_FOUND));
    assert_eq!(get_as_admin(&not_found, "/others").await.0, 404);
    let later = not_found.route("/later", forgotten());
    assert_eq!(get_as_admin(&later, "/later").await.0, 200);
}

#[tokio::test]
async fn each_of_two_layers_must_allow_the_request() {
    for (inner, outer, is_open) in [
        (layer(), layer(), false),
        (layer().public("/open"), layer(), false),
        (layer(), layer().public("/open"), false),
        (layer().public("/open"), layer().public("/open"), true),
    ] {
        let router = Router::new()
            .route("/open", forgotten())
            .route("/guarded", guarded())
            .layer(inner)
            .layer(outer);
        assert_eq!(get_as_admin(&router, "/guarded").await.0, 200);
        assert_eq!(get_as_admin(&router, "/open").await.0 == 200, is_open);
    }
    // The outer layer sees the check in between, the inner one does not.
    let between = |inner: DenyUncheckedLayer| {
        Router::new()
            .route("/orders", forgotten())
            .layer(inner)
            .layer(RequireClaimsLayer::new(EMAIL_VERIFIED.is_true()))
            .layer(layer())
    };
    assert_eq!(
        get_as_admin(&between(layer().public("/orders")), "/orders")
            .await
            .0,
        200
    );
    assert_unchecked(&get_as_admin(&between(layer()), "/orders").await);
}

/// Both handlers are entered before either returns.
#[tokio::test]
async fn a_check_counts_for_its_own_request_only() {
    static IS_CHECKED: AtomicBool = AtomicBool::new(false);
    static IS_WAITING: AtomicBool = AtomicBool::new(false);
    async fn until(flag: &AtomicBool) {
        while !flag.load(Ordering::SeqCst) {
            tokio::task::yield_now().await;
        }
    }
    let router = Router::new()
        .route(
            "/guarded",
            get(async |_: Admin| {
                IS_CHECKED.store(true, Ordering::SeqCst);
                until(&IS_WAITING).await;
                "guarded"
            }),
        )
        .route(
            "/forgotten",
            get(async || {
                IS_WAITING.store(true, Ordering::SeqCst);
                until(&IS_CHECKED).await;
                "forgotten"
            }),
        )
        .layer(layer());
    let (guarded, forgotten) = tokio::join!(
        get_as_admin(&router, "/guarded"),
        get_as_admin(&router, "/forgotten"),
    );
    assert_eq!(guarded, (200, "guarded".to_owned()));
    assert_unchecked(&forgotten);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_requests_at_once() {
    let router = Router::new()
        .route("/guarded", guarded())
        .route("/forgotten", forgotten())
        .layer(layer());
    let tasks = (0..200).map(|index| {
        let router = router.clone();
        let path = ["/guarded", "/forgotten"][index % 2];
        tokio::spawn(async move { (path, get_as_admin(&router, path).await.0) })
    });
    for task in tasks.collect::<Vec<_>>() {
        let (path, status) = task.await.unwrap();
        assert_eq!(status == 200, path == "/guarded", "{path}");
    }
}

/// The request that a guarded handler passes on carries the extensions of a checked request.
#[tokio::test]
async fn the_mark_of_a_checked_request_is_not_passed_on() {
    let inner = Router::new()
        .route("/orders", forgotten())
        .layer(layer().public("/other"));
    let forward = async move |_: Admin, request: Request| inner.clone().call(request).await;
    let router = Router::new().route("/orders", get(forward));
    for router in [router.clone(), router.layer(layer())] {
        assert_unchecked(&get_as_admin(&router, "/orders").await);
    }
}

#[tokio::test]
async fn keeps_the_extensions_of_the_request() {
    let show = |_: Admin, Extension(name): Extension<&'static str>| ready(name);
    let router = Router::new().route("/orders", get(show)).layer(layer());
    let mut request = request("GET", "/orders", &session::payload());
    request.extensions_mut().insert("kept");
    assert_eq!(answer(&router, request).await, (200, "kept".to_owned()));
}

#[tokio::test]
async fn fits_a_guarded_router() {
    let router: GuardedRouter = GuardedRouter::new()
        .route(
            "/orders",
            require_claims::axum::get(|_: Admin| ready("guarded")),
        )
        .public_route("/health", get(|| ready("healthy")))
        .layer(layer().public("/health"));
    let router = router.into_router();
    assert_eq!(get_as_admin(&router, "/orders").await.0, 200);
    assert_eq!(get_as_admin(&router, "/health").await.0, 200);
    assert_unchecked(&get_as_admin(&router, "/others").await);
}
