//! Fuzzes whole payloads: see `require_claims_tests::fuzzing::verdict`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| require_claims_tests::fuzzing::verdict(input));
