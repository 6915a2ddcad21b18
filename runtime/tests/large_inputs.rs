//! Tests that deep and large claims are decided correctly on a small stack. The benchmark `large` prints how
//! the time grows.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that panics has failed"
)]

mod events;

use std::thread;
use std::time::Duration;

use lambda_http::Request;
use require_claims::supertokens::{AUDIENCE, EMAIL_VERIFIED, MFA, ROLE, SCOPE, TENANT};
use require_claims::{
    Factors, PrimitiveArrayClaim, PrimitiveClaim, ReasonKind, Rejection, Requirement,
};
use serde_json::{Value, json};

use events::{text, text_with_token};

const GROUPS: PrimitiveArrayClaim = PrimitiveArrayClaim::bare("groups");
const SEATS: PrimitiveClaim<i64> = PrimitiveClaim::new("seats");

/// An eighth of the default stack of a Rust thread. Without optimizations, the guard needs most of it for
/// claims with the maximum nesting that is compared, and very little for other claims.
const STACK: usize = 256 * 1024;

/// An event of a Lambda authorizer that keeps JSON types, with this claim.
fn exact(key: &str, value: &Value) -> Request {
    events::authorized(&json!({"lambda": {"claims": {"exp": 1, key: value}}}), "")
}

/// Decides in a thread with a small stack.
fn decide(requirement: Requirement<'_>, event: &Request) -> Result<(), Rejection> {
    thread::scope(|scope| {
        let decide = || requirement.check(event);
        let thread = thread::Builder::new().stack_size(STACK);
        thread.spawn_scoped(scope, decide).unwrap().join().unwrap()
    })
}

fn is_allowed(requirement: Requirement<'_>, event: &Request) -> bool {
    decide(requirement, event).is_ok()
}

fn is_ambiguous(requirement: Requirement<'_>, event: &Request) -> bool {
    decide(requirement, event).is_err_and(|rejection| {
        let errors = rejection.errors();
        errors
            .iter()
            .all(|error| error.kind() == ReasonKind::Ambiguous)
    })
}

fn names(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("role{n}")).collect()
}

#[test]
fn denies_endless_brackets_for_every_claim() {
    let factors = [Factors::One("totp")];
    let requirements = [
        EMAIL_VERIFIED.is_true(),
        EMAIL_VERIFIED.is_true().max_age(Duration::MAX),
        ROLE.includes("admin"),
        ROLE.excludes("admin"),
        GROUPS.includes("admin"),
        GROUPS.excludes("admin"),
        AUDIENCE.includes("admin"),
        SCOPE.includes("admin"),
        TENANT.has_value("admin"),
        SEATS.has_value(1),
        MFA.has_completed_requirements_for_auth(),
        MFA.has_completed_requirement_list(&factors),
    ];
    let (open, close) = ("[".repeat(65_536), "]".repeat(65_536));
    let keys = [
        "st-ev", "st-role", "groups", "aud", "scope", "tId", "seats", "st-mfa", "stt",
    ];
    for deep in [
        open.clone(),
        format!("{open}{close}"),
        format!("map[v:{open}{close}]"),
        format!("map[t:1 v:{open}]"),
        format!("map[c:map[{open}] v:true]"),
        format!("{{\"v\":{open}{close}}}"),
        format!("{{\"c\":{open}{close},\"v\":true}}"),
        "map[".repeat(16_384),
        "{\"v\":".repeat(13_000),
        "{\"a\":[".repeat(10_000),
    ] {
        for key in keys {
            let event = text(key, &deep);
            for requirement in requirements {
                assert!(!is_allowed(requirement, &event), "{key} {deep:.20}");
            }
        }
    }
}

#[test]
fn denies_a_deep_claim_of_a_token() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    // A claim without a requirement is not read.
    for depth in [64, 3_000] {
        let members = format!("\"x\":{},", nested(depth));
        let value = r#"{"v":["foo","admin"]}"#;
        let event = text_with_token("st-role", "map[v:[foo admin]]", value, &members);
        assert!(is_allowed(ROLE.includes("admin"), &event), "{depth}");
    }
    // The claim itself, in Go's format and as JSON text, up to the maximum nesting that is compared and
    // beyond.
    let object = |depth: usize| format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
    let map = |depth: usize| format!("{}1{}", "map[a:".repeat(depth), "]".repeat(depth));
    for (depth, bound) in [(10, true), (14, true), (15, false), (60, false)] {
        let value = format!("{{\"v\":[\"admin\"],\"w\":{}}}", object(depth));
        for text in [&format!("map[v:[admin] w:{}]", map(depth)), &value] {
            let event = text_with_token("st-role", text, &value, "");
            assert_eq!(is_allowed(ROLE.includes("admin"), &event), bound, "{depth}");
        }
    }
}

#[test]
fn decides_ten_thousand_roles_like_three() {
    for count in [3, 10_000] {
        let names = names(count);
        let last = names.last().unwrap().as_str();
        let written = text("st-role", &format!("map[t:1 v:[{}]]", names.join(" ")));
        assert!(is_ambiguous(ROLE.includes(last), &written));
        assert!(is_ambiguous(ROLE.excludes(last), &written));
        assert!(is_allowed(ROLE.excludes("role"), &written));
        assert!(!is_allowed(ROLE.includes("role"), &written));
        let without_spaces = ROLE.without_spaces();
        assert!(is_allowed(without_spaces.includes(last), &written));
        assert!(!is_allowed(without_spaces.excludes(last), &written));

        let claim = json!({"v": names, "t": 1});
        for event in [
            exact("st-role", &claim),
            text("st-role", &claim.to_string()),
        ] {
            assert!(is_allowed(ROLE.includes(last), &event));
            assert!(!is_allowed(ROLE.includes("role"), &event));
            assert!(is_allowed(ROLE.excludes("role"), &event));
            assert!(!is_allowed(ROLE.excludes(last), &event));
        }
    }
}

#[test]
fn decides_the_maximum_number_of_roles_by_the_token() {
    let names = names(750);
    let last = names.last().unwrap().as_str();
    let written = format!("map[v:[{}]]", names.join(" "));
    let value = json!({"v": names}).to_string();
    for text in [&written, &value] {
        let event = text_with_token("st-role", text, &value, "");
        assert!(is_allowed(ROLE.includes(last), &event));
        assert!(!is_allowed(ROLE.includes("role"), &event));
        assert!(is_allowed(ROLE.excludes("role"), &event));
        assert!(!is_allowed(ROLE.excludes(last), &event));
    }
}

#[test]
fn decides_a_thousand_claims_like_one() {
    let mut claims: serde_json::Map<String, Value> = (0..1_000)
        .map(|n| (format!("claim{n}"), json!("x")))
        .collect();
    claims.insert("st-role".to_owned(), json!("map[v:[admin]]"));
    let many = events::texts(&json!(claims), "");
    assert!(is_allowed(ROLE.includes("admin"), &many));
    assert!(!is_allowed(ROLE.includes("user"), &many));

    // The same in a token. The authorizer's text contains only the claims that identify it.
    let members = events::short_members(1_000);
    let value = r#"{"v":["foo","admin"]}"#;
    let bound = text_with_token("st-role", "map[v:[foo admin]]", value, &members);
    assert!(is_allowed(ROLE.includes("admin"), &bound));
    assert!(!is_allowed(ROLE.includes("user"), &bound));
}

#[test]
fn decides_ten_thousand_factors_like_two() {
    for count in [2, 10_000] {
        let factors: Vec<String> = (0..count).map(|n| format!("factor{n:05}:1")).collect();
        let event = text(
            "st-mfa",
            &format!("map[c:map[{}] v:true]", factors.join(" ")),
        );
        let last = factors.last().unwrap().trim_end_matches(":1");
        let steps = [Factors::One(last)];
        assert!(is_allowed(
            MFA.has_completed_requirement_list(&steps),
            &event
        ));
        let steps = [Factors::One("factor")];
        assert!(!is_allowed(
            MFA.has_completed_requirement_list(&steps),
            &event
        ));
    }
}

#[test]
fn decides_a_number_of_64_kib_like_a_short_one() {
    for digits in [1, 65_536] {
        let nines = "9".repeat(digits);
        let event = text("seats", &format!("map[v:{nines}]"));
        assert_eq!(is_allowed(SEATS.has_value(9), &event), digits == 1);
        let event = text("seats", &format!("map[v:9.{}]", "0".repeat(digits)));
        assert!(is_allowed(SEATS.has_value(9), &event));
        let event = text("st-ev", &format!("map[t:{nines} v:true]"));
        assert!(is_allowed(EMAIL_VERIFIED.is_true(), &event));
        let fresh = EMAIL_VERIFIED.is_true().max_age(Duration::from_secs(60));
        assert!(!is_allowed(fresh, &event));
    }
}
