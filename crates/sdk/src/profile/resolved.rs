//! A profile with everything that counts: the file, then the environment, then flags, each value with its origin.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use linkwright_core::{Account, CredentialName, Error, ErrorKind, Marketplace, RegionGroup, Result};
use linkwright_zero::{MissingTag, TagBook, TagGlob};

use super::address::{Endpoint, ProxyAddress};
use super::choice::{Geo, GoneLink, SourceChoice};
use super::document::{ProfileTable, ShopTags, with_hint_of};
use super::file::ProfileFile;
use super::tag_argument::TagArgument;
use crate::Variables;
use crate::stores::StoreUri;

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nobody said otherwise.
    BuiltIn,
    /// A line of the file of profiles.
    File {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1, where it is known.
        line: Option<usize>,
    },
    /// An environment variable.
    Variable(&'static str),
    /// A flag or an argument.
    CommandLine,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BuiltIn => f.write_str("built in"),
            Self::File { path, line: Some(line) } => write!(f, "{}:{line}", path.display()),
            Self::File { path, line: None } => write!(f, "{}", path.display()),
            Self::Variable(name) => f.write_str(name),
            Self::CommandLine => f.write_str("command line"),
        }
    }
}

/// A value and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traced<T> {
    /// The value.
    pub value: T,
    /// Where it came from.
    pub origin: Origin,
}

/// A profile with everything that counts, short of flags, which the command line adds itself.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Profile {
    /// The profile's name; `None` if there is no file and nobody named one.
    pub name: Option<Traced<String>>,
    /// The shop of targets that name none.
    pub marketplace: Option<Traced<Marketplace>>,
    /// What to do for a shop without a tag.
    pub missing_tag: Traced<MissingTag>,
    /// The language pages are asked for in.
    pub language: Option<Traced<String>>,
    /// The publisher's own mark on every tagged link.
    pub ascsubtag: Option<Traced<String>>,
    /// The author's catalog.
    pub catalog: Option<Traced<PathBuf>>,
    /// How links for other countries are made.
    pub geo: Traced<Geo>,
    /// The name quota and verdicts are counted under; see [`account`](Self::account).
    pub account: Option<Traced<String>>,
    /// Where credentials are: a store's address, or several separated by commas. Relative paths in it start at the
    /// folder of the file of profiles if it is from there, else at the current one.
    pub store: Option<Traced<String>>,
    /// Where product data comes from.
    pub source: Traced<SourceChoice>,
    /// What takes the place of a product that Amazon no longer knows.
    pub gone: Traced<GoneLink>,
    /// The Creators API's address, instead of Amazon's own.
    pub api_endpoint: Option<Traced<Endpoint>>,
    /// The address tokens are asked from, instead of the one of the credential's version.
    pub token_endpoint: Option<Traced<Endpoint>>,
    /// The proxy on the way to Amazon. May hold a password if it is from a variable.
    pub proxy: Option<Traced<ProxyAddress>>,
    /// A file of further certificates to trust, in PEM.
    pub ca_file: Option<Traced<PathBuf>>,
    /// The credential's name in the store, by region group; see [`credential`](Self::credential).
    pub credentials: BTreeMap<RegionGroup, Traced<CredentialName>>,
    /// The tags of each shop.
    pub tags: BTreeMap<Marketplace, Traced<ShopTags>>,
    /// Tags from the environment whose shop follows from the rest of a command.
    pub bare_tags: Vec<Traced<String>>,
}

impl Profile {
    /// Puts a profile together: `named` (a flag), else `LINKWRIGHT_PROFILE`, else the file's default, else none; then
    /// the variables over it.
    ///
    /// # Errors
    /// `NotFound` for a profile that is not in the file; `ConfigInvalid` for a variable with a value that is none.
    pub fn resolve(file: &ProfileFile, named: Option<&str>, variables: Variables<'_>) -> Result<Self> {
        let set = |name: &str| variables(name).filter(|value| !value.is_empty());
        let from_file = |line: Option<usize>| Origin::File { path: file.path().to_owned(), line };
        let name = match (named, set("LINKWRIGHT_PROFILE"), file.default_name()) {
            (Some(name), ..) => Some(Traced { value: name.to_owned(), origin: Origin::CommandLine }),
            (None, Some(name), _) => {
                Some(Traced { value: name, origin: Origin::Variable("LINKWRIGHT_PROFILE") })
            }
            (None, None, Some(name)) => {
                Some(Traced { value: name.to_owned(), origin: from_file(file.default_line()) })
            }
            (None, None, None) if file.names().next().is_some() => {
                let known: Vec<&str> = file.names().collect();
                let message = format!("several profiles and no default in `{}`", file.path().display());
                return Err(Error::new(ErrorKind::ConfigInvalid, "profile.find", message)
                    .with_context("reason", "profile_ambiguous")
                    .with_hint(format!("name one of: {}", known.join(", "))));
            }
            (None, None, None) => None,
        };
        let empty = ProfileTable::default();
        let table = match &name {
            Some(name) => file.profile(&name.value)?,
            None => &empty,
        };
        let traced = |setting: &str| from_file(table.lines.get(setting).copied());
        let in_folder = |relative: &Option<String>, setting: &str| {
            relative.as_ref().map(|relative| Traced {
                value: file.path().parent().map_or_else(|| relative.into(), |folder| folder.join(relative)),
                origin: traced(setting),
            })
        };
        let mut profile = Self {
            name,
            marketplace: table.marketplace.map(|value| Traced { value, origin: traced("marketplace") }),
            missing_tag: or_default(table.missing_tag, || traced("missing-tag")),
            language: table.language.clone().map(|value| Traced { value, origin: traced("language") }),
            ascsubtag: table.ascsubtag.clone().map(|value| Traced { value, origin: traced("ascsubtag") }),
            catalog: in_folder(&table.catalog, "catalog"),
            geo: or_default(table.geo, || traced("geo")),
            account: table.account.clone().map(|value| Traced { value, origin: traced("account") }),
            store: table.store.clone().map(|value| Traced { value, origin: traced("store") }),
            source: or_default(table.source, || traced("source")),
            gone: or_default(table.gone, || traced("gone")),
            api_endpoint: table
                .api_endpoint
                .clone()
                .map(|value| Traced { value, origin: traced("api-endpoint") }),
            token_endpoint: table
                .token_endpoint
                .clone()
                .map(|value| Traced { value, origin: traced("token-endpoint") }),
            proxy: table.proxy.clone().map(|value| Traced { value, origin: traced("proxy") }),
            ca_file: in_folder(&table.ca_file, "ca-file"),
            credentials: table
                .credentials
                .iter()
                .map(|(group, name)| {
                    (*group, Traced { value: name.clone(), origin: traced(&format!("credentials.{group}")) })
                })
                .collect(),
            tags: table
                .tags
                .iter()
                .map(|(shop, tags)| {
                    (*shop, Traced { value: tags.clone(), origin: traced(&format!("tags.{shop}")) })
                })
                .collect(),
            bare_tags: Vec::new(),
        };
        profile.apply_variables(&set)?;
        Ok(profile)
    }

    fn apply_variables(&mut self, set: &dyn Fn(&str) -> Option<String>) -> Result<()> {
        if let Some(marketplace) = parsed(set, "LINKWRIGHT_MARKETPLACE")? {
            self.marketplace = Some(marketplace);
        }
        if let Some(missing_tag) = parsed(set, "LINKWRIGHT_MISSING_TAG")? {
            self.missing_tag = missing_tag;
        }
        if let Some(geo) = parsed(set, "LINKWRIGHT_GEO")? {
            self.geo = geo;
        }
        if let Some(language) = parsed(set, "LINKWRIGHT_LANGUAGE")? {
            self.language = Some(language);
        }
        if let Some(ascsubtag) = parsed(set, "LINKWRIGHT_ASCSUBTAG")? {
            self.ascsubtag = Some(ascsubtag);
        }
        if let Some(catalog) = parsed(set, "LINKWRIGHT_CATALOG")? {
            self.catalog = Some(catalog);
        }
        if let Some(account) = parsed(set, "LINKWRIGHT_ACCOUNT")? {
            self.account = Some(account);
        }
        if let Some(store) = parsed::<String>(set, "LINKWRIGHT_STORE")? {
            StoreUri::parse_list(&store.value)
                .map_err(|error| with_hint_of(&error, in_variable("LINKWRIGHT_STORE", error.message())))?;
            self.store = Some(store);
        }
        if let Some(source) = parsed(set, "LINKWRIGHT_SOURCE")? {
            self.source = source;
        }
        if let Some(api_endpoint) = parsed(set, "LINKWRIGHT_API_ENDPOINT")? {
            self.api_endpoint = Some(api_endpoint);
        }
        if let Some(token_endpoint) = parsed(set, "LINKWRIGHT_TOKEN_ENDPOINT")? {
            self.token_endpoint = Some(token_endpoint);
        }
        if let Some(proxy) = parsed(set, "LINKWRIGHT_PROXY")? {
            self.proxy = Some(proxy);
        }
        if let Some(ca_file) = parsed(set, "LINKWRIGHT_CA_FILE")? {
            self.ca_file = Some(ca_file);
        }
        let Some(list) = set("LINKWRIGHT_TAG") else { return Ok(()) };
        let tags =
            TagArgument::parse_list(&list).map_err(|error| in_variable("LINKWRIGHT_TAG", error.message()))?;
        for tag in tags {
            let origin = Origin::Variable("LINKWRIGHT_TAG");
            match tag {
                TagArgument::Bare(value) => self.bare_tags.push(Traced { value, origin }),
                TagArgument::OfShop(tag) => {
                    let mut value =
                        self.tags.get(&tag.marketplace()).map(|tags| tags.value.clone()).unwrap_or_default();
                    let marketplace = tag.marketplace();
                    let twice = self.tags.get(&marketplace).is_some_and(|tags| tags.origin == origin);
                    if twice {
                        let message = format!("two tags for {}", marketplace.host());
                        return Err(in_variable("LINKWRIGHT_TAG", &message));
                    }
                    // The file's tag is no longer written, but still the user's own.
                    if let Some(old) = value.default.replace(tag) {
                        value.own.push(TagGlob::new(old.as_str())?);
                    }
                    self.tags.insert(marketplace, Traced { value, origin });
                }
            }
        }
        Ok(())
    }

    /// The tags as the link engine wants them.
    pub fn tag_book(&self) -> TagBook {
        let mut book = TagBook::new();
        for (shop, tags) in &self.tags {
            if let Some(tag) = &tags.value.default {
                book = book.with_default(tag.clone());
            }
            for glob in &tags.value.own {
                book = book.with_own(*shop, glob.clone());
            }
        }
        book
    }

    /// The account quota and verdicts are counted for: the setting `account`, else the profile's name.
    pub fn account(&self) -> Account {
        let named = self.account.as_ref().or(self.name.as_ref());
        Account::new(named.map_or("default", |name| &name.value))
    }

    /// The name of the credential for the shops of a region group: the setting's, else the group's own (`na`, `eu`,
    /// `fe`).
    pub fn credential(&self, group: RegionGroup) -> CredentialName {
        match self.credentials.get(&group) {
            Some(name) => name.value.clone(),
            // Two lower-case letters are a name.
            None => CredentialName::try_from(group.code()).expect("a group's code is a credential's name"),
        }
    }
}

/// The value and its origin, or the built-in one.
fn or_default<T: Default>(value: Option<T>, origin: impl FnOnce() -> Origin) -> Traced<T> {
    match value {
        Some(value) => Traced { value, origin: origin() },
        None => Traced { value: T::default(), origin: Origin::BuiltIn },
    }
}

fn parsed<T: FromStr<Err: fmt::Display>>(
    set: &dyn Fn(&str) -> Option<String>,
    name: &'static str,
) -> Result<Option<Traced<T>>> {
    let Some(text) = set(name) else { return Ok(None) };
    match text.parse() {
        Ok(value) => Ok(Some(Traced { value, origin: Origin::Variable(name) })),
        Err(error) => Err(in_variable(name, &error.to_string())),
    }
}

fn in_variable(name: &'static str, message: &str) -> Error {
    Error::new(ErrorKind::ConfigInvalid, "profile.read", format!("environment variable `{name}`: {message}"))
        .with_context("variable", name)
}
