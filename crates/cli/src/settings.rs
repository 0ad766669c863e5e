//! From files, variables and flags to what a command works with.

use linkwright_sdk::core::{Marketplace, PartnerTag, TagSuffix};
use linkwright_sdk::zero::{Catalog, CatalogFormat, MissingTag, TagBook, TagGlob, Target};
use linkwright_sdk::{ConfigPath, Profile, ProfileFile, TagArgument, config_path};

use crate::args::GlobalArgs;
use crate::failure::{CommandResult, Failure};
use crate::output::Output;
use crate::world::World;

/// Where the file of profiles is.
pub(crate) fn profile_path(global: &GlobalArgs, world: &World) -> CommandResult<ConfigPath> {
    let flag = global.config.as_deref().map(|path| world.path(path));
    Ok(config_path(flag, &*world.variables)?)
}

/// The profile a command works with. Without a home folder there is simply no file.
pub(crate) fn profile(global: &GlobalArgs, world: &World) -> CommandResult<Profile> {
    let file = match profile_path(global, world) {
        Ok(path) => ProfileFile::load(&path)?,
        Err(failure) if global.profile.is_some() => return Err(failure),
        Err(_) => ProfileFile::parse(std::path::PathBuf::new(), String::new())?,
    };
    let profile = Profile::resolve(&file, global.profile.as_deref(), &*world.variables)?;
    let name = profile.name.as_ref().map_or("none", |name| name.value.as_str());
    tracing::info!(file = %file.path().display(), exists = file.exists(), profile = name, "settings");
    Ok(profile)
}

/// Reads the author's catalog: the flag's, else the profile's, else none.
pub(crate) fn catalog(
    flag: Option<&std::path::Path>,
    profile: &Profile,
    world: &World,
) -> CommandResult<Catalog> {
    let path = match (flag, &profile.catalog) {
        (Some(path), _) => world.path(path),
        (None, Some(path)) => world.path(&path.value),
        (None, None) => return Ok(Catalog::empty()),
    };
    let name = path.display().to_string();
    let format = CatalogFormat::of_file_name(&name).ok_or_else(|| {
        Failure::usage(format!("the catalog's name does not tell its format: `{name}`"))
            .with_hint("name it with one of these endings: .csv, .json, .toml")
    })?;
    let bytes = std::fs::read(&path).map_err(|error| {
        let message = format!("cannot read the catalog: `{name}`");
        linkwright_sdk::core::Error::new(
            linkwright_sdk::core::ErrorKind::ConfigInvalid,
            "catalog.read",
            message,
        )
        .with_source(error)
    })?;
    let text = String::from_utf8(bytes).map_err(|_| {
        Failure::usage(format!("the catalog is not UTF-8: `{name}`"))
            .with_hint("save it as UTF-8 and try again")
    })?;
    let catalog = Catalog::parse_named(&text, format, &name)?;
    tracing::info!(file = name, products = catalog.len(), "catalog");
    Ok(catalog)
}

/// The tags of one run: the profile's, the environment's and the flags', and the bare ones whose shop is still open.
#[derive(Debug)]
pub(crate) struct Tags {
    book: TagBook,
    bare: Option<String>,
    /// The shop `--marketplace` names.
    only_shop: Option<Marketplace>,
    /// The profile's default shop.
    home: Option<Marketplace>,
    /// The shop a bare tag was given to.
    bound: Option<Marketplace>,
    /// The shops whose tags the flags name.
    named: Vec<Marketplace>,
    /// Whether a flag named a tag, which then also replaces the user's own other tags.
    pub(crate) explicit: bool,
}

impl Tags {
    pub(crate) fn new(
        flags: &[String],
        only_shop: Option<Marketplace>,
        profile: &Profile,
    ) -> CommandResult<Self> {
        let mut tags = Self {
            book: profile.tag_book(),
            bare: None,
            only_shop,
            home: profile.marketplace.as_ref().map(|shop| shop.value),
            bound: None,
            named: Vec::new(),
            explicit: !flags.is_empty(),
        };
        // Flags override the environment.
        if !tags.explicit {
            for bare in &profile.bare_tags {
                tags.add_bare(bare.value.clone(), "LINKWRIGHT_TAG")?;
            }
        }
        for flag in flags {
            match TagArgument::parse(flag)? {
                TagArgument::OfShop(tag) => {
                    tags.refuse_second(&tag)?;
                    tags.named.push(tag.marketplace());
                    tags.write(tag)?;
                }
                TagArgument::Bare(tag) => tags.add_bare(tag, "--tag")?,
            }
        }
        if let Some(shop) = only_shop {
            tags.bind(shop)?;
        }
        Ok(tags)
    }

    fn add_bare(&mut self, tag: String, named_by: &str) -> CommandResult<()> {
        if let Some(first) = &self.bare {
            let message = format!("several tags without their shops in `{named_by}`: `{first}`, `{tag}`");
            return Err(
                Failure::usage(message).with_hint("say which is which, as in `--tag us=TAG --tag de=TAG`")
            );
        }
        self.bare = Some(tag);
        Ok(())
    }

    /// A link carries one tag: two for one shop are a mistake, not an order of preference.
    fn refuse_second(&self, tag: &PartnerTag) -> CommandResult<()> {
        let shop = tag.marketplace();
        match self.book.default_for(shop).filter(|_| self.named.contains(&shop)) {
            Some(first) => Err(Failure::usage(format!("two tags for {}: `{first}`, `{tag}`", shop.host()))),
            None => Ok(()),
        }
    }

    /// A tag that the user's own settings give to another shop is not given to this one.
    fn refuse_known_elsewhere(&self, tag: &PartnerTag) -> CommandResult<()> {
        // Some publishers use one text in several shops.
        if self.book.default_for(tag.marketplace()).is_some_and(|known| known.as_str() == tag.as_str()) {
            return Ok(());
        }
        let other = self
            .book
            .defaults()
            .iter()
            .find(|known| known.as_str() == tag.as_str() && known.marketplace() != tag.marketplace());
        match other {
            Some(known) => Err(Failure::usage(format!(
                "`{tag}` is your tag for {}, not for {}",
                known.marketplace().host(),
                tag.marketplace().host()
            ))
            .with_hint(format!("give your tag for that shop: `--tag {}=TAG`", tag.marketplace()))),
            None => Ok(()),
        }
    }

    /// The tags that flags gave to shops no link led to.
    pub(crate) fn unused(&self, used: &[Marketplace]) -> impl Iterator<Item = &PartnerTag> {
        self.book
            .defaults()
            .iter()
            .filter(|tag| self.named.contains(&tag.marketplace()) && !used.contains(&tag.marketplace()))
    }

    /// Gives the bare tag to the shop of this target, if that is still open, and returns the tags.
    ///
    /// A bare tag belongs to `--marketplace`, else to the shop of TARGET, else to the profile's default, else to the US
    /// shop. The first target decides for the run; other shops need `--tag SHOP=TAG`.
    /// With several targets, a tag that plainly is another shop's is not given to the first one's: the line it belongs to
    /// may come later. With one, whoever typed it meant it, and is warned.
    pub(crate) fn for_target(&mut self, target: &Target<'_>, several: bool) -> CommandResult<&TagBook> {
        if self.bare.is_some() && self.bound.is_none() {
            let shop = match target {
                // A short link or picture shows no shop: it must not decide for the links behind it.
                Target::Link { link, .. } if link.marketplace.is_none() => return Ok(&self.book),
                Target::Link { link, .. } => link.marketplace,
                _ => None,
            };
            match shop.or(self.home) {
                Some(shop) if shop.has_associates() => match &self.bare {
                    Some(tag) if several && PartnerTag::suffix_belongs_elsewhere(tag, shop) => {
                        return Err(belongs_elsewhere(tag, shop));
                    }
                    _ => self.bind(shop)?,
                },
                Some(_) => {}
                None => self.bind_to_us()?,
            }
        }
        Ok(&self.book)
    }

    /// Whether no later target can change the tags.
    pub(crate) fn are_settled(&self) -> bool {
        self.bare.is_none() || self.bound.is_some()
    }

    /// The last resort. A tag that plainly belongs elsewhere does not go to the US shop by default.
    fn bind_to_us(&mut self) -> CommandResult<()> {
        if let Some(tag) = &self.bare
            && PartnerTag::suffix_belongs_elsewhere(tag, Marketplace::Us)
        {
            return Err(belongs_elsewhere(tag, Marketplace::Us));
        }
        self.bind(Marketplace::Us)
    }

    /// Takes a tag as the one that is written. The one before is still the user's own.
    fn write(&mut self, tag: PartnerTag) -> CommandResult<()> {
        let mut book = std::mem::take(&mut self.book);
        if let Some(before) = book.default_for(tag.marketplace()) {
            let before = TagGlob::new(before.as_str())?;
            book = book.with_own(tag.marketplace(), before);
        }
        self.book = book.with_default(tag);
        Ok(())
    }

    fn bind(&mut self, shop: Marketplace) -> CommandResult<()> {
        if let Some(tag) = &self.bare {
            let tag = PartnerTag::new(tag, shop).map_err(linkwright_sdk::core::Error::from)?;
            self.refuse_second(&tag)?;
            self.refuse_known_elsewhere(&tag)?;
            tracing::info!(tag = tag.as_str(), marketplace = shop.code(), "the tag's shop");
            self.write(tag)?;
            self.bound = Some(shop);
        }
        Ok(())
    }

    /// The shop of targets that name none.
    pub(crate) fn home(&self) -> Marketplace {
        self.only_shop.or(self.home).or(self.bound).unwrap_or(match self.book.defaults() {
            [only] => only.marketplace(),
            _ => Marketplace::Us,
        })
    }

    /// What is known of the tags without a target: for reports.
    pub(crate) fn book(&self) -> &TagBook {
        &self.book
    }

    /// A hint where a shop has no tag because the bare one went to another.
    pub(crate) fn hint_for(&self, shop: &str) -> Option<String> {
        let bound = self.bound?;
        let tag = self.bare.as_ref()?;
        (bound.code() != shop)
            .then(|| format!("`{tag}` was taken for {}; several shops need a tag each", bound.host()))
    }

    /// Warns of tags that look like another shop's.
    pub(crate) fn warn_of_suffixes(&self, output: &mut Output) {
        for tag in self.book.defaults() {
            let given_for_this_run = self.explicit || self.bound == Some(tag.marketplace());
            if let Some(warning) = unusual_suffix(tag).filter(|_| given_for_this_run) {
                output.warning(&warning);
            }
        }
    }
}

/// Refuses to take a tag for a shop's that plainly is not.
pub(crate) fn belongs_elsewhere(tag: &str, shop: Marketplace) -> Failure {
    let suffix = PartnerTag::known_suffix(tag);
    // All that could be meant: whoever copies an example would get somebody else's shop.
    let shops: Vec<&str> = Marketplace::ALL
        .into_iter()
        .filter(|shop| shop.tag_suffix().map(TagSuffix::number) == suffix)
        .map(Marketplace::code)
        .collect();
    Failure::usage(format!("this tag looks like another shop's than {}: `{tag}`", shop.domain())).with_hint(
        format!(
            "say whose it is with `--tag SHOP={tag}` or `--marketplace SHOP`; SHOP is one of: {}",
            shops.join(", ")
        ),
    )
}

/// What to say of a tag whose ending is another shop's.
pub(crate) fn unusual_suffix(tag: &PartnerTag) -> Option<String> {
    let shop = tag.marketplace();
    let expected = shop.tag_suffix()?.number();
    PartnerTag::suffix_belongs_elsewhere(tag.as_str(), shop)
        .then(|| format!("tags of {} usually end in -{expected}: `{tag}`", shop.host()))
}

/// What to say where a link leads to another shop than it did.
pub(crate) fn may_not_exist(shop: Marketplace, from: Marketplace) -> String {
    format!("the product may not exist in {}: the link was to {}", shop.host(), from.host())
}

/// What to say where another shop is searched than was asked for.
pub(crate) fn searched_elsewhere(shop: Marketplace, wanted: Marketplace) -> String {
    format!("searched {} instead of {}, for which there is no tag", shop.host(), wanted.host())
}

/// What to say where nobody can have a tag.
pub(crate) fn cannot_be_tagged(shop: Marketplace) -> String {
    format!("no tag on this link: {} has no Associates programme", shop.host())
}

/// The policy for a shop without a tag: the flag's, else the profile's.
pub(crate) fn missing_tag(flag: Option<&str>, profile: &Profile) -> CommandResult<MissingTag> {
    Ok(match flag {
        Some(text) => text.parse::<MissingTag>()?,
        None => profile.missing_tag.value,
    })
}
