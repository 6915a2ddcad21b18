//! Tests that the guard allocates nothing for an allowed request with text or JSON types.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that panics has failed"
)]

mod events;

use lambda_http::{Request, RequestExt as _, Response};
use require_claims::require_claims;
use serde_json::{Value, json};

use events::{EVENT, PAYLOAD};

#[require_claims(email_verified, role = "admin", mfa)]
fn cancel_order(event: &Request) -> Response<String> {
    let _ = event;
    Response::new(String::new())
}

#[require_claims(
    authenticated,
    email_verified,
    role = any("owner", "admin"),
    role = none("suspended"),
    permission = all("reports:read"),
    mfa = any("webauthn", "totp"),
    tenant = "public",
    audience = "orders"
)]
fn read_reports(event: &Request) -> Response<String> {
    let _ = event;
    Response::new(String::new())
}

/// The number of allocations of a call, and the status of its response.
fn allocations(handler: impl Fn() -> Response<String>) -> (u64, u16) {
    let mut status = 0;
    let counted = allocation_counter::measure(|| status = handler().status().as_u16());
    (counted.count_total, status)
}

#[test]
fn allocates_nothing_for_an_allowed_request() {
    let admin = events::read(EVENT);
    assert_eq!(allocations(|| cancel_order(&admin)), (0, 200));
    assert_eq!(allocations(|| read_reports(&admin)), (0, 200));
}

#[require_claims(
    any(role = "owner", permission = "none", mfa = all("webauthn", "thirdparty"), email_verified),
    any(role = "owner", role = any("admin", "owner"))
)]
fn cancel_with_alternatives(event: &Request) -> Response<String> {
    let _ = event;
    Response::new(String::new())
}

#[test]
fn allocates_nothing_for_alternatives_that_fail_before_one_is_met() {
    let admin = events::read(EVENT);
    assert_eq!(allocations(|| cancel_with_alternatives(&admin)), (0, 200));
}

#[require_claims(subject = path("user_id"))]
fn own_orders(event: &Request) -> Response<String> {
    let _ = event;
    Response::new(String::new())
}

#[test]
fn allocates_once_in_lambda_http_for_a_path_parameter() {
    let event = json!({"jwt": {"claims": {"sub": "u1"}, "scopes": null}});
    let event = events::authorized(&event, "");
    let parameters = std::collections::HashMap::from([("user_id".to_owned(), "u1".to_owned())]);
    let event = event.with_path_parameters(parameters);
    assert_eq!(allocations(|| own_orders(&event)), (1, 200));
}

#[test]
fn does_not_decode_a_token_larger_than_a_gateway_passes() {
    let members = events::short_members(1200);
    let payload = PAYLOAD.replacen('{', &format!("{{{members}"), 1);
    let admin = events::with_token(EVENT, &payload);
    assert_eq!(allocations(|| cancel_order(&admin)), (0, 200));
}

#[test]
fn counts_the_allocations_of_a_denial() {
    let customer = events::read(&EVENT.replace("[admin]", "[customer]"));
    let (count, status) = allocations(|| cancel_order(&customer));
    assert_eq!(status, 403);
    assert!(count > 0);
}

#[test]
fn does_not_decode_a_token_if_claims_have_json_types() {
    let claims: Value = serde_json::from_str(PAYLOAD).unwrap();
    let authorization = format!("Bearer {}", events::token(PAYLOAD));
    let admin = events::authorized(&json!({ "lambda": claims }), &authorization);
    assert_eq!(allocations(|| cancel_order(&admin)), (0, 200));
    assert_eq!(allocations(|| read_reports(&admin)), (0, 200));
}
