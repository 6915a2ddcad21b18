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
use serde_json::{Value, json};

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
const PAYLOAD: &str = include_str!("payload.json");

/// The event with the token that its claims were rendered from, in `Authorization`.
fn event_with_token(event_text: &str, payload: &str) -> Request {
    let payload = URL_SAFE_NO_PAD.encode(payload.trim());
    let token = format!(r#""headers": {{ "authorization": "Bearer e30.{payload}.c2lnbmF0dXJl","#);
    event(&event_text.replacen(r#""headers": {"#, &token, 1))
}

#[test]
fn an_allowed_request_allocates_nothing() {
    let admin = event(EVENT);
    assert_eq!(allocations(|| cancel_order(&admin)), (0, 200));
    assert_eq!(allocations(|| everything(&admin)), (0, 200));
}

/// The event of an emulator that writes JSON text.
fn emulated_event() -> String {
    EVENT
        .replace(
            "map[t:1.699999999999e+12 v:true]",
            r#"{\"v\":true,\"t\":1699999999999}"#,
        )
        .replace(
            "map[t:1.699999999999e+12 v:[admin]]",
            r#"{\"v\":[\"admin\"],\"t\":1699999999999}"#,
        )
}

#[test]
fn json_text_allocates_nothing_either() {
    let admin = event(&emulated_event());
    assert_eq!(allocations(|| cancel_order(&admin)), (0, 200));
}

#[test]
fn a_bound_token_is_one_allocation() {
    let admin = event_with_token(EVENT, PAYLOAD);
    assert_eq!(allocations(|| cancel_order(&admin)), (1, 200));
    assert_eq!(allocations(|| everything(&admin)), (1, 200));
}

#[test]
fn a_bound_token_is_one_allocation_beside_json_text_too() {
    let admin = event_with_token(&emulated_event(), PAYLOAD);
    assert_eq!(allocations(|| cancel_order(&admin)), (1, 200));
}

#[test]
fn escapes_in_a_token_are_no_further_allocations() {
    let escaped = PAYLOAD
        .replace("admin", r"\u0061dm\u0069n")
        .replace("totp", r"\u0074otp")
        .replace("st-ev", r"st\u002dev")
        .replace("https://", r"https:\/\/");
    assert_ne!(escaped, PAYLOAD);
    for text in [EVENT, &emulated_event()] {
        let admin = event_with_token(text, &escaped);
        assert_eq!(allocations(|| cancel_order(&admin)), (1, 200));
    }
}

#[test]
fn a_token_of_a_thousand_claims_is_one_allocation() {
    let with_claims = |count: usize| {
        let claims: Vec<String> = (0..count)
            .map(|n| {
                let letters: Vec<char> = ('A'..='Z').chain('a'..='z').collect();
                format!(r#""{}{}":1"#, letters[n / 52], letters[n % 52])
            })
            .collect();
        PAYLOAD.replacen('{', &format!("{{{},", claims.join(",")), 1)
    };
    let admin = event_with_token(EVENT, &with_claims(1000));
    assert_eq!(allocations(|| cancel_order(&admin)), (1, 200));
    assert_eq!(allocations(|| everything(&admin)), (1, 200));

    // A token that no gateway passes on is not even decoded.
    let admin = event_with_token(EVENT, &with_claims(1200));
    assert_eq!(allocations(|| cancel_order(&admin)), (0, 200));
}

#[test]
fn a_denial_allocates_so_the_counter_counts() {
    let customer = event(&EVENT.replace("[admin]", "[customer]"));
    let (count, status) = allocations(|| cancel_order(&customer));
    assert_eq!(status, 403);
    assert!(count > 0);
}

#[test]
fn a_token_beside_claims_with_json_types_is_not_even_decoded() {
    let payload = include_str!("payload.json").trim();
    let mut exact: Value = serde_json::from_str(EVENT).unwrap();
    let claims: Value = serde_json::from_str(payload).unwrap();
    exact["requestContext"]["authorizer"] = json!({ "lambda": claims });
    let encoded = URL_SAFE_NO_PAD.encode(payload);
    exact["headers"]["authorization"] = json!(format!("Bearer e30.{encoded}.c2lnbmF0dXJl"));
    let admin = event(&exact.to_string());
    assert_eq!(allocations(|| cancel_order(&admin)), (0, 200));
    assert_eq!(allocations(|| everything(&admin)), (0, 200));
}
