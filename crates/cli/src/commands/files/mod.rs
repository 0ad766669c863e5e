//! `linkwright feeds` and `linkwright reports`: large files of Amazon's, listed and fetched in the same way.

mod entry;
mod get;
mod list;
mod size;

use clap::{Args, Subcommand};
use linkwright_sdk::core::{Error, ErrorKind, Marketplace, RequestContext, Result, Secret};
use linkwright_sdk::creators::{ListFeedsRequest, ListReportsRequest};
use linkwright_sdk::layers::Probe;
use linkwright_sdk::{DirectCalls, Profile};

use self::entry::Entry;
use self::get::GetArgs;
use crate::api;
use crate::args::{GlobalArgs, marketplace};
use crate::asking::{self, StoreFlags};
use crate::exit::Outcome;
use crate::failure::{CommandResult, Failure};
use crate::output::Output;
use crate::settings;
use crate::world::World;

/// List and fetch feeds: files of all products or deals, for accounts that Amazon grants them to
#[derive(Debug, Args)]
pub(crate) struct FeedsArgs {
    #[command(subcommand)]
    command: FeedsCommand,
}

/// List and fetch reports: files of your clicks and earnings, for accounts that Amazon grants them to
#[derive(Debug, Args)]
pub(crate) struct ReportsArgs {
    #[command(subcommand)]
    command: ReportsCommand,
}

#[derive(Debug, Subcommand)]
enum FeedsCommand {
    List(FeedsListArgs),
    Get(FeedsGetArgs),
}

#[derive(Debug, Subcommand)]
enum ReportsCommand {
    List(ReportsListArgs),
    Get(ReportsGetArgs),
}

/// List the feeds of a shop, with size and date
#[derive(Debug, Args)]
struct FeedsListArgs {
    #[command(flatten)]
    of: OfArgs,
}

/// List the reports of a shop, with size and date
#[derive(Debug, Args)]
struct ReportsListArgs {
    #[command(flatten)]
    of: OfArgs,
}

/// Fetch a feed into a file
///
/// What comes is kept beside the file until it is whole, so that a download that breaks off is taken up where it stopped. The
/// file appears, or is replaced, only when size and md5 are those of the list. The address it is fetched from is good for some
/// minutes and for whoever has it, so it is never shown.
#[derive(Debug, Args)]
#[command(after_help = GET_HELP_FEEDS)]
struct FeedsGetArgs {
    #[command(flatten)]
    get: GetArgs,
}

/// Fetch a report into a file that only you may read
///
/// What comes is kept beside the file until it is whole, so that a download that breaks off is taken up where it stopped. The
/// file appears, or is replaced, only when size and md5 are those of the list. The address it is fetched from is good for some
/// minutes and for whoever has it, so it is never shown.
#[derive(Debug, Args)]
#[command(after_help = GET_HELP_REPORTS)]
struct ReportsGetArgs {
    #[command(flatten)]
    get: GetArgs,
}

const GET_HELP_FEEDS: &str = "\
Examples:
  linkwright feeds list -m us
  linkwright feeds get NAME --gunzip -o products.xml";

const GET_HELP_REPORTS: &str = "\
Examples:
  linkwright reports list -m us
  linkwright reports get NAME --gunzip -o earnings.tsv";

/// Of which shop, and with which credential.
#[derive(Debug, Args)]
struct OfArgs {
    /// Shop to ask, as us, uk, co.uk, amazon.de or de_DE
    #[arg(short, long, value_parser = marketplace, value_name = "SHOP")]
    marketplace: Option<Marketplace>,

    #[command(flatten)]
    stores: StoreFlags,
}

/// What kind of files is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Feeds,
    Reports,
}

impl Kind {
    /// The command, which is also what there are several of.
    const fn many(self) -> &'static str {
        match self {
            Self::Feeds => "feeds",
            Self::Reports => "reports",
        }
    }

    const fn one(self) -> &'static str {
        match self {
            Self::Feeds => "feed",
            Self::Reports => "report",
        }
    }
}

/// Who is asked, and for what.
struct Shelf {
    kind: Kind,
    profile: Profile,
    context: RequestContext,
    calls: DirectCalls,
}

impl Shelf {
    fn open(kind: Kind, of: &OfArgs, global: &GlobalArgs, world: &World) -> CommandResult<Self> {
        if global.offline {
            return Err(Failure::usage("the Creators API cannot be asked with `--offline`"));
        }
        let profile = settings::profile(global, world)?;
        let context = asking::untagged(of.marketplace, &profile, world)?;
        let access = api::access(&of.stores.store, &profile, world)?;
        let calls = access.direct_calls(Probe::WhenDue);
        Ok(Self { kind, profile, context, calls })
    }

    /// Says of a refusal what is likely.
    fn refused(&self, error: Error) -> Failure {
        let denied = error.kind() == ErrorKind::PermissionDenied;
        let failure = Failure::from(error);
        match denied {
            true => failure.with_hint(format!("Amazon grants {} to some accounts only", self.kind.many())),
            false => failure,
        }
    }

    /// What there is.
    async fn list(&self) -> Result<Vec<Entry>> {
        let (shop, context) = (self.context.marketplace, &self.context);
        Ok(match self.kind {
            Kind::Feeds => Entry::feeds(shop, self.calls.call(context, &ListFeedsRequest::new(shop)).await?),
            Kind::Reports => {
                Entry::reports(shop, self.calls.call(context, &ListReportsRequest::new(shop)).await?)
            }
        })
    }

    /// Where a file is for the moment.
    async fn address(&self, entry: &Entry) -> Result<Secret> {
        let link = match entry {
            Entry::Feed { request, .. } => self.calls.call(&self.context, request).await?,
            Entry::Report { request, .. } => self.calls.call(&self.context, request).await?,
        };
        Ok(link.url)
    }
}

/// Runs `linkwright feeds`.
pub(crate) fn feeds(
    args: &FeedsArgs,
    global: &GlobalArgs,
    world: &mut World,
    output: &mut Output,
) -> CommandResult<Outcome> {
    match &args.command {
        FeedsCommand::List(list) => {
            list::run(&Shelf::open(Kind::Feeds, &list.of, global, world)?, world, output)
        }
        FeedsCommand::Get(FeedsGetArgs { get }) => {
            get::run(&Shelf::open(Kind::Feeds, &get.of, global, world)?, get, world, output)
        }
    }
}

/// Runs `linkwright reports`.
pub(crate) fn reports(
    args: &ReportsArgs,
    global: &GlobalArgs,
    world: &mut World,
    output: &mut Output,
) -> CommandResult<Outcome> {
    match &args.command {
        ReportsCommand::List(list) => {
            list::run(&Shelf::open(Kind::Reports, &list.of, global, world)?, world, output)
        }
        ReportsCommand::Get(ReportsGetArgs { get }) => {
            get::run(&Shelf::open(Kind::Reports, &get.of, global, world)?, get, world, output)
        }
    }
}
