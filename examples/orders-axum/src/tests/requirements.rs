//! Each route allows the callers that meet its requirements, and denies all others.

use axum::http::Method;
use require_claims::testing::Caller;
use serde_json::{Value, json};

use super::{APIS, Call, admin, customer, lamps};

/// Asserts the response to this caller, for each API.
async fn allows(call: Call, caller: &Caller, status: u16, body: Value) {
    for api in APIS {
        let answer = api.call(&call, Some(caller)).await;
        assert_eq!(answer, (status, body.clone()), "{api:?} {call:?}");
    }
}

/// Asserts that this caller is rejected for these claims, and that a request without claims is rejected too.
async fn denies(call: Call, caller: &Caller, claims: &[&str]) {
    for api in APIS {
        let (status, body) = api.call(&call, Some(caller)).await;
        assert_eq!((status, rejected(&body)), (403, claims.to_vec()), "{body}");
        let (status, body) = api.call(&call, None).await;
        assert_eq!((status, &body["message"]), (403, &json!("invalid claim")));
    }
}

/// The ids of the claims that a 403 names.
fn rejected(body: &Value) -> Vec<&str> {
    let errors = body["claimValidationErrors"].as_array();
    let errors = errors.into_iter().flatten();
    errors.filter_map(|error| error["id"].as_str()).collect()
}

#[tokio::test]
async fn health_is_public() {
    for api in APIS {
        let call = Call::new(Method::GET, "/health");
        let answer = api.call(&call, None).await;
        assert_eq!(answer, (200, json!({"status": "ok"})), "{api:?}");
    }
}

#[tokio::test]
async fn orders_are_listed_for_verified_users() {
    let orders = json!([
        {"id": "1", "item": "teapot", "quantity": 1, "status": "open"},
        {"id": "2", "item": "cup", "quantity": 6, "status": "open"},
        {"id": "3", "item": "saucer", "quantity": 6, "status": "open"},
    ]);
    allows(Call::list(), &customer(), 200, orders).await;
    let newcomer = Caller::new("customer-2").role("customer");
    denies(Call::list(), &newcomer, &["st-ev"]).await;
}

#[tokio::test]
async fn orders_are_created_by_customers_and_administrators() {
    let order = json!({"id": "4", "item": "lamp", "quantity": 2, "status": "open"});
    let call = || Call::create(lamps());
    allows(call(), &customer(), 201, order.clone()).await;
    allows(call(), &admin(), 201, order).await;
    let support = Caller::new("support-1").email_verified().role("support");
    denies(call(), &support, &["st-role"]).await;
    let newcomer = Caller::new("customer-2").role("customer");
    denies(call(), &newcomer, &["st-ev"]).await;
}

#[tokio::test]
async fn orders_are_cancelled_by_administrators_with_all_factors() {
    let order = json!({"id": "2", "item": "cup", "quantity": 6, "status": "cancelled"});
    allows(Call::cancel("2"), &admin(), 200, order).await;
    let missing = json!({"message": "order not found"});
    allows(Call::cancel("9"), &admin(), 404, missing).await;

    let without_factor = Caller::new("admin-2").email_verified().role("admin");
    denies(Call::cancel("2"), &without_factor, &["st-mfa"]).await;
    denies(Call::cancel("2"), &customer().mfa(), &["st-role"]).await;
    let newcomer = Caller::new("customer-2").role("customer");
    denies(
        Call::cancel("9"),
        &newcomer,
        &["st-ev", "st-role", "st-mfa"],
    )
    .await;
}

#[tokio::test]
async fn the_report_needs_its_permission() {
    let report = json!({"open": 3, "cancelled": 0});
    let reader = Caller::new("reader-1").permission("reports:read");
    allows(Call::report(), &reader, 200, report).await;
    denies(Call::report(), &admin(), &["st-perm"]).await;
}

#[tokio::test]
async fn other_paths_and_methods_are_not_found() {
    let not_found = json!({"message": "no route for this method and path"});
    for call in [
        Call::new(Method::GET, "/nothing"),
        Call::new(Method::GET, "/orders/1/lines"),
        Call::new(Method::PUT, "/orders"),
        Call::new(Method::POST, "/health"),
        Call::new(Method::GET, "/reports"),
    ] {
        allows(call, &admin(), 404, not_found.clone()).await;
    }
}
