//! What a command is about: arguments, or the lines of standard input for `-`.

use std::borrow::Cow;
use std::io::BufRead as _;

use crate::failure::{CommandResult, Failure};
use crate::world::World;

/// The longest line that is read as one; no link is this long. It bounds memory.
const LONGEST_LINE: usize = 1 << 20;

/// Where targets come from.
pub(crate) enum Targets<'a> {
    /// From the command line.
    Arguments(&'a [String]),
    /// From standard input, one a line.
    StandardInput,
}

/// One target as it was given, or a part of a line too long to be one.
pub(crate) struct Given<'a> {
    /// The target; what is not UTF-8 is replaced.
    pub(crate) text: &'a str,
    /// The very bytes, without the line's end.
    pub(crate) raw: &'a [u8],
    /// Its place, counted from 1.
    pub(crate) number: u64,
    pub(crate) part: Part,
}

/// Which part of a line was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Whole,
    /// The beginning of a line that is longer than [`LONGEST_LINE`].
    Start,
    /// What follows such a beginning.
    Rest {
        last: bool,
    },
}

impl Given<'_> {
    /// Whether nothing stands there but blanks.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Whether this is no target but what follows the beginning of a line too long to be one.
    pub(crate) fn is_rest(&self) -> bool {
        matches!(self.part, Part::Rest { .. })
    }

    /// Refuses a line that is too long to be a target.
    pub(crate) fn check_length(&self) -> CommandResult<()> {
        match self.part {
            Part::Whole => Ok(()),
            Part::Start | Part::Rest { .. } => {
                Err(Failure::usage(format!("longer than any link: over {LONGEST_LINE} bytes")))
            }
        }
    }
}

impl<'a> Targets<'a> {
    /// `-` alone means standard input; among others it is a mistake.
    pub(crate) fn new(arguments: &'a [String]) -> CommandResult<Self> {
        match arguments {
            [only] if only == "-" => Ok(Self::StandardInput),
            several if several.iter().any(|argument| argument == "-") => {
                Err(Failure::usage("`-` reads standard input and cannot stand beside other targets"))
            }
            several => Ok(Self::Arguments(several)),
        }
    }

    /// Hands over one target after another with its place (`line 3`) in constant memory. Blank lines are handed over as
    /// empty texts, so that answers can stay in line with questions.
    pub(crate) fn for_each(
        &self,
        world: &mut World,
        mut each: impl FnMut(&Given<'_>, &mut World) -> CommandResult<()>,
    ) -> CommandResult<()> {
        match self {
            Self::Arguments(arguments) => {
                for (argument, number) in arguments.iter().zip(1..) {
                    world.check_deadline()?;
                    let given = Given { text: argument, raw: argument.as_bytes(), number, part: Part::Whole };
                    each(&given, world)?;
                }
                Ok(())
            }
            Self::StandardInput => {
                let mut bytes = Vec::new();
                let mut number = 0;
                let mut inside_line = false;
                loop {
                    world.check_deadline()?;
                    bytes.clear();
                    let end = read_line(world, &mut bytes)?;
                    if end == LineEnd::NoLine && !inside_line {
                        return Ok(());
                    }
                    let last = end != LineEnd::TooLong;
                    let part = match (inside_line, last) {
                        (false, true) => Part::Whole,
                        (false, false) => Part::Start,
                        (true, last) => Part::Rest { last },
                    };
                    number += u64::from(!inside_line);
                    inside_line = !last;
                    let text = match std::str::from_utf8(&bytes) {
                        Ok(text) => Cow::Borrowed(text),
                        Err(_) => String::from_utf8_lossy(&bytes),
                    };
                    // Windows' editors begin a file with a mark that is no part of its first line.
                    let text = if number == 1 { text.trim_start_matches('\u{feff}') } else { &text };
                    each(&Given { text, raw: &bytes, number, part }, world)?;
                }
            }
        }
    }

    /// How a place is named in messages; `None` where there is only one.
    pub(crate) fn place(&self, number: u64) -> Option<String> {
        match self {
            Self::Arguments([_]) => None,
            Self::Arguments(_) => Some(format!("target {number}")),
            Self::StandardInput => Some(format!("line {number}")),
        }
    }

    /// Whether there may be more than one.
    pub(crate) const fn are_several(&self) -> bool {
        !matches!(self, Self::Arguments([_]))
    }

    pub(crate) const fn is_stream(&self) -> bool {
        matches!(self, Self::StandardInput)
    }
}

/// How reading a line ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LineEnd {
    /// At the line's end, or at the end of the input.
    Complete,
    /// At the length where it no longer can be a link; the rest comes next.
    TooLong,
    /// There was none any more.
    NoLine,
}

/// Reads one line without its end (`\n` or `\r\n`). A byte order mark before the first is left to the link reader.
fn read_line(world: &mut World, line: &mut Vec<u8>) -> CommandResult<LineEnd> {
    let mut any = false;
    loop {
        let available = match world.stdin.fill_buf() {
            Ok(available) => available,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(Failure::stream(error, "cannot read standard input")),
        };
        if available.is_empty() {
            return Ok(if any { without_return(line) } else { LineEnd::NoLine });
        }
        any = true;
        let room = &available[..available.len().min(LONGEST_LINE - line.len())];
        if room.is_empty() {
            return Ok(LineEnd::TooLong);
        }
        let end = room.iter().position(|byte| *byte == b'\n');
        line.extend_from_slice(&room[..end.unwrap_or(room.len())]);
        let used = end.map_or(room.len(), |end| end + 1);
        world.stdin.consume(used);
        if end.is_some() {
            return Ok(without_return(line));
        }
    }
}

fn without_return(line: &mut Vec<u8>) -> LineEnd {
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    LineEnd::Complete
}
