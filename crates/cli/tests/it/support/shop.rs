//! The program with an emulator to ask: the real program by a shell, or the library in this process with a terminal made
//! up.

use std::ffi::OsString;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use linkwright::{SharedWriter, World};
use linkwright_emulator::{HostThread, Settings};
use serde_json::{Value, json};

use super::Program;

/// The program with an emulator to ask, and the variables that lead there.
pub(crate) struct Shop {
    pub(crate) program: Program,
    pub(crate) emulator: HostThread,
}

/// What a run said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: Option<i32>,
}

/// Who looks on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Terminal {
    /// On standard output, this wide.
    Wide(u16),
    /// On standard error alone.
    StandardError,
}

impl Said {
    /// The lines of standard output as JSON.
    #[track_caller]
    pub(crate) fn lines(&self) -> Vec<Value> {
        let read = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        self.stdout.lines().map(read).collect()
    }

    /// Of these the members of this name.
    #[track_caller]
    pub(crate) fn members(&self, name: &str) -> Vec<Value> {
        self.lines().iter().filter_map(|line| line.get(name).cloned()).collect()
    }
}

impl Shop {
    pub(crate) fn open() -> Self {
        Self {
            program: Program::new(),
            emulator: HostThread::start(Settings::default()).expect("a free port"),
        }
    }

    pub(crate) fn variables(&self) -> Vec<(String, String)> {
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

    /// Runs a script with the variables set.
    pub(crate) fn run(&self, script: &str) -> Said {
        let output = self.program.shell(script).envs(self.variables()).output().expect("bash runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Said { stdout: text(&output.stdout), stderr: text(&output.stderr), code: output.status.code() }
    }

    /// Runs a command in this process, with somebody at a terminal. Gives no exit code.
    pub(crate) fn run_at(&self, terminal: Terminal, arguments: &[&str]) -> Said {
        let (stdout, stderr) = (Text::default(), Text::default());
        let home = self.program.home().display().to_string();
        let more = [("HOME".to_owned(), home), ("LC_ALL".to_owned(), "C.UTF-8".to_owned())];
        let variables = self.variables().into_iter().chain(more);
        let mut world = World::captured(
            variables,
            "",
            SharedWriter::new(stdout.clone()),
            SharedWriter::new(stderr.clone()),
        );
        world.current_folder = self.program.home().to_owned();
        match terminal {
            Terminal::Wide(width) => {
                world.stdout_is_terminal = true;
                world.terminal_width = Box::new(move || Some(width));
            }
            Terminal::StandardError => world.stderr_is_terminal = true,
        }
        let arguments = ["linkwright"].iter().chain(arguments).map(OsString::from);
        linkwright::run(arguments, &mut world);
        Said { stdout: stdout.text(), stderr: stderr.text(), code: None }
    }

    pub(crate) fn control(&self, name: &str, body: Value) {
        self.emulator.control(name, &body).unwrap_or_else(|error| panic!("{name} {body}: {error}"));
    }

    /// What the emulator says of itself: `log`, `asins`.
    pub(crate) fn asked(&self, name: &str) -> Value {
        let said = self.run(&format!("curl -s $LINKWRIGHT_API_ENDPOINT/_emulator/{name}"));
        serde_json::from_str(&said.stdout).unwrap_or_else(|error| panic!("{error}: {said:?}"))
    }

    pub(crate) fn counter(&self, name: &str) -> u64 {
        let counters = self.emulator.with_emulator(|emulator| json!(emulator.counters().clone()));
        counters[name].as_u64().unwrap_or_else(|| panic!("no counter `{name}` in {counters}"))
    }
}

/// A stream that is kept.
#[derive(Clone, Default)]
struct Text(Arc<Mutex<Vec<u8>>>);

impl Text {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().expect("nobody panicked").clone()).expect("text")
    }
}

impl Write for Text {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("nobody panicked").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
