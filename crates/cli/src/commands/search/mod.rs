//! `linkwright search`: products by words from the Creators API, and the shop's own search where it cannot be asked.

mod answer;
mod price;
mod refinements;
mod request;

use clap::Args;
use linkwright_sdk::core::{
    BrowseNodeId, Condition, DeliveryFlag, PageBounds, ProductSourceExt as _, SortBy,
};
use linkwright_sdk::zero::{Catalog, Target, ZeroSource};

use self::answer::Answer;
use crate::args::GlobalArgs;
use crate::asking::{Asker, SourceArgs, TagArgs};
use crate::choice;
use crate::exit::Outcome;
use crate::failure::CommandResult;
use crate::output::Output;
use crate::paging::{Pages, PagesArgs};
use crate::runtime::Runtime;
use crate::settings;
use crate::world::World;

/// Search a shop for products
///
/// Asks the Creators API if you have a credential for the shop. Where it cannot be asked, or does not answer, the answer is the
/// link to the shop's own search for the same words, with your tag, and the reason on standard error. For that link alone, use
/// `linkwright link --search`.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct SearchArgs {
    /// Words to look for anywhere
    #[arg(value_name = "WORDS")]
    words: Vec<String>,

    /// Words of the title
    #[arg(long, value_name = "WORDS")]
    title: Option<String>,

    /// The brand
    #[arg(long, value_name = "NAME")]
    brand: Option<String>,

    /// The author of a book
    #[arg(long, value_name = "NAME")]
    author: Option<String>,

    /// The artist of a record
    #[arg(long, value_name = "NAME")]
    artist: Option<String>,

    /// An actor of a film
    #[arg(long, value_name = "NAME")]
    actor: Option<String>,

    /// Department to look in, as Books or HomeAndKitchen; which there are differs from shop to shop
    #[arg(long, value_name = "DEPARTMENT", help_heading = "Filters")]
    index: Option<String>,

    /// Category to look in, by its number; see `linkwright browse-nodes`
    #[arg(long, value_name = "ID", allow_negative_numbers = true, help_heading = "Filters")]
    browse_node: Option<BrowseNodeId>,

    /// Lowest price in the shop's own currency, such as 19.99 (in yen: 1999)
    #[arg(long, value_name = "PRICE", allow_negative_numbers = true, help_heading = "Filters")]
    min_price: Option<String>,

    /// Highest price, in the same form
    #[arg(long, value_name = "PRICE", allow_negative_numbers = true, help_heading = "Filters")]
    max_price: Option<String>,

    /// What is saved at least, in percent, 1 to 99; checked here as well, for Amazon is reported to ignore it
    #[arg(
        long,
        value_name = "PERCENT",
        value_parser = choice::between::<1, 99>,
        allow_negative_numbers = true,
        help_heading = "Filters"
    )]
    min_saving: Option<u32>,

    /// Fewest stars, 1 to 4
    #[arg(
        long,
        value_name = "STARS",
        value_parser = choice::between::<1, 4>,
        allow_negative_numbers = true,
        help_heading = "Filters"
    )]
    min_stars: Option<u32>,

    /// Only what can be had, as Amazon does of itself
    #[arg(long, conflicts_with = "include_out_of_stock", help_heading = "Filters")]
    in_stock: bool,

    /// Also what is out of stock
    #[arg(long, help_heading = "Filters")]
    include_out_of_stock: bool,

    /// How it is delivered: prime, free-shipping, fulfilled-by-amazon or amazon-global (repeat for several)
    #[arg(long, value_name = "WAY", value_parser = choice::delivery, help_heading = "Filters")]
    delivery: Vec<DeliveryFlag>,

    /// Which offers count: any or new
    #[arg(long, value_name = "CONDITION", value_parser = choice::condition, help_heading = "Filters")]
    condition: Option<Condition>,

    /// What comes first: relevance, featured, price-low-to-high, price-high-to-low, newest-arrivals or avg-customer-reviews
    #[arg(long, value_name = "ORDER", value_parser = choice::sort_by)]
    sort: Option<SortBy>,

    /// Show how the search can be narrowed: departments, categories, brands
    #[arg(long)]
    refine: bool,

    /// Show the link of each product below it
    #[arg(long)]
    links: bool,

    /// Page to begin with, 1 to 10
    #[arg(
        long,
        value_name = "NUMBER",
        value_parser = choice::between::<1, 10>,
        allow_negative_numbers = true,
        help_heading = "Pages"
    )]
    page: Option<u32>,

    #[command(flatten)]
    pages: PagesArgs,

    #[command(flatten)]
    tags: TagArgs,

    /// What to do for a shop without a tag: error, untagged, nearest-enrolled or search, which is the same here
    #[arg(long, value_name = "POLICY")]
    missing_tag: Option<String>,

    /// Language to ask for, such as de_DE
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,

    /// Currency of the prices shown, such as EUR; most shops have one only
    #[arg(long, value_name = "CURRENCY")]
    currency: Option<String>,

    /// What to ask of each product: link, card, price, full, or names such as offersV2.listings.price, with commas between
    #[arg(long, value_name = "NAMES", default_value = "card", help_heading = "Creators API")]
    resources: String,

    #[command(flatten)]
    api: SourceArgs,
}

const AFTER_HELP: &str = "\
Examples:
  linkwright search steel kettle --tag mysite-20
  linkwright search kettle --index HomeAndKitchen --max-price 40 --sort price-low-to-high
  linkwright search --author 'Jane Austen' --index Books -m uk --all --json

Amazon gives ten pages of ten products at most. With `--json` every line is a document of its own: one \
that says what page follows (`page`), then its products.";

/// Runs the command.
pub(crate) fn run(
    args: &SearchArgs,
    global: &GlobalArgs,
    world: &mut World,
    output: &mut Output,
) -> CommandResult<Outcome> {
    let profile = settings::profile(global, world)?;
    // All of its values have a meaning here: what takes the place of a shop without a tag is a search, too.
    let missing_tag = settings::missing_tag(args.missing_tag.as_deref(), &profile)?;
    let words = args.words_of_all()?;
    let mut asker = Asker::new(&args.tags, args.language.as_deref(), missing_tag, &profile)?;
    asker.currency.clone_from(&args.currency);
    asker.condition = args.condition.unwrap_or_default();
    let (context, warning) = asker.context(&Target::words(&words), false, world)?;
    let search = args.request(context.marketplace)?;
    asker.warn_of_suffixes(output);
    if let Some(warning) = warning {
        output.warning(&warning);
    }
    let notices = args.api.notices(&profile);
    let source = args.api.source(&profile, Catalog::empty(), global, world, &notices)?;
    let runtime = Runtime::new()?;

    let own = runtime.block_on(ZeroSource::new().run(&context, search.clone()))?;
    let own_link = own.value.search_url.unwrap_or_default();
    let bounds = args.pages.bounds(PageBounds::SEARCH);
    let mut answer = Answer::new(args, &context, own_link, search.item_page.unwrap_or(1));
    let mut pages = Pages::new(source.search_pages(&context, search, bounds), bounds);
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
