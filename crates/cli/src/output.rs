//! The one object that writes: answers to standard output, everything else to standard error.

use std::io::Write as _;

use serde::Serialize;

use crate::args::GlobalArgs;
use crate::failure::{CommandResult, ErrorJson, Failure};
use crate::printable::printable;
use crate::progress::Progress;
use crate::world::{SharedWriter, World};

/// Answers are collected to this size before they are written, unless a person is looking on.
const BUFFER: usize = 1 << 16;

/// The one object that writes.
#[derive(Debug)]
pub(crate) struct Output {
    stdout: SharedWriter,
    stderr: SharedWriter,
    buffer: Vec<u8>,
    /// Why answers could not be written where nobody could be told: found while writing to standard error.
    unwritten: Option<Failure>,
    /// The hints that were given: each is given once, however many targets need it. Few differ.
    hinted: Vec<String>,
    line_buffered: bool,
    colored_stderr: bool,
    quiet: bool,
    pub(crate) json: bool,
    progress: Progress,
}

#[derive(Serialize)]
struct ErrorLine<'a> {
    error: ErrorJson<'a>,
}

#[derive(Serialize)]
struct HintLine<'a> {
    hint: HintJson<'a>,
}

#[derive(Serialize)]
struct HintJson<'a> {
    message: &'a str,
}

#[derive(Serialize)]
struct WarningLine<'a> {
    warning: WarningJson<'a>,
}

#[derive(Serialize)]
struct WarningJson<'a> {
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    hints: &'a [String],
}

impl Output {
    pub(crate) fn new(world: &World, global: &GlobalArgs) -> Self {
        Self {
            stdout: world.stdout.clone(),
            stderr: world.stderr.clone(),
            buffer: Vec::new(),
            unwritten: None,
            hinted: Vec::new(),
            line_buffered: world.stdout_is_terminal,
            colored_stderr: global.color.is_on(world.stderr_is_terminal, world),
            quiet: global.quiet,
            json: global.json,
            progress: Progress::new(world, global),
        }
    }

    /// What shows how far a long command came. Clones share it.
    pub(crate) fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// Ends a line of the answer.
    pub(crate) fn line_done(&mut self) -> CommandResult<()> {
        self.buffer.push(b'\n');
        self.flush_if_due()
    }

    /// Writes one line of the answer.
    pub(crate) fn line(&mut self, line: &str) -> CommandResult<()> {
        self.buffer.extend_from_slice(line.as_bytes());
        self.line_done()
    }

    /// Writes a part of a line of the answer as it is, whatever its encoding.
    pub(crate) fn part(&mut self, bytes: &[u8]) -> CommandResult<()> {
        self.buffer.extend_from_slice(bytes);
        self.flush_if_due()
    }

    /// Writes a value of the answer as one line of JSON.
    pub(crate) fn json_line(&mut self, value: &impl Serialize) -> CommandResult<()> {
        // Straight into the buffer: a million links go through here in one run.
        serde_json::to_writer(&mut self.buffer, value)
            .map_err(|error| Failure::stream(error.into(), "cannot write JSON"))?;
        self.line_done()
    }

    fn flush_if_due(&mut self) -> CommandResult<()> {
        if self.line_buffered || self.buffer.len() >= BUFFER || self.unwritten.is_some() {
            self.flush()?;
        }
        Ok(())
    }

    /// Writes out what was collected.
    pub(crate) fn flush(&mut self) -> CommandResult<()> {
        if let Some(failure) = self.unwritten.take() {
            return Err(failure);
        }
        if self.buffer.is_empty() {
            return Ok(());
        }
        self.progress.clear();
        let mut write = || {
            self.stdout.write_all(&self.buffer)?;
            self.stdout.flush()
        };
        let written = write().map_err(|error| Failure::stream(error, "cannot write to standard output"));
        self.buffer.clear();
        written
    }

    /// Text for a person at the terminal: a status. Not with `--quiet`, and not with `--json`, whose answer says the same.
    pub(crate) fn status(&mut self, text: &str) {
        if !self.quiet && !self.json {
            self.write_stderr(&format!("{text}\n"));
        }
    }

    /// A question, without a line's end.
    pub(crate) fn prompt(&mut self, text: &str) {
        self.write_stderr(text);
    }

    /// Why an answer to a question cannot be taken. Also with `--quiet`: the question comes again.
    pub(crate) fn refusal(&mut self, text: &str) {
        let label = self.label("error", "31");
        self.write_stderr(&format!("{label}: {text}\n"));
    }

    pub(crate) fn warning(&mut self, text: &str) {
        self.warning_at(None, text);
    }

    /// A warning about one of many targets.
    pub(crate) fn warning_at(&mut self, place: Option<&str>, text: &str) {
        self.warning_with(place, text, &[]);
    }

    /// A warning and what to do about it.
    pub(crate) fn warning_with_hints(&mut self, text: &str, hints: &[String]) {
        self.warning_with(None, text, hints);
    }

    fn warning_with(&mut self, place: Option<&str>, message: &str, hints: &[String]) {
        if let Some(text) = self.warner().text(place, message, hints) {
            self.write_stderr(&text);
        }
    }

    /// What gives warnings from elsewhere, in the same form.
    pub(crate) fn warner(&self) -> Warner {
        Warner {
            stderr: self.stderr.clone(),
            colored: self.colored_stderr,
            quiet: self.quiet,
            json: self.json,
            progress: self.progress.clone(),
        }
    }

    pub(crate) fn hint(&mut self, text: &str) {
        if !self.quiet && !self.json {
            let label = self.label("hint", "36");
            self.write_stderr(&format!("{label}: {text}\n"));
        }
    }

    /// A hint that says why the answer is what it is: also with `--json`, whose answer does not say it.
    pub(crate) fn reason(&mut self, text: &str) {
        match self.json && !self.quiet {
            true => self.write_stderr(&json_text(&HintLine { hint: HintJson { message: text } })),
            false => self.hint(text),
        }
    }

    /// A failure of the command as a whole.
    pub(crate) fn failure(&mut self, failure: &Failure) {
        self.failure_at(None, failure);
    }

    /// A failure of one of many targets, with those of its hints that were not given yet.
    pub(crate) fn failure_at(&mut self, place: Option<&str>, failure: &Failure) {
        if self.json {
            self.write_stderr(&json_text(&ErrorLine { error: failure.json(place) }));
            return;
        }
        let label = self.label("error", "31");
        let place = place.map_or_else(String::new, |place| format!("{place}: "));
        self.write_stderr(&format!("{label}: {place}{}\n", printable(&failure.message())));
        for hint in failure.hints() {
            if !self.hinted.contains(hint) {
                self.hint(hint);
                self.hinted.push(hint.clone());
            }
        }
    }

    fn label(&self, name: &str, color: &str) -> String {
        label(self.colored_stderr, name, color)
    }

    fn write_stderr(&mut self, text: &str) {
        // Answers that came before go out before, so that both streams in one place read in the order of events.
        if let Err(failure) = self.flush() {
            self.unwritten = Some(failure);
        }
        self.progress.clear();
        // Nobody is left to be told when standard error itself is gone.
        drop(self.stderr.write_text(text));
    }
}

/// Writes warnings from whichever thread they come, at once: before answers that are still collected.
#[derive(Debug, Clone)]
pub(crate) struct Warner {
    stderr: SharedWriter,
    colored: bool,
    quiet: bool,
    json: bool,
    progress: Progress,
}

impl Warner {
    /// Writes a warning and what to do about it.
    pub(crate) fn warn(&self, message: &str, hints: &[String]) {
        if let Some(text) = self.text(None, message, hints) {
            self.progress.clear();
            // Nobody is left to be told when standard error itself is gone.
            drop(self.stderr.write_text(&text));
        }
    }

    /// The lines of a warning; `None` where nobody wants them.
    fn text(&self, place: Option<&str>, message: &str, hints: &[String]) -> Option<String> {
        if self.quiet {
            return None;
        }
        if self.json {
            return Some(json_text(&WarningLine { warning: WarningJson { message, place, hints } }));
        }
        let place = place.map_or_else(String::new, |place| format!("{place}: "));
        let mut text = format!("{}: {place}{}\n", label(self.colored, "warning", "33"), printable(message));
        for hint in hints {
            text.push_str(&format!("{}: {hint}\n", label(self.colored, "hint", "36")));
        }
        Some(text)
    }
}

fn label(colored: bool, name: &str, color: &str) -> String {
    if colored { format!("\x1b[1;{color}m{name}\x1b[0m") } else { name.to_owned() }
}

/// A failure as one line of JSON.
pub(crate) fn error_line(failure: &Failure) -> String {
    json_text(&ErrorLine { error: failure.json(None) })
}

fn json_text(value: &impl Serialize) -> String {
    // Only maps with keys that are no texts fail, and there are none here.
    let mut line = serde_json::to_string(value).unwrap_or_default();
    line.push('\n');
    line
}
