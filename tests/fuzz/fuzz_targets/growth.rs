//! Fuzzes the time that claims take: see `require_claims_tests::fuzzing::growth`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| require_claims_tests::fuzzing::growth(input));
