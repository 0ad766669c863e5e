//! `linkwright call`: any operation of the Creators API with a body of one's own, and the answer as it came.

use std::io::Read as _;

use clap::Args;
use linkwright_sdk::core::{Error, ErrorKind};
use linkwright_sdk::creators::ApiOperation;
use linkwright_sdk::layers::Probe;
use linkwright_sdk::nearest_name;
use linkwright_sdk::zero::{MissingTag, Target};

use crate::api;
use crate::args::GlobalArgs;
use crate::asking::{Asker, StoreFlags, TagArgs};
use crate::exit::Outcome;
use crate::failure::{CommandResult, Failure};
use crate::output::Output;
use crate::runtime::Runtime;
use crate::settings;
use crate::world::World;

/// Call an operation of the Creators API with a body of your own
///
/// The answer is printed as Amazon gave it: for what the other commands do not show, and for members this version does not
/// know yet. Token, pace, repeated tries and errors are those of all commands. The body is checked by Amazon alone, but for
/// its `partnerTag`: without one, yours is put in where the operation takes one.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct CallArgs {
    /// The operation: getItems, searchItems, getVariations, getBrowseNodes, listFeeds, getFeed, listReports or getReport
    #[arg(value_name = "OPERATION")]
    operation: String,

    /// The body, a JSON object; `-` reads it from standard input
    #[arg(value_name = "JSON", default_value = "{}")]
    body: String,

    /// Print the answer with one member a line
    #[arg(long)]
    pretty: bool,

    /// Print also the temporary address that getFeed and getReport answer: whoever has it has the file
    #[arg(long)]
    reveal: bool,

    #[command(flatten)]
    tags: TagArgs,

    #[command(flatten)]
    stores: StoreFlags,

    /// Ask the API although it refused lately and the next try is hours away
    #[arg(long, help_heading = "Creators API")]
    probe: bool,
}

const AFTER_HELP: &str = "\
Examples:
  linkwright call getItems '{\"itemIds\": [\"B08N5WRWNW\"], \"resources\": [\"itemInfo.title\"]}'
  linkwright call searchItems - --pretty -m de < search.json

Prices in an answer may be shown for an hour, with the time and Amazon's words beside them; its \
other words and pictures for a day. The other commands see to that, this one does not.";

/// The largest body; Amazon's own are of a few KiB.
const LARGEST_BODY: u64 = 1 << 20;

/// Runs the command.
pub(crate) fn run(
    args: &CallArgs,
    global: &GlobalArgs,
    world: &mut World,
    output: &mut Output,
) -> CommandResult<Outcome> {
    let operation = args.operation()?;
    if global.offline {
        return Err(Failure::usage("the Creators API cannot be asked with `--offline`"));
    }
    if !args.reveal
        && let Some(command) = fetched_by(operation)
    {
        let message = format!("the answer of this operation is a secret: `{operation}`");
        return Err(Failure::usage(message)
            .with_hint(format!("to fetch the file, use `linkwright {command} get NAME`"))
            .with_hint("to see the answer all the same, add `--reveal`"));
    }
    let profile = settings::profile(global, world)?;
    let body = if args.body == "-" { from_stdin(world)? } else { args.body.clone() };
    // A tag may stand in the body.
    let mut asker = Asker::new(&args.tags, None, MissingTag::Untagged, &profile)?;
    let (context, _) = asker.context(&Target::words(""), false, world)?;
    asker.warn_of_suffixes(output);
    let access = api::access(&args.stores.store, &profile, world)?;
    let probe = if args.probe { Probe::Always } else { Probe::WhenDue };
    let answered = Runtime::new()?.block_on(access.direct_calls(probe).call_raw(&context, operation, &body));
    let answer = answered.map_err(|error| match error.reason() {
        Some("no_tag") => {
            let hint = format!(
                "give your tag for that shop: `--tag {}=TAG`, or as `partnerTag` in the body",
                context.marketplace
            );
            Failure::from(error).without_hints().with_hint(hint)
        }
        _ => Failure::from(error),
    })?;
    let text = answer.get();
    output.line(if args.pretty { pretty(text) } else { text.to_owned() }.trim_end())?;
    Ok(Outcome::Complete)
}

impl CallArgs {
    fn operation(&self) -> CommandResult<ApiOperation> {
        self.operation.parse().map_err(|error: Error| {
            let near = nearest_name(&self.operation, ApiOperation::ALL.map(ApiOperation::as_str));
            match near {
                Some(near) => {
                    Failure::from(error).without_hints().with_hint(format!("did you mean `{near}`?"))
                }
                None => error.into(),
            }
        })
    }
}

/// The command that fetches what the operation answers the address of.
fn fetched_by(operation: ApiOperation) -> Option<&'static str> {
    match operation {
        ApiOperation::GetFeed => Some("feeds"),
        ApiOperation::GetReport => Some("reports"),
        _ => None,
    }
}

fn from_stdin(world: &mut World) -> CommandResult<String> {
    let mut bytes = Vec::new();
    let read = world.stdin.by_ref().take(LARGEST_BODY + 1).read_to_end(&mut bytes);
    read.map_err(|error| Failure::stream(error, "cannot read standard input"))?;
    if bytes.len() as u64 > LARGEST_BODY {
        return Err(Failure::usage(format!("the body is larger than any: over {LARGEST_BODY} bytes")));
    }
    String::from_utf8(bytes).map_err(|error| {
        let message = "the body is not UTF-8";
        Failure::from(Error::new(ErrorKind::RequestInvalid, "call", message).with_source(error))
    })
}

/// JSON with one member a line. It works on the text: a map of values would change the order of members, and numbers.
fn pretty(json: &str) -> String {
    let mut shown = String::with_capacity(json.len() * 2);
    let mut depth = 0_usize;
    let mut inside_text = false;
    let mut characters = json.chars().peekable();
    let break_line = |shown: &mut String, depth: usize| {
        shown.push('\n');
        shown.extend(std::iter::repeat_n("  ", depth));
    };
    while let Some(character) = characters.next() {
        if inside_text {
            shown.push(character);
            match character {
                '\\' => shown.extend(characters.next()),
                '"' => inside_text = false,
                _ => {}
            }
            continue;
        }
        match character {
            blank if blank.is_ascii_whitespace() => {}
            '{' | '[' => {
                shown.push(character);
                while characters.next_if(char::is_ascii_whitespace).is_some() {}
                match characters.next_if(|next| matches!(next, '}' | ']')) {
                    // Empty: both on one line.
                    Some(end) => shown.push(end),
                    None => {
                        depth += 1;
                        break_line(&mut shown, depth);
                    }
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                break_line(&mut shown, depth);
                shown.push(character);
            }
            ',' => {
                shown.push(character);
                break_line(&mut shown, depth);
            }
            ':' => shown.push_str(": "),
            other => {
                inside_text = other == '"';
                shown.push(other);
            }
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::pretty;

    #[test]
    fn json_is_set_out_and_not_changed() {
        #[track_caller]
        fn check(json: &str, shown: &str) {
            assert_eq!(pretty(json), shown);
        }
        check("{}", "{}");
        check("[ \n]", "[]");
        check(
            r#"{"b":1.10,"a":[1,{"c":null}]}"#,
            "{\n  \"b\": 1.10,\n  \"a\": [\n    1,\n    {\n      \"c\": null\n    }\n  ]\n}",
        );
        check(r#"{"a":"{\"b\": [1, 2]}\\"}"#, "{\n  \"a\": \"{\\\"b\\\": [1, 2]}\\\\\"\n}");
        check(
            r#"{"same":1,"same":12345678901234567890.0}"#,
            "{\n  \"same\": 1,\n  \"same\": 12345678901234567890.0\n}",
        );
    }
}
