//! The attribute on handlers of axum.

use axum::extract::{Json, Path, State};
use axum::response::IntoResponse;
use require_claims::axum::{GuardedRouter, get};
use require_claims::{Session, require_claims};
use serde_json::Value;

#[require_claims(email_verified, role = "admin")]
async fn cancel(
    State(shop): State<&'static str>,
    Path(id): Path<u32>,
    #[claims] session: Session,
    Json(why): Json<Value>,
) -> impl IntoResponse {
    format!("{shop} {id} {} {why}", session.user_id())
}

#[require_claims(role = "admin")]
async fn list() -> &'static str {
    "all"
}

#[test]
fn lists() {
    let router = GuardedRouter::new()
        .route("/orders/{id}", get(cancel))
        .route("/orders", get(list));
    println!("{}", router.routes());
}
