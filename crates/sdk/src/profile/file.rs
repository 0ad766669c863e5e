//! The file of profiles on disk: read once, changed in place, written whole.

use std::path::{Path, PathBuf};

use linkwright_core::{Error, ErrorKind, Marketplace, PartnerTag, Result};
use toml_edit::{DocumentMut, Item, Table, value};

use super::document::{self, ConfigDocument, FORMAT, ProfileTable, SETTINGS, TABLES, with_hint_of};
use super::suggestion::nearest_name;
use crate::atomic_write::write_atomically;
use crate::config_path::ConfigPath;

/// The file of profiles. Comments and order survive every change.
#[derive(Debug, Clone)]
pub struct ProfileFile {
    path: PathBuf,
    exists: bool,
    text: String,
    config: ConfigDocument,
}

/// What a new profile begins with.
#[derive(Debug, Clone, Default)]
pub struct NewProfile {
    /// The shop of targets that name none.
    pub marketplace: Option<Marketplace>,
    /// The tags, each with its shop.
    pub tags: Vec<PartnerTag>,
}

impl ProfileFile {
    /// Reads the file. One that is not there is an empty one, unless somebody named it.
    ///
    /// # Errors
    /// `ConfigInvalid` with file and line for a mistake in it; `NotFound` for a named file that is not there;
    /// `Unavailable` if it cannot be read.
    pub fn load(at: &ConfigPath) -> Result<Self> {
        let path = at.path.clone();
        match std::fs::read(&path) {
            Ok(bytes) => Self::from_bytes(path, bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !at.explicit => {
                Ok(Self { path, exists: false, text: String::new(), config: ConfigDocument::default() })
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let message = format!("no such file: `{}`, named by {}", path.display(), at.named_by);
                Err(Error::new(ErrorKind::ConfigInvalid, "profile.read", message)
                    .with_context("reason", "config_missing")
                    .with_context("path", path.display().to_string()))
            }
            Err(error) if error.kind() == std::io::ErrorKind::IsADirectory => {
                let message = format!(
                    "a folder, not a file of profiles: `{}`, named by {}",
                    path.display(),
                    at.named_by
                );
                Err(Error::new(ErrorKind::ConfigInvalid, "profile.read", message))
            }
            Err(error) => {
                let message = format!("cannot read the file of profiles: `{}`", path.display());
                Err(Error::new(ErrorKind::Unavailable, "profile.read", message).with_source(error))
            }
        }
    }

    /// As [`load`](Self::load), but a named file that is not there is an empty one: for making it.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn load_or_new(at: &ConfigPath) -> Result<Self> {
        Self::load(&ConfigPath { explicit: false, ..at.clone() })
    }

    /// Reads bytes as if they were the file, for checking them before they are written.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn from_bytes(path: PathBuf, bytes: Vec<u8>) -> Result<Self> {
        let text = String::from_utf8(bytes).map_err(|error| {
            let line =
                error.as_bytes()[..error.utf8_error().valid_up_to()].split(|byte| *byte == b'\n').count();
            let place = format!("{}:{line}", path.display());
            Error::new(ErrorKind::ConfigInvalid, "profile.read", format!("{place}: not UTF-8"))
                .with_context("place", place)
        })?;
        Self::parse(path, text)
    }

    /// Reads a text as if it were the file, for checking it before it is written.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn parse(path: PathBuf, text: String) -> Result<Self> {
        let config = document::read(&text, &path.display().to_string())?;
        Ok(Self { path, exists: true, text, config })
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it was there.
    pub fn exists(&self) -> bool {
        self.exists
    }

    /// The text as it stands, with all changes.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The names of all profiles, in alphabetical order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.config.profiles.keys().map(String::as_str)
    }

    /// The profile that is used when nobody names one: the file's `default`, or the only one there is.
    pub fn default_name(&self) -> Option<&str> {
        self.config.default_profile.as_deref().or_else(|| {
            let mut names = self.names();
            names.next().filter(|_| names.next().is_none())
        })
    }

    /// The line that names the default profile, if one does.
    pub(super) fn default_line(&self) -> Option<usize> {
        self.config.default_line
    }

    pub(super) fn profile(&self, name: &str) -> Result<&ProfileTable> {
        self.config.profiles.get(name).ok_or_else(|| {
            let known: Vec<&str> = self.names().collect();
            let list = if known.is_empty() { "none yet".to_owned() } else { known.join(", ") };
            let error = Error::new(
                ErrorKind::NotFound,
                "profile.find",
                format!("no profile of that name: `{name}`; known: {list}"),
            )
            .with_context("reason", "profile_missing")
            .with_context("profile", name);
            match nearest_name(name, known) {
                Some(near) => error.with_hint(format!("did you mean `{near}`?")),
                None => error,
            }
        })
    }

    /// Adds a profile; the first one becomes the default.
    ///
    /// # Errors
    /// `Conflict` if there is one of that name; `RequestInvalid` for a name that is none.
    pub fn create(&mut self, name: &str, new: &NewProfile) -> Result<()> {
        check_name(name)?;
        if self.config.profiles.contains_key(name) {
            let message = format!("there is a profile of that name already: `{name}`");
            return Err(Error::new(ErrorKind::Conflict, "profile.create", message)
                .with_context("reason", "profile_exists")
                .with_context("profile", name));
        }
        let mut changed = self.document()?;
        changed.entry("format").or_insert(value(FORMAT));
        if self.config.profiles.is_empty() {
            changed["default"] = value(name);
        }
        let profile = profile_table(&mut changed, name, &self.path)?;
        if let Some(marketplace) = new.marketplace {
            profile["marketplace"] = value(marketplace.code());
        }
        if !new.tags.is_empty() {
            let mut tags = Table::new();
            for tag in &new.tags {
                tags[tag.marketplace().code()] = value(tag.as_str());
            }
            profile["tags"] = Item::Table(tags);
        }
        self.replace(changed)
    }

    /// Sets one setting of a profile: `marketplace`, `tags.de`, and so on. An empty text removes it; patterns of own tags
    /// beside a tag stay.
    ///
    /// # Errors
    /// `NotFound` for a profile that is not there; `ConfigInvalid` for a setting or value that is none, and then nothing
    /// is changed.
    pub fn set(&mut self, profile: &str, setting: &str, text: &str) -> Result<()> {
        self.profile(profile)?;
        let mut changed = self.document()?;
        let table = profile_table(&mut changed, profile, &self.path)?;
        if let Some(shop) = setting.strip_prefix("tags.") {
            let marketplace: Marketplace = shop.parse().map_err(|error| {
                Error::new(ErrorKind::ConfigInvalid, "profile.set", format!("`{setting}`: {error}"))
            })?;
            let tags = table.entry("tags").or_insert(Item::Table(Table::new()));
            let tags = tags.as_table_like_mut().ok_or_else(|| {
                Error::new(ErrorKind::ConfigInvalid, "profile.set", "`tags` must be a table".to_owned())
            })?;
            // The author's name for the shop stays: `gb` does not become a second entry `uk`.
            let key = tags.iter().map(|(key, _)| key.to_owned()).find(|key| key.parse() == Ok(marketplace));
            let key = key.as_deref().unwrap_or(marketplace.code());
            match (text, tags.get_mut(key).and_then(Item::as_table_like_mut)) {
                ("", Some(with_own)) if with_own.contains_key("own") => {
                    with_own.remove("default");
                }
                ("", _) => {
                    tags.remove(key);
                }
                (_, Some(with_own)) => {
                    with_own.insert("default", value(text));
                }
                (_, None) => replace_value(tags.entry(key).or_insert(Item::None), text),
            }
        } else if let Some(group) = setting.strip_prefix("credentials.") {
            let credentials = table.entry("credentials").or_insert(Item::Table(Table::new()));
            let credentials = credentials.as_table_like_mut().ok_or_else(|| {
                Error::new(
                    ErrorKind::ConfigInvalid,
                    "profile.set",
                    "`credentials` must be a table".to_owned(),
                )
            })?;
            if text.is_empty() {
                credentials.remove(group);
            } else {
                replace_value(credentials.entry(group).or_insert(Item::None), text);
            }
        } else if !SETTINGS.iter().any(|(name, _)| *name == setting && table_key(name).is_none()) {
            return Err(unknown_setting(setting));
        } else if text.is_empty() {
            table.remove(setting);
        } else {
            replace_value(table.entry(setting).or_insert(Item::None), text);
        }
        self.replace(changed)
    }

    /// Makes a profile the one that is used when nobody names one.
    ///
    /// # Errors
    /// `NotFound` for a profile that is not there.
    pub fn set_default(&mut self, profile: &str) -> Result<()> {
        self.profile(profile)?;
        let mut changed = self.document()?;
        changed["default"] = value(profile);
        self.replace(changed)
    }

    /// Writes the file whole, atomically.
    ///
    /// # Errors
    /// As [`write_atomically`].
    pub fn save(&self) -> Result<()> {
        write_atomically(&self.path, self.text.as_bytes())
    }

    fn document(&self) -> Result<DocumentMut> {
        self.text.parse().map_err(|error: toml_edit::TomlError| {
            Error::new(ErrorKind::ConfigInvalid, "profile.read", error.message().to_owned())
        })
    }

    /// Takes a changed document if it reads well, so that no command can write a file it cannot read.
    fn replace(&mut self, changed: DocumentMut) -> Result<()> {
        let text = changed.to_string();
        // The file was good before: what is wrong is the change, not a line of the file.
        let config = document::read(&text, &self.path.display().to_string()).map_err(without_place)?;
        self.text = text;
        self.config = config;
        Ok(())
    }
}

/// What follows the name of a setting that is a table.
fn table_key(setting: &str) -> Option<&'static str> {
    TABLES.iter().find(|(name, _)| *name == setting).map(|(_, key)| *key)
}

fn unknown_setting(setting: &str) -> Error {
    let known: Vec<String> = SETTINGS
        .iter()
        .map(|(name, _)| table_key(name).map_or_else(|| (*name).to_owned(), |key| format!("{name}.{key}")))
        .collect();
    let message = format!("unknown setting: `{setting}`; known: {}", known.join(", "));
    let error = Error::new(ErrorKind::ConfigInvalid, "profile.set", message);
    match nearest_name(setting, known.iter().map(String::as_str)) {
        Some(near) => error.with_hint(format!("did you mean `{near}`?")),
        None => error,
    }
}

/// The same error without the file and line in front.
fn without_place(error: Error) -> Error {
    let place = error.context_value("place").unwrap_or_default();
    let message =
        error.message().strip_prefix(place).map_or(error.message(), |rest| rest.trim_start_matches(": "));
    with_hint_of(&error, Error::new(error.kind(), "profile.set", message.to_owned()))
}

/// Puts a text in the place of a value, and keeps the comment behind it.
fn replace_value(item: &mut Item, text: &str) {
    let decor = item.as_value().map(|old| old.decor().clone());
    *item = value(text);
    if let (Some(decor), Some(new)) = (decor, item.as_value_mut()) {
        *new.decor_mut() = decor;
    }
}

fn profile_table<'d>(document: &'d mut DocumentMut, name: &str, file: &Path) -> Result<&'d mut Table> {
    let profiles = document.entry("profile").or_insert_with(|| {
        let mut table = Table::new();
        table.set_implicit(true);
        Item::Table(table)
    });
    let profiles = profiles.as_table_mut();
    let table = profiles
        .and_then(|profiles| profiles.entry(name).or_insert(Item::Table(Table::new())).as_table_mut());
    table.ok_or_else(|| {
        let file = file.display();
        let message = format!("{file}: `profile.{name}` is an inline table; write it as `[profile.{name}]`");
        Error::new(ErrorKind::ConfigInvalid, "profile.set", message)
    })
}

fn check_name(name: &str) -> Result<()> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if name.is_empty() || name.len() > 64 || !name.chars().all(plain) {
        let message =
            format!("not a name for a profile: `{name}`; it has 1 to 64 letters, digits, `-` or `_`");
        return Err(Error::new(ErrorKind::RequestInvalid, "profile.create", message));
    }
    Ok(())
}
