//! One child command of a chore: shown, timed, and on failure told together with the line to repeat it.
//!
//! Knows nothing of what the command means; the chores compose steps.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, ExitStatus, Stdio};
use std::time::Instant;

use crate::failure::{Failure, Outcome};

/// A command with a name, ready to run in the root of the workspace.
#[derive(Debug)]
pub(crate) struct Step {
    name: &'static str,
    arguments: Vec<String>,
    environment: Vec<(&'static str, String)>,
    removed: Vec<&'static str>,
}

impl Step {
    /// A cargo command that has not run yet.
    pub(crate) fn cargo<S: Into<String>>(name: &'static str, arguments: impl IntoIterator<Item = S>) -> Self {
        Self {
            name,
            arguments: arguments.into_iter().map(Into::into).collect(),
            environment: Vec::new(),
            removed: Vec::new(),
        }
    }

    /// The same step with one environment variable set.
    pub(crate) fn with_variable(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.environment.push((name, value.into()));
        self
    }

    /// The same step, started without a variable that this process may have inherited.
    pub(crate) fn without_variable(mut self, name: &'static str) -> Self {
        self.removed.push(name);
        self
    }

    /// Runs the command with this terminal's own streams.
    pub(crate) fn run(&self) -> Outcome {
        timed(self.name, &self.command_line(), || {
            let status = self.command().status().map_err(|error| self.not_started(&error))?;
            self.judge(status)
        })
    }

    /// Runs the command, passes its standard output through unchanged, and shows every line of it to `see`.
    pub(crate) fn run_watching(&self, mut see: impl FnMut(&str)) -> Outcome {
        timed(self.name, &self.command_line(), || {
            let mut child =
                self.command().stdout(Stdio::piped()).spawn().map_err(|error| self.not_started(&error))?;
            if let Some(output) = child.stdout.take() {
                let mut output = BufReader::new(output);
                let mut line = Vec::new();
                // Bytes, not `lines()`: a test may print what is not UTF-8, and it still has to pass through.
                while output.read_until(b'\n', &mut line).map_err(|error| self.lost(&error))? > 0 {
                    std::io::stdout().write_all(&line).map_err(|error| self.lost(&error))?;
                    see(&String::from_utf8_lossy(&line));
                    line.clear();
                }
            }
            let status = child.wait().map_err(|error| self.lost(&error))?;
            self.judge(status)
        })
    }

    /// The line to type into a shell to run this step by hand.
    pub(crate) fn command_line(&self) -> String {
        let variables = self.environment.iter().map(|(name, value)| format!("{name}={}", quoted(value)));
        let words = self.arguments.iter().map(|argument| quoted(argument));
        variables.chain(std::iter::once("cargo".to_owned())).chain(words).collect::<Vec<_>>().join(" ")
    }

    fn command(&self) -> Command {
        let mut command = cargo();
        command.args(&self.arguments).envs(self.environment.iter().map(|(name, value)| (name, value)));
        for name in &self.removed {
            command.env_remove(name);
        }
        command
    }

    fn judge(&self, status: ExitStatus) -> Outcome {
        if status.success() {
            return Ok(());
        }
        Err(Failure::because(format!(
            "step `{}` failed ({status})\nhint: repeat it with `{}`",
            self.name,
            self.command_line()
        )))
    }

    fn not_started(&self, error: &std::io::Error) -> Failure {
        Failure::because(format!(
            "step `{}` could not be started: {error}\nhint: try it by hand: `{}`",
            self.name,
            self.command_line()
        ))
    }

    fn lost(&self, error: &std::io::Error) -> Failure {
        Failure::because(format!("step `{}`: its output was lost: {error}", self.name))
    }
}

/// Runs `work` between a header line that names it and a line that says how long it took.
pub(crate) fn timed(name: &str, command_line: &str, work: impl FnOnce() -> Outcome) -> Outcome {
    eprintln!("==> {name}: {command_line}");
    let started = Instant::now();
    let outcome = work();
    let verdict = if outcome.is_ok() { "ok" } else { "failed" };
    eprintln!("<== {name}: {verdict}, {:.1} s", started.elapsed().as_secs_f64());
    outcome
}

/// The cargo that runs us, without the variables it set for us.
///
/// Some build scripts (ring's) ask to be run again when such a variable changes, so that a tree would be rebuilt
/// each time someone alternates between `cargo xtask test` and `cargo test`.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    for (name, _) in std::env::vars_os() {
        let is_ours_alone = name.to_str().is_some_and(|name| {
            name.starts_with("CARGO_PKG_")
                || name.starts_with("CARGO_MANIFEST_")
                || matches!(name, "CARGO_BIN_NAME" | "CARGO_CRATE_NAME" | "CARGO_PRIMARY_PACKAGE")
        });
        if is_ours_alone {
            command.env_remove(name);
        }
    }
    command
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,@%+".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_to_repeat_a_step_can_be_pasted_into_a_shell() {
        let step = Step::cargo("doc", ["doc", "--bench", "*"]).with_variable("RUSTDOCFLAGS", "-D warnings");
        assert_eq!(step.command_line(), "RUSTDOCFLAGS='-D warnings' cargo doc --bench '*'");
    }
}
