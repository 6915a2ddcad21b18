//! Measures deep and large claims at one, two and four times a size. The time should grow linearly.
//!
//! `cargo bench -p require-claims` prints these after the guard on an event of typical size. Slow cases have
//! few calls in a sample, so that an interruption by the system does not affect the median.

#[path = "../tests/events/mod.rs"]
mod events;

use divan::{AllocProfiler, Bencher, black_box};
use lambda_http::Request;
use require_claims::supertokens::{EMAIL_VERIFIED, MFA, ROLE};
use require_claims::{Factors, Requirement};
use serde_json::{Value, json};

use events::text;

#[global_allocator]
static ALLOC: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

fn names(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("role{n:05}")).collect()
}

/// Measures the decision on an event, after a check that its result is correct.
fn decide(bencher: Bencher<'_, '_>, event: &Request, requirement: Requirement<'_>, allowed: bool) {
    assert_eq!(requirement.check(event).is_ok(), allowed);
    bencher.bench(|| requirement.check(black_box(event)).is_ok());
}

/// 16 to 64 KiB of opening brackets in place of the roles.
#[divan::bench(args = [16_384, 32_768, 65_536], sample_size = 10)]
fn brackets_as_text(bencher: Bencher<'_, '_>, length: usize) {
    let event = text("st-role", &format!("map[t:1 v:{}]", "[".repeat(length)));
    decide(bencher, &event, ROLE.includes("admin"), false);
}

/// The same as JSON text, which some emulators write.
#[divan::bench(args = [16_384, 32_768, 65_536], sample_size = 10)]
fn brackets_as_json_text(bencher: Bencher<'_, '_>, length: usize) {
    let event = text("st-role", &format!("{{\"v\":{}", "[".repeat(length)));
    decide(bencher, &event, ROLE.includes("admin"), false);
}

/// A string of 16 to 64 KiB before the value, in JSON text.
#[divan::bench(args = [16_384, 32_768, 65_536], sample_size = 10)]
fn string_as_json_text(bencher: Bencher<'_, '_>, length: usize) {
    let event = text(
        "st-ev",
        &format!("{{\"x\":\"{}\",\"v\":true}}", "[".repeat(length)),
    );
    decide(bencher, &event, EMAIL_VERIFIED.is_true(), true);
}

/// A role that is not in a long list, as text.
#[divan::bench(args = [2_500, 5_000, 10_000], sample_size = 1)]
fn roles_as_text(bencher: Bencher<'_, '_>, count: usize) {
    let event = text(
        "st-role",
        &format!("map[t:1 v:[{}]]", names(count).join(" ")),
    );
    decide(bencher, &event, ROLE.excludes("role"), true);
}

/// The last role in a long list, with JSON types.
#[divan::bench(args = [2_500, 5_000, 10_000], sample_size = 1)]
fn roles_with_json_types(bencher: Bencher<'_, '_>, count: usize) {
    let claims = json!({"exp": 1, "st-role": {"v": names(count), "t": 1}});
    let event = events::authorized(&json!({"lambda": {"claims": claims}}), "");
    let last = format!("role{:05}", count - 1);
    decide(bencher, &event, ROLE.includes(&last), true);
}

/// The last of many factors.
#[divan::bench(args = [2_500, 5_000, 10_000], sample_size = 1)]
fn factors_as_text(bencher: Bencher<'_, '_>, count: usize) {
    let factors = names(count).join(":1 ");
    let event = text("st-mfa", &format!("map[c:map[{factors}:1] v:true]"));
    let last = format!("role{:05}", count - 1);
    let steps = [Factors::One(&last)];
    decide(
        bencher,
        &event,
        MFA.has_completed_requirement_list(&steps),
        true,
    );
}

/// One claim among many.
#[divan::bench(args = [250, 500, 1_000], sample_size = 100)]
fn claims_as_text(bencher: Bencher<'_, '_>, count: usize) {
    let mut claims: serde_json::Map<String, Value> = names(count)
        .into_iter()
        .map(|name| (name, json!("x")))
        .collect();
    claims.insert("st-role".to_owned(), json!("map[t:1 v:[admin]]"));
    let event = events::texts(&json!(claims), "");
    decide(bencher, &event, ROLE.includes("admin"), true);
}

/// Roles as text, with a token that contains them and these other members.
fn roles_with_token(roles: &[String], members: &str) -> Request {
    let text = format!("map[t:1 v:[{}]]", roles.join(" "));
    let value = json!({"v": roles, "t": 1}).to_string();
    events::text_with_token("st-role", &text, &value, members)
}

/// Up to the maximum number of claims that fit in a token; each has two letters and a number.
#[divan::bench(args = [250, 500, 1_000], sample_size = 1)]
fn claims_in_a_token(bencher: Bencher<'_, '_>, count: usize) {
    let members = events::short_members(count);
    let event = roles_with_token(&["foo".to_owned(), "admin".to_owned()], &members);
    decide(bencher, &event, ROLE.includes("admin"), true);
}

/// Up to the maximum number of roles that fit in a token.
#[divan::bench(args = [150, 300, 600], sample_size = 1)]
fn roles_in_a_token(bencher: Bencher<'_, '_>, count: usize) {
    let event = roles_with_token(&names(count), "");
    let last = format!("role{:05}", count - 1);
    decide(bencher, &event, ROLE.includes(&last), true);
}
