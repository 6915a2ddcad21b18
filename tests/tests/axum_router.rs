//! The guarded router of axum, with guards written by hand.

use std::future::{Future, ready};
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Json, Path, State};
use http::Request;
use http::request::Parts;
use require_claims::axum::{Claims, Guard, GuardedRouter, check, get};
use require_claims::supertokens::{EMAIL_VERIFIED, ROLE, SUBJECT};
use require_claims::{Rejection, Requirement, Session};
use require_claims_tests::events;
use require_claims_tests::session::{self, with};
use serde_json::{Value, json};
use tower_service::Service as _;

/// Defines a guard with these requirements.
macro_rules! guard {
    ($name:ident: $written:literal, $requirements:expr) => {
        struct $name;

        impl Guard for $name {
            const REQUIREMENTS: &'static str = $written;
        }

        impl<S: Sync> FromRequestParts<S> for $name {
            type Rejection = Rejection;

            fn from_request_parts(
                parts: &mut Parts,
                _: &S,
            ) -> impl Future<Output = Result<Self, Rejection>> + Send {
                let requirements: &[Requirement<'_>] = $requirements;
                ready(check(parts, stringify!($name), requirements).map(|()| $name))
            }
        }
    };
}

guard!(Admin: "role = \"admin\"", &[ROLE.includes("admin")]);
guard!(Verified: "email_verified", &[EMAIL_VERIFIED.is_true()]);
guard!(Own: "subject = path(\"user_id\")", &[SUBJECT.is_path_parameter("user_id")]);

static EXTRACTED: AtomicU32 = AtomicU32::new(0);

/// An extractor with a side effect.
struct Counted;

impl<S: Sync> FromRequestParts<S> for Counted {
    type Rejection = Rejection;

    fn from_request_parts(
        _: &mut Parts,
        _: &S,
    ) -> impl Future<Output = Result<Self, Rejection>> + Send {
        EXTRACTED.fetch_add(1, Ordering::Relaxed);
        ready(Ok(Self))
    }
}

async fn show(_: Verified, State(shop): State<&'static str>, Path(id): Path<u32>) -> String {
    format!("{shop}: order {id}")
}

async fn cancel(_: Admin, _: Counted, Json(why): Json<Value>) -> String {
    format!("cancelled: {why}")
}

async fn own(_: Own) -> &'static str {
    "own"
}

async fn profile(Claims(session): Claims<Session>) -> String {
    session.user_id().to_owned()
}

fn router() -> GuardedRouter {
    let users = GuardedRouter::new().route("/orders", get(own));
    GuardedRouter::new()
        .route("/orders/{id}", get(show).delete(cancel))
        .nest("/users/{user_id}", users)
        .public_route("/health", axum::routing::get(|| async { "healthy" }))
        .public_nest("/docs", Router::new())
        .public_fallback(|| async { "nothing here" })
        .with_state("shop")
}

fn request(method: &str, path: &str, body: &'static str, claims: &Value) -> Request<Body> {
    let event = events::rest_jwt(claims);
    let mut request = events::request(&event).map(|_| Body::from(body));
    *request.method_mut() = method.parse().unwrap();
    *request.uri_mut() = path.parse().unwrap();
    let json = http::HeaderValue::from_static("application/json");
    request.headers_mut().insert("content-type", json);
    request
}

async fn answer(request: Request<Body>) -> (u16, String) {
    let mut router: Router = router()
        .into_router()
        .route("/profile", axum::routing::get(profile));
    let response = router.call(request).await.unwrap();
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

fn user() -> Value {
    with(session::payload(), "st-role", json!({"v": ["user"]}))
}

#[tokio::test]
async fn checks_before_any_other_extractor() {
    let admin = session::payload();
    let (status, body) = answer(request("DELETE", "/orders/7", "\"late\"", &admin)).await;
    assert_eq!((status, &*body), (200, "cancelled: \"late\""));
    assert_eq!(EXTRACTED.load(Ordering::Relaxed), 1);
    // The body is not read.
    for body in ["\"late\"", "{\"why\":"] {
        let (status, body) = answer(request("DELETE", "/orders/7", body, &user())).await;
        assert_eq!(status, 403);
        let body: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(body["claimValidationErrors"][0]["id"], "st-role");
    }
    assert_eq!(EXTRACTED.load(Ordering::Relaxed), 1);
    let malformed = answer(request("DELETE", "/orders/7", "{\"why\":", &admin)).await;
    assert_eq!(malformed.0, 400);
}

#[tokio::test]
async fn guards_each_method_and_leaves_public_routes_open() {
    let unverified = with(session::payload(), "st-ev", json!({"v": false}));
    for (method, path, claims, status, text) in [
        ("GET", "/orders/7", session::payload(), 200, "shop: order 7"),
        ("GET", "/orders/7", unverified, 403, "st-ev"),
        ("GET", "/health", Value::Null, 200, "healthy"),
        ("GET", "/other", Value::Null, 200, "nothing here"),
        ("GET", "/orders/7", Value::Null, 403, "value does not exist"),
    ] {
        let answer = answer(request(method, path, "", &claims)).await;
        assert_eq!(answer.0, status, "{method} {path} {answer:?}");
        assert!(answer.1.contains(text), "{answer:?}");
    }
}

/// As in `Path`, the parameter is decoded, also in a nested router.
#[tokio::test]
async fn compares_the_parameter_of_the_matched_route() {
    let claims = |subject: &str| with(session::payload(), "sub", json!(subject));
    for (path, subject, status) in [
        ("/users/u1/orders", "u1", 200),
        ("/users/u2/orders", "u1", 403),
        ("/users/auth0%7C5f/orders", "auth0|5f", 200),
        ("/users/auth0%257C5f/orders", "auth0|5f", 403),
        ("/users/auth0%257C5f/orders", "auth0%7C5f", 200),
    ] {
        let answer = answer(request("GET", path, "", &claims(subject))).await;
        assert_eq!(answer.0, status, "{path} {answer:?}");
    }
}

/// Nested routers may have parameters of the same name. Then it is unknown which one is meant.
#[tokio::test]
async fn denies_a_parameter_that_occurs_twice() {
    let inner = GuardedRouter::new().route("/members/{user_id}", get(own));
    let nested: GuardedRouter = GuardedRouter::new().nest("/teams/{user_id}", inner);
    let subject = session::payload()["sub"].as_str().unwrap().to_owned();
    let path = format!("/teams/{subject}/members/{subject}");
    let request = request("GET", &path, "", &session::payload());
    let response = nested.into_router().call(request).await.unwrap();
    assert_eq!(response.status(), 403);
}

#[tokio::test]
async fn extracts_the_claims_without_the_attribute() {
    let answer_of = |claims: Value| answer(request("GET", "/profile", "", &claims));
    let subject = session::payload()["sub"].as_str().unwrap().to_owned();
    assert_eq!(answer_of(session::payload()).await, (200, subject));
    let oauth2 = with(session::payload(), "stt", json!(1));
    assert_eq!(answer_of(oauth2).await.0, 403);
    assert_eq!(answer_of(json!({"exp": 1})).await.0, 403);
}

#[test]
fn lists_the_routes_with_their_requirements() {
    let table = "\
| Method | Path | Requirements |
|---|---|---|
| GET | `/orders/{id}` | `email_verified` |
| DELETE | `/orders/{id}` | `role = \"admin\"` |
| GET | `/users/{user_id}/orders` | `subject = path(\"user_id\")` |
| any | `/health` | public |
| any | `/docs/*` | public |
| any | `*` | public |
";
    assert_eq!(router().routes().to_string(), table);
}

/// Regression: it was `/api*`.
#[test]
fn lists_the_fallback_of_a_nested_router() {
    let api = GuardedRouter::new().public_fallback(|| async { "nothing here" });
    let router: GuardedRouter = GuardedRouter::new().nest("/api", api);
    assert_eq!(router.routes().as_slice()[0].path, "/api/*");
}
