//! Other people's Python clients drive the emulator: what their models read, ours may be tested with.

use std::process::Command;

use linkwright_core::ApiVersion;

use crate::interop;

/// The Python that has what `tests/interop/python/requirements.txt` lists.
const PYTHON: &str = "LINKWRIGHT_TEST_PYTHON";

/// No names: the script runs all of its suites.
const ALL: &[&str] = &[];

#[track_caller]
fn check(version: ApiVersion, suites: &[&str], at_least: usize) {
    let mut python = Command::new(interop::set_up_by_xtask(PYTHON));
    // No folder of the user's, no byte code beside the script.
    python.args(["-I", "-B"]).arg(interop::script("python/run.py")).args(suites);
    interop::drive(&mut python, version, |line| line.ends_with("... ok"), at_least);
}

#[test]
fn the_python_clients_understand_the_emulator_with_login_with_amazon() {
    check(ApiVersion::V3_1, ALL, 70);
}

#[test]
fn the_python_clients_understand_the_emulator_with_cognito() {
    check(ApiVersion::V2_1, ALL, 70);
}

#[test]
fn the_python_clients_understand_the_emulator_in_other_regions() {
    // What differs there is behind the SDK, on which the others stand.
    check(ApiVersion::V3_2, &["official_sdk"], 30);
    check(ApiVersion::V2_3, &["official_sdk"], 30);
}
