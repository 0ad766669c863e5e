//! `linkwright init`: a first profile by a few questions, and a working link at the end.

use clap::Args;
use linkwright_sdk::core::{ErrorKind, Marketplace, PartnerTag};
use linkwright_sdk::zero::{DISCLOSURE, OutboundLink, Page};
use linkwright_sdk::{NewProfile, ProfileFile, TagArgument};
use serde::Serialize;

use crate::args::{GlobalArgs, marketplace};
use crate::commands::profile::tags_of;
use crate::exit::Outcome;
use crate::failure::{CommandResult, Failure};
use crate::output::Output;
use crate::question::question;
use crate::settings;
use crate::world::World;

/// Set up a first profile by a few questions, and get a working link
///
/// Asks for your shop and your tags, tells what the Creators API needs and where to ask for it, and ends with a link that
/// carries your tag. "No API yet" is a complete answer. With `--tag` nothing is asked.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  linkwright init
  linkwright init -m us --tag us=mysite-20 --tag de=mysite-21")]
pub(crate) struct InitArgs {
    /// Your home shop, as us, uk, co.uk, amazon.de or de_DE
    #[arg(short, long, value_parser = marketplace, value_name = "SHOP")]
    marketplace: Option<Marketplace>,

    /// Your tag, or SHOP=TAG (repeat for several shops)
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
}

/// What the Creators API needs. Sources: Amazon's "Register for Creators API" and introduction pages, as of 2026-11-22.
const CREATORS_API: &str = "\
Product data (titles, pictures, prices) comes from Amazon's Creators API. It needs:
  - an Associates account that is approved, not just applied for;
  - the primary owner of the account to sign in, not a further user;
  - 10 qualified sales in the last 30 days; below that Amazon withdraws it, and gives it back by itself.
Ask for it in Associates Central: Tools > Creators API > Create Application > Add New Credential.
The secret is shown once: keep it with `linkwright credential add` when you see it.
No API yet? Links, searches, carts and your own catalog work without it.";

#[derive(Serialize)]
struct InitJson<'a> {
    format: u8,
    file: String,
    profile: &'a str,
    disclosure: &'static str,
    url: &'a str,
}

/// Runs the command.
pub(crate) fn run(
    args: &InitArgs,
    global: &GlobalArgs,
    world: &mut World,
    output: &mut Output,
) -> CommandResult<Outcome> {
    let path = settings::profile_path(global, world)?;
    let mut file = ProfileFile::load_or_new(&path)?;
    let name = global.profile.clone().unwrap_or_else(|| "main".to_owned());
    // A name that is taken, or is none, is found out before any question is asked.
    file.clone().create(&name, &NewProfile::default()).map_err(|error| match error.kind() {
        ErrorKind::Conflict => {
            Failure::from(error).with_hint("or set up another one with `linkwright init --profile NAME`")
        }
        _ => error.into(),
    })?;
    if let Some(shop) = args.marketplace
        && !shop.has_associates()
    {
        return Err(Failure::usage(no_programme(shop)));
    }
    let (home, tags) = if args.tag.is_empty() {
        ask(args.marketplace, world, output)?
    } else {
        let tags = tags_of(&args.tag, args.marketplace)?;
        let home = args.marketplace.or_else(|| tags.first().map(PartnerTag::marketplace));
        tags.iter().filter_map(settings::unusual_suffix).for_each(|warning| output.warning(&warning));
        if let Some(home) = home.filter(|home| tags.iter().all(|tag| tag.marketplace() != *home)) {
            output.warning(&format!("no tag for your home shop: {}", home.host()));
        }
        (home.unwrap_or(Marketplace::Us), tags)
    };
    file.create(&name, &NewProfile { marketplace: Some(home), tags: tags.clone() })?;
    file.save()?;
    let page = Page::Search { words: "kettle".into(), index: None };
    let tag = tags.iter().find(|tag| tag.marketplace() == home).or_else(|| tags.first());
    let link = match tag {
        Some(tag) => OutboundLink::tagged(&page, tag),
        None => OutboundLink::untagged(&page, home),
    };
    let url = link.url().map_err(linkwright_sdk::core::Error::from)?;
    if output.json {
        let path = file.path().display().to_string();
        output.json_line(&InitJson {
            format: 1,
            file: path,
            profile: &name,
            disclosure: disclosure(home),
            url: &url,
        })?;
        return Ok(Outcome::Complete);
    }
    output.status(&format!("\nMade profile `{name}` in {}.\n\n{CREATORS_API}\n", file.path().display()));
    let disclosure = disclosure(home);
    output.status(&format!(
        "Put this sentence on your site: {disclosure}\n\nA link with your tag, to try now:"
    ));
    output.line(&url)?;
    let choice =
        if file.default_name() == Some(&name) { String::new() } else { format!(" --profile {name}") };
    output.status(&format!("\nNext: linkwright link ASIN{choice}, or linkwright link --help"));
    Ok(Outcome::Complete)
}

/// The sentence for a site in the shop's first language, in English where there is none in that.
fn disclosure(shop: Marketplace) -> &'static str {
    let language = shop.languages().first().copied().unwrap_or_default();
    let (_, sentence) =
        DISCLOSURE.iter().find(|(known, _)| language.starts_with(known)).unwrap_or(&DISCLOSURE[0]);
    sentence
}

fn no_programme(shop: Marketplace) -> String {
    format!("{} has no Associates programme; choose another home shop", shop.host())
}

/// How to do without questions.
const BY_FLAGS: &str = "give them as flags, as in `linkwright init -m us --tag us=TAG`";

/// The questions. An empty answer takes what stands in brackets.
fn ask(
    shop: Option<Marketplace>,
    world: &mut World,
    output: &mut Output,
) -> CommandResult<(Marketplace, Vec<PartnerTag>)> {
    let home = match shop {
        Some(shop) => shop,
        None => {
            question(world, output, "Your home shop (us, uk, de, co.jp, ...) [us]: ", BY_FLAGS, |answer| {
                if answer.is_empty() {
                    return Ok(Marketplace::Us);
                }
                let shop: Marketplace = answer
                    .parse()
                    .map_err(|error: linkwright_sdk::core::UnknownMarketplace| error.to_string())?;
                if !shop.has_associates() {
                    return Err(no_programme(shop));
                }
                Ok(shop)
            })?
        }
    };
    let example = home.tag_suffix().map_or(20, |suffix| suffix.number());
    let ask_tag = format!("Your tag (tracking ID) for {}, such as mysite-{example}: ", home.host());
    let first = question(world, output, &ask_tag, BY_FLAGS, |answer| {
        PartnerTag::new(answer, home).map_err(|error| error.to_string())
    })?;
    warn_of_suffix(&first, output);
    let mut tags = vec![first];
    loop {
        let more = question(
            world,
            output,
            "A tag for another shop, as de=mysite-21 (empty: no more): ",
            BY_FLAGS,
            |answer| {
                if answer.is_empty() {
                    return Ok(None);
                }
                match TagArgument::parse(answer).map_err(|error| error.message().to_owned())? {
                    TagArgument::OfShop(tag) => Ok(Some(tag)),
                    TagArgument::Bare(tag) => Err(format!("which shop? write it as de={tag}")),
                }
            },
        )?;
        let Some(tag) = more else { return Ok((home, tags)) };
        warn_of_suffix(&tag, output);
        tags.retain(|known| known.marketplace() != tag.marketplace());
        tags.push(tag);
    }
}

fn warn_of_suffix(tag: &PartnerTag, output: &mut Output) {
    if PartnerTag::suffix_belongs_elsewhere(tag.as_str(), tag.marketplace()) {
        let expected = tag.marketplace().tag_suffix().map_or(20, |suffix| suffix.number());
        output.warning(&format!("tags of {} usually end in -{expected}: `{tag}`", tag.marketplace().host()));
    }
}
