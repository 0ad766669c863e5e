//! Any text as a catalog, in each format.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| linkwright_tests::fuzzing::catalog(input));
