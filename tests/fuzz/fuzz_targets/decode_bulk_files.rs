//! Any bytes as an answer of listFeeds and listReports.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| linkwright_tests::fuzzing::decode_bulk_files(input));
