//! Everything outside the program that a command may touch, as one value that tests can make up.

use std::io::{BufRead, IsTerminal as _, Read as _, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use linkwright_sdk::SystemClock;
use linkwright_sdk::core::{Clock, Error, ErrorKind, Secret};

use crate::failure::{CommandResult, Failure};

/// A stream that a command, its log and its caller can all write to.
#[derive(Clone)]
pub struct SharedWriter(Arc<Mutex<dyn Write + Send>>);

impl std::fmt::Debug for SharedWriter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SharedWriter")
    }
}

impl SharedWriter {
    /// Shares a stream.
    pub fn new(stream: impl Write + Send + 'static) -> Self {
        Self(Arc::new(Mutex::new(stream)))
    }

    /// Writes a text whole and flushes it.
    pub(crate) fn write_text(&self, text: &str) -> std::io::Result<()> {
        let mut stream = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        stream.write_all(text.as_bytes())?;
        stream.flush()
    }
}

impl Write for SharedWriter {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).flush()
    }
}

type Variables = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;
type VariableNames = Box<dyn Fn() -> Vec<String> + Send + Sync>;
type ReadSecret = Arc<dyn Fn() -> std::io::Result<Secret> + Send + Sync>;
type TerminalWidth = Box<dyn Fn() -> Option<u16> + Send + Sync>;
type RunEditor = Box<dyn Fn(&str, &Path) -> std::io::Result<bool> + Send + Sync>;

/// Everything outside the program that a command may touch.
pub struct World {
    /// Environment variables by name.
    pub variables: Variables,
    /// The names of all environment variables.
    pub variable_names: VariableNames,
    /// Standard input.
    pub stdin: Box<dyn BufRead + Send>,
    /// Standard output.
    pub stdout: SharedWriter,
    /// Standard error.
    pub stderr: SharedWriter,
    /// Whether a person types standard input.
    pub stdin_is_terminal: bool,
    /// Whether a person sees standard output.
    pub stdout_is_terminal: bool,
    /// Whether a person sees standard error.
    pub stderr_is_terminal: bool,
    /// How many columns the terminal has, if there is one that tells.
    pub terminal_width: TerminalWidth,
    /// Where relative paths start.
    pub current_folder: PathBuf,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The moment on the clock's monotonic scale at which a command gives up; [`run`](crate::run) sets it by `--timeout`.
    pub(crate) deadline: Option<Duration>,
    /// Runs an editor command on a file and says whether it ended well.
    pub run_editor: RunEditor,
    /// Reads a line from the terminal that is not shown as it is typed.
    pub read_secret: ReadSecret,
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("World").field("current_folder", &self.current_folder).finish_non_exhaustive()
    }
}

impl World {
    /// The process' own world.
    #[allow(clippy::disallowed_methods, reason = "this is the one place that reads the environment")]
    pub fn real() -> Self {
        Self {
            variables: Arc::new(|name| std::env::var(name).ok()),
            variable_names: Box::new(|| {
                std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()).collect()
            }),
            stdin: Box::new(std::io::BufReader::with_capacity(1 << 16, std::io::stdin())),
            stdout: SharedWriter::new(std::io::stdout()),
            stderr: SharedWriter::new(std::io::stderr()),
            stdin_is_terminal: std::io::stdin().is_terminal(),
            stdout_is_terminal: std::io::stdout().is_terminal(),
            stderr_is_terminal: std::io::stderr().is_terminal(),
            terminal_width: Box::new(|| terminal_size::terminal_size().map(|(width, _)| width.0)),
            current_folder: PathBuf::new(),
            clock: Arc::new(SystemClock::new()),
            deadline: None,
            run_editor: Box::new(run_editor),
            read_secret: Arc::new(|| rpassword::read_password().map(Secret::new)),
        }
    }

    /// A world for tests: these variables, this input, captured output, nobody at a terminal.
    pub fn captured(
        variables: impl IntoIterator<Item = (String, String)>,
        input: impl Into<Vec<u8>>,
        stdout: SharedWriter,
        stderr: SharedWriter,
    ) -> Self {
        let variables: std::collections::HashMap<String, String> = variables.into_iter().collect();
        let names: Vec<String> = variables.keys().cloned().collect();
        Self {
            variables: Arc::new(move |name| variables.get(name).cloned()),
            variable_names: Box::new(move || names.clone()),
            stdin: Box::new(std::io::Cursor::new(input.into())),
            stdout,
            stderr,
            stdin_is_terminal: false,
            stdout_is_terminal: false,
            stderr_is_terminal: false,
            terminal_width: Box::new(|| None),
            current_folder: PathBuf::new(),
            clock: Arc::new(SystemClock::new()),
            deadline: None,
            run_editor: Box::new(|_, _| Err(std::io::Error::other("no editor here"))),
            read_secret: Arc::new(|| Err(std::io::Error::other("no terminal here"))),
        }
    }

    /// How wide a table may be; `None` where nobody looks at it on a terminal.
    pub(crate) fn table_width(&self) -> Option<usize> {
        if !self.stdout_is_terminal {
            return None;
        }
        // Also for who wants another width than the terminal's own.
        let said = (self.variables)("COLUMNS").and_then(|text| text.trim().parse().ok()).filter(|n| *n > 0);
        said.or_else(|| (self.terminal_width)().map(usize::from))
    }

    /// Whether the terminal's character set is Unicode's, by the variables that say so.
    pub(crate) fn speaks_unicode(&self) -> bool {
        let set = |name: &&str| (self.variables)(name).filter(|value| !value.is_empty());
        match ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(set) {
            Some(locale) => {
                let locale = locale.to_ascii_lowercase();
                locale.contains("utf-8") || locale.contains("utf8")
            }
            // Elsewhere these variables mean nothing, and terminals of today speak it.
            None => !cfg!(unix),
        }
    }

    /// Stops a command whose time is over.
    pub(crate) fn check_deadline(&self) -> CommandResult<()> {
        match self.deadline {
            Some(deadline) if self.clock.monotonic() >= deadline => {
                let message = "gave up: the time of `--timeout` is over";
                let error = Error::new(ErrorKind::Timeout, "command.run", message);
                Err(Failure::from(error).with_hint("give it more time, or fewer targets at once"))
            }
            _ => Ok(()),
        }
    }

    /// A path as the user means it.
    pub(crate) fn path(&self, path: &Path) -> PathBuf {
        self.current_folder.join(path)
    }

    /// One line from standard input without its end; `None` when there are no more.
    pub(crate) fn read_line(&mut self) -> std::io::Result<Option<String>> {
        let mut line = Vec::new();
        // An answer to a question is never this long; a limit keeps a wrong file from filling memory.
        let read = self.stdin.by_ref().take(1 << 16).read_until(b'\n', &mut line)?;
        Ok((read > 0).then(|| String::from_utf8_lossy(&line).trim().to_owned()))
    }
}

/// Runs the command of `EDITOR`, which may have arguments of its own, as `git` does.
fn run_editor(command: &str, file: &Path) -> std::io::Result<bool> {
    let mut words = command.split_whitespace();
    let program = words.next().ok_or_else(|| std::io::Error::other("the editor's name is empty"))?;
    Ok(std::process::Command::new(program).args(words).arg(file).status()?.success())
}
