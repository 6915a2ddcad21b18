//! Compares the attribute on a handler of axum with an extractor written by hand that checks the same claims.
//!
//! `cargo bench -p require-claims --features axum` measures both in one run. It measures the extractor alone, because
//! axum's own costs are the same for both.

#[path = "../tests/axum_extractor/mod.rs"]
mod axum_extractor;
#[path = "../tests/events/mod.rs"]
mod events;

use std::collections::HashMap;

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use divan::{AllocProfiler, Bencher, black_box};
use http::request::Parts;
use lambda_http::RequestExt as _;
use lambda_http::request::RequestContext;
use require_claims::require_claims;

use axum_extractor::extract;
use events::EVENT;

#[global_allocator]
static ALLOC: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

#[require_claims(email_verified, role = "admin", mfa)]
async fn with_attribute() {}

async fn by_hand(_: VerifiedAdmin) {}

/// The head of a typical request, with these roles.
fn request(roles: &str) -> Parts {
    let event = EVENT.replace("v:[admin]", &format!("v:{roles}"));
    events::read(&event).into_parts().0
}

#[divan::bench(sample_size = 100)]
fn attribute_allows(bencher: Bencher<'_, '_>) {
    let mut parts = request("[admin]");
    assert!(extract(with_attribute, &mut parts).is_ok());
    bencher.bench_local(|| extract(with_attribute, black_box(&mut parts)).is_ok());
}

#[divan::bench(sample_size = 100)]
fn by_hand_allows(bencher: Bencher<'_, '_>) {
    let mut parts = request("[admin]");
    assert!(extract(by_hand, &mut parts).is_ok());
    bencher.bench_local(|| extract(by_hand, black_box(&mut parts)).is_ok());
}

/// With the response that names the claim, and its JSON body.
#[divan::bench(sample_size = 100)]
fn attribute_denies(bencher: Bencher<'_, '_>) {
    let mut parts = request("[customer]");
    assert!(extract(with_attribute, &mut parts).is_err());
    bencher.bench_local(|| extract(with_attribute, black_box(&mut parts)).is_ok());
}

/// With an empty response.
#[divan::bench(sample_size = 100)]
fn by_hand_denies(bencher: Bencher<'_, '_>) {
    for roles in ["[customer]", "[administrator]", "[foo admin]", "admin"] {
        let mut parts = request(roles);
        assert!(extract(by_hand, &mut parts).is_err(), "{roles}");
    }
    let mut parts = request("[customer]");
    bencher.bench_local(|| extract(by_hand, black_box(&mut parts)).is_ok());
}

/// Checks the three claims strictly, in the text of this one kind of API: anything else is denied.
struct VerifiedAdmin;

impl<S: Sync> FromRequestParts<S> for VerifiedAdmin {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        let is_allowed = claims(parts).is_some_and(is_verified_admin);
        is_allowed.then_some(Self).ok_or(StatusCode::FORBIDDEN)
    }
}

fn claims(parts: &Parts) -> Option<&HashMap<String, String>> {
    match parts.extensions.request_context_ref()? {
        RequestContext::ApiGatewayV2(context) => {
            Some(&context.authorizer.as_ref()?.jwt.as_ref()?.claims)
        }
        _ => None,
    }
}

fn is_verified_admin(claims: &HashMap<String, String>) -> bool {
    let is_session = claims.get("stt").is_none_or(|stt| stt == "0");
    let value = |key| claims.get(key).and_then(|claim| timestamped(claim));
    is_session
        && value("st-ev") == Some("true")
        // With several roles, it is unknown where one ends.
        && value("st-role") == Some("[admin]")
        && claims.get("st-mfa").is_some_and(|claim| is_completed(claim))
}

/// The value in `map[t:1.7e+12 v:true]`.
fn timestamped(claim: &str) -> Option<&str> {
    let members = claim.strip_prefix("map[t:")?.strip_suffix(']')?;
    let (time, value) = members.split_once(" v:")?;
    time.parse::<f64>().ok()?;
    Some(value)
}

/// Whether this is `map[c:map[totp:1.7e+09] v:true]`, with any factors.
fn is_completed(claim: &str) -> bool {
    let factors = claim
        .strip_prefix("map[c:map[")
        .and_then(|rest| rest.strip_suffix("] v:true]"));
    factors.is_some_and(|factors| {
        factors.split(' ').all(|factor| {
            let time = factor.split_once(':').map(|(_, time)| time.parse::<f64>());
            matches!(time, Some(Ok(_)))
        })
    })
}
