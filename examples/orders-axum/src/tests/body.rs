//! A denial happens before the body is read.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::body::{Body, Bytes};
use futures_util::stream;
use require_claims::testing::Caller;
use serde_json::{Value, json};

use super::{APIS, Api, Call, customer, lamps};

/// The response, and whether the body was read.
async fn create(api: Api, caller: &Caller, body: &str) -> (u16, Value, bool) {
    let is_read = Arc::new(AtomicBool::new(false));
    let (mark, body) = (Arc::clone(&is_read), Bytes::from(body.to_owned()));
    let chunk = async move {
        mark.store(true, Ordering::Relaxed);
        Ok::<_, Infallible>(body)
    };
    let request = api.request(&Call::create(lamps()), Some(caller));
    let request = request.map(|_| Body::from_stream(stream::once(chunk)));
    let (status, body) = api.answer(request).await;
    (status, body, is_read.load(Ordering::Relaxed))
}

#[tokio::test]
async fn denies_before_the_body_is_read() {
    let support = Caller::new("support-1").email_verified().role("support");
    for api in APIS {
        for body in ["{\"item\":", &lamps().to_string()] {
            let (status, _, is_read) = create(api, &support, body).await;
            assert_eq!((status, is_read), (403, false), "{api:?} {body}");
        }
        let (status, body, is_read) = create(api, &customer(), "{\"item\":").await;
        assert_eq!((status, is_read), (400, true), "{api:?} {body}");
        let (status, body, is_read) = create(api, &customer(), &lamps().to_string()).await;
        assert_eq!((status, is_read), (201, true), "{api:?} {body}");
    }
}

#[tokio::test]
async fn reports_an_invalid_order() {
    let missing = json!({"message": "invalid order: missing field `quantity` at line 1 column 15"});
    let zero = json!({"message": "the quantity must be at least 1"});
    for api in APIS {
        let (status, body, _) = create(api, &customer(), r#"{"item":"lamp"}"#).await;
        assert_eq!((status, body), (400, missing.clone()));
        let (status, body, _) = create(api, &customer(), r#"{"item":"a","quantity":0}"#).await;
        assert_eq!((status, body), (400, zero.clone()));
    }
}

/// `axum` would limit it to 2 MB.
#[tokio::test]
async fn accepts_a_body_as_large_as_an_event() {
    let item = "x".repeat(5 * 1024 * 1024);
    let body = json!({"item": item, "quantity": 1}).to_string();
    let (status, _, _) = create(Api::Http, &customer(), &body).await;
    assert_eq!(status, 201);
}
