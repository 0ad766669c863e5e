//! `linkwright items`: products with what the Creators API says of them, and links with the author's own words where it
//! cannot be asked.

mod answers;
mod card;
mod wanted;

use std::path::PathBuf;

use clap::Args;
use linkwright_sdk::core::Resources;
use linkwright_sdk::zero::MissingTag;

use self::answers::Answers;
use self::wanted::{Wanted, wanted};
use crate::args::GlobalArgs;
use crate::asking::{self, Asker, ShopArgs, SourceArgs};
use crate::exit::Outcome;
use crate::failure::CommandResult;
use crate::output::Output;
use crate::runtime::Runtime;
use crate::settings;
use crate::targets::Targets;
use crate::world::World;

/// Show products: title, picture, price and link, from the Creators API or without it
///
/// Asks the Creators API if you have a credential for the shop. Where it cannot be asked, or does not answer, every product is
/// still answered with a link that carries your tag, and with the title, remark and picture that your catalog has for it; the
/// reason is said beside. Prices and stock come from the API only, with their time.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct ItemsArgs {
    /// An ASIN, an ISBN, a product link, or `-` for one a line from standard input
    #[arg(value_name = "TARGET", required = true)]
    targets: Vec<String>,

    #[command(flatten)]
    shop: ShopArgs,

    /// File with your own titles, remarks and pictures (.csv, .json or .toml)
    #[arg(long, value_name = "FILE")]
    catalog: Option<PathBuf>,

    /// Language to ask for, such as de_DE
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,

    /// What to ask of each product: link, card, full, or names such as offersV2.listings.price, with commas between
    #[arg(long, value_name = "NAMES", default_value = "card", help_heading = "Creators API")]
    resources: String,

    #[command(flatten)]
    api: SourceArgs,
}

const AFTER_HELP: &str = "\
Examples:
  linkwright items B08N5WRWNW --tag mysite-20
  linkwright items B08N5WRWNW -m de --resources full --json
  linkwright items - --catalog products.csv --json < asins.txt

A catalog in CSV begins with a line such as `asin,title,note,image`.";

/// How many lines of standard input are answered together: ten calls of the API.
const CHUNK: usize = 100;

/// Runs the command.
pub(crate) fn run(
    args: &ItemsArgs,
    global: &GlobalArgs,
    world: &mut World,
    output: &mut Output,
) -> CommandResult<Outcome> {
    let profile = settings::profile(global, world)?;
    let catalog = settings::catalog(args.catalog.as_deref(), &profile, world)?;
    let missing_tag = asking::missing_tag_but_search(
        args.shop.missing_tag.as_deref(),
        &profile,
        "an item leads to a product",
        MissingTag::NearestEnrolled,
    )?;
    let mut asker = Asker::new(&args.shop.tags, args.language.as_deref(), missing_tag, &profile)?;
    let resources: Resources = args.resources.parse()?;
    let notices = args.api.notices(&profile);
    let source = args.api.source(&profile, catalog, global, world, &notices)?;
    let runtime = Runtime::new()?;

    let targets = Targets::new(&args.targets)?;
    let mut run = Answers::new(source, notices, resources, runtime);
    run.stream = targets.is_stream();
    run.fail_on_degraded = args.api.fail_on_degraded();
    let mut chunk: Vec<Wanted> = Vec::new();
    targets.for_each(world, |given, world| {
        if given.is_rest() || (given.is_blank() && targets.is_stream()) {
            return Ok(());
        }
        let place = targets.place(given.number);
        match wanted(given, targets.are_several(), &mut asker, world) {
            Ok((asin, context, warning)) => {
                asker.warn_of_suffixes(output);
                if let Some(warning) = warning {
                    output.warning_at(place.as_deref(), &warning);
                }
                chunk.push(Wanted { text: given.text.to_owned(), place, asin, context });
            }
            Err(failure) => {
                // What was asked for before is answered before.
                run.answer(&mut chunk, world, output)?;
                run.fail(given.text, place.as_deref(), &failure, output)?;
            }
        }
        if chunk.len() >= CHUNK {
            run.answer(&mut chunk, world, output)?;
        }
        Ok(())
    })?;
    run.answer(&mut chunk, world, output)?;
    run.finish(output)
}
