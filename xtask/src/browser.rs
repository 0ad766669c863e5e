//! The browser that tests drive: Chromium and its driver, from the system's packages.
//!
//! Other than the clients in Python and Node, a browser needs libraries of the system, so that it is no download under
//! `target/`. On Debian and its kin, root gets the packages; anybody else gets the line to run.

use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::installed;
use crate::step::timed;

/// Tells the tests which driver to start. The driver finds the browser.
pub(crate) const VARIABLE: &str = "LINKWRIGHT_TEST_CHROMEDRIVER";

const DRIVER: &str = "chromedriver";

/// Names under which systems have the browser.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// On Debian and Ubuntu.
const PACKAGES: [&str; 2] = ["chromium", "chromium-driver"];

/// Makes sure that driver and browser are there, and says how the driver is started.
pub(crate) fn set_up() -> Outcome<String> {
    if are_there() {
        return Ok(DRIVER.to_owned());
    }
    let install = format!("apt-get install --yes --no-install-recommends {}", PACKAGES.join(" "));
    if !is_root() || installed::version_of("apt-get").is_none() {
        return Err(Failure::because(format!(
            "no {DRIVER} with its browser was found; the tests of the emulator's page need both\n\
             hint: install them; on Debian and Ubuntu: `{install}`"
        )));
    }
    timed("browser", &install, || {
        let hint = "apt-get must reach the system's package servers";
        installed::run(Command::new("apt-get").args(["update", "--quiet"]), hint)?;
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command.args(["install", "--yes", "--quiet", "--no-install-recommends"]).args(PACKAGES);
        installed::run(&mut command, hint)
    })?;
    if are_there() {
        Ok(DRIVER.to_owned())
    } else {
        Err(Failure::because(format!("`{install}` brought no {DRIVER}")))
    }
}

fn are_there() -> bool {
    installed::version_of(DRIVER).is_some()
        && BROWSERS.iter().any(|name| installed::version_of(name).is_some())
}

/// Whether packages can be installed without asking anybody.
fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}
