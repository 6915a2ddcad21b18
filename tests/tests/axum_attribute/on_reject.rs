//! `on_reject` returns anything that axum accepts as a response.

use axum::Json;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::StatusCode;
use require_claims::{Rejection, reject, require_claims};
use serde_json::{Value, json};

use super::{admin, user};

fn not_found(_: Rejection) -> StatusCode {
    StatusCode::NOT_FOUND
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the attribute passes it by value"
)]
fn listed(rejection: Rejection) -> (StatusCode, Json<Value>) {
    let ids = rejection.errors().iter().map(|error| json!(error.id()));
    (rejection.status(), Json(Value::Array(ids.collect())))
}

mod responses {
    use super::{IntoResponse, Rejection, Response};

    pub(super) fn with_a_header(rejection: Rejection) -> Response {
        ([("x-denied", "1")], rejection).into_response()
    }

    pub(super) fn opaque(_: Rejection) -> impl IntoResponse {
        "opaque"
    }
}

#[require_claims(role = "admin", on_reject = not_found)]
async fn hidden_resource() -> &'static str {
    "order"
}

#[require_claims(role = "admin", mfa, on_reject = listed)]
async fn with_json() -> &'static str {
    "order"
}

#[require_claims(role = "admin", on_reject = responses::with_a_header)]
async fn with_a_header() -> &'static str {
    "order"
}

#[require_claims(role = "admin", on_reject = responses::opaque)]
async fn with_an_opaque_type() -> &'static str {
    "order"
}

#[require_claims(role = "admin", on_reject = reject::bearer)]
async fn with_a_challenge() -> &'static str {
    "order"
}

#[require_claims(role = "admin", on_reject = reject::problem_json)]
async fn with_a_problem() -> &'static str {
    "order"
}

#[require_claims(role = "admin", on_reject = reject::hidden)]
async fn without_reasons() -> &'static str {
    "order"
}

#[tokio::test]
async fn answers_with_the_functions_return_value() {
    for (handlers, status, body) in [
        (get(hidden_resource), 404, ""),
        (get(with_json), 403, "[\"st-role\"]"),
        (get(with_a_header), 403, "claimValidationErrors"),
        (get(with_an_opaque_type), 200, "opaque"),
        (get(with_a_challenge), 403, "claimValidationErrors"),
        (get(with_a_problem), 403, "about:blank"),
        (get(without_reasons), 403, ""),
    ] {
        assert_eq!(
            super::get(handlers.clone(), &admin()).await,
            (200, "order".to_owned())
        );
        let denied = super::get(handlers, &user()).await;
        assert_eq!(denied.0, status, "{denied:?}");
        assert!(denied.1.contains(body), "{denied:?}");
    }
}

#[tokio::test]
async fn sends_the_headers_of_the_rejection() {
    use tower_service::Service as _;

    for (handlers, header, value) in [
        (get(with_a_header), "x-denied", "1"),
        (get(with_a_challenge), "www-authenticate", "Bearer"),
        (
            get(with_a_problem),
            "content-type",
            "application/problem+json",
        ),
    ] {
        let mut router: axum::Router = axum::Router::new().route("/", handlers);
        let response = router
            .call(super::request("GET", "/", "", &user()))
            .await
            .unwrap();
        let found = response.headers()[header].to_str().unwrap();
        assert!(found.starts_with(value), "{found}");
    }
}
