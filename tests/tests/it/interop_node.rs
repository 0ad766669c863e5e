//! The Node client drives the emulator, as the Python clients do.

use std::process::Command;

use linkwright_core::ApiVersion;

use crate::interop;

/// The folder into which npm installed what `tests/interop/node/package-lock.json` lists.
const PACKAGES: &str = "LINKWRIGHT_TEST_NODE";

#[track_caller]
fn check(version: ApiVersion) {
    let mut node = Command::new("node");
    // Lines to be counted, whatever the Node and wherever it writes to.
    node.arg("--test-reporter=tap").arg(interop::script("node/run.mjs"));
    node.arg(interop::set_up_by_xtask(PACKAGES)).env_remove("NODE_OPTIONS");
    interop::drive(&mut node, version, |line| line.starts_with("ok "), 20);
}

#[test]
fn the_node_client_understands_the_emulator_with_login_with_amazon() {
    check(ApiVersion::V3_1);
}

#[test]
fn the_node_client_understands_the_emulator_with_cognito() {
    check(ApiVersion::V2_1);
}

#[test]
fn the_node_client_understands_the_emulator_in_other_regions() {
    check(ApiVersion::V2_2);
    check(ApiVersion::V3_3);
}
