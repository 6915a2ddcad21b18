//! Every return type that axum accepts.

use std::convert::Infallible;
use std::future::Future;

use axum::Json;
use axum::body::Body;
use axum::response::{Html, IntoResponse, NoContent, Redirect, Response};
use axum::routing;
use http::StatusCode;
use require_claims::{Rejection, require_claims};
use serde_json::{Value, json};

use super::{admin, allows_only_an_admin, get, user};

#[require_claims(role = "admin")]
async fn text() -> &'static str {
    "text"
}

#[require_claims(role = "admin")]
async fn nothing() {}

#[require_claims(role = "admin")]
async fn opaque() -> impl IntoResponse {
    (StatusCode::OK, [("x-a", "b")], "opaque")
}

#[require_claims(role = "admin")]
async fn result() -> Result<impl IntoResponse, StatusCode> {
    Ok(format!(
        "{}",
        "5".parse::<u8>().map_err(|_| StatusCode::BAD_REQUEST)?
    ))
}

#[require_claims(role = "admin")]
async fn error() -> Result<String, (StatusCode, &'static str)> {
    Err((StatusCode::CONFLICT, "conflict"))
}

#[require_claims(role = "admin")]
async fn object() -> Json<Value> {
    Json(json!({"a": 1}))
}

#[require_claims(role = "admin")]
async fn never_fails() -> Result<Html<&'static str>, Infallible> {
    Ok(Html("<b>"))
}

#[require_claims(role = "admin")]
async fn redirect() -> Redirect {
    Redirect::to("/other")
}

#[require_claims(role = "admin")]
async fn no_content() -> NoContent {
    NoContent
}

#[require_claims(role = "admin")]
async fn rejection() -> Result<Response, Rejection> {
    Ok(Response::new(Body::from("response")))
}

/// Not an `async fn`.
#[expect(clippy::manual_async_fn, reason = "this form is tested")]
#[require_claims(role = "admin")]
fn future() -> impl Future<Output = &'static str> + Send {
    async { "future" }
}

#[tokio::test]
async fn leaves_the_return_type_as_it_is() {
    for (handlers, body) in [
        (routing::get(text), "text"),
        (routing::get(nothing), ""),
        (routing::get(opaque), "opaque"),
        (routing::get(result), "5"),
        (routing::get(object), "{\"a\":1}"),
        (routing::get(never_fails), "<b>"),
        (routing::get(rejection), "response"),
        (routing::get(future), "future"),
    ] {
        allows_only_an_admin(handlers, body).await;
    }
    for (handlers, status) in [
        (routing::get(error), 409),
        (routing::get(redirect), 303),
        (routing::get(no_content), 204),
    ] {
        assert_eq!(get(handlers.clone(), &admin()).await.0, status);
        assert_eq!(get(handlers, &user()).await.0, 403);
    }
}

/// The function that callers see has one more argument, and is otherwise the same.
#[tokio::test]
async fn keeps_the_body_in_the_function() {
    #[require_claims(role = "admin")]
    #[track_caller]
    fn line() -> std::future::Ready<String> {
        std::future::ready(std::panic::Location::caller().file().to_owned())
    }
    let (status, file) = get(routing::get(line), &admin()).await;
    assert_eq!(status, 200);
    assert!(!file.ends_with("returns.rs"), "{file}");
}
