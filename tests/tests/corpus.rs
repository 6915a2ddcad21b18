//! The inputs that the fuzz targets found, and those of known tricks, once more and without a fuzzer.

use std::fs;
use std::path::PathBuf;

use require_claims_tests::fuzzing;

/// Runs a target on each of its inputs, and tells on which one it fails. A number of inputs that is
/// not the one expected is a folder that was lost, or an input that nobody counted.
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
fn the_text_of_a_claim_allows_nothing_that_a_reading_denies() {
    replay(fuzzing::text, "text", 202);
}

#[test]
fn a_token_counts_where_it_is_bound_and_nowhere_else() {
    replay(fuzzing::token, "token", 200);
}

#[test]
fn a_payload_is_decided_alike_in_every_form() {
    replay(fuzzing::verdict, "verdict", 186);
}
