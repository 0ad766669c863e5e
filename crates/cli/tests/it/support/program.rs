//! The built program, run by a shell in a folder of its own, with nothing of the caller's environment.

use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};

use super::steady::steady;

/// A temporary home folder in which commands run.
pub(crate) struct Program {
    home: tempfile::TempDir,
}

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Run {
    /// Standard output and standard error as a terminal would show them, the home folder as `~`, and what differs from run
    /// to run as [`steady`] has it.
    pub(crate) output: String,
    /// The exit code; `None` if a signal ended it.
    pub(crate) code: Option<i32>,
}

impl Program {
    /// A home folder with nothing in it.
    pub(crate) fn new() -> Self {
        Self {
            home: tempfile::Builder::new().prefix("linkwright-test-").tempdir().expect("a temporary folder"),
        }
    }

    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// A `bash -c` that finds the built program first.
    pub(crate) fn shell(&self, script: &str) -> Command {
        let program = Path::new(env!("CARGO_BIN_EXE_linkwright"));
        let folder = program.parent().expect("the program is in a folder");
        let home = self.home.path().canonicalize().expect("the home folder is there");
        #[allow(clippy::disallowed_methods, reason = "the shell's tools must be found")]
        let usual = std::env::var_os("PATH").unwrap_or_default();
        let path =
            std::env::join_paths(std::iter::once(folder.to_owned()).chain(std::env::split_paths(&usual)));
        let mut command = Command::new("bash");
        command
            .args(["-c", script])
            .current_dir(&home)
            .env_clear()
            .env("PATH", path.expect("folders without colons"))
            .env("HOME", &home)
            .env("XDG_CONFIG_HOME", home.join(".config"))
            .env("TERM", "dumb")
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::null());
        command
    }

    /// Runs a script and shows what a terminal would.
    pub(crate) fn run(&self, script: &str) -> Run {
        let mut command = self.shell(script);
        let (mut reader, writer) = std::io::pipe().expect("a pipe");
        // One pipe for both streams, so that their lines keep their order.
        command.stdout(writer.try_clone().expect("a second end")).stderr(writer);
        let mut child = command.spawn().expect("bash runs");
        // It holds writing ends, without which there is no end of reading.
        drop(command);
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).expect("the output can be read");
        let code = child.wait().expect("the script ends").code();
        let home = self.home.path().canonicalize().expect("the home folder is there");
        let output = String::from_utf8_lossy(&bytes).replace(&home.display().to_string(), "~");
        Run { output: steady(&output), code }
    }
}
