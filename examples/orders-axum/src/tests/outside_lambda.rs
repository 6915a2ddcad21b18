//! Without the context of API Gateway, as with `axum::serve`, only the public routes answer.

use std::io::Write;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::Request;
use lambda_http::tower::ServiceExt as _;
use lambda_http::tracing;
use lambda_http::tracing::instrument::WithSubscriber as _;

use crate::app;

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

/// The status of the response, and the log of the request.
async fn get(path: &str) -> (u16, String) {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::INFO)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let request = Request::get(path).body(Body::empty()).unwrap();
    let response = app().oneshot(request).with_subscriber(subscriber).await;
    let bytes = log.0.lock().unwrap().clone();
    (
        response.unwrap().status().as_u16(),
        String::from_utf8(bytes).unwrap(),
    )
}

#[tokio::test]
async fn denies_guarded_routes_and_logs_the_reason() {
    for path in ["/orders", "/reports/daily"] {
        let (status, log) = get(path).await;
        assert_eq!(status, 403, "{path}");
        assert_eq!(log.lines().count(), 1, "{log}");
        for expected in [
            "WARN",
            "the event has no authorizer claims",
            "method=GET",
            &format!("uri={path}"),
        ] {
            assert!(log.contains(expected), "{expected}: {log}");
        }
    }
    assert_eq!(get("/health").await, (200, String::new()));
}
