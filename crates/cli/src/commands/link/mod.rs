//! `linkwright link`: from anything that points at a page to a link with your tag.

mod form;
mod format;

use clap::Args;
use linkwright_sdk::core::{ErrorKind, Marketplace};
use linkwright_sdk::zero::{Abroad, GeoStrategy, Linked, Linker, MissingTag, Page, Target};
use linkwright_sdk::{Geo, Profile};

use self::form::Form;
use self::format::{Format, LinkFormatter};
use crate::args::{GlobalArgs, marketplace};
use crate::exit::{Count, Outcome};
use crate::failure::{CommandResult, Failure};
use crate::output::Output;
use crate::settings::{self, Tags};
use crate::targets::{Given, Part, Targets};
use crate::world::World;

/// Write affiliate links to products, searches, departments and carts
///
/// TARGET is an ASIN, an ISBN, any Amazon link however noisy, escaped or wrapped, or, with `--search`, words. `-` reads one a line
/// from standard input; a line that cannot be linked is passed on as it is and named on standard error.
///
/// No request is made. A bare `--tag` belongs to `--marketplace`, else to the shop of the first TARGET, else to the
/// profile's default, else to amazon.com; several shops in one run need `--tag us=TAG --tag de=TAG`.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct LinkArgs {
    /// An ASIN, an ISBN, an Amazon link, or `-` for standard input
    #[arg(value_name = "TARGET", required_unless_present = "form")]
    targets: Vec<String>,

    /// Take every TARGET as words to search for
    #[arg(long, help_heading = "What to link to")]
    search: bool,

    /// Form of link to write
    #[arg(long, value_enum, value_name = "FORM", default_value_t, help_heading = "What to link to")]
    form: Form,

    /// Department to search in, such as `electronics`
    #[arg(long, value_name = "INDEX", requires = "search", help_heading = "What to link to")]
    index: Option<String>,

    /// Shop to link to, as us, uk, co.uk, amazon.de or de_DE
    #[arg(short, long, value_parser = marketplace, value_name = "SHOP", help_heading = "What to link to")]
    marketplace: Option<Marketplace>,

    /// Language to ask the page for, such as de_DE
    #[arg(long, value_name = "LANGUAGE", help_heading = "What to link to")]
    language: Option<String>,

    /// Tag to put on the link, or SHOP=TAG (repeat for several shops)
    #[arg(long, value_name = "TAG", help_heading = "Tags")]
    tag: Vec<String>,

    /// What to do for a shop without a tag: error, untagged, nearest-enrolled or search
    #[arg(long, value_name = "POLICY", help_heading = "Tags")]
    missing_tag: Option<String>,

    /// Your own mark on the link, for your reports
    #[arg(long, value_name = "MARK", help_heading = "Tags")]
    ascsubtag: Option<String>,

    /// How to print the link
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t, help_heading = "Output")]
    format: Format,

    /// Label of an HTML or Markdown link instead of "View on Amazon (paid link)"
    #[arg(long, value_name = "LABEL", help_heading = "Output")]
    text: Option<String>,

    /// Open the HTML link in a new tab
    #[arg(long, help_heading = "Output")]
    new_tab: bool,

    /// Link for a visitor from this country, such as AT
    #[arg(
        long,
        value_name = "COUNTRY",
        conflicts_with = "marketplace",
        group = "abroad",
        help_heading = "Other countries"
    )]
    country: Option<String>,

    /// Print a JSON map of links by visitor's country, for client-side choice
    #[arg(long, group = "abroad", conflicts_with_all = ["format", "text", "new_tab"], help_heading = "Other countries")]
    country_map: bool,

    /// Words to search for in other shops, where the product may not exist
    #[arg(long, value_name = "WORDS", requires = "abroad", help_heading = "Other countries")]
    search_abroad: Option<String>,
}

const AFTER_HELP: &str = "\
Examples:
  linkwright link B08N5WRWNW --tag mysite-20
  linkwright link 'https://www.amazon.de/gp/product/B08N5WRWNW?tag=old-21' --tag mysite-21
  linkwright link --search 'usb c cable' -m uk --tag mysite-21 --format html
  linkwright link B08N5WRWNW B00ZV9RDKK --form cart --tag mysite-20
  linkwright link - --tag us=mysite-20 --tag de=mysite-21 < links.txt";

/// What stays the same for all targets of a run.
struct Plan<'a> {
    args: &'a LinkArgs,
    missing_tag: MissingTag,
    /// The profile's or the environment's: asked for where the shop has it.
    preferred_language: Option<String>,
    ascsubtag: Option<String>,
    geo: GeoStrategy,
    abroad: Abroad,
    formatter: LinkFormatter,
}

/// One target's line of the answer, and what to say about it beside.
struct Answer {
    line: String,
    /// The shop it leads to; `None` for a map of several.
    shop: Option<Marketplace>,
    warning: Option<String>,
}

/// Runs the command.
pub(crate) fn run(
    args: &LinkArgs,
    global: &GlobalArgs,
    world: &mut World,
    output: &mut Output,
) -> CommandResult<Outcome> {
    args.check(output.json)?;
    let profile = settings::profile(global, world)?;
    let mut tags = Tags::new(&args.tag, args.marketplace, &profile)?;
    let plan = Plan::new(args, &profile, output.json)?;

    let no_target = [String::new()];
    let arguments = if args.targets.is_empty() { &no_target[..] } else { &args.targets[..] };
    let targets = Targets::new(arguments)?;
    if args.form == Form::Cart {
        return cart(&targets, &plan, &mut tags, world, output);
    }

    let mut count = Count::default();
    let mut used: Vec<Marketplace> = Vec::new();
    // The linker changes only until the bare tag has found its shop, with the first target that has one.
    let mut linker: Option<Linker> = None;
    targets.for_each(world, |given, _| {
        if given.is_rest() {
            return plan.formatter.pass_on(given, output);
        }
        if given.is_blank() && targets.is_stream() && given.part == Part::Whole {
            return plan.formatter.blank(output);
        }
        let answer = plan.target(given).and_then(|target| {
            if let Some(linker) = &linker {
                return plan.answer(given.text, &target, linker);
            }
            tags.for_target(&target, targets.are_several())?;
            let first = plan.linker(&tags);
            if !tags.are_settled() {
                return plan.answer(given.text, &target, &first);
            }
            tags.warn_of_suffixes(output);
            plan.answer(given.text, &target, linker.insert(first))
        });
        let place = targets.place(given.number);
        match answer {
            Ok(answer) => {
                count.answered();
                if let Some(shop) = answer.shop.filter(|shop| !used.contains(shop)) {
                    used.push(shop);
                }
                if let Some(warning) = answer.warning {
                    output.warning_at(place.as_deref(), &warning);
                }
                output.line(&answer.line)
            }
            Err(failure) => {
                count.failed(failure.kind());
                let failure = with_tag_hint(failure, &tags);
                output.failure_at(place.as_deref(), &failure);
                if targets.is_stream() { plan.formatter.failed(given, &failure, output) } else { Ok(()) }
            }
        }
    })?;
    // One target and its tag that went nowhere are a mistake; many may well do without some of the tags.
    // Where a policy chooses among the tags, none is in vain.
    let no_choice = matches!(plan.missing_tag, MissingTag::Error | MissingTag::Untagged);
    if no_choice && !targets.are_several() && !used.is_empty() {
        for tag in tags.unused(&used) {
            output.warning(&format!("not used, for no link leads to {}: `{tag}`", tag.marketplace().host()));
        }
    }
    Ok(count.outcome())
}

impl LinkArgs {
    /// Refuses options that would have no effect: who gives one means something by it.
    fn check(&self, json: bool) -> CommandResult<()> {
        let contradiction = |message: String, hint: &str| Err(Failure::usage(message).with_hint(hint));
        let labelled = matches!(self.format, Format::Html | Format::Markdown);
        if json && labelled {
            return Err(Failure::usage("`--json` and another `--format` contradict each other"));
        }
        if self.text.as_ref().is_some_and(|text| text.trim().is_empty()) {
            return Err(Failure::usage("the label of `--text` is empty: nobody could click the link"));
        }
        if self.new_tab && self.format != Format::Html {
            return contradiction("`--new-tab` is for HTML links".to_owned(), "add `--format html`");
        }
        if self.text.is_some() && !labelled {
            return contradiction(
                "`--text` is for HTML and Markdown links".to_owned(),
                "add `--format html` or `--format markdown`",
            );
        }
        if self.search && !matches!(self.form, Form::Auto | Form::Search) {
            return contradiction(
                "`--search` and another `--form` contradict each other".to_owned(),
                "leave one out",
            );
        }
        if self.form == Form::Cart && (self.country.is_some() || self.country_map) {
            return contradiction(
                "a cart is in one shop and has no links for other countries".to_owned(),
                "choose its shop with `--marketplace`",
            );
        }
        if self.index.as_ref().is_some_and(|index| index.trim().is_empty()) {
            return Err(Failure::usage("the department of `--index` is empty"));
        }
        if let Some(country) = &self.country {
            let bytes = country.as_bytes();
            // `T1`, Tor, is no country but what content networks give as one.
            if bytes.len() != 2 || !bytes[0].is_ascii_alphabetic() || !bytes[1].is_ascii_alphanumeric() {
                let hint = "give its two letters of ISO 3166, such as AT";
                return contradiction(format!("not a country's code: `{country}`"), hint);
            }
        }
        Ok(())
    }
}

impl<'a> Plan<'a> {
    fn new(args: &'a LinkArgs, profile: &Profile, json: bool) -> CommandResult<Self> {
        let preferred_language = profile.language.as_ref().map(|set| set.value.clone());
        let language = args.language.clone().or_else(|| preferred_language.clone());
        let format = if json || args.country_map { Format::Json } else { args.format };
        Ok(Self {
            args,
            missing_tag: settings::missing_tag(args.missing_tag.as_deref(), profile)?,
            formatter: LinkFormatter::new(format, args.text.clone(), args.new_tab, language),
            preferred_language,
            ascsubtag: args
                .ascsubtag
                .clone()
                .or_else(|| profile.ascsubtag.as_ref().map(|set| set.value.clone())),
            geo: match profile.geo.value {
                Geo::ByCountry => GeoStrategy::ByCountry,
                Geo::LeaveToOneLink => GeoStrategy::LeaveToOneLink,
            },
            abroad: args.search_abroad.clone().map_or(Abroad::SamePage, Abroad::Search),
        })
    }

    fn linker(&self, tags: &Tags) -> Linker {
        let mut linker = Linker::new(tags.book().clone())
            .with_missing_tag(self.missing_tag)
            .with_home(tags.home())
            .with_form(self.args.form.of_output())
            .with_language(self.args.language.clone())
            .with_preferred_language(self.preferred_language.clone())
            .with_ascsubtag(self.ascsubtag.clone());
        if tags.explicit {
            linker = linker.replacing_own_tags();
        }
        match self.args.marketplace {
            Some(shop) => linker.with_only_shop(shop),
            None => linker,
        }
    }

    /// What a text points at.
    fn target<'t>(&'t self, given: &Given<'t>) -> CommandResult<Target<'t>> {
        given.check_length()?;
        if !self.args.search {
            return self.args.form.target(given.text);
        }
        if given.is_blank() {
            return Err(Failure::usage("no words to search for"));
        }
        let index = self.args.index.as_deref().map(Into::into);
        Ok(Target::Page(Page::Search { words: given.text.trim().into(), index }))
    }

    fn answer(&self, text: &str, target: &Target<'_>, linker: &Linker) -> CommandResult<Answer> {
        if self.args.country_map {
            let links = linker.country_links(target, self.geo, &self.abroad)?;
            return Ok(Answer { line: format::country_map(text, &links), shop: None, warning: None });
        }
        let linked = match &self.args.country {
            Some(country) => linker.link_for_country(target, country, self.geo, &self.abroad)?,
            None => linker.link(target)?,
        };
        tracing::debug!(target = text, url = linked.url, left_whole = linked.left_whole, "linked");
        // A visitor's country chooses among all tags, so that none is in vain.
        let (shop, warning) = match self.args.country {
            Some(_) => (None, None),
            None => (Some(linked.marketplace), warning_about(&linked)),
        };
        Ok(Answer { line: self.formatter.format(text, &linked), shop, warning })
    }
}

/// What a careful person would say about a link that is right but may surprise.
fn warning_about(linked: &Linked) -> Option<String> {
    let shop = linked.marketplace;
    if linked.left_whole && linked.tag.as_deref().is_some_and(|tag| tag != "maas") && linked.attribution {
        return Some("left as it is, with its own tag: an Amazon Attribution link".to_owned());
    }
    if !shop.has_associates() && !linked.left_whole {
        return Some(settings::cannot_be_tagged(shop));
    }
    let from = linked.moved_from?;
    (linked.page.kind() == "product").then(|| settings::may_not_exist(shop, from))
}

/// All targets in one cart.
fn cart(
    targets: &Targets<'_>,
    plan: &Plan<'_>,
    tags: &mut Tags,
    world: &mut World,
    output: &mut Output,
) -> CommandResult<Outcome> {
    let mut texts = Vec::new();
    targets.for_each(world, |given, _| {
        given.check_length()?;
        if !given.is_blank() {
            texts.push(given.text.to_owned());
        }
        Ok(())
    })?;
    if texts.is_empty() {
        return Err(Failure::usage("no TARGET").with_hint("see `linkwright link --help`"));
    }
    let mut products = Vec::new();
    for text in &texts {
        // Words have no place in a cart, whatever the hint about them says.
        products.push(Target::parse(text).map_err(|error| Failure::from(error).without_hints())?);
    }
    let first_with_shop = products.iter().find(|target| matches!(target, Target::Link { .. }));
    if let Some(first) = first_with_shop.or_else(|| products.first()) {
        tags.for_target(first, products.len() > 1)?;
    }
    tags.warn_of_suffixes(output);
    let linked = plan.linker(tags).cart(&products).map_err(|error| with_tag_hint(error.into(), tags))?;
    if let Some(warning) = warning_about(&linked) {
        output.warning(&warning);
    }
    output.line(&plan.formatter.format(&texts.join(" "), &linked))?;
    Ok(Outcome::Complete)
}

fn with_tag_hint(failure: Failure, tags: &Tags) -> Failure {
    if failure.kind() != ErrorKind::ConfigInvalid {
        return failure;
    }
    match failure.marketplace().and_then(|shop| tags.hint_for(shop)) {
        Some(hint) => failure.with_hint(hint),
        None => failure,
    }
}
