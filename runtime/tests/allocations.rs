//! The guard allocates nothing for a request that it allows.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that panics has failed"
)]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lambda_http::{Request, Response};
use require_claims::require_claims;

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

fn event(text: &str) -> Request {
    lambda_http::request::from_str(text).unwrap()
}

/// How often the call allocates, and the status it answers.
fn allocations(handler: impl Fn() -> Response<String>) -> (u64, u16) {
    let mut status = 0;
    let counted = allocation_counter::measure(|| status = handler().status().as_u16());
    (counted.count_total, status)
}

const EVENT: &str = include_str!("event.json");

/// The event with the token that its claims were rendered from, in `Authorization`.
fn event_with_token() -> Request {
    let payload = URL_SAFE_NO_PAD.encode(include_str!("payload.json").trim());
    let token = format!(r#""headers": {{ "authorization": "Bearer e30.{payload}.c2lnbmF0dXJl","#);
    event(&EVENT.replacen(r#""headers": {"#, &token, 1))
}

#[test]
fn an_allowed_request_allocates_nothing() {
    let admin = event(EVENT);
    assert_eq!(allocations(|| cancel_order(&admin)), (0, 200));
    assert_eq!(allocations(|| everything(&admin)), (0, 200));
}

#[test]
fn json_text_allocates_nothing_either() {
    let emulated = EVENT
        .replace(
            "map[t:1.699999999999e+12 v:true]",
            r#"{\"v\":true,\"t\":1699999999999}"#,
        )
        .replace(
            "map[t:1.699999999999e+12 v:[admin]]",
            r#"{\"v\":[\"admin\"],\"t\":1}"#,
        );
    let admin = event(&emulated);
    assert_eq!(allocations(|| cancel_order(&admin)), (0, 200));
}

#[test]
fn a_bound_token_is_one_allocation() {
    let admin = event_with_token();
    assert_eq!(allocations(|| cancel_order(&admin)), (1, 200));
    assert_eq!(allocations(|| everything(&admin)), (1, 200));
}

#[test]
fn a_denial_allocates_so_the_counter_counts() {
    let customer = event(&EVENT.replace("[admin]", "[customer]"));
    let (count, status) = allocations(|| cancel_order(&customer));
    assert_eq!(status, 403);
    assert!(count > 0);
}
