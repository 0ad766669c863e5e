//! Starting a suite in another language against an emulator. What the suite proves is its own affair.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use linkwright_core::ApiVersion;
use linkwright_emulator::{HostThread, Settings};

/// A product with a type of offer that no client knows; the suites know its ASIN.
const STRANGE_ITEMS: &str = include_str!("../../interop/strange_items.json");

/// A program of `tests/interop`.
pub(crate) fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("interop").join(name)
}

/// What `cargo xtask test` set up and said by this variable.
#[track_caller]
pub(crate) fn set_up_by_xtask(variable: &str) -> PathBuf {
    #[allow(
        clippy::disallowed_methods,
        reason = "set by the chore that runs the tests, not a setting of the program"
    )]
    let value = std::env::var_os(variable).unwrap_or_else(|| {
        panic!(
            "{variable} is not set: other people's clients are not installed; run the tests with `cargo xtask test`"
        )
    });
    value.into()
}

/// Runs a suite, which reads the emulator's ready line from its standard input. At least so many lines of what it says
/// must tell of a test that passed: a run without a test is no success.
#[track_caller]
pub(crate) fn drive(
    suite: &mut Command,
    version: ApiVersion,
    tells_of_success: fn(&str) -> bool,
    at_least: usize,
) {
    let settings = Settings::default().api_version(version).items_json("strange_items.json", STRANGE_ITEMS);
    let host = HostThread::start(settings.unwrap()).unwrap();
    let mut child = suite
        // The clients would send even loopback addresses through a proxy.
        .env("no_proxy", "127.0.0.1")
        .env("NO_PROXY", "127.0.0.1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    writeln!(child.stdin.take().unwrap(), "{}", host.ready().line()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said =
        [output.stdout, output.stderr].map(|stream| String::from_utf8_lossy(&stream).into_owned()).concat();
    assert!(output.status.success(), "version {version}: {}\n{said}", output.status);
    let passed = said.lines().filter(|line| tells_of_success(line)).count();
    assert!(passed >= at_least, "only {passed} tests passed:\n{said}");
}
