//! `linkwright items`: products with what the Creators API says of them, and links with the author's own words where it
//! cannot be asked.

mod answers;
mod card;
mod notices;
mod wanted;

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use linkwright_sdk::core::{Marketplace, ProductSource, Resources};
use linkwright_sdk::zero::{Catalog, MissingTag, ZeroSource};
use linkwright_sdk::{ProductOptions, Profile, SourceChoice, products};

use self::answers::Answers;
use self::notices::Notices;
use self::wanted::{Wanted, wanted};
use crate::api;
use crate::args::{GlobalArgs, marketplace};
use crate::exit::Outcome;
use crate::failure::{CommandResult, Failure};
use crate::output::Output;
use crate::runtime::Runtime;
use crate::settings::{self, Tags};
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

    /// Shop to ask and to link to, as us, uk, co.uk, amazon.de or de_DE
    #[arg(short, long, value_parser = marketplace, value_name = "SHOP")]
    marketplace: Option<Marketplace>,

    /// Tag to put on the links, or SHOP=TAG (repeat for several shops)
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,

    /// What to do for a shop without a tag: error, untagged or nearest-enrolled
    #[arg(long, value_name = "POLICY")]
    missing_tag: Option<String>,

    /// File with your own titles, remarks and pictures (.csv, .json or .toml)
    #[arg(long, value_name = "FILE")]
    catalog: Option<PathBuf>,

    /// Language to ask for, such as de_DE
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,

    /// Where product data comes from: auto, creators (the API or nothing) or zero (links, nobody is asked)
    #[arg(long, value_name = "SOURCE", help_heading = "Creators API")]
    source: Option<String>,

    /// What to ask of each product: link, card, full, or names such as offersV2.listings.price, with commas between
    #[arg(long, value_name = "NAMES", default_value = "card", help_heading = "Creators API")]
    resources: String,

    /// Where credentials are kept, as file:PATH or env:PREFIX (repeat to try several in order)
    #[arg(long, value_name = "URI", help_heading = "Creators API")]
    store: Vec<String>,

    /// Ask the API although it refused lately and the next try is hours away
    #[arg(long, help_heading = "Creators API")]
    probe: bool,

    /// Exit with 3 when a product is answered with less than the API would have given; without a credential, links are all
    /// there is to give: say `--source creators` to insist on the API
    #[arg(long, value_name = "WHAT", value_enum, help_heading = "Creators API")]
    fail_on: Option<FailOn>,
}

/// What makes a complete run a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// A product answered with less than the API would have given
    Degraded,
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
    let mut tags = Tags::new(&args.tag, args.marketplace, &profile)?;
    let missing_tag = match settings::missing_tag(args.missing_tag.as_deref(), &profile)? {
        MissingTag::Search if args.missing_tag.is_some() => {
            return Err(Failure::usage(
                "an item leads to a product, never to a search: `--missing-tag search`",
            )
            .with_hint("use `--missing-tag nearest-enrolled`, or `linkwright link` for links to searches"));
        }
        // The profile's policy for links: an item cannot follow it, so it is refused where there is no tag.
        MissingTag::Search => MissingTag::Error,
        other => other,
    };
    let resources: Resources = args.resources.parse()?;
    let language = args.language.clone().or_else(|| profile.language.as_ref().map(|set| set.value.clone()));
    let deadline = world.deadline;
    let place_named = !args.store.is_empty() || profile.store.is_some() || !profile.credentials.is_empty();
    let notices = Arc::new(Notices::new(place_named));
    let source = product_source(args, &profile, catalog, global, world, &notices)?;
    let runtime = Runtime::new()?;

    let targets = Targets::new(&args.targets)?;
    let mut run = Answers::new(source, notices, resources, runtime);
    run.stream = targets.is_stream();
    run.fail_on_degraded = args.fail_on == Some(FailOn::Degraded);
    let mut chunk: Vec<Wanted> = Vec::new();
    // Once the bare tag has found its shop, which it has with the first product.
    let mut suffixes_seen = false;
    targets.for_each(world, |given, world| {
        if given.is_rest() || (given.is_blank() && targets.is_stream()) {
            return Ok(());
        }
        let place = targets.place(given.number);
        match wanted(given, args, targets.are_several(), &mut tags, missing_tag, &profile) {
            Ok((asin, mut context, warning)) => {
                if !std::mem::replace(&mut suffixes_seen, true) {
                    tags.warn_of_suffixes(output);
                }
                if let Some(warning) = warning {
                    output.warning_at(place.as_deref(), &warning);
                }
                context.language.clone_from(&language);
                context.deadline = deadline;
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

/// The source the settings ask for.
fn product_source(
    args: &ItemsArgs,
    profile: &Profile,
    catalog: Catalog,
    global: &GlobalArgs,
    world: &World,
    notices: &Arc<Notices>,
) -> CommandResult<Arc<dyn ProductSource>> {
    let choice = match &args.source {
        Some(text) => text.parse::<SourceChoice>()?,
        None => profile.source.value,
    };
    let zero = ZeroSource::with_catalog(catalog);
    match choice {
        SourceChoice::Creators if global.offline => {
            return Err(Failure::usage("the Creators API cannot be asked with `--offline`"));
        }
        SourceChoice::Zero => return Ok(Arc::new(zero)),
        _ if global.offline => return Ok(Arc::new(zero)),
        _ => {}
    }
    let mut options = ProductOptions::new(choice);
    options.gone = profile.gone.value;
    options.probe = args.probe;
    options.listener = Some(Arc::clone(notices) as _);
    let access = api::access(&args.store, profile, world)?;
    Ok(products(&access, zero, &options))
}
