//! For whom products are asked, and whom: the options that all commands about products share, and what follows from them.

use std::sync::Arc;

use clap::{Args, ValueEnum};
use linkwright_sdk::core::{
    Condition, Error, ErrorKind, Marketplace, PartnerTag, ProductSource, RequestContext,
};
use linkwright_sdk::zero::{Catalog, MissingTag, OutboundLink, Page, TagChoice, Target, ZeroSource};
use linkwright_sdk::{ProductOptions, Profile, SourceChoice, products};

use crate::api;
use crate::args::{GlobalArgs, marketplace};
use crate::failure::{CommandResult, Failure};
use crate::notices::Notices;
use crate::output::Output;
use crate::settings::{self, Tags};
use crate::world::World;

/// For which shop, and with which tag.
#[derive(Debug, Args)]
pub(crate) struct TagArgs {
    /// Shop to ask and to link to, as us, uk, co.uk, amazon.de or de_DE
    #[arg(short, long, value_parser = marketplace, value_name = "SHOP")]
    pub(crate) marketplace: Option<Marketplace>,

    /// Tag to put on the links, or SHOP=TAG (repeat for several shops)
    #[arg(long, value_name = "TAG")]
    pub(crate) tag: Vec<String>,
}

/// The same, and what to do without a tag where no link leads to a search.
#[derive(Debug, Args)]
pub(crate) struct ShopArgs {
    #[command(flatten)]
    pub(crate) tags: TagArgs,

    /// What to do for a shop without a tag: error, untagged or nearest-enrolled
    #[arg(long, value_name = "POLICY")]
    pub(crate) missing_tag: Option<String>,
}

/// Where product data comes from.
#[derive(Debug, Args)]
pub(crate) struct SourceArgs {
    /// Where product data comes from: auto, creators (the API or nothing) or zero (links, nobody is asked)
    #[arg(long, value_name = "SOURCE", help_heading = "Creators API")]
    pub(crate) source: Option<String>,

    #[command(flatten)]
    pub(crate) stores: StoreFlags,

    /// Ask the API although it refused lately and the next try is hours away
    #[arg(long, help_heading = "Creators API")]
    pub(crate) probe: bool,

    /// Exit with 3 when the answer is less than the API would have given; without a credential, links are all there is to
    /// give: say `--source creators` to insist on the API
    #[arg(long, value_name = "WHAT", value_enum, help_heading = "Creators API")]
    pub(crate) fail_on: Option<FailOn>,
}

/// Where credentials come from.
#[derive(Debug, Args)]
pub(crate) struct StoreFlags {
    /// Where credentials are kept, as file:PATH or env:PREFIX (repeat to try several in order)
    #[arg(long, value_name = "URI", help_heading = "Creators API")]
    pub(crate) store: Vec<String>,
}

/// What makes a complete run a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// An answer with less than the API would have given
    Degraded,
}

impl SourceArgs {
    /// Whether less than asked for is not enough.
    pub(crate) fn fail_on_degraded(&self) -> bool {
        self.fail_on == Some(FailOn::Degraded)
    }

    /// Notices for these options and this profile.
    pub(crate) fn notices(&self, profile: &Profile) -> Arc<Notices> {
        let place_named =
            !self.stores.store.is_empty() || profile.store.is_some() || !profile.credentials.is_empty();
        Arc::new(Notices::new(place_named))
    }

    /// The source the settings ask for.
    pub(crate) fn source(
        &self,
        profile: &Profile,
        catalog: Catalog,
        global: &GlobalArgs,
        world: &World,
        notices: &Arc<Notices>,
    ) -> CommandResult<Arc<dyn ProductSource>> {
        let choice = match &self.source {
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
        options.probe = self.probe;
        options.listener = Some(Arc::clone(notices) as _);
        let access = api::access(&self.stores.store, profile, world)?;
        Ok(products(&access, zero, &options))
    }
}

/// What takes the place of a tag there is none of, for a command whose links cannot lead to a search. `what` begins the
/// sentence that says so: `an item leads to a product`; `better` is what to use there.
pub(crate) fn missing_tag_but_search(
    flag: Option<&str>,
    profile: &Profile,
    what: &str,
    better: MissingTag,
) -> CommandResult<MissingTag> {
    if let Some(text) = flag.filter(|text| text.parse::<MissingTag>().is_err()) {
        let has_meaning = |policy: &MissingTag| *policy != MissingTag::Search;
        let known: Vec<&str> =
            MissingTag::ALL.into_iter().filter(has_meaning).map(MissingTag::as_str).collect();
        let known = known.join(", ");
        let message = format!("no policy for a missing tag of that name: `{text}`; known: {known}");
        return Err(Failure::usage(message));
    }
    match settings::missing_tag(flag, profile)? {
        MissingTag::Search if flag.is_some() => Err(Failure::usage(format!(
            "{what}, never to a search: `--missing-tag search`"
        ))
        .with_hint(format!("use `--missing-tag {better}`, or `linkwright link` for links to searches"))),
        // The profile's policy for links: here it cannot be followed, so it is refused where there is no tag.
        MissingTag::Search => Ok(MissingTag::Error),
        other => Ok(other),
    }
}

/// Makes the context of a request from what a person pointed at.
#[derive(Debug)]
pub(crate) struct Asker<'a> {
    profile: &'a Profile,
    tags: Tags,
    marketplace: Option<Marketplace>,
    missing_tag: MissingTag,
    /// What was asked for in so many words; the profile's is a preference only.
    language: Option<&'a str>,
    pub(crate) currency: Option<String>,
    pub(crate) condition: Condition,
    /// Whether warnings about the tags' endings were given.
    suffixes_seen: bool,
}

impl<'a> Asker<'a> {
    pub(crate) fn new(
        args: &TagArgs,
        language: Option<&'a str>,
        missing_tag: MissingTag,
        profile: &'a Profile,
    ) -> CommandResult<Self> {
        Ok(Self {
            profile,
            tags: Tags::new(&args.tag, args.marketplace, profile)?,
            marketplace: args.marketplace,
            missing_tag,
            language,
            currency: None,
            condition: Condition::default(),
            suffixes_seen: false,
        })
    }

    /// The shop, tag and language for a target, and what to say about it beside.
    pub(crate) fn context(
        &mut self,
        target: &Target<'_>,
        several: bool,
        world: &World,
    ) -> CommandResult<(RequestContext, Option<String>)> {
        self.tags.for_target(target, several)?;
        let named = match target {
            Target::Link { link, .. } => link.marketplace,
            _ => None,
        };
        let wanted = self.marketplace.or(named).unwrap_or_else(|| self.tags.home());
        let pointed_at = named.unwrap_or(wanted);
        let choice = match target.page() {
            Page::BrowseNode(_) | Page::Bestsellers(_) => self.choose_for_category(wanted, pointed_at)?,
            _ => self.tags.book().choose(wanted, self.missing_tag)?,
        };
        let warning = if !choice.marketplace.has_associates() {
            Some(settings::cannot_be_tagged(choice.marketplace))
        } else if choice.marketplace != pointed_at {
            Some(match target.page() {
                Page::Search { .. } => settings::searched_elsewhere(choice.marketplace, pointed_at),
                _ => settings::may_not_exist(choice.marketplace, pointed_at),
            })
        } else {
            None
        };
        if let Some(language) = self.language {
            OutboundLink::untagged(target.page(), choice.marketplace)
                .with_language(language)
                .map_err(Error::from)?;
        }
        // A link with another tag of the user's own keeps it, as `link` does.
        let own = match target {
            Target::Link { link, .. }
                if !self.tags.explicit && link.marketplace == Some(choice.marketplace) =>
            {
                let tag = link.tag.as_deref().filter(|tag| self.tags.book().owns(choice.marketplace, tag));
                tag.and_then(|tag| PartnerTag::new(tag, choice.marketplace).ok())
            }
            _ => None,
        };
        let mut context = match own.as_ref().or(choice.tag) {
            Some(tag) => RequestContext::tagged(self.profile.account(), tag.clone()),
            None => RequestContext::untagged(self.profile.account(), choice.marketplace),
        };
        let preferred = || self.profile.language.as_ref().map(|set| set.value.clone());
        context.language = self.language.map(str::to_owned).or_else(preferred);
        context.currency.clone_from(&self.currency);
        context.condition = self.condition;
        context.deadline = world.deadline;
        Ok((context, warning))
    }

    /// The tag for a category, which stays in its shop: the same number is another category elsewhere, or none.
    fn choose_for_category(
        &self,
        wanted: Marketplace,
        pointed_at: Marketplace,
    ) -> CommandResult<TagChoice<'_>> {
        const WHY: &str = "a category's number means nothing in another shop";
        if wanted != pointed_at {
            let (from, to) = (pointed_at.host(), wanted.host());
            return Err(Failure::usage(format!("{WHY}: the link is to {from}, not to {to}"))
                .with_hint("leave out `--marketplace`, or give the number that the category has there"));
        }
        let moves = self.missing_tag == MissingTag::NearestEnrolled;
        let policy = if moves { MissingTag::Error } else { self.missing_tag };
        self.tags.book().choose(wanted, policy).map_err(|error| {
            let why = if moves { format!(", and {WHY}") } else { String::new() };
            let message = format!("{}{why}", error.message());
            let failure = Failure::from(Error::new(ErrorKind::ConfigInvalid, "link.write", message));
            failure
                .with_hint(format!("give your tag for that shop: `--tag {wanted}=TAG`"))
                .with_hint("or take links without one: `--missing-tag untagged`")
        })
    }

    /// Warns of tags that look like another shop's, once: for who calls it after the first context, which gives a bare tag
    /// its shop.
    pub(crate) fn warn_of_suffixes(&mut self, output: &mut Output) {
        if !std::mem::replace(&mut self.suffixes_seen, true) {
            self.tags.warn_of_suffixes(output);
        }
    }
}

/// A request that no tag is needed for.
pub(crate) fn untagged(
    marketplace: Option<Marketplace>,
    profile: &Profile,
    world: &World,
) -> CommandResult<RequestContext> {
    let shop = Tags::new(&[], marketplace, profile)?.home();
    let mut context = RequestContext::untagged(profile.account(), shop);
    context.deadline = world.deadline;
    Ok(context)
}

/// The shop's own page as the Zero API links it for this request: the API gives no links but those of products.
pub(crate) fn link_to(page: &Page<'_>, context: &RequestContext) -> CommandResult<String> {
    let link = match context.tag() {
        Some(tag) => OutboundLink::tagged(page, tag),
        None => OutboundLink::untagged(page, context.marketplace),
    };
    let link = match &context.language {
        Some(language) => link.with_preferred_language(language),
        None => link,
    };
    Ok(link.url().map_err(Error::from)?)
}

/// Whether two things can be asked for together.
pub(crate) fn same_request(one: &RequestContext, other: &RequestContext) -> bool {
    one.marketplace == other.marketplace && one.tag() == other.tag()
}
