//! The handlers, each with its requirements.

#![allow(
    clippy::unused_async,
    reason = "with a real database these handlers would await its answer"
)]

use lambda_http::{Body, Error, Request, Response};
use require_claims::require_claims;
use serde_json::json;

use crate::response;
use crate::roles::{Permission, Role};
use crate::store::{NewOrder, Store};

/// Reports that the function is running. This is the only handler without requirements.
pub(crate) fn health() -> Result<Response<Body>, Error> {
    response::json(200, &json!({"status": "ok"}))
}

/// Lists all orders. Requires a verified email address.
#[require_claims(email_verified)]
pub(crate) async fn list_orders(store: &Store, _event: Request) -> Result<Response<Body>, Error> {
    response::json(200, &store.list())
}

/// Creates an order. Requires a verified email address and the role `customer` or `admin`.
#[require_claims(email_verified, role = any(Role::Customer, Role::Admin))]
pub(crate) async fn create_order(store: &Store, event: Request) -> Result<Response<Body>, Error> {
    let order: NewOrder = match serde_json::from_slice(event.body()) {
        Ok(order) => order,
        Err(error) => return response::error(400, &format!("invalid order: {error}")),
    };
    if order.quantity == 0 {
        return response::error(400, "the quantity must be at least 1");
    }
    response::json(201, &store.create(order))
}

/// Cancels an order. Requires a verified email address, the role `admin` and all required factors.
#[require_claims(email_verified, role = Role::Admin, mfa)]
pub(crate) async fn cancel_order(
    store: &Store,
    _event: Request,
    id: &str,
) -> Result<Response<Body>, Error> {
    match store.cancel(id) {
        Some(order) => response::json(200, &order),
        None => response::error(404, "order not found"),
    }
}

/// Counts the orders by status. Requires the permission `reports:read`.
#[require_claims(permission = Permission::ReadReports)]
pub(crate) async fn daily_report(store: &Store, _event: Request) -> Result<Response<Body>, Error> {
    response::json(200, &store.report())
}
