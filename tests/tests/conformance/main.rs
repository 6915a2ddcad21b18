//! Compares the guard's verdicts and reasons with those of SuperTokens' validators.
//!
//! Without Node or the SDK, the tests print a notice and pass; with `REQUIRE_CLAIMS_SDK` set, they fail
//! instead. `REQUIRE_CLAIMS_PAYLOADS` and `REQUIRE_CLAIMS_SEED` set the number and the seed of the generated
//! payloads. `REQUIRE_CLAIMS_WRITE_VERDICTS` writes the verdicts that `tests/vectors` reads.

mod access_tokens;
mod comparison;
mod sdk;
mod stricter;

use require_claims_tests::payloads;
use require_claims_tests::requirement_sets::requirement_sets;
use require_claims_tests::vectors::{self, VERDICTS, vectors};
use serde_json::Value;

use comparison::Comparison;

/// The payloads of the vectors.
fn payloads_of_vectors() -> impl Iterator<Item = String> {
    vectors().map(|vector| vector.payload.to_string())
}

/// Generated payloads.
fn generated() -> impl Iterator<Item = String> {
    as_many_as_set(500, payloads::generated(seed()))
}

/// The texts of these payloads, as many as the variable sets or else the default.
fn as_many_as_set(
    default: u64,
    payloads: impl Iterator<Item = (Value, String)>,
) -> impl Iterator<Item = String> {
    let count = number("REQUIRE_CLAIMS_PAYLOADS").unwrap_or(default);
    (0..count).zip(payloads).map(|(_, (_, text))| text)
}

fn seed() -> u64 {
    number("REQUIRE_CLAIMS_SEED").unwrap_or(1)
}

fn number(variable: &str) -> Option<u64> {
    let value = std::env::var(variable).ok()?;
    Some(value.parse().unwrap())
}

/// Compares each payload. `payloads` is called twice, here and for the SDK, and returns the same payloads.
fn compare<I>(what: &str, payloads: impl Fn() -> I)
where
    I: Iterator<Item = String> + Send,
{
    if !sdk::is_installed(&format!("comparing {what} with SuperTokens' SDK")) {
        return;
    }
    let sets = requirement_sets();
    let mut comparison = Comparison::of(&sets);
    let mut texts = payloads();
    sdk::ask(&sets, payloads(), |answers| {
        comparison.compare(&texts.next().unwrap(), &answers);
    });
    assert!(texts.next().is_none(), "a payload without a result");
    report(what, sets.len(), &comparison);
    assert!(comparison.allowed > 0 && comparison.denied > 0);
    assert!(comparison.allowed_by_text > 0);
}

fn report(what: &str, sets: usize, comparison: &Comparison<'_>) {
    let Comparison {
        payloads,
        verdicts,
        allowed,
        denied,
        allowed_by_text,
        stricter,
        ..
    } = comparison;
    println!("{what}: {payloads} payloads x {sets} requirement sets, {verdicts} verdicts");
    println!("  types known, as the SDK: {allowed} allowed, {denied} denied");
    println!("  text alone: {allowed_by_text} allowed, none of them wrongly");
    for (case, count) in stricter {
        println!("  stricter, {count} times: {case}");
    }
}

#[test]
fn decides_the_vectors_as_the_sdk() {
    compare("the vectors", payloads_of_vectors);
}

/// `tests/vectors` reads them, so that it does not need the SDK.
#[test]
fn the_committed_verdicts_are_those_of_the_sdk() {
    if !sdk::is_installed("comparing the committed verdicts with SuperTokens' SDK") {
        return;
    }
    let sets = requirement_sets();
    let mut vectors = vectors();
    let mut lines = String::new();
    sdk::ask(&sets, payloads_of_vectors(), |answers| {
        let verdicts = comparison::verdicts(&sets, &vectors.next().unwrap().payload, &answers);
        lines += &vectors::line_of(&verdicts);
        lines.push('\n');
    });
    if std::env::var_os("REQUIRE_CLAIMS_WRITE_VERDICTS").is_some() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/vectors");
        std::fs::write(format!("{folder}/verdicts.txt"), &lines).unwrap();
    }
    assert!(
        lines == VERDICTS,
        "they differ; `REQUIRE_CLAIMS_WRITE_VERDICTS=1` rewrites them"
    );
}

#[test]
fn decides_generated_payloads_as_the_sdk() {
    compare("generated payloads", generated);
}
