//! The official Python SDK drives the emulator: what its models read, ours may be tested with.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use linkwright_core::ApiVersion;
use linkwright_emulator::{HostThread, Settings};

/// Set by `cargo xtask test` to the Python that has what `tests/interop/python/requirements.txt` lists.
const PYTHON: &str = "LINKWRIGHT_TEST_PYTHON";

#[track_caller]
fn check(version: ApiVersion) {
    #[allow(
        clippy::disallowed_methods,
        reason = "set by the chore that runs the tests, not a setting of the program"
    )]
    let python = std::env::var_os(PYTHON).unwrap_or_else(|| {
        panic!(
            "{PYTHON} is not set: the official SDK is not installed; run the tests with `cargo xtask test`"
        )
    });
    let host = HostThread::start(Settings::default().api_version(version)).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("interop/python/drive_emulator.py");
    let mut child = Command::new(python)
        // No folder of the user's, no byte code beside the script.
        .args(["-I", "-B"])
        .arg(script)
        // The SDK would send even loopback addresses through a proxy.
        .env("no_proxy", "127.0.0.1")
        .env("NO_PROXY", "127.0.0.1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    writeln!(child.stdin.take().unwrap(), "{}", host.ready().line()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "version {version}: {}\n{said}", output.status);
    // A run without a test is no success.
    let ran = said.lines().filter(|line| line.ends_with("... ok")).count();
    assert!(ran >= 13, "only {ran} tests ran:\n{said}");
}

#[test]
fn the_official_python_sdk_understands_the_emulator_with_login_with_amazon() {
    check(ApiVersion::V3_1);
}

#[test]
fn the_official_python_sdk_understands_the_emulator_with_cognito() {
    check(ApiVersion::V2_1);
}

#[test]
fn the_official_python_sdk_understands_the_emulator_in_other_regions() {
    check(ApiVersion::V3_2);
    check(ApiVersion::V2_3);
}
