//! Any bytes as the body of a refusal.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| linkwright_tests::fuzzing::refusals(input));
