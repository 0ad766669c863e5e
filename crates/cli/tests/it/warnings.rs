//! What the libraries below warn of: said to whoever asked for nothing, kept apart where several commands run in one
//! process, and never in the way of an answer.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use linkwright::{SharedWriter, World};
use linkwright_emulator::{HostThread, Settings};
use linkwright_sdk::SystemClock;
use linkwright_sdk::core::Clock as _;
use serde_json::{Value, json};

use crate::support::Program;

const ITEMS: [&str; 3] = ["items", "B0EMU00000", "--json"];

/// A home folder, an emulator to ask, and the variables that lead to both.
struct Shop {
    program: Program,
    emulator: HostThread,
}

/// What a run said, and its exit code.
struct Said {
    stdout: String,
    stderr: String,
    code: Option<i32>,
}

impl Shop {
    fn open() -> Self {
        Self {
            program: Program::new(),
            emulator: HostThread::start(Settings::default()).expect("a free port"),
        }
    }

    fn variables(&self) -> Vec<(String, String)> {
        let ready = self.emulator.ready();
        let pairs = [
            ("LINKWRIGHT_API_ENDPOINT", ready.api.clone()),
            ("LINKWRIGHT_TOKEN_ENDPOINT", ready.token.clone()),
            ("LINKWRIGHT_CREDENTIAL_ID", ready.credential.id.clone()),
            ("LINKWRIGHT_CREDENTIAL_SECRET", ready.credential.secret.clone()),
            ("LINKWRIGHT_CREDENTIAL_VERSION", ready.credential.version.to_string()),
            ("LINKWRIGHT_TAG", ready.tag.clone()),
        ];
        pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    fn run(&self, script: &str) -> Said {
        let output = self.program.shell(script).envs(self.variables()).output().expect("bash runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Said { stdout: text(&output.stdout), stderr: text(&output.stderr), code: output.status.code() }
    }

    /// The same command in this process, with a log of its own.
    fn run_here(&self, flags: &[&str]) -> String {
        let stderr = Lines::default();
        let home = self.program.home().display().to_string();
        let variables = self.variables().into_iter().chain([("HOME".to_owned(), home)]);
        let mut world =
            World::captured(variables, "", SharedWriter::new(io::sink()), SharedWriter::new(stderr.clone()));
        let arguments = ["linkwright"].iter().chain(flags).chain(&ITEMS).map(OsString::from);
        linkwright::run(arguments, &mut world);
        let bytes = stderr.0.lock().expect("nobody panicked").clone();
        String::from_utf8(bytes).expect("text")
    }

    fn state_file(&self) -> PathBuf {
        self.program.home().join(".local/state/linkwright/state.sqlite3")
    }

    fn damage_state(&self) {
        let path = self.state_file();
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a writable home");
        std::fs::write(&path, "damaged").expect("a writable file");
        private(&path);
    }
}

#[cfg(unix)]
fn private(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).expect("one's own file");
}

#[cfg(not(unix))]
fn private(_: &Path) {}

/// What was written.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("nobody panicked").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_damaged_state_is_told_in_the_form_that_is_asked_for() {
    let shop = Shop::open();
    assert_eq!(shop.run("linkwright items B0EMU00000").stderr, "");
    let message = |number: u32| {
        let home = shop.program.home().canonicalize().expect("a home");
        let aside = home.join(format!(".local/state/linkwright/state.sqlite3.corrupt-{number}"));
        format!(
            "the state file was damaged; a fresh one is begun, and the damaged one was moved to: `{}`: file is not a database",
            aside.display()
        )
    };
    shop.damage_state();
    let said = shop.run("linkwright items B0EMU00000");
    assert_eq!((said.stderr, said.code), (format!("warning: {}\n", message(1)), Some(0)));
    shop.damage_state();
    let said = shop.run("linkwright items B0EMU00000 --json");
    let line: Value = serde_json::from_str(&said.stderr).expect("one line of JSON");
    assert_eq!(line, json!({ "warning": { "message": message(2) } }));
    shop.damage_state();
    assert_eq!(shop.run("linkwright items B0EMU00000 --quiet").stderr, "");
    // With a log it is a line of the log, and nothing is said twice.
    for (flags, level) in
        [("-v", " WARN "), ("-vvv", " WARN "), ("-v --log-format json", "\"level\":\"WARN\"")]
    {
        shop.damage_state();
        let stderr = shop.run(&format!("linkwright items B0EMU00000 {flags}")).stderr;
        let lines: Vec<&str> = stderr.lines().filter(|line| line.contains("was damaged")).collect();
        assert!(matches!(lines[..], [line] if line.contains(level)), "{flags}: {stderr}");
    }
}

#[test]
fn what_a_command_tells_by_itself_is_told_once() {
    let shop = Shop::open();
    for (fault, body) in [
        ("credentials", json!({ "accepted": false })),
        ("associate", json!({ "marketplace": "us", "linked": false })),
    ] {
        shop.emulator.control("reset", &json!({})).expect("a reset");
        shop.emulator.control(fault, &body).expect("a fault");
        let stderr = shop.run("linkwright items B0EMU00000 --probe").stderr;
        assert_eq!(stderr.matches("warning: ").count(), 1, "{fault}: {stderr}");
    }
}

#[test]
fn without_a_home_it_is_said_that_nothing_is_kept() {
    let shop = Shop::open();
    for command in ["items B0EMU00000 --json", "credential verify --store env:"] {
        let said = shop.run(&format!("env -u HOME linkwright {command}"));
        assert_eq!(said.code, Some(0), "{command}: {}", said.stderr);
        assert!(said.stderr.contains("nothing is kept for the next run: "), "{command}: {}", said.stderr);
        assert!(said.stderr.contains("set HOME or XDG_STATE_HOME"), "{command}: {}", said.stderr);
    }
    let said = shop.run("env -u HOME linkwright items B0EMU00000 --source zero");
    assert_eq!(said.stderr, "", "nothing is to be kept");
}

#[test]
fn commands_that_run_at_once_in_one_process_keep_their_logs_apart() {
    let shops: Vec<Shop> = (0..4).map(|_| Shop::open()).collect();
    let flags: [&[&str]; 4] = [&["-vvv"], &[], &["-vvv", "--log-format", "json"], &["-q"]];
    shops.iter().for_each(Shop::damage_state);
    let logs: Vec<String> = std::thread::scope(|scope| {
        let running: Vec<_> =
            shops.iter().zip(flags).map(|(shop, flags)| scope.spawn(|| shop.run_here(flags))).collect();
        running.into_iter().map(|run| run.join().expect("it ran")).collect()
    });
    for (number, log) in logs.iter().enumerate() {
        for (other, shop) in shops.iter().enumerate() {
            let named = log.contains(&shop.program.home().display().to_string());
            assert_eq!(named, number == other && number != 3, "{number}, {other}: {log}");
        }
    }
    let [whole, told, json, quiet] = &logs[..] else { panic!("{logs:?}") };
    assert_eq!(told.lines().count(), 1, "{told}");
    assert_eq!(quiet, "");
    for log in [whole, json] {
        for expected in ["was damaged", "starting new connection", "asked for a token", "called getItems"] {
            assert!(log.contains(expected), "{expected}: {log}");
        }
    }
}

#[test]
fn a_state_that_another_program_keeps_locked_holds_no_answer_back() {
    let shop = Shop::open();
    let path = shop.state_file();
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a writable home");
    // Who opens the file waits for this one, for five seconds.
    let lock = File::create(path.with_extension("sqlite3.lock")).expect("a lock");
    lock.lock().expect("nobody else has it");
    let clock = SystemClock::new();
    let said = shop.run("linkwright items B0EMU00000 --json --timeout 4s");
    assert!(said.stdout.contains(r#""source":"creators""#), "{} {}", said.stdout, said.stderr);
    assert!(said.stderr.contains("the state does not answer in time"), "{}", said.stderr);
    assert!(clock.monotonic() < Duration::from_secs(4), "{:?}", clock.monotonic());
}
