//! The files of an account: made when they are first asked for, kept until the emulator ends, and changed on request.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use linkwright_core::{Marketplace, Timestamp};
use serde::Deserialize;

use crate::feeds::{self, Product};
use crate::offered_file::OfferedFile;
use crate::reports::REPORTS;
use crate::shelf::Shelf;

/// When the files were last written, before anything changes them. A fixed moment: the same files in every run.
const WRITTEN: Timestamp = Timestamp::from_unix_seconds(1_795_233_600); // 2026-11-21T04:00:00Z

/// How much later a changed file was written.
const BETWEEN_CHANGES: Duration = Duration::from_secs(3600);

/// Which file: shops have feeds of their own, and reports in their own currency.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct FileId {
    pub(crate) shop: Marketplace,
    pub(crate) name: String,
}

/// What the next requests make of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FileState {
    /// Truthful. A change stays.
    Normal,
    /// Written anew at this moment, and truthful.
    Changed,
    /// Written anew as soon as a download of it was answered.
    ChangesAfterDownload,
    /// Lists give another MD5 than the file has.
    WrongMd5,
    /// Lists give another size than the file has.
    WrongSize,
}

/// What was changed about files, by their names.
#[derive(Debug, Default)]
pub(crate) struct FileChanges(BTreeMap<String, Change>);

#[derive(Debug, Clone, Copy)]
struct Change {
    state: FileState,
    revision: u32,
}

impl FileChanges {
    fn of(&self, name: &str) -> Change {
        self.0.get(name).copied().unwrap_or(Change { state: FileState::Normal, revision: 0 })
    }

    /// Puts a file into a state.
    pub(crate) fn set(&mut self, name: &str, state: FileState) {
        let mut change = self.of(name);
        change.state = state;
        if state == FileState::Changed {
            change = Change { state: FileState::Normal, revision: change.revision.saturating_add(1) };
        }
        self.0.insert(name.to_owned(), change);
    }

    /// Takes note of an answered download.
    pub(crate) fn downloaded(&mut self, name: &str) {
        if self.of(name).state == FileState::ChangesAfterDownload {
            self.set(name, FileState::Changed);
        }
    }
}

/// What a list says of a file.
#[derive(Debug)]
pub(crate) struct Listed {
    pub(crate) name: String,
    /// `feedType` or `reportType`.
    pub(crate) kind: Option<&'static str>,
    pub(crate) size: u64,
    pub(crate) md5: String,
    pub(crate) modified: Timestamp,
}

/// The files that were made so far.
#[derive(Debug, Default)]
pub(crate) struct OfferedFiles {
    products: HashMap<Marketplace, Vec<Product>>,
    made: HashMap<FileId, (u32, OfferedFile)>,
}

/// Which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shelved {
    Feeds,
    Reports,
}

impl Shelved {
    /// Names and kinds of the list's files in a shop.
    pub(crate) fn names(self, shop: Marketplace) -> Vec<(String, Option<&'static str>)> {
        match self {
            Self::Feeds => {
                feeds::of_shop(shop).into_iter().map(|feed| (feed.name, Some(feed.feed_type))).collect()
            }
            Self::Reports => {
                REPORTS.iter().map(|report| (report.filename.to_owned(), report.report_type)).collect()
            }
        }
    }
}

/// Whether some shop has a file of this name.
pub(crate) fn is_known(name: &str) -> bool {
    let is_feed =
        || Marketplace::ALL.into_iter().any(|shop| feeds::of_shop(shop).iter().any(|feed| feed.name == name));
    REPORTS.iter().any(|report| report.filename == name) || is_feed()
}

impl OfferedFiles {
    /// The file as it is now; `None` if there is none of this name.
    pub(crate) fn file(
        &mut self,
        id: &FileId,
        changes: &FileChanges,
        shelf: &Shelf,
        seed: u64,
    ) -> Option<OfferedFile> {
        let revision = changes.of(&id.name).revision;
        if let Some((_, file)) = self.made.get(id).filter(|(made, _)| *made == revision) {
            return Some(file.clone());
        }
        let modified = WRITTEN.plus(BETWEEN_CHANGES.saturating_mul(revision));
        let feed = feeds::of_shop(id.shop).into_iter().find(|feed| feed.name == id.name);
        let text = match feed {
            Some(feed) => {
                let products =
                    self.products.entry(id.shop).or_insert_with(|| feeds::products(shelf, id.shop));
                feed.text(products, seed, id.shop, modified)
            }
            None => {
                let report = REPORTS.iter().find(|report| report.filename == id.name)?;
                report.text(shelf, seed, id.shop, revision.into())
            }
        };
        let file = OfferedFile::compress(&text, modified);
        self.made.insert(id.clone(), (revision, file.clone()));
        Some(file)
    }

    /// A list, with what it wrongly says of files that are to be spoken of wrongly.
    pub(crate) fn list(
        &mut self,
        which: Shelved,
        shop: Marketplace,
        changes: &FileChanges,
        shelf: &Shelf,
        seed: u64,
    ) -> Vec<Listed> {
        let names = which.names(shop).into_iter();
        let listed = names.filter_map(|(name, kind)| {
            let id = FileId { shop, name };
            let file = self.file(&id, changes, shelf, seed)?;
            let (mut size, mut md5) = (file.size(), file.md5);
            match changes.of(&id.name).state {
                FileState::WrongMd5 => md5 = md5.chars().rev().collect(),
                FileState::WrongSize => size += 1,
                FileState::Normal | FileState::Changed | FileState::ChangesAfterDownload => {}
            }
            Some(Listed { name: id.name, kind, size, md5, modified: file.modified })
        });
        listed.collect()
    }
}
