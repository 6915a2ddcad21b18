//! The guard of a handler of axum, and an extractor written by hand. axum's own costs are the same for both, so they
//! are not counted.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use http::request::Parts;
use lambda_http::Request;
use require_claims::require_claims;

use crate::axum_extractor::extract;
use crate::by_hand;
use crate::events::{self, EVENT, PAYLOAD};
use crate::measure::measure;

#[require_claims(email_verified, role = "admin", mfa)]
async fn guarded() {}

#[expect(
    clippy::result_large_err,
    reason = "dropping the response is not counted"
)]
fn measure_guarded(event: Request, is_allowed: bool) {
    let mut parts = event.into_parts().0;
    let extracted = measure(|| extract(guarded, &mut parts));
    assert_eq!(extracted.is_ok(), is_allowed);
}

pub(super) fn allowed() {
    measure_guarded(events::read(EVENT), true);
}

pub(super) fn denied() {
    let event = EVENT.replace("[admin]", "[customer]");
    measure_guarded(events::read(&event), false);
}

pub(super) fn token() {
    measure_guarded(super::token::with_token(EVENT, PAYLOAD), true);
}

struct VerifiedAdmin;

impl<S: Sync> FromRequestParts<S> for VerifiedAdmin {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        let is_allowed = by_hand::is_verified_admin(&parts.extensions);
        is_allowed.then_some(Self).ok_or(StatusCode::FORBIDDEN)
    }
}

async fn with_extractor(_: VerifiedAdmin) {}

pub(super) fn by_hand() {
    let mut parts = events::read(EVENT).into_parts().0;
    assert!(measure(|| extract(with_extractor, &mut parts)).is_ok());
}
