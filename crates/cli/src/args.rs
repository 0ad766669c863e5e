//! The arguments: global options, and one variant a command.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use linkwright_sdk::core::Marketplace;

use crate::commands::{
    browse_nodes, call, completions, credential, emulator, files, init, inspect, items, link, man,
    marketplaces, profile, search, variations,
};
use crate::exit::EXIT_CODES;
use crate::world::World;

/// Amazon affiliate links and product data that keep working, with the Creators API or without it
#[derive(Debug, Parser)]
#[command(
    name = "linkwright",
    version,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    max_term_width = 100,
    after_help = AFTER_HELP,
    after_long_help = after_long_help(),
    subcommand_help_heading = "Commands",
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: GlobalArgs,

    #[command(subcommand)]
    pub(crate) command: Command,
}

const AFTER_HELP: &str = "\
Examples:
  linkwright link B08N5WRWNW --tag mysite-20
  linkwright inspect 'https://amzn.to/3xYzAbC'
  linkwright init

Amazon's rules: a tag is put on its own shop's links only, and no tag but yours is ever written.
What a command does, and its options: linkwright COMMAND --help";

fn after_long_help() -> String {
    let codes: Vec<String> =
        EXIT_CODES.iter().map(|(code, meaning)| format!("  {code:>2}  {meaning}")).collect();
    format!("{AFTER_HELP}\n\nExit codes:\n{}", codes.join("\n"))
}

/// One command a variant, links first. What each does stands at its own arguments: a sentence here would hide the longer
/// text there.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Link(link::LinkArgs),
    Inspect(inspect::InspectArgs),
    Items(items::ItemsArgs),
    Search(Box<search::SearchArgs>),
    Variations(variations::VariationsArgs),
    BrowseNodes(browse_nodes::BrowseNodesArgs),
    Feeds(files::FeedsArgs),
    Reports(files::ReportsArgs),
    Call(call::CallArgs),
    Marketplaces(marketplaces::MarketplacesArgs),
    Credential(credential::CredentialArgs),
    Profile(profile::ProfileArgs),
    Init(init::InitArgs),
    Emulator(emulator::EmulatorArgs),
    Completions(completions::CompletionsArgs),
    Man(man::ManArgs),
}

/// Options of every command.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct GlobalArgs {
    /// Use this profile instead of the default one
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) profile: Option<String>,

    /// Use this file of profiles [env: LINKWRIGHT_CONFIG]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// Print machine-readable JSON
    #[arg(long, global = true)]
    pub(crate) json: bool,

    /// Say more about what is done and why (repeat for more)
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,

    /// Say nothing but answers and errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,

    /// How to write what `-v` says
    #[arg(long, global = true, value_enum, value_name = "FORMAT", default_value_t)]
    pub(crate) log_format: LogFormat,

    /// When to use colour; `auto` is on a terminal, unless `NO_COLOR` is set
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t)]
    pub(crate) color: ColorChoice,

    /// Make no network request: products are answered with links, and credentials are not checked
    #[arg(long, global = true)]
    pub(crate) offline: bool,

    /// Give up after this long, such as 500ms, 10s or 2m
    #[arg(long, global = true, value_name = "DURATION", value_parser = duration)]
    pub(crate) timeout: Option<Duration>,
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum LogFormat {
    #[default]
    Text,
    Json,
}

/// When colour is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum ColorChoice {
    #[default]
    Auto,
    Always,
    Never,
}

impl ColorChoice {
    /// Whether a stream gets colour.
    pub(crate) fn is_on(self, stream_is_terminal: bool, world: &World) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => {
                let set = |name: &str| (world.variables)(name).is_some_and(|value| !value.is_empty());
                stream_is_terminal && !set("NO_COLOR") && (world.variables)("TERM").as_deref() != Some("dumb")
            }
        }
    }
}

/// Reads `500ms`, `10s`, `2m` or a plain number of seconds.
fn duration(text: &str) -> Result<Duration, String> {
    let split = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let number: u64 =
        number.parse().map_err(|_| "expected a number and `ms`, `s` or `m`, such as 10s".to_owned())?;
    match unit {
        "ms" => Ok(Duration::from_millis(number)),
        "" | "s" => Ok(Duration::from_secs(number)),
        "m" => Ok(Duration::from_secs(number.saturating_mul(60))),
        _ => Err(format!("unknown unit: `{unit}`; known: ms, s, m")),
    }
}

/// Reads a shop as people name it. For clap, whose messages name the flag.
pub(crate) fn marketplace(text: &str) -> Result<Marketplace, String> {
    text.parse().map_err(|error: linkwright_sdk::core::UnknownMarketplace| error.to_string())
}
