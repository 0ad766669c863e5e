//! `linkwright inspect`: what links are, whose, and what is wrong with them.

use std::fmt::Write as _;

use clap::Args;
use linkwright_sdk::core::Marketplace;
use linkwright_sdk::zero::{Link, Page, ReadError, TagBook, read};
use serde::Serialize;

use crate::args::GlobalArgs;
use crate::exit::Outcome;
use crate::failure::CommandResult;
use crate::output::Output;
use crate::printable::printable;
use crate::settings;
use crate::targets::Targets;
use crate::world::World;

/// Tell what links are, whose tag they carry, and what is wrong with them
///
/// No request is made: a short link is named as short, never guessed at. With your tags in a profile it also tells whether a
/// tag is yours. `--json` prints one object a link, in the order of the input, with at least `input`, `kind`, `asin`,
/// `marketplace`, `tag`, `short` and `problems`.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct InspectArgs {
    /// A link, or `-` for one a line from standard input
    #[arg(value_name = "URL", required = true)]
    urls: Vec<String>,
}

const AFTER_HELP: &str = "\
Examples:
  linkwright inspect 'https://www.amazon.de/dp/B08N5WRWNW?tag=someone-21'
  linkwright inspect --json - < links.txt | jq -r 'select(.tag == null) | .input'";

#[derive(Serialize)]
struct InspectJson<'a> {
    format: u8,
    input: &'a str,
    kind: &'static str,
    asin: Option<&'a str>,
    marketplace: Option<&'static str>,
    tag: Option<&'a str>,
    short: bool,
    problems: &'a [&'static str],
    #[serde(skip_serializing_if = "Option::is_none")]
    own_tag: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    asins: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quantities: Option<Vec<u16>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    query: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ascsubtag: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link_code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    th: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    psc: Option<u8>,
    #[serde(skip_serializing_if = "is_zero")]
    wrapped: u8,
    #[serde(skip_serializing_if = "is_false")]
    attribution: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde's skip functions take references")]
fn is_zero(value: &u8) -> bool {
    *value == 0
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde's skip functions take references")]
fn is_false(value: &bool) -> bool {
    !value
}

/// Runs the command.
pub(crate) fn run(
    args: &InspectArgs,
    global: &GlobalArgs,
    world: &mut World,
    output: &mut Output,
) -> CommandResult<Outcome> {
    let profile = settings::profile(global, world)?;
    let tags = profile.tag_book();
    let targets = Targets::new(&args.urls)?;
    let mut problems = Vec::new();
    let mut first = true;
    targets.for_each(world, |given, _| {
        // A line too long to be a link is read as far as it goes.
        if given.is_rest() {
            return Ok(());
        }
        let text = given.text;
        let link = read(text);
        let own_tag = own_tag(link.as_ref().ok(), &tags);
        problems.clear();
        match &link {
            Ok(link) => problems.extend(link.problems.iter().map(|problem| problem.as_str())),
            Err(error) => problems.push(error.as_str()),
        }
        if own_tag == Some(false) {
            problems.push("foreign_tag");
        }
        if output.json {
            return json(text, &link, own_tag, &problems, output);
        }
        if !std::mem::take(&mut first) {
            output.line("")?;
        }
        describe(text, &link, own_tag, &problems, output)
    })?;
    Ok(Outcome::Complete)
}

/// Whether the link's tag is the user's own; `None` without a tag, or where the user has told of no tags for the shop.
fn own_tag(link: Option<&Link<'_>>, tags: &TagBook) -> Option<bool> {
    let link = link?;
    let (shop, tag) = (link.marketplace?, link.tag.as_deref()?);
    (!tags.is_empty() && !link.attribution).then(|| tags.owns(shop, tag))
}

fn json(
    text: &str,
    link: &Result<Link<'_>, ReadError>,
    own_tag: Option<bool>,
    problems: &[&'static str],
    output: &mut Output,
) -> CommandResult<()> {
    let asin = link.as_ref().ok().and_then(|link| link.page.asin());
    let mut json = InspectJson {
        format: 1,
        input: text,
        kind: "",
        asin: asin.as_ref().map(|asin| asin.as_str()),
        marketplace: None,
        tag: None,
        short: false,
        problems,
        own_tag,
        asins: None,
        quantities: None,
        index: None,
        id: None,
        query: None,
        ascsubtag: None,
        link_code: None,
        language: None,
        th: None,
        psc: None,
        wrapped: 0,
        attribution: false,
    };
    match link {
        Ok(link) => {
            json.kind = link.page.kind();
            json.marketplace = link.marketplace.map(Marketplace::code);
            json.tag = link.tag.as_deref();
            json.short = link.is_short();
            json.id = link.page.id();
            json.ascsubtag = link.ascsubtag.as_deref();
            json.link_code = link.link_code.as_deref();
            json.language = link.language.as_deref();
            json.th = link.pins.th;
            json.psc = link.pins.psc;
            json.wrapped = link.wrapped;
            json.attribution = link.attribution;
            match &link.page {
                Page::Search { words, index } => {
                    json.query = Some(words);
                    json.index = index.as_deref();
                }
                Page::Cart(lines) => {
                    json.asins = Some(lines.iter().map(|line| line.asin.to_string()).collect());
                    json.quantities = Some(lines.iter().map(|line| line.quantity).collect());
                }
                _ => {}
            }
        }
        Err(error) => json.kind = error.as_str(),
    }
    output.json_line(&json)
}

fn describe(
    text: &str,
    link: &Result<Link<'_>, ReadError>,
    own_tag: Option<bool>,
    problems: &[&'static str],
    output: &mut Output,
) -> CommandResult<()> {
    output.line(&printable(text.trim()))?;
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut row = |name: &str, value: String| rows.push(vec![format!("  {name}"), value]);
    match link {
        Err(error) => row("kind", format!("{} ({error})", error.as_str())),
        Ok(link) => {
            row("kind", link.page.kind().to_owned());
            if let Some(asin) = link.page.asin() {
                row("asin", asin.to_string());
            }
            match &link.page {
                Page::Search { words, index } => {
                    let index = index.as_deref().map_or_else(String::new, |index| format!(" in {index}"));
                    row("query", format!("{words}{index}"));
                }
                Page::Cart(lines) => {
                    for line in lines {
                        row("product", format!("{} × {}", line.asin, line.quantity));
                    }
                }
                page => {
                    if let Some(id) = page.id() {
                        row("id", id.to_owned());
                    }
                }
            }
            if let Some(shop) = link.marketplace {
                row("marketplace", format!("{shop} ({})", shop.domain()));
            }
            row("tag", tag_words(link, own_tag));
            if let Some(ascsubtag) = &link.ascsubtag {
                row("ascsubtag", ascsubtag.to_string());
            }
            if let Some(code) = &link.link_code {
                row(
                    "made by",
                    format!("linkCode={code}{}", if link.is_made_by_api() { " (Amazon's API)" } else { "" }),
                );
            }
            if let Some(language) = &link.language {
                row("language", language.to_string());
            }
            let pins = [("th", link.pins.th), ("psc", link.pins.psc)];
            let pins: Vec<String> =
                pins.iter().filter_map(|(name, pin)| pin.map(|pin| format!("{name}={pin}"))).collect();
            if !pins.is_empty() {
                row("variant", pins.join(" "));
            }
            if link.attribution {
                row("programme", "Amazon Attribution: left whole".to_owned());
            }
        }
    }
    if !problems.is_empty() {
        let mut list = String::new();
        for problem in problems {
            let _ = write!(list, "{}{problem}", if list.is_empty() { "" } else { ", " });
        }
        row("problems", list);
    }
    for line in crate::table::lines(&rows) {
        output.line(&line)?;
    }
    Ok(())
}

fn tag_words(link: &Link<'_>, own_tag: Option<bool>) -> String {
    match (&link.tag, own_tag) {
        (Some(tag), Some(true)) => format!("{tag} (yours)"),
        (Some(tag), Some(false)) => format!("{tag} (not yours)"),
        (Some(tag), None) => tag.to_string(),
        (None, _) if link.is_short() => "cannot be seen in a short link".to_owned(),
        (None, _) => "none".to_owned(),
    }
}
