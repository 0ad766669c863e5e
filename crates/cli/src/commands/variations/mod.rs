//! `linkwright variations`: the sizes, colours and the like of a product.

mod answer;
mod summary;

use clap::Args;
use linkwright_sdk::core::{Condition, GetVariations, PageBounds, ProductSourceExt as _, Resources};
use linkwright_sdk::zero::{Catalog, MissingTag};

use self::answer::Answer;
use crate::args::GlobalArgs;
use crate::asking::{self, Asker, ShopArgs, SourceArgs};
use crate::choice;
use crate::exit::Outcome;
use crate::failure::CommandResult;
use crate::output::Output;
use crate::paging::{Pages, PagesArgs};
use crate::pointed::product;
use crate::runtime::Runtime;
use crate::settings;
use crate::world::World;

/// Show the variations of a product: its sizes, colours and the like
///
/// Asks the Creators API for all products that are the same but for some of their attributes, and what these cost. Where it
/// cannot be asked, or does not answer, the answer is the link to the product, with your tag, and the reason on standard error.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct VariationsArgs {
    /// An ASIN, an ISBN or a product link: of the product, or of any of its variations
    #[arg(value_name = "TARGET")]
    target: String,

    /// Show the link of each variation below it
    #[arg(long)]
    links: bool,

    /// Page to begin with
    #[arg(
        long,
        value_name = "NUMBER",
        value_parser = choice::at_least_one,
        allow_negative_numbers = true,
        help_heading = "Pages"
    )]
    page: Option<u32>,

    #[command(flatten)]
    pages: PagesArgs,

    #[command(flatten)]
    shop: ShopArgs,

    /// Which offers count: any or new
    #[arg(long, value_name = "CONDITION", value_parser = choice::condition)]
    condition: Option<Condition>,

    /// Language to ask for, such as de_DE
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,

    /// Currency of the prices shown, such as EUR; most shops have one only
    #[arg(long, value_name = "CURRENCY")]
    currency: Option<String>,

    /// What to ask of each variation: link, card, price, full, or names such as offersV2.listings.price, with commas between
    #[arg(long, value_name = "NAMES", default_value = "card", help_heading = "Creators API")]
    resources: String,

    #[command(flatten)]
    api: SourceArgs,
}

const AFTER_HELP: &str = "\
Examples:
  linkwright variations B08N5WRWNW --tag mysite-20
  linkwright variations https://www.amazon.de/dp/B08N5WRWNW --all --json

A page has ten variations. With `--json` every line is a document of its own: what they have in common \
(`summary`), then for each page one that says which follows (`page`), and its products.";

/// Runs the command.
pub(crate) fn run(
    args: &VariationsArgs,
    global: &GlobalArgs,
    world: &mut World,
    output: &mut Output,
) -> CommandResult<Outcome> {
    let profile = settings::profile(global, world)?;
    let missing_tag = asking::missing_tag_but_search(
        args.shop.missing_tag.as_deref(),
        &profile,
        "a variation leads to a product",
        MissingTag::NearestEnrolled,
    )?;
    let (asin, target) = product(&args.target)?;
    let mut asker = Asker::new(&args.shop.tags, args.language.as_deref(), missing_tag, &profile)?;
    asker.currency.clone_from(&args.currency);
    asker.condition = args.condition.unwrap_or_default();
    let (context, warning) = asker.context(&target, false, world)?;
    asker.warn_of_suffixes(output);
    if let Some(warning) = warning {
        output.warning(&warning);
    }
    let resources: Resources = args.resources.parse()?;
    let mut variations =
        GetVariations::new(asin).with_resources(resources.union(Resources::VARIATION_SUMMARY));
    variations.variation_page = args.page;
    let notices = args.api.notices(&profile);
    let source = args.api.source(&profile, Catalog::empty(), global, world, &notices)?;
    let runtime = Runtime::new()?;

    // Amazon states no last page.
    let bounds = args.pages.bounds(PageBounds::pages(u32::MAX));
    let mut answer = Answer::new(args, &context, asin);
    let mut pages = Pages::new(source.variation_pages(&context, variations, bounds), bounds);
    answer.show_progress(&pages, output);
    while let Some(page) = pages.next(&runtime) {
        notices.say(output);
        answer.page(page, &mut pages, world, output)?;
        notices.expect_page(answer.later_page());
        answer.show_progress(&pages, output);
    }
    output.progress().clear();
    // Why the last page was not answered, if it was not.
    notices.say(output);
    answer.finish(pages.into_failure(), world, output)
}
