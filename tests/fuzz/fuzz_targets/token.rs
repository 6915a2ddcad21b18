//! Fuzzes the token in `Authorization`: see `require_claims_tests::fuzzing::token`.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| require_claims_tests::fuzzing::token(input));
