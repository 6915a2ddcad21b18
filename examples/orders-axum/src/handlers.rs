//! The handlers, each with its requirements. The guard checks them before any extractor runs.

#![allow(
    clippy::unused_async,
    reason = "with a real database these handlers would await its answer"
)]

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use lambda_http::tracing;
use require_claims::require_claims;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::Orders;
use crate::response::{Error, error};
use crate::roles::{Permission, Role};
use crate::store::{NewOrder, Order, Report};

/// Reports that the function is running. This route is public.
pub(crate) async fn health() -> Json<Value> {
    Json(json!({"status": "ok"}))
}

/// Answers requests to all other paths and methods.
pub(crate) async fn not_found() -> Error {
    error(StatusCode::NOT_FOUND, "no route for this method and path")
}

/// Lists all orders. Requires a verified email address.
#[require_claims(email_verified)]
pub(crate) async fn list_orders(State(orders): State<Orders>) -> Json<Vec<Order>> {
    Json(orders.list())
}

/// Creates an order. Requires a verified email address and the role `customer` or `admin`.
#[require_claims(email_verified, role = any(Role::Customer, Role::Admin))]
pub(crate) async fn create_order(
    State(orders): State<Orders>,
    order: NewOrder,
) -> (StatusCode, Json<Order>) {
    (StatusCode::CREATED, Json(orders.create(order)))
}

/// The claims of a caller that the log names.
#[derive(Deserialize)]
pub(crate) struct Caller {
    #[serde(rename = "sub")]
    user_id: String,
}

/// Cancels an order. Requires a verified email address, the role `admin` and all required factors.
#[require_claims(email_verified, role = Role::Admin, mfa)]
pub(crate) async fn cancel_order(
    #[claims] caller: Caller,
    State(orders): State<Orders>,
    Path(id): Path<String>,
) -> Result<Json<Order>, Error> {
    let cancelled = orders.cancel(&id);
    let order = cancelled.ok_or_else(|| error(StatusCode::NOT_FOUND, "order not found"))?;
    tracing::info!(order = id, by = caller.user_id, "cancelled");
    Ok(Json(order))
}

/// Counts the orders by status. Requires the permission `reports:read`.
#[require_claims(permission = Permission::ReadReports)]
pub(crate) async fn daily_report(State(orders): State<Orders>) -> Json<Report> {
    Json(orders.report())
}
