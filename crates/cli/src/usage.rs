//! What is said about arguments that cannot be read, and the text of `--help` and `--version`.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind as Mistake;

use crate::args::ColorChoice;
use crate::exit::Outcome;
use crate::failure::Failure;
use crate::output::error_line;
use crate::world::World;

/// The global options that count even where the arguments as a whole cannot be read.
#[derive(Debug, Default)]
pub(crate) struct Presentation {
    json: bool,
    color: ColorChoice,
}

impl Presentation {
    /// Looks for `--json` and `--color` anywhere before `--`.
    pub(crate) fn of(arguments: &[OsString]) -> Self {
        let mut found = Self::default();
        let mut words =
            arguments.iter().filter_map(|argument| argument.to_str()).take_while(|word| *word != "--");
        while let Some(word) = words.next() {
            let color = match word {
                "--json" => {
                    found.json = true;
                    None
                }
                "--color" => words.next(),
                _ => word.strip_prefix("--color="),
            };
            match color {
                Some("always") => found.color = ColorChoice::Always,
                Some("never") => found.color = ColorChoice::Never,
                _ => {}
            }
        }
        found
    }
}

/// Help and version go to standard output with code 0, mistakes in the arguments to standard error with code 2.
pub(crate) fn answer(error: &clap::Error, presentation: &Presentation, world: &mut World) -> ExitCode {
    let text = error.render();
    let (stream, is_terminal) = if error.use_stderr() {
        (&world.stderr, world.stderr_is_terminal)
    } else {
        (&world.stdout, world.stdout_is_terminal)
    };
    let written = if presentation.json && error.use_stderr() {
        stream.write_text(&error_line(&failure(error.kind(), &text.to_string())))
    } else if presentation.color.is_on(is_terminal, world) {
        stream.write_text(&text.ansi().to_string())
    } else {
        stream.write_text(&text.to_string())
    };
    match written {
        // A reader that has seen enough of the help is no failure.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => ExitCode::from(Outcome::UNAVAILABLE),
        _ => ExitCode::from(if error.use_stderr() { Outcome::USAGE } else { 0 }),
    }
}

/// clap's text as a failure: its first paragraph is the message, its tips are hints.
fn failure(mistake: Mistake, text: &str) -> Failure {
    if mistake == Mistake::DisplayHelpOnMissingArgumentOrSubcommand {
        return Failure::usage("no command").with_hint("see `linkwright --help`");
    }
    let paragraph = text.split("\n\n").next().unwrap_or_default();
    let lines: Vec<&str> = paragraph.lines().map(str::trim).collect();
    let message = lines.join(" ");
    let tips = text.lines().filter_map(|line| line.trim().strip_prefix("tip: "));
    tips.fold(Failure::usage(message.trim_start_matches("error: ")), |failure, tip| failure.with_hint(tip))
}
