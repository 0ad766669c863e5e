//! Any bytes as an answer of searchItems.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| linkwright_tests::fuzzing::decode_search(input));
