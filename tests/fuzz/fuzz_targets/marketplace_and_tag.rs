//! Any text as a shop's name, a tag and a pattern of tags.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| linkwright_tests::fuzzing::marketplace_and_tag(input));
