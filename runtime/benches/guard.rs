//! The guard beside what it runs beside: parsing the event, and a naive check of the same claims.
//!
//! `cargo bench -p require-claims` prints all of them from one run.

use std::collections::HashMap;

use divan::{AllocProfiler, Bencher, black_box};
use lambda_http::request::RequestContext;
use lambda_http::{Request, RequestExt, Response};
use require_claims::require_claims;

#[global_allocator]
static ALLOC: AllocProfiler = AllocProfiler::system();

const EVENT: &str = include_str!("../tests/event.json");

fn main() {
    divan::main();
}

fn event(text: &str) -> Request {
    lambda_http::request::from_str(text).unwrap_or_default()
}

/// What `lambda_http` does before any handler runs.
#[divan::bench]
fn parse_the_event(bencher: Bencher<'_, '_>) {
    bencher.bench(|| event(black_box(EVENT)));
}

#[require_claims(email_verified, role = "admin", mfa)]
fn guarded(event: &Request) -> Response<String> {
    let _ = event;
    Response::new(String::new())
}

#[divan::bench(sample_size = 100)]
fn guard_allows(bencher: Bencher<'_, '_>) {
    let event = event(EVENT);
    assert_eq!(guarded(&event).status(), 200);
    bencher.bench(|| guarded(black_box(&event)));
}

#[divan::bench(sample_size = 100)]
fn guard_denies(bencher: Bencher<'_, '_>) {
    let event = event(&EVENT.replace("[admin]", "[customer]"));
    assert_eq!(guarded(&event).status(), 403);
    bencher.bench(|| guarded(black_box(&event)));
}

/// The three checks by substring, as they are found in the wild: fast, and open to `administrator`.
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
    let event = event(EVENT);
    assert_eq!(naive(&event).status(), 200);
    bencher.bench(|| naive(black_box(&event)));
}
