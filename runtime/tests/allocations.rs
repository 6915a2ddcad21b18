//! The guard allocates nothing for a request that it allows on text or on JSON types.

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
fn everything(event: &Request) -> Response<String> {
    let _ = event;
    Response::new(String::new())
}

/// How often the call allocates, and the status it answers.
fn allocations(handler: impl Fn() -> Response<String>) -> (u64, u16) {
    let mut status = 0;
    let counted = allocation_counter::measure(|| status = handler().status().as_u16());
    (counted.count_total, status)
}

#[test]
fn an_allowed_request_allocates_nothing() {
    let admin = events::read(EVENT);
    assert_eq!(allocations(|| cancel_order(&admin)), (0, 200));
    assert_eq!(allocations(|| everything(&admin)), (0, 200));
}

#[require_claims(
    any(role = "owner", permission = "none", mfa = all("webauthn", "thirdparty"), email_verified),
    any(role = "owner", role = any("admin", "owner"))
)]
fn one_of_several(event: &Request) -> Response<String> {
    let _ = event;
    Response::new(String::new())
}

#[test]
fn alternatives_that_fail_before_one_that_is_met_allocate_nothing_either() {
    let admin = events::read(EVENT);
    assert_eq!(allocations(|| one_of_several(&admin)), (0, 200));
}

#[require_claims(subject = path("user_id"))]
fn own_orders(event: &Request) -> Response<String> {
    let _ = event;
    Response::new(String::new())
}

#[test]
fn a_path_parameter_is_one_allocation_of_lambda_http() {
    let event = json!({"jwt": {"claims": {"sub": "u1"}, "scopes": null}});
    let event = events::authorized(&event, "");
    let parameters = std::collections::HashMap::from([("user_id".to_owned(), "u1".to_owned())]);
    let event = event.with_path_parameters(parameters);
    assert_eq!(allocations(|| own_orders(&event)), (1, 200));
}

#[test]
fn a_token_larger_than_a_gateway_passes_on_is_not_even_decoded() {
    let members = events::short_members(1200);
    let payload = PAYLOAD.replacen('{', &format!("{{{members}"), 1);
    let admin = events::with_token(EVENT, &payload);
    assert_eq!(allocations(|| cancel_order(&admin)), (0, 200));
}

#[test]
fn a_denial_allocates_so_the_counter_counts() {
    let customer = events::read(&EVENT.replace("[admin]", "[customer]"));
    let (count, status) = allocations(|| cancel_order(&customer));
    assert_eq!(status, 403);
    assert!(count > 0);
}

#[test]
fn a_token_beside_claims_with_json_types_is_not_even_decoded() {
    let claims: Value = serde_json::from_str(PAYLOAD).unwrap();
    let authorization = format!("Bearer {}", events::token(PAYLOAD));
    let admin = events::authorized(&json!({ "lambda": claims }), &authorization);
    assert_eq!(allocations(|| cancel_order(&admin)), (0, 200));
    assert_eq!(allocations(|| everything(&admin)), (0, 200));
}
