//! Fuzzes the text of a claim: see `require_claims_tests::fuzzing::text`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| require_claims_tests::fuzzing::text(input));
