//! The attribute on handlers of axum: real events, the real attribute, real routers.

mod forms;
mod names;
mod on_reject;
mod order;
mod other_attributes;
mod path;
mod readme;
mod returns;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::routing::MethodRouter;
use http::Request;
use require_claims_tests::events;
use require_claims_tests::session::{self, with};
use serde_json::{Value, json};
use tower_service::Service as _;

/// A request as `lambda_http` passes it to a router, from an HTTP API.
fn request(method: &str, path: &str, body: &str, claims: &Value) -> Request<Body> {
    let event = events::http_api_jwt(&session::text_of(claims));
    let event = events::with_token(event, &claims.to_string());
    let body = body.to_owned();
    let mut request = events::request(&event).map(|_| Body::from(body));
    *request.method_mut() = method.parse().unwrap();
    *request.uri_mut() = path.parse().unwrap();
    let json = http::HeaderValue::from_static("application/json");
    request.headers_mut().insert("content-type", json);
    request
}

/// The status and the body of the response.
async fn answer(router: Router, request: Request<Body>) -> (u16, String) {
    let response = { router }.call(request).await.unwrap();
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

/// The response to `GET /`.
async fn get(handlers: MethodRouter, claims: &Value) -> (u16, String) {
    let router = Router::new().route("/", handlers);
    answer(router, request("GET", "/", "", claims)).await
}

/// An administrator with a verified email address.
fn admin() -> Value {
    session::payload()
}

/// The same without the role.
fn user() -> Value {
    with(session::payload(), "st-role", json!({"v": ["user"]}))
}

/// Asserts that the handler allows only an administrator.
async fn allows_only_an_admin(handlers: MethodRouter, body: &str) {
    let allowed = get(handlers.clone(), &admin()).await;
    assert_eq!(allowed, (200, body.to_owned()));
    let (status, body) = get(handlers, &user()).await;
    assert_eq!(status, 403);
    assert!(body.contains("\"id\":\"st-role\""), "{body}");
}
