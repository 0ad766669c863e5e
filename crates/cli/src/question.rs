//! Questions to a person at the terminal, or to the lines of standard input.

use linkwright_sdk::core::Secret;

use crate::failure::{CommandResult, Failure};
use crate::output::Output;
use crate::world::World;

/// Asks until the answer can be taken. The end of the input ends the questions, except that it stands for one empty
/// answer. `otherwise` says how to do without the question.
pub(crate) fn question<T>(
    world: &mut World,
    output: &mut Output,
    text: &str,
    otherwise: &str,
    take: impl Fn(&str) -> Result<T, String>,
) -> CommandResult<T> {
    loop {
        output.prompt(text);
        let answer = world.read_line().map_err(|error| Failure::stream(error, "cannot read the answer"))?;
        end_line(world, output, answer.is_some());
        match (take(answer.as_deref().unwrap_or_default()), &answer) {
            (Ok(value), _) => return Ok(value),
            (Err(message), Some(_)) => output.refusal(&message),
            (Err(_), None) => {
                let question = text.trim_end_matches([':', ' ']);
                return Err(Failure::usage(format!("the answers ended before this question: `{question}`"))
                    .with_hint(otherwise));
            }
        }
    }
}

/// Asks for a secret, which is not shown as it is typed, until it can be taken.
pub(crate) fn secret_question(
    world: &World,
    output: &mut Output,
    text: &str,
    check: impl Fn(&Secret) -> Result<(), String>,
) -> CommandResult<Secret> {
    loop {
        output.prompt(text);
        let read = (world.read_secret)();
        let typed = read.map_err(|error| {
            output.prompt("\n");
            Failure::stream(error, "cannot read the secret from the terminal")
        })?;
        // Copying takes a blank or a line's end along.
        let secret = Secret::new(typed.expose().trim());
        match check(&secret) {
            Ok(()) => return Ok(secret),
            Err(message) => output.refusal(&message),
        }
    }
}

/// Asks a question whose answer is no unless it plainly is yes.
pub(crate) fn confirmed(world: &mut World, output: &mut Output, text: &str) -> CommandResult<bool> {
    output.prompt(&format!("{text} [y/N] "));
    let answer = world.read_line().map_err(|error| Failure::stream(error, "cannot read the answer"))?;
    end_line(world, output, answer.is_some());
    Ok(answer.is_some_and(|answer| matches!(answer.to_ascii_lowercase().as_str(), "y" | "yes")))
}

/// Ends the line of a question where nobody's typing did: at the end of the input, and without a terminal.
fn end_line(world: &World, output: &mut Output, answered: bool) {
    if !(world.stdin_is_terminal && answered) {
        output.prompt("\n");
    }
}
