//! Tests of the handlers through the router, with events of the test kit.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::time::Duration;

use lambda_http::Request;
use require_claims::testing::{Caller, Event, HttpApi, http_api};
use serde_json::{Value, json};

use crate::route;
use crate::store::Store;

/// A customer with a verified email address.
fn customer() -> Caller {
    Caller::new("customer-1").email_verified().role("customer")
}

/// An administrator who has completed the second factor.
fn admin() -> Caller {
    let admin = Caller::new("admin-1").email_verified().role("admin");
    admin.factor("totp", Duration::from_secs(60)).mfa()
}

async fn respond(request: Request) -> (u16, Value) {
    let response = route(&Store::with_examples(), request).await.unwrap();
    let body = serde_json::from_slice(response.body()).unwrap();
    (response.status().as_u16(), body)
}

/// Calls the function, and returns the status and the ids of the claims that it rejected.
async fn call(event: Event<HttpApi>, caller: Caller) -> (u16, Vec<String>) {
    let (status, body) = respond(event.caller(caller).request()).await;
    let errors = body.get("claimValidationErrors").and_then(Value::as_array);
    let ids = errors
        .into_iter()
        .flatten()
        .filter_map(|error| error["id"].as_str());
    (status, ids.map(str::to_owned).collect())
}

fn rejected(ids: &[&str]) -> (u16, Vec<String>) {
    (403, ids.iter().map(|id| (*id).to_owned()).collect())
}

#[tokio::test]
async fn health_needs_no_caller() {
    let (status, body) = respond(http_api().get("/health").request()).await;
    assert_eq!((status, body), (200, json!({"status": "ok"})));
}

#[tokio::test]
async fn orders_are_listed_for_verified_users() {
    let event = || http_api().get("/orders");
    assert_eq!(call(event(), customer()).await, (200, vec![]));
    let newcomer = Caller::new("customer-2").role("customer");
    assert_eq!(call(event(), newcomer).await, rejected(&["st-ev"]));
    let (status, _) = respond(event().request()).await;
    assert_eq!(status, 403);
}

#[tokio::test]
async fn orders_are_created_by_customers_and_administrators() {
    let event = || {
        http_api()
            .post("/orders")
            .json_body(&json!({"item": "lamp", "quantity": 2}))
    };
    assert_eq!(call(event(), customer()).await, (201, vec![]));
    assert_eq!(call(event(), admin()).await, (201, vec![]));
    let support = Caller::new("support-1").email_verified().role("support");
    assert_eq!(call(event(), support).await, rejected(&["st-role"]));

    let (status, body) = respond(event().caller(customer()).request()).await;
    let order = json!({"id": "4", "item": "lamp", "quantity": 2, "status": "open"});
    assert_eq!((status, body), (201, order));
    let invalid = event().json_body(&json!({"item": "lamp"}));
    assert_eq!(call(invalid, customer()).await.0, 400);
}

#[tokio::test]
async fn orders_are_cancelled_by_administrators_with_all_factors() {
    let event = |id| http_api().delete("/orders/{id}").path_parameter("id", id);
    assert_eq!(call(event("1"), admin()).await, (200, vec![]));
    assert_eq!(call(event("9"), admin()).await, (404, vec![]));
    // The token shows that the text `[admin support]` is two roles.
    assert_eq!(
        call(event("1"), admin().role("support")).await,
        (200, vec![])
    );

    let without_factor = Caller::new("admin-2").email_verified().role("admin");
    assert_eq!(
        call(event("1"), without_factor).await,
        rejected(&["st-mfa"])
    );
    assert_eq!(
        call(event("1"), customer().mfa()).await,
        rejected(&["st-role"])
    );
}

#[tokio::test]
async fn the_report_needs_its_permission() {
    let event = || http_api().get("/reports/daily");
    let reader = Caller::new("reader-1").permission("reports:read");
    assert_eq!(call(event(), reader).await, (200, vec![]));
    assert_eq!(call(event(), admin()).await, rejected(&["st-perm"]));
}
