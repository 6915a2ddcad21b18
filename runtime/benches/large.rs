//! Deep and large claims, each at one, two and four times a size: the time grows as the size does.
//!
//! `cargo bench -p require-claims` prints them after the guard on an event of usual size. What takes
//! long is sampled call by call, so that the median tells of none that the system interrupted.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use divan::{AllocProfiler, Bencher, black_box};
use lambda_http::Request;
use require_claims::supertokens::{EMAIL_VERIFIED, MFA, ROLE};
use require_claims::{Factors, Requirement};
use serde_json::{Value, json};

#[global_allocator]
static ALLOC: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// The usual event, with this authorizer context and header.
fn event(authorizer: &Value, authorization: &str) -> Request {
    let event: Result<Value, _> = serde_json::from_str(include_str!("../tests/event.json"));
    let mut event = event.unwrap_or_default();
    if let Some(headers) = event.pointer_mut("/headers") {
        headers["authorization"] = json!(authorization);
    }
    if let Some(context) = event.pointer_mut("/requestContext") {
        context["authorizer"] = authorizer.clone();
    }
    lambda_http::request::from_str(&event.to_string()).unwrap_or_default()
}

fn text(key: &str, text: &str) -> Request {
    event(&json!({"jwt": {"claims": {key: text}, "scopes": null}}), "")
}

fn names(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("role{n:05}")).collect()
}

/// Measures what is decided, as it must be, of the same event again and again.
fn decide(bencher: Bencher<'_, '_>, event: &Request, requirement: Requirement<'_>, allowed: bool) {
    assert_eq!(requirement.check(event).is_ok(), allowed);
    bencher.bench(|| requirement.check(black_box(event)).is_ok());
}

/// 16 to 64 KiB of opening brackets where the roles should be.
#[divan::bench(args = [16_384, 32_768, 65_536], sample_size = 10)]
fn brackets_as_text(bencher: Bencher<'_, '_>, length: usize) {
    let event = text("st-role", &format!("map[t:1 v:{}]", "[".repeat(length)));
    decide(bencher, &event, ROLE.includes("admin"), false);
}

/// The same in JSON text, as some emulators write it.
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

/// A role that is not among many.
#[divan::bench(args = [2_500, 5_000, 10_000], sample_size = 1)]
fn roles_as_text(bencher: Bencher<'_, '_>, count: usize) {
    let event = text(
        "st-role",
        &format!("map[t:1 v:[{}]]", names(count).join(" ")),
    );
    decide(bencher, &event, ROLE.excludes("role"), true);
}

/// The last role of many, with JSON types.
#[divan::bench(args = [2_500, 5_000, 10_000], sample_size = 1)]
fn roles_with_json_types(bencher: Bencher<'_, '_>, count: usize) {
    let claims = json!({"exp": 1, "st-role": {"v": names(count), "t": 1}});
    let event = event(&json!({"lambda": {"claims": claims}}), "");
    let last = format!("role{:05}", count - 1);
    decide(bencher, &event, ROLE.includes(&last), true);
}

/// The last factor of many.
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
    let event = event(&json!({"jwt": {"claims": claims, "scopes": null}}), "");
    decide(bencher, &event, ROLE.includes("admin"), true);
}

/// A text with its token, which has these members as well.
fn text_with_token(roles: &[String], members: &str) -> Request {
    let payload = json!({"v": roles, "t": 1});
    let payload = format!(r#"{{"iss":"i","exp":1,{members}"st-role":{payload}}}"#);
    let token = format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(payload));
    assert!(token.len() <= 10_240, "{}", token.len());
    let text = format!("map[t:1 v:[{}]]", roles.join(" "));
    let claims = json!({"iss": "i", "exp": "1", "st-role": text});
    event(&json!({"jwt": {"claims": claims, "scopes": null}}), &token)
}

/// As many claims as a token has room for; each has two letters and a number.
#[divan::bench(args = [250, 500, 1_000], sample_size = 1)]
fn claims_in_a_token(bencher: Bencher<'_, '_>, count: usize) {
    let letters: Vec<char> = ('A'..='Z').chain('a'..='z').collect();
    let pairs = letters
        .iter()
        .flat_map(|first| letters.iter().map(move |second| (first, second)));
    let members: Vec<String> = pairs
        .take(count)
        .map(|(first, second)| format!(r#""{first}{second}":1,"#))
        .collect();
    let event = text_with_token(&["foo".to_owned(), "admin".to_owned()], &members.concat());
    decide(bencher, &event, ROLE.includes("admin"), true);
}

/// As many roles as a token has room for.
#[divan::bench(args = [150, 300, 600], sample_size = 1)]
fn roles_in_a_token(bencher: Bencher<'_, '_>, count: usize) {
    let event = text_with_token(&names(count), "");
    let last = format!("role{:05}", count - 1);
    decide(bencher, &event, ROLE.includes(&last), true);
}
