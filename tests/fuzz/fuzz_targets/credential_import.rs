//! Any bytes as a file of credentials.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| linkwright_tests::fuzzing::credential_import(input));
