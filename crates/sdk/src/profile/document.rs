//! What may stand in a file of profiles, read with the line of every mistake.
//!
//! ```toml
//! format = 1
//! default = "main"
//!
//! [profile.main]
//! marketplace = "us"
//! missing-tag = "error"
//!
//! [profile.main.tags]
//! us = "mysite-20"
//! de = { default = "mysite-21", own = ["mysite-*-21"] }
//! ```

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use linkwright_core::{CredentialName, Error, ErrorKind, Marketplace, PartnerTag, RegionGroup, Result};
use linkwright_zero::{MissingTag, TagGlob};
use toml_edit::{Document, Item, TableLike};

use super::address::{Endpoint, ProxyAddress};
use super::choice::{Geo, GoneLink, SourceChoice};

use super::suggestion::nearest_name;
use crate::stores::StoreUri;

/// The format this version writes and the newest it reads.
pub(super) const FORMAT: i64 = 1;

/// The settings of a profile, by name, with a sentence each.
pub const SETTINGS: [(&str, &str); 16] = [
    ("marketplace", "the shop of targets that name none"),
    ("missing-tag", "what to do for a shop without a tag: error, untagged, nearest-enrolled or search"),
    ("language", "the language pages are asked for in, such as de_DE"),
    ("ascsubtag", "your own mark on every tagged link"),
    (
        "catalog",
        "the file with your own titles and remarks (CSV, JSON or TOML), relative to the file of profiles",
    ),
    ("geo", "links for other countries: by-country or leave-to-onelink"),
    (
        "account",
        "the name quota and verdicts are counted under, where several profiles are one Associates account",
    ),
    ("store", "where credentials are: a store's address, or several separated by commas"),
    ("source", "where product data comes from: auto, creators or zero"),
    ("gone", "what takes the place of a product Amazon no longer knows: product-link or search-link"),
    ("api-endpoint", "the Creators API's address, instead of Amazon's own"),
    ("token-endpoint", "the address tokens are asked from, instead of the one of the credential's version"),
    ("proxy", "the proxy on the way to Amazon, without a password"),
    ("ca-file", "a file of further certificates to trust (PEM), relative to the file of profiles"),
    ("credentials", "the credential's name in the store, by region group: na, eu, fe"),
    ("tags", "your tags, by shop"),
];

/// The settings that are tables: what follows them in `profile set`, as `tags.de`.
pub(super) const TABLES: [(&str, &str); 2] = [("credentials", "GROUP"), ("tags", "SHOP")];

/// The user's tags of one shop.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ShopTags {
    /// The tag that is written.
    pub default: Option<PartnerTag>,
    /// The tags that are recognised as the user's own.
    pub own: Vec<TagGlob>,
}

/// One profile as it stands in the file.
#[derive(Debug, Clone, Default)]
pub(super) struct ProfileTable {
    pub(super) marketplace: Option<Marketplace>,
    pub(super) missing_tag: Option<MissingTag>,
    pub(super) language: Option<String>,
    pub(super) ascsubtag: Option<String>,
    pub(super) catalog: Option<String>,
    pub(super) geo: Option<Geo>,
    pub(super) account: Option<String>,
    pub(super) store: Option<String>,
    pub(super) source: Option<SourceChoice>,
    pub(super) gone: Option<GoneLink>,
    pub(super) api_endpoint: Option<Endpoint>,
    pub(super) token_endpoint: Option<Endpoint>,
    pub(super) proxy: Option<ProxyAddress>,
    pub(super) ca_file: Option<String>,
    pub(super) credentials: BTreeMap<RegionGroup, CredentialName>,
    pub(super) tags: BTreeMap<Marketplace, ShopTags>,
    /// The line of each setting, for `profile show --origin`.
    pub(super) lines: BTreeMap<String, usize>,
}

/// The whole file.
#[derive(Debug, Clone, Default)]
pub(super) struct ConfigDocument {
    pub(super) default_profile: Option<String>,
    /// The line of the setting `default`.
    pub(super) default_line: Option<usize>,
    pub(super) profiles: BTreeMap<String, ProfileTable>,
}

/// Reads the text of a file. `file` is its name in messages.
pub(super) fn read(text: &str, file: &str) -> Result<ConfigDocument> {
    let reader = Reader { text, file };
    let document = Document::parse(text)
        .map_err(|error| reader.wrong(error.span(), format!("not TOML: {}", on_one_line(error.message()))))?;
    let mut config = ConfigDocument::default();
    let format = document.get("format");
    match format.map(|item| (item.as_integer(), item.span())) {
        None | Some((Some(FORMAT), _)) => {}
        Some((Some(newer), span)) if newer > FORMAT => {
            let message = format!("format {newer} is newer than this version reads, which is {FORMAT}");
            return Err(reader.wrong(span, message).with_hint("update linkwright"));
        }
        Some((_, span)) => return Err(reader.wrong(span, format!("`format` must be {FORMAT}"))),
    }
    for (name, item) in document.iter() {
        match name {
            "format" => {}
            "default" => {
                config.default_profile = Some(reader.text(name, item)?.to_owned());
                config.default_line = reader.line(item.span());
            }
            "profile" => {
                for (name, item) in reader.table(name, item)?.iter() {
                    let table = reader.table(name, item)?;
                    config.profiles.insert(name.to_owned(), reader.profile(name, table)?);
                }
            }
            _ => return Err(reader.unknown(name, item, &["format", "default", "profile"])),
        }
    }
    if let Some(name) = &config.default_profile
        && !config.profiles.contains_key(name)
    {
        let span = document.get("default").and_then(Item::span);
        return Err(reader.wrong(span, format!("the default profile is not in the file: `{name}`")));
    }
    Ok(config)
}

/// An error with what another one says to do.
pub(super) fn with_hint_of(cause: &Error, error: Error) -> Error {
    match cause.hint() {
        Some(hint) => error.with_hint(hint.to_owned()),
        None => error,
    }
}

/// The parser's messages have several lines; ours have one.
fn on_one_line(message: &str) -> String {
    message.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("; ")
}

struct Reader<'a> {
    text: &'a str,
    file: &'a str,
}

impl Reader<'_> {
    fn line(&self, span: Option<std::ops::Range<usize>>) -> Option<usize> {
        let start = span?.start;
        Some(self.text.as_bytes().iter().take(start).filter(|byte| **byte == b'\n').count() + 1)
    }

    fn wrong(&self, span: Option<std::ops::Range<usize>>, message: String) -> Error {
        let place = match self.line(span) {
            Some(line) => format!("{}:{line}", self.file),
            None => self.file.to_owned(),
        };
        Error::new(ErrorKind::ConfigInvalid, "profile.read", format!("{place}: {message}"))
            .with_context("place", place)
    }

    fn unknown(&self, name: &str, item: &Item, known: &[&str]) -> Error {
        let error =
            self.wrong(item.span(), format!("unknown setting: `{name}`; known: {}", known.join(", ")));
        match nearest_name(name, known.iter().copied()) {
            Some(near) => error.with_hint(format!("did you mean `{near}`?")),
            None => error,
        }
    }

    fn text<'d>(&self, name: &str, item: &'d Item) -> Result<&'d str> {
        item.as_str().ok_or_else(|| self.wrong(item.span(), format!("`{name}` must be a text in quotes")))
    }

    fn table<'d>(&self, name: &str, item: &'d Item) -> Result<&'d dyn TableLike> {
        item.as_table_like().ok_or_else(|| self.wrong(item.span(), format!("`{name}` must be a table")))
    }

    fn parsed<T: FromStr<Err: fmt::Display>>(&self, name: &str, item: &Item) -> Result<T> {
        let text = self.text(name, item)?;
        text.parse().map_err(|error| self.wrong(item.span(), format!("`{name}`: {error}")))
    }

    fn profile(&self, profile: &str, table: &dyn TableLike) -> Result<ProfileTable> {
        let mut read = ProfileTable::default();
        for (name, item) in table.iter() {
            match name {
                "marketplace" => read.marketplace = Some(self.parsed(name, item)?),
                "missing-tag" => read.missing_tag = Some(self.parsed(name, item)?),
                "geo" => read.geo = Some(self.parsed(name, item)?),
                "language" => read.language = Some(self.text(name, item)?.to_owned()),
                "ascsubtag" => read.ascsubtag = Some(self.text(name, item)?.to_owned()),
                "catalog" => read.catalog = Some(self.text(name, item)?.to_owned()),
                "account" => read.account = Some(self.filled(name, item)?),
                "store" => {
                    let text = self.filled(name, item)?;
                    StoreUri::parse_list(&text).map_err(|error| {
                        with_hint_of(&error, self.wrong(item.span(), format!("`{name}`: {error}")))
                    })?;
                    read.store = Some(text);
                }
                "source" => read.source = Some(self.parsed(name, item)?),
                "gone" => read.gone = Some(self.parsed(name, item)?),
                "api-endpoint" => read.api_endpoint = Some(self.parsed(name, item)?),
                "token-endpoint" => read.token_endpoint = Some(self.parsed(name, item)?),
                "proxy" => read.proxy = Some(self.proxy(name, item)?),
                "ca-file" => read.ca_file = Some(self.filled(name, item)?),
                "credentials" => {
                    for (group, item) in self.table(name, item)?.iter() {
                        let known = RegionGroup::ALL.into_iter().find(|known| known.code() == group);
                        let group = known.ok_or_else(|| {
                            let groups = RegionGroup::ALL.map(RegionGroup::code).join(", ");
                            let message = format!("no region group of that name: `{group}`; known: {groups}");
                            self.wrong(item.span(), format!("`profile.{profile}.credentials`: {message}"))
                        })?;
                        read.credentials.insert(group, self.parsed(group.code(), item)?);
                        read.note_line(&format!("credentials.{group}"), self.line(item.span()));
                    }
                }
                "tags" => {
                    for (shop, item) in self.table(name, item)?.iter() {
                        let marketplace: Marketplace = shop.parse().map_err(|error| {
                            self.wrong(item.span(), format!("`profile.{profile}.tags`: {error}"))
                        })?;
                        // `uk` and `gb` are one shop under two names.
                        if read.tags.insert(marketplace, self.shop_tags(marketplace, item)?).is_some() {
                            let message =
                                format!("`profile.{profile}.tags`: two entries for {marketplace}: `{shop}`");
                            return Err(self.wrong(item.span(), message));
                        }
                        read.note_line(&format!("tags.{marketplace}"), self.line(item.span()));
                    }
                }
                _ => return Err(self.unknown(name, item, &SETTINGS.map(|(name, _)| name))),
            }
            read.note_line(name, self.line(item.span()));
        }
        Ok(read)
    }

    /// A text that is not empty: an empty account or path would silently be another one.
    fn filled(&self, name: &str, item: &Item) -> Result<String> {
        match self.text(name, item)? {
            "" => Err(self.wrong(item.span(), format!("`{name}` must not be empty"))),
            text => Ok(text.to_owned()),
        }
    }

    /// A proxy without a password: the file holds no secrets.
    fn proxy(&self, name: &str, item: &Item) -> Result<ProxyAddress> {
        let proxy: ProxyAddress = self.parsed(name, item)?;
        if proxy.has_password() {
            let message = format!("`{name}` holds a password, which a file of profiles must not");
            return Err(self
                .wrong(item.span(), message)
                .with_hint("remove it here, and set the whole address as the variable `LINKWRIGHT_PROXY`"));
        }
        Ok(proxy)
    }

    /// `"demo-20"`, or `{ default = "demo-20", own = ["demo-*-20"] }`.
    fn shop_tags(&self, marketplace: Marketplace, item: &Item) -> Result<ShopTags> {
        let tag = |item: &Item| -> Result<PartnerTag> {
            PartnerTag::new(self.text("tag", item)?, marketplace)
                .map_err(|error| self.wrong(item.span(), error.to_string()))
        };
        if item.is_str() {
            return Ok(ShopTags { default: Some(tag(item)?), own: Vec::new() });
        }
        let mut read = ShopTags::default();
        let table = item.as_table_like().ok_or_else(|| {
            let message = format!(
                "the tag of {marketplace} must be a text in quotes, or a table with `default` and `own`"
            );
            self.wrong(item.span(), message)
        })?;
        for (name, item) in table.iter() {
            match name {
                "default" => read.default = Some(tag(item)?),
                "own" => {
                    let globs = item.as_array().ok_or_else(|| {
                        self.wrong(item.span(), "`own` must be a list of tags or patterns".to_owned())
                    })?;
                    for glob in globs {
                        let text = glob.as_str().ok_or_else(|| {
                            self.wrong(glob.span(), "`own` must be a list of texts in quotes".to_owned())
                        })?;
                        let glob = TagGlob::new(text)
                            .map_err(|error| self.wrong(glob.span(), error.message().to_owned()))?;
                        read.own.push(glob);
                    }
                }
                _ => return Err(self.unknown(name, item, &["default", "own"])),
            }
        }
        Ok(read)
    }
}

impl ProfileTable {
    fn note_line(&mut self, name: &str, line: Option<usize>) {
        if let Some(line) = line {
            self.lines.insert(name.to_owned(), line);
        }
    }
}
