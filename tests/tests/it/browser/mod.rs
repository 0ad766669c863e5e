//! A headless browser that a test drives, by the WebDriver protocol (W3C) over plain HTTP.
//!
//! Only what the tests of the emulator's page need. Chromium's own commands are marked as such.

mod plain_http;

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

pub(crate) use self::plain_http::{Answer, exchange};

/// Nothing that is not asked for: no graphics card, no first-run pages, no looking for updates, no account.
const ARGUMENTS: [&str; 9] = [
    "--headless",
    // Root may not use the sandbox, and containers often have none. Only the emulator's own page is opened.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,1000",
];

/// A browser with one window, which ends when it is dropped.
pub(crate) struct Browser {
    driver: Child,
    /// Kept open: the driver may still write to it.
    _said: BufReader<ChildStdout>,
    address: String,
    session: String,
    _profile: TempDir,
}

impl Browser {
    /// Starts a driver, and a browser with a new, empty profile.
    pub(crate) fn start(driver: &std::path::Path) -> Self {
        let profile = TempDir::new().unwrap();
        let mut driver = Command::new(driver)
            // It chooses a free port and says which.
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(driver.stdout.take().unwrap());
        let mut line = String::new();
        let port = loop {
            line.clear();
            assert!(said.read_line(&mut line).unwrap() > 0, "the driver ended before it listened");
            if let Some((_, port)) =
                line.trim().trim_end_matches('.').split_once("started successfully on port ")
            {
                break port.to_owned();
            }
        };
        let mut browser = Self {
            driver,
            _said: said,
            address: format!("127.0.0.1:{port}"),
            session: String::new(),
            _profile: profile,
        };
        let folder = format!("--user-data-dir={}", browser._profile.path().display());
        let arguments: Vec<&str> = ARGUMENTS.into_iter().chain([folder.as_str()]).collect();
        let wanted = json!({
            "browserName": "chrome",
            "goog:chromeOptions": { "args": arguments },
            "goog:loggingPrefs": { "browser": "ALL" },
            "timeouts": { "script": 20_000 },
        });
        let session = browser.call("POST", "/session", &json!({ "capabilities": { "alwaysMatch": wanted } }));
        browser.session = session["sessionId"].as_str().unwrap().to_owned();
        browser
    }

    #[track_caller]
    fn call(&self, method: &str, path: &str, body: &Value) -> Value {
        let body = if method == "POST" { body.to_string() } else { String::new() };
        let headers = [("Content-Type", "application/json")];
        let answer = exchange(&self.address, method, path, &headers, body.as_bytes());
        let value = answer.json()["value"].clone();
        assert_eq!(answer.status, 200, "{method} {path}: {value}");
        value
    }

    #[track_caller]
    fn ask(&self, command: &str, body: &Value) -> Value {
        self.call("POST", &format!("/session/{}/{command}", self.session), body)
    }

    /// Opens an address.
    #[track_caller]
    pub(crate) fn open(&self, url: &str) {
        self.ask("url", &json!({ "url": url }));
    }

    /// Runs the body of a function in the page; what it returns.
    #[track_caller]
    pub(crate) fn run(&self, script: &str) -> Value {
        self.ask("execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Waits until an expression is true in the page; it is looked at with every change and several times a second.
    #[track_caller]
    pub(crate) fn wait_until(&self, expression: &str) {
        let script = format!(
            "const done = arguments[0]; const look = () => {{ if ({expression}) {{ clearInterval(timer); done(true); }} }}; \
             const timer = setInterval(look, 50); look();"
        );
        let value = self.ask("execute/async", &json!({ "script": script, "args": [] }));
        assert_eq!(value, true, "{expression}");
    }

    /// Waits until the page was drawn twice: what was changed before is laid out then.
    #[track_caller]
    pub(crate) fn wait_for_two_frames(&self) {
        let script = "const done = arguments[0]; \
                      requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(true))));";
        self.ask("execute/async", &json!({ "script": script, "args": [] }));
    }

    /// Presses what a CSS selector finds, as a person would: it must be there and not be covered.
    #[track_caller]
    pub(crate) fn press(&self, selector: &str) {
        let found = self.ask("element", &json!({ "using": "css selector", "value": selector }));
        let element = found.as_object().unwrap().values().next().unwrap().as_str().unwrap().to_owned();
        self.ask(&format!("element/{element}/click"), &json!({}));
    }

    /// The text of the first thing that a CSS selector finds.
    #[track_caller]
    pub(crate) fn text(&self, selector: &str) -> String {
        let script = format!("return document.querySelector({}).textContent", json!(selector));
        self.run(&script).as_str().unwrap().to_owned()
    }

    /// A command of Chromium's own protocol.
    #[track_caller]
    pub(crate) fn chromium(&self, command: &str, parameters: &Value) -> Value {
        self.ask("goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    /// What the page wrote to the console since the last look, errors of its policy among it (Chromium's own).
    #[track_caller]
    pub(crate) fn console(&self) -> Vec<String> {
        let entries = self.ask("se/log", &json!({ "type": "browser" }));
        entries
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| entry["message"].as_str().unwrap().to_owned())
            .collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() && !std::thread::panicking() {
            // Ends the browser; killing the driver alone would leave it.
            self.call("DELETE", &format!("/session/{}", self.session), &Value::Null);
        } else if !self.session.is_empty() {
            drop(std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                self.call("DELETE", &format!("/session/{}", self.session), &Value::Null)
            })));
        }
        drop(self.driver.kill());
        drop(self.driver.wait());
    }
}
