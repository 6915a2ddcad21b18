//! The handlers, with what each requires of the caller.

#![allow(
    clippy::unused_async,
    reason = "a store that is no process memory is waited for"
)]

use lambda_http::{Body, Error, Request, Response};
use require_claims::require_claims;
use serde_json::json;

use crate::answer;
use crate::names::{Permission, Role};
use crate::store::{NewOrder, Store};

/// Tells that the function runs: the one handler that is open to everybody.
pub(crate) fn health() -> Result<Response<Body>, Error> {
    answer::json(200, &json!({"status": "ok"}))
}

/// Lists the orders, for whoever has verified their e-mail address.
#[require_claims(email_verified)]
pub(crate) async fn list_orders(store: &Store, _event: Request) -> Result<Response<Body>, Error> {
    answer::json(200, &store.list())
}

/// Takes an order, from customers and administrators.
#[require_claims(email_verified, role = any(Role::Customer, Role::Admin))]
pub(crate) async fn create_order(store: &Store, event: Request) -> Result<Response<Body>, Error> {
    let order: NewOrder = match serde_json::from_slice(event.body()) {
        Ok(order) => order,
        Err(error) => return answer::error(400, &format!("this is no order: {error}")),
    };
    if order.quantity == 0 {
        return answer::error(400, "an order is of at least one piece");
    }
    answer::json(201, &store.create(order))
}

/// Cancels an order: a matter for administrators who have passed their second factor.
#[require_claims(email_verified, role = Role::Admin, mfa)]
pub(crate) async fn cancel_order(
    store: &Store,
    _event: Request,
    id: &str,
) -> Result<Response<Body>, Error> {
    match store.cancel(id) {
        Some(order) => answer::json(200, &order),
        None => answer::error(404, "there is no such order"),
    }
}

/// Sums up the orders, for those whose role permits to read reports.
#[require_claims(permission = Permission::ReadReports)]
pub(crate) async fn daily_report(store: &Store, _event: Request) -> Result<Response<Body>, Error> {
    answer::json(200, &store.report())
}
