//! `linkwright items`: products, as far as can be told without an API: links, and the author's own words.

use std::path::PathBuf;

use clap::Args;
use linkwright_sdk::core::{
    Asin, Error, ErrorKind, ItemView, Marketplace, MissingReason, PartnerTag, ProductSourceExt as _,
    RequestContext,
};
use linkwright_sdk::zero::{MissingTag, OutboundLink, Page, Target, ZeroSource};
use linkwright_sdk::{Profile, core};
use serde::Serialize;

use crate::args::{GlobalArgs, marketplace};
use crate::exit::{Count, Outcome};
use crate::failure::{CommandResult, Failure};
use crate::output::Output;
use crate::settings::{self, Tags};
use crate::targets::{Given, Targets};
use crate::world::World;

/// Show products: a link, and your own catalog's words
///
/// Every product is answered with a link that carries your tag, and with the title, remark and picture that your catalog has
/// for it. Prices, stock and ratings are Amazon's to give and are never shown from here.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct ItemsArgs {
    /// An ASIN, an ISBN, a product link, or `-` for one a line from standard input
    #[arg(value_name = "TARGET", required = true)]
    targets: Vec<String>,

    /// Shop to link to, as us, uk, co.uk, amazon.de or de_DE
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

    /// Language to ask the pages for, such as de_DE
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
}

const AFTER_HELP: &str = "\
Examples:
  linkwright items B08N5WRWNW --tag mysite-20
  linkwright items - --catalog products.csv --json < asins.txt

A catalog in CSV begins with a line such as `asin,title,note,image`.";

/// How many lines of standard input are answered together.
const CHUNK: usize = 100;

/// One product as it was asked for.
struct Wanted {
    text: String,
    place: Option<String>,
    asin: Asin,
    context: RequestContext,
}

/// One item in a stream; in a document the format stands at its beginning.
#[derive(Serialize)]
struct ItemJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<u8>,
    marketplace: &'static str,
    #[serde(flatten)]
    view: ItemView<'a>,
}

#[derive(Serialize)]
struct MissingJson {
    input: String,
    kind: &'static str,
    message: String,
}

#[derive(Serialize)]
struct MissingLine {
    format: u8,
    missing: MissingJson,
}

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
    let language = args.language.clone().or_else(|| profile.language.as_ref().map(|set| set.value.clone()));
    let deadline = world.deadline;
    let source = ZeroSource::with_catalog(catalog);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .map_err(|error| Failure::stream(error, "cannot start"))?;

    let targets = Targets::new(&args.targets)?;
    let mut run = Run {
        source,
        runtime,
        stream: targets.is_stream(),
        count: Count::default(),
        items_json: Vec::new(),
        missing_json: Vec::new(),
        first: true,
    };
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

/// The product a text points at, for whom it is asked, and what to say about it beside.
fn wanted(
    given: &Given<'_>,
    args: &ItemsArgs,
    several: bool,
    tags: &mut Tags,
    missing_tag: MissingTag,
    profile: &Profile,
) -> CommandResult<(Asin, RequestContext, Option<String>)> {
    given.check_length()?;
    // The hint about words is another command's: items are not searched for here.
    let target = Target::parse(given.text).map_err(|error| Failure::from(error).without_hints())?;
    if matches!(target.page(), Page::Short(_)) {
        let message = format!("a short link does not show where it leads: `{}`", given.text.trim());
        let error = Error::new(ErrorKind::Unsupported, "items.get", message);
        return Err(error.with_hint("open it in a browser and use the long address it leads to").into());
    }
    let Some(asin) = target.page().asin() else {
        return Err(Failure::usage(format!(
            "not a product but a page of this kind: `{}`",
            target.page().kind()
        )));
    };
    tags.for_target(&target, several)?;
    let named = match &target {
        Target::Link { link, .. } => link.marketplace,
        _ => None,
    };
    let wanted = args.marketplace.or(named).unwrap_or_else(|| tags.home());
    let choice = tags.book().choose(wanted, missing_tag)?;
    let pointed_at = named.unwrap_or(wanted);
    let warning = if !choice.marketplace.has_associates() {
        Some(settings::cannot_be_tagged(choice.marketplace))
    } else if choice.marketplace != pointed_at {
        Some(settings::may_not_exist(choice.marketplace, pointed_at))
    } else {
        None
    };
    // The profile's language is a preference; this one is an order.
    if let Some(language) = &args.language {
        OutboundLink::untagged(target.page(), choice.marketplace)
            .with_language(language)
            .map_err(Error::from)?;
    }
    // A link with another tag of the user's own keeps it, as `link` does.
    let own = match &target {
        Target::Link { link, .. } if !tags.explicit && link.marketplace == Some(choice.marketplace) => {
            let tag = link.tag.as_deref().filter(|tag| tags.book().owns(choice.marketplace, tag));
            tag.and_then(|tag| PartnerTag::new(tag, choice.marketplace).ok())
        }
        _ => None,
    };
    let context = match own.as_ref().or(choice.tag) {
        Some(tag) => RequestContext::tagged(profile.account(), tag.clone()),
        None => RequestContext::untagged(profile.account(), choice.marketplace),
    };
    Ok((asin, context, warning))
}

/// Whether two products can be asked for together.
fn same_request(one: &RequestContext, other: &RequestContext) -> bool {
    one.marketplace == other.marketplace && one.tag() == other.tag()
}

/// What happens to products one chunk after another.
struct Run {
    source: ZeroSource,
    runtime: tokio::runtime::Runtime,
    stream: bool,
    count: Count,
    /// Each item as JSON text: a map of values would put the keys into another order.
    items_json: Vec<String>,
    missing_json: Vec<MissingJson>,
    first: bool,
}

impl Run {
    /// Answers what was gathered, shop by shop, and prints it in the order it was asked for.
    fn answer(&mut self, chunk: &mut Vec<Wanted>, world: &World, output: &mut Output) -> CommandResult<()> {
        let wanted = std::mem::take(chunk);
        // One request for each shop and tag, as a source answers one at a time.
        let mut batches: Vec<(&RequestContext, core::Batch<core::Item>)> = Vec::new();
        for first in &wanted {
            if batches.iter().any(|(known, _)| same_request(known, &first.context)) {
                continue;
            }
            let alike = wanted.iter().filter(|one| same_request(&one.context, &first.context));
            let asins: Vec<Asin> = alike.map(|one| one.asin).collect();
            let batch = self.runtime.block_on(self.source.get_items(&first.context, &asins))?;
            batches.push((&first.context, batch));
        }
        let now = world.clock.now();
        for one in &wanted {
            let shop = one.context.marketplace;
            let batch =
                batches.iter().find(|(known, _)| same_request(known, &one.context)).map(|(_, batch)| batch);
            match batch.and_then(|batch| batch.get(one.asin)) {
                Some(item) => {
                    self.count.answered();
                    self.print(shop, &ItemView::new(item, now), output)?;
                }
                None => {
                    let failure = batch.map_or_else(|| not_found(one.asin), |batch| missing(batch, one.asin));
                    self.fail(&one.text, one.place.as_deref(), &failure, output)?;
                }
            }
        }
        Ok(())
    }

    fn print(&mut self, shop: Marketplace, view: &ItemView<'_>, output: &mut Output) -> CommandResult<()> {
        if output.json {
            let format = self.stream.then_some(1);
            let json = ItemJson { format, marketplace: shop.code(), view: view.clone() };
            if self.stream {
                return output.json_line(&json);
            }
            self.items_json.push(json_text(&json)?);
            return Ok(());
        }
        if !std::mem::take(&mut self.first) {
            output.line("")?;
        }
        let title = view.title.unwrap_or("(no title: not in your catalog)");
        let mut rows = vec![vec![view.asin.to_string(), title.to_owned()]];
        rows.extend(
            [view.note, Some(view.detail_page_url), view.image]
                .into_iter()
                .flatten()
                .map(|text| vec![String::new(), text.to_owned()]),
        );
        for line in crate::table::lines(&rows) {
            output.line(&line)?;
        }
        Ok(())
    }

    fn fail(
        &mut self,
        text: &str,
        place: Option<&str>,
        failure: &Failure,
        output: &mut Output,
    ) -> CommandResult<()> {
        self.count.failed(failure.kind());
        output.failure_at(place, failure);
        if !output.json {
            return Ok(());
        }
        let missing =
            MissingJson { input: text.to_owned(), kind: failure.kind().as_str(), message: failure.message() };
        if self.stream {
            return output.json_line(&MissingLine { format: 1, missing });
        }
        self.missing_json.push(missing);
        Ok(())
    }

    fn finish(self, output: &mut Output) -> CommandResult<Outcome> {
        if output.json && !self.stream {
            let (items, missing) = (self.items_json.join(","), json_text(&self.missing_json)?);
            output.line(&format!(r#"{{"format":1,"items":[{items}],"missing":{missing}}}"#))?;
        }
        Ok(self.count.outcome())
    }
}

fn json_text(value: &impl Serialize) -> CommandResult<String> {
    serde_json::to_string(value).map_err(|error| Failure::stream(error.into(), "cannot write JSON"))
}

fn missing(batch: &core::Batch<core::Item>, asin: Asin) -> Failure {
    match batch.missing_reason(asin) {
        Some(MissingReason::Failed(error)) => error.clone().into(),
        _ => not_found(asin),
    }
}

fn not_found(asin: Asin) -> Failure {
    Error::new(ErrorKind::NotFound, "items.get", format!("no such product: `{asin}`")).into()
}
