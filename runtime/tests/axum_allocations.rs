//! Tests that the guard of an axum handler allocates nothing for an allowed request with text or JSON types.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test that panics has failed"
)]

mod axum_extractor;
mod events;

use http::request::Parts;
use require_claims::require_claims;
use serde_json::{Value, json};

use axum_extractor::extract;
use events::{EVENT, PAYLOAD};

#[require_claims(email_verified, role = "admin", mfa)]
async fn cancel_order() {}

/// The number of allocations of the guard, and whether it allows the request.
fn allocations(mut parts: Parts) -> (u64, bool) {
    let mut extracted = None;
    let counted = allocation_counter::measure(|| {
        extracted = Some(extract(cancel_order, &mut parts));
    });
    (counted.count_total, extracted.unwrap().is_ok())
}

#[test]
fn allocates_nothing_for_an_allowed_request() {
    let text = events::read(EVENT).into_parts().0;
    assert_eq!(allocations(text), (0, true));
    let claims: Value = serde_json::from_str(PAYLOAD).unwrap();
    let json = events::authorized(&json!({ "lambda": claims }), "")
        .into_parts()
        .0;
    assert_eq!(allocations(json), (0, true));
}

#[test]
fn counts_the_allocations_of_a_denial() {
    let customer = events::read(&EVENT.replace("[admin]", "[customer]"));
    let (count, is_allowed) = allocations(customer.into_parts().0);
    assert!(count > 0 && !is_allowed);
}
