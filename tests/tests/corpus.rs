//! Replays the committed inputs of the fuzz targets: those that the fuzzer found, and known attacks.

use std::fs;
use std::path::PathBuf;

use require_claims_tests::fuzzing;

/// Runs a target on each of its inputs, and reports the input on which it fails. The expected number of
/// inputs detects a missing folder.
fn replay(target: fn(&[u8]), name: &str, expected: usize) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("corpus")
        .join(name);
    let mut inputs: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("a folder of inputs")
        .map(|entry| entry.unwrap().path())
        .collect();
    inputs.sort();
    for input in &inputs {
        let bytes = fs::read(input).unwrap();
        let outcome = std::panic::catch_unwind(|| target(&bytes));
        assert!(outcome.is_ok(), "{}", input.display());
    }
    assert_eq!(inputs.len(), expected, "{}", folder.display());
}

#[test]
fn text_allows_only_what_all_interpretations_allow() {
    replay(fuzzing::text, "text", 217);
}

#[test]
fn only_a_bound_token_counts() {
    replay(fuzzing::token, "token", 200);
}

#[test]
fn decides_a_payload_alike_in_every_form() {
    replay(fuzzing::verdict, "verdict", 186);
}
