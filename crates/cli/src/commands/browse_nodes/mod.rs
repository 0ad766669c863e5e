//! `linkwright browse-nodes`: categories with what is above and below them.

mod json;
mod tree;

use std::sync::Arc;

use clap::Args;
use linkwright_sdk::core::{
    Batch, BrowseNodeId, BrowseNodePage, Error, ErrorKind, GetBrowseNodes, MissingReason,
    ProductSourceExt as _, RequestContext, Sourced,
};
use linkwright_sdk::zero::{Catalog, MissingTag, Page};

use crate::args::GlobalArgs;
use crate::asking::{self, Asker, ShopArgs, SourceArgs, link_to, same_request};
use crate::exit::{Count, Outcome};
use crate::failure::{CommandResult, Failure};
use crate::json::{MissingJson, MissingLine};
use crate::output::Output;
use crate::pointed::browse_node;
use crate::printable::{printable, without_fraction};
use crate::runtime::Runtime;
use crate::settings;
use crate::world::World;

/// Show categories (browse nodes) with what is above and below them
///
/// Asks the Creators API. Where it cannot be asked, or does not answer, each category is answered with the link to its page,
/// with your tag, and the reason on standard error. A category's number stands in the address of its page, and in
/// `linkwright search --refine`.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct BrowseNodesArgs {
    /// A category's number, or a link to its page
    #[arg(value_name = "TARGET", required = true)]
    targets: Vec<String>,

    #[command(flatten)]
    shop: ShopArgs,

    /// Language to ask for, such as de_DE
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,

    #[command(flatten)]
    api: SourceArgs,
}

const AFTER_HELP: &str = "\
Examples:
  linkwright browse-nodes 284507 --tag mysite-20
  linkwright browse-nodes 'https://www.amazon.de/b?node=3169211' --tag mysite-21 --json

With `--json` every line is one category.";

/// One category as it was asked for.
struct Wanted<'a> {
    text: &'a str,
    place: Option<String>,
    id: BrowseNodeId,
    context: RequestContext,
}

/// What was asked for and is no category.
struct Refused<'a> {
    text: &'a str,
    place: Option<String>,
    failure: Failure,
}

/// Categories of one shop with one tag, and what became of them.
type Asked<'a> = (&'a RequestContext, Batch<BrowseNodePage, BrowseNodeId>);

/// Runs the command.
pub(crate) fn run(
    args: &BrowseNodesArgs,
    global: &GlobalArgs,
    world: &mut World,
    output: &mut Output,
) -> CommandResult<Outcome> {
    let profile = settings::profile(global, world)?;
    let missing_tag = asking::missing_tag_but_search(
        args.shop.missing_tag.as_deref(),
        &profile,
        "a category leads to its page",
        MissingTag::Untagged,
    )?;
    let mut asker = Asker::new(&args.shop.tags, args.language.as_deref(), missing_tag, &profile)?;
    let notices = args.api.notices(&profile);
    let source = args.api.source(&profile, Catalog::empty(), global, world, &notices)?;
    let several = args.targets.len() > 1;

    let mut wanted: Vec<Result<Wanted<'_>, Refused<'_>>> = Vec::new();
    for (text, number) in args.targets.iter().zip(1..) {
        let place = several.then(|| format!("target {number}"));
        let pointed =
            browse_node(text).and_then(|(id, target)| Ok((id, asker.context(&target, several, world)?)));
        match pointed {
            Ok((id, (context, warning))) => {
                asker.warn_of_suffixes(output);
                if let Some(warning) = warning {
                    output.warning_at(place.as_deref(), &warning);
                }
                wanted.push(Ok(Wanted { text, place, id, context }));
            }
            Err(failure) => wanted.push(Err(Refused { text, place, failure })),
        }
    }

    let runtime = Runtime::new()?;
    let mut asked: Vec<Asked<'_>> = Vec::new();
    for first in wanted.iter().flatten() {
        if asked.iter().any(|(known, _)| same_request(known, &first.context)) {
            continue;
        }
        let alike = wanted.iter().flatten().filter(|one| same_request(&one.context, &first.context));
        let ids: Vec<BrowseNodeId> = alike.map(|one| one.id).collect();
        let answered = runtime.block_on(source.run(&first.context, GetBrowseNodes::new(ids.iter().copied())));
        // A request that is refused as a whole takes no other one's categories along.
        asked.push((&first.context, answered.unwrap_or_else(|error| Batch::all_failed(ids, &error))));
    }
    notices.say(output);

    let mut print =
        Print { first: true, fail_on_degraded: args.api.fail_on_degraded(), count: Count::default() };
    for one in &wanted {
        match one {
            Ok(one) => {
                let batch = asked.iter().find(|(known, _)| same_request(known, &one.context));
                match batch.map(|(_, batch)| (batch.get(one.id), batch.missing_reason(one.id))) {
                    Some((Some(page), _)) => print.category(one, page, world, output)?,
                    Some((None, Some(MissingReason::Failed(error)))) => {
                        print.failure(one.text, one.place.as_deref(), &error.clone().into(), output)?;
                    }
                    _ => {
                        let message =
                            format!("{} has no such category: `{}`", one.context.marketplace.host(), one.id);
                        let error = Error::new(ErrorKind::NotFound, "browse_nodes.get", message);
                        print.failure(one.text, one.place.as_deref(), &error.into(), output)?;
                    }
                }
            }
            Err(Refused { text, place, failure }) => {
                print.failure(text, place.as_deref(), failure, output)?;
            }
        }
    }
    Ok(print.count.outcome())
}

/// Prints one category after another.
struct Print {
    first: bool,
    fail_on_degraded: bool,
    count: Count,
}

impl Print {
    fn category(
        &mut self,
        wanted: &Wanted<'_>,
        page: &Sourced<Arc<BrowseNodePage>>,
        world: &World,
        output: &mut Output,
    ) -> CommandResult<()> {
        self.count.answered();
        if page.degraded.is_some() && self.fail_on_degraded {
            self.count.degraded();
        }
        let url = match &page.value.url {
            Some(url) => url.clone(),
            // The API gives none.
            None => link_to(&Page::BrowseNode(wanted.id.to_string().into()), &wanted.context)?,
        };
        let now = world.clock.now();
        if output.json {
            return output.json_line(&json::line(&wanted.context, wanted.id, &url, page, now));
        }
        if !std::mem::take(&mut self.first) {
            output.line("")?;
        }
        let times = page.value.node.as_ref();
        let node = times.and_then(|node| Some((node, node.at(now)?)));
        let id = wanted.id.to_string();
        let Some((times, node)) = node else {
            return output.line(&format!("{id}  {}", printable(&url)));
        };
        let name = node.name().unwrap_or("(no name)");
        let beside = " ".repeat(id.len() + 2);
        output.line(&format!("{id}  {}", printable(name)))?;
        output.line(&format!("{beside}{}", printable(&url)))?;
        output.line(&format!("{beside}as of {}", without_fraction(&times.fetched_at().to_string())))?;
        output.line("")?;
        for line in tree::lines(node, world.speaks_unicode()) {
            output.line(&format!("{beside}{line}"))?;
        }
        Ok(())
    }

    fn failure(
        &mut self,
        text: &str,
        place: Option<&str>,
        failure: &Failure,
        output: &mut Output,
    ) -> CommandResult<()> {
        self.count.failed(failure.kind());
        output.failure_at(place, failure);
        if output.json {
            output.json_line(&MissingLine::new(MissingJson::new(text, failure)))?;
        }
        Ok(())
    }
}
