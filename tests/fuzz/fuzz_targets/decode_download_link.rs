//! Any bytes as an answer of getFeed and getReport.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| linkwright_tests::fuzzing::decode_download_link(input));
