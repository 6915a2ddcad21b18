//! Compares the guard with parsing the event, and with two other checks of the same claims.
//!
//! `cargo bench -p require-claims` measures all of them in one run.

#[path = "../tests/events/mod.rs"]
mod events;

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use divan::{AllocProfiler, Bencher, black_box};
use lambda_http::request::RequestContext;
use lambda_http::{Request, RequestExt, Response};
use require_claims::require_claims;
use serde::Deserialize;

use events::{EVENT, PAYLOAD};

#[global_allocator]
static ALLOC: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// The parsing that `lambda_http` does before a handler runs.
#[divan::bench]
fn parse_the_event(bencher: Bencher<'_, '_>) {
    assert_eq!(events::read(EVENT).uri().path(), "/orders/7");
    bencher.bench(|| events::read(black_box(EVENT)));
}

#[require_claims(email_verified, role = "admin", mfa)]
fn guarded(event: &Request) -> Response<String> {
    let _ = event;
    Response::new(String::new())
}

#[divan::bench(sample_size = 100)]
fn guard_allows(bencher: Bencher<'_, '_>) {
    let event = events::read(EVENT);
    assert_eq!(guarded(&event).status(), 200);
    bencher.bench(|| guarded(black_box(&event)));
}

#[divan::bench(sample_size = 100)]
fn guard_denies(bencher: Bencher<'_, '_>) {
    let event = events::read(&EVENT.replace("[admin]", "[customer]"));
    assert_eq!(guarded(&event).status(), 403);
    bencher.bench(|| guarded(black_box(&event)));
}

#[divan::bench(sample_size = 100)]
fn guard_allows_with_token(bencher: Bencher<'_, '_>) {
    let event = events::with_token(EVENT, PAYLOAD);
    assert_eq!(guarded(&event).status(), 200);
    bencher.bench(|| guarded(black_box(&event)));
}

/// A check without the guard: it decodes only the required claims of the token, and trusts them.
#[divan::bench(sample_size = 100)]
fn token_decoded_by_hand(bencher: Bencher<'_, '_>) {
    let event = events::with_token(EVENT, PAYLOAD);
    assert_eq!(by_hand(&event), Some(true));
    bencher.bench(|| by_hand(black_box(&event)));
}

#[derive(Deserialize)]
struct Payload {
    #[serde(rename = "st-ev")]
    email_verified: Value<bool>,
    #[serde(rename = "st-role")]
    role: Value<Vec<String>>,
    #[serde(rename = "st-mfa")]
    mfa: Value<bool>,
}

#[derive(Deserialize)]
struct Value<T> {
    v: T,
}

fn by_hand(event: &Request) -> Option<bool> {
    let header = event.headers().get("authorization")?.to_str().ok()?;
    let payload = header.strip_prefix("Bearer ")?.split('.').nth(1)?;
    let payload = URL_SAFE_NO_PAD.decode(payload).ok()?;
    let payload: Payload = serde_json::from_slice(&payload).ok()?;
    let is_admin = payload.role.v.iter().any(|role| role == "admin");
    Some(payload.email_verified.v && is_admin && payload.mfa.v)
}

/// A naive check by substring: it is fast, but it also allows the role `administrator`.
fn naive(event: &Request) -> Response<String> {
    let mut response = Response::new(String::new());
    if !claims(event).is_some_and(naive_check) {
        *response.status_mut() = http::StatusCode::FORBIDDEN;
    }
    response
}

fn claims(event: &Request) -> Option<&HashMap<String, String>> {
    match event.request_context_ref()? {
        RequestContext::ApiGatewayV2(context) => {
            Some(&context.authorizer.as_ref()?.jwt.as_ref()?.claims)
        }
        _ => None,
    }
}

fn naive_check(claims: &HashMap<String, String>) -> bool {
    let contains = |key, text| claims.get(key).is_some_and(|claim| claim.contains(text));
    contains("st-ev", "true") && contains("st-role", "admin") && contains("st-mfa", "v:true")
}

#[divan::bench(sample_size = 100)]
fn naive_contains(bencher: Bencher<'_, '_>) {
    let event = events::read(EVENT);
    assert_eq!(naive(&event).status(), 200);
    bencher.bench(|| naive(black_box(&event)));
}
