//! The guard runs before any other extractor, and before the body is read.

use std::future::{Future, ready};
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequestParts, Json};
use axum::routing::post;
use http::request::Parts;
use require_claims::require_claims;
use serde_json::Value;

use super::{admin, answer, request, user};

static EXTRACTED: AtomicU32 = AtomicU32::new(0);

/// An extractor with a side effect.
struct Counted;

impl<S: Sync> FromRequestParts<S> for Counted {
    type Rejection = ();

    fn from_request_parts(_: &mut Parts, _: &S) -> impl Future<Output = Result<Self, ()>> + Send {
        EXTRACTED.fetch_add(1, Ordering::Relaxed);
        ready(Ok(Self))
    }
}

#[require_claims(email_verified, role = "admin")]
async fn create(_: Counted, Json(order): Json<Value>) -> String {
    order.to_string()
}

#[require_claims(email_verified, role = "admin")]
async fn upload(bytes: Bytes) -> String {
    bytes.len().to_string()
}

#[tokio::test]
async fn denies_before_an_extractor_with_a_side_effect() {
    let router = || Router::new().route("/", post(create));
    for body in ["{\"item\":1}", "{\"item\":"] {
        let (status, body) = answer(router(), request("POST", "/", body, &user())).await;
        assert_eq!(status, 403, "{body}");
    }
    assert_eq!(EXTRACTED.load(Ordering::Relaxed), 0);
    let allowed = answer(router(), request("POST", "/", "{\"item\":1}", &admin())).await;
    assert_eq!(allowed, (200, "{\"item\":1}".to_owned()));
    assert_eq!(EXTRACTED.load(Ordering::Relaxed), 1);
    // Twin: an allowed request does reach the extractor that fails.
    let malformed = answer(router(), request("POST", "/", "{\"item\":", &admin())).await;
    assert_eq!(malformed.0, 400);
}

#[tokio::test]
async fn denies_before_a_body_that_is_too_large() {
    let router = || {
        let limit = DefaultBodyLimit::max(8);
        Router::new().route("/", post(upload)).layer(limit)
    };
    for (claims, body, status) in [
        (user(), "more than eight", 403),
        (admin(), "more than eight", 413),
        (admin(), "seven..", 200),
    ] {
        let answer = answer(router(), request("POST", "/", body, &claims)).await;
        assert_eq!(answer.0, status, "{answer:?}");
    }
}
