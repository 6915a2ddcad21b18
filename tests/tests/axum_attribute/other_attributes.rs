//! Other attributes on the same handler.

use axum::extract::{Json, Path};
use axum::routing::get;
use axum::{Router, debug_handler};
use require_claims::{Session, require_claims};
use serde_json::Value;

use super::{admin, allows_only_an_admin, answer, request, user};

#[require_claims(role = "admin")]
#[debug_handler]
async fn debugged(_: http::Method, #[claims] session: Session, body: String) -> String {
    format!("{}{body}", session.user_id().is_empty())
}

#[require_claims(role = "admin")]
#[tracing::instrument(skip_all)]
async fn instrumented_below(#[claims] session: Session) -> String {
    session.user_id().is_empty().to_string()
}

#[tracing::instrument(skip_all)]
#[require_claims(role = "admin")]
async fn instrumented_above(method: http::Method) -> String {
    method.to_string()
}

/// Deletes an order.
#[utoipa::path(delete, path = "/orders/{id}", params(("id" = u32, Path)), responses((status = 200)))]
#[require_claims(role = "admin")]
async fn described_above(Path(id): Path<u32>, Json(why): Json<Value>) -> String {
    format!("{id} {why}")
}

#[require_claims(role = "admin")]
#[utoipa::path(get, path = "/orders", responses((status = 200)))]
async fn described_below() -> &'static str {
    "orders"
}

#[require_claims(role = "admin")]
async fn with_conditions(
    #[cfg(any())] missing: Missing,
    #[cfg(test)] method: http::Method,
    #[cfg(any())]
    #[claims]
    other: Missing,
    #[cfg(test)]
    #[allow(unused_variables)]
    #[claims]
    session: Session,
) -> String {
    method.to_string()
}

#[cfg(any())]
#[require_claims(role = "admin")]
async fn absent(_: Missing) -> Missing {}

#[cfg_attr(all(), require_claims(role = "admin"))]
#[deprecated]
#[inline]
#[must_use]
async fn with_several() -> &'static str {
    "several"
}

#[tokio::test]
#[allow(deprecated)]
async fn works_with_other_attributes() {
    for (handlers, body) in [
        (get(debugged), "false"),
        (get(instrumented_below), "false"),
        (get(instrumented_above), "GET"),
        (get(described_below), "orders"),
        (get(with_conditions), "GET"),
        (get(with_several), "several"),
    ] {
        allows_only_an_admin(handlers, body).await;
    }
    let router = || Router::new().route("/{id}", get(described_above));
    let allowed = answer(router(), request("GET", "/5", "1", &admin())).await;
    assert_eq!(allowed, (200, "5 1".to_owned()));
    assert_eq!(
        answer(router(), request("GET", "/5", "1", &user())).await.0,
        403
    );
}
