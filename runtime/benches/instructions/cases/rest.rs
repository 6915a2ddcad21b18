//! Claims that an authorizer of a REST API passes.

use serde_json::{Value, json};

use super::measure_guarded;
use crate::by_hand::{self, Payload};
use crate::events::PAYLOAD;
use crate::measure::measure;
use crate::rest;

fn payload() -> Value {
    serde_json::from_str(PAYLOAD).unwrap_or_default()
}

pub(super) fn typed() {
    measure_guarded(&rest::event(&json!({"claims": payload()})), 200);
}

pub(super) fn typed_by_hand() {
    let event = rest::event(&json!({"claims": payload()}));
    let is_allowed = measure(|| {
        let claims = by_hand::rest_context(&event)?.get("claims")?;
        Some(by_hand::check_values(claims))
    });
    assert_eq!(is_allowed, Some(true));
}

pub(super) fn json_text() {
    measure_guarded(&rest::event(&json!({"claims": PAYLOAD.trim()})), 200);
}

pub(super) fn json_text_by_hand() {
    let event = rest::event(&json!({"claims": PAYLOAD.trim()}));
    let is_allowed = measure(|| {
        let claims = by_hand::rest_context(&event)?.get("claims")?.as_str()?;
        let payload: Payload = serde_json::from_str(claims).ok()?;
        Some(by_hand::check_payload(&payload))
    });
    assert_eq!(is_allowed, Some(true));
}

pub(super) fn flat() {
    measure_guarded(&rest::event(&rest::flat(&payload())), 200);
}

pub(super) fn flat_by_hand() {
    let event = rest::event(&rest::flat(&payload()));
    let is_allowed = measure(|| by_hand::check_flat(by_hand::rest_context(&event)?));
    assert_eq!(is_allowed, Some(true));
}
