//! What the file holds, decrypted: credentials with their revisions, and what can be done to them.
//!
//! As bytes it is an [`Index`] on the first line, and behind it one document a line, each exactly as
//! `linkwright_core::document` wrote it. The documents stand outside the JSON so that no JSON library's buffers hold
//! secrets, and so that a damaged one leaves the others readable. Nothing here knows of files or encryption.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as MapEntry;

use linkwright_core::{
    CredentialMeta, CredentialName, DeleteMode, PutMode, PutState, Result, Revision, RevisionMeta,
    RevisionState, StoreInfo, Timestamp,
};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::index::{FORMAT, FormatOnly, Index, IndexEntry, IndexRevision, Place};

/// All that is in the file.
#[derive(Default)]
pub(crate) struct Contents {
    entries: BTreeMap<CredentialName, Entry>,
    generation: u64,
    unknown: Map<String, Value>,
}

/// All that is kept of one name.
#[derive(Default)]
struct Entry {
    /// Oldest first.
    revisions: Vec<Kept>,
    current: Option<u64>,
    pending: Option<u64>,
    deleted_at: Option<Timestamp>,
    unknown: Map<String, Value>,
}

struct Kept {
    number: u64,
    changed_at: Timestamp,
    document: Zeroizing<Vec<u8>>,
    unknown: Map<String, Value>,
}

/// A document as it was found.
pub(crate) struct Found {
    pub(crate) document: Zeroizing<Vec<u8>>,
    pub(crate) revision: Revision,
    pub(crate) changed_at: Timestamp,
}

/// Which states a `put` goes on from, and what the messages of a refusal need.
pub(crate) struct PutRequest<'a> {
    pub(crate) store: &'a StoreInfo,
    pub(crate) name: &'a CredentialName,
    pub(crate) mode: &'a PutMode,
    pub(crate) state: PutState,
}

impl Contents {
    /// Reads the decrypted file.
    pub(crate) fn decode(plaintext: &[u8]) -> Result<Self, Failure> {
        let damaged = |what: &'static str| Failure::Malformed { what };
        let line_end = plaintext.iter().position(|byte| *byte == b'\n').ok_or(damaged("its first line"))?;
        let (line, documents) = (&plaintext[..line_end], &plaintext[line_end + 1..]);
        let FormatOnly { format } =
            serde_json::from_slice(line).map_err(|_| damaged("the number of its format"))?;
        if format > FORMAT {
            return Err(Failure::NewerFormat { format });
        }
        let index: Index = serde_json::from_slice(line).map_err(|_| damaged("its list of credentials"))?;
        let mut entries = BTreeMap::new();
        for (name, entry) in index.credentials {
            let name = CredentialName::try_from(name.as_str()).map_err(|_| damaged("a credential's name"))?;
            entries.insert(name, Entry::decode(entry, documents)?);
        }
        // Whatever the counter says, no number is given twice.
        let highest =
            entries.values().flat_map(|entry: &Entry| &entry.revisions).map(|kept| kept.number).max();
        let generation = index.generation.max(highest.unwrap_or(0));
        Ok(Self { entries, generation, unknown: index.unknown })
    }

    /// Writes it as it is encrypted, into one buffer that never grows.
    pub(crate) fn encode(&self) -> Zeroizing<Vec<u8>> {
        let mut next_place = 0;
        let credentials = self.entries.iter().map(|(name, entry)| {
            let revisions = entry.revisions.iter().map(|kept| {
                let document = Place { at: next_place, length: kept.document.len() };
                next_place += document.length + 1;
                IndexRevision {
                    revision: kept.number,
                    changed_at: kept.changed_at.to_string(),
                    document,
                    unknown: kept.unknown.clone(),
                }
            });
            let entry = IndexEntry {
                revisions: revisions.collect(),
                current: entry.current,
                pending: entry.pending,
                deleted_at: entry.deleted_at.map(|moment| moment.to_string()),
                unknown: entry.unknown.clone(),
            };
            (name.to_string(), entry)
        });
        let index = Index {
            format: FORMAT,
            credentials: credentials.collect(),
            generation: self.generation,
            unknown: self.unknown.clone(),
        };
        let line = serde_json::to_vec(&index).expect("maps with text keys are always JSON");

        let mut plaintext = Zeroizing::new(Vec::with_capacity(line.len() + 1 + next_place));
        plaintext.extend_from_slice(&line);
        plaintext.push(b'\n');
        for kept in self.entries.values().flat_map(|entry| &entry.revisions) {
            plaintext.extend_from_slice(&kept.document);
            plaintext.push(b'\n');
        }
        plaintext
    }

    /// The entry of a name that is not deleted.
    fn live(&self, name: &CredentialName) -> Option<&Entry> {
        self.entries.get(name).filter(|entry| entry.deleted_at.is_none())
    }

    /// A name's current document, or that of the revision asked for.
    pub(crate) fn find(
        &self,
        store: &StoreInfo,
        name: &CredentialName,
        revision: Option<&Revision>,
    ) -> Result<Found> {
        const OPERATION: &str = "store.get";
        let absent = || store.not_found(OPERATION, name);
        let entry = self.live(name).ok_or_else(absent)?;
        let kept = match revision {
            Some(revision) => {
                entry.find(revision).ok_or_else(|| store.revision_not_found(OPERATION, name, revision))?
            }
            None => entry.current().ok_or_else(absent)?,
        };
        Ok(Found { document: kept.document.clone(), revision: kept.revision(), changed_at: kept.changed_at })
    }

    /// Whether the mode allows a write; the error if not.
    pub(crate) fn check_put(&self, request: &PutRequest<'_>) -> Result<()> {
        let PutRequest { store, name, mode, state } = *request;
        let entry = self.entries.get(name);
        let deleted = entry.is_some_and(|entry| entry.deleted_at.is_some());
        match mode {
            PutMode::Create if deleted => Err(store.still_restorable(name)),
            PutMode::Create if entry.is_some() => Err(store.already_exists(name)),
            PutMode::Update(expected) => match self.live(name).and_then(Entry::current) {
                Some(current) if current.revision() == *expected => Ok(()),
                _ => Err(store.revision_changed(name, expected)),
            },
            // Reviving the name would show readers the deleted credential again.
            PutMode::Overwrite if deleted && state == PutState::Pending => Err(store.still_restorable(name)),
            PutMode::Create | PutMode::Overwrite => Ok(()),
        }
    }

    /// Writes a document as the name's newest revision, and forgets the oldest beyond `keep`.
    pub(crate) fn insert(
        &mut self,
        name: &CredentialName,
        document: Zeroizing<Vec<u8>>,
        state: PutState,
        changed_at: Timestamp,
        keep: usize,
    ) -> Revision {
        self.generation += 1;
        let number = self.generation;
        let entry = self.entries.entry(name.clone()).or_default();
        entry.revisions.push(Kept { number, changed_at, document, unknown: Map::new() });
        match state {
            PutState::Current => {
                entry.current = Some(number);
                entry.deleted_at = None;
            }
            PutState::Pending => {
                if let Some(replaced) = entry.pending.replace(number) {
                    entry.revisions.retain(|kept| kept.number != replaced);
                }
            }
        }
        entry.forget_oldest(keep);
        Revision::new(number.to_string())
    }

    /// Makes a revision current, and says whether that changed anything.
    pub(crate) fn promote(
        &mut self,
        store: &StoreInfo,
        name: &CredentialName,
        revision: &Revision,
    ) -> Result<bool> {
        const OPERATION: &str = "store.promote";
        let entry = self.entries.get_mut(name).filter(|entry| entry.deleted_at.is_none());
        let entry = entry.ok_or_else(|| store.not_found(OPERATION, name))?;
        let found = entry.find(revision).map(|kept| kept.number);
        let number = found.ok_or_else(|| store.revision_not_found(OPERATION, name, revision))?;
        if entry.current == Some(number) {
            return Ok(false);
        }
        entry.pending.take_if(|pending| *pending == number);
        entry.current = Some(number);
        self.generation += 1;
        Ok(true)
    }

    /// Deletes a name, and says whether there was anything to delete.
    pub(crate) fn delete(&mut self, name: &CredentialName, mode: DeleteMode, now: Timestamp) -> bool {
        let MapEntry::Occupied(mut occupied) = self.entries.entry(name.clone()) else { return false };
        match mode {
            DeleteMode::Recoverable if occupied.get().deleted_at.is_some() => return false,
            DeleteMode::Recoverable => occupied.get_mut().deleted_at = Some(now),
            DeleteMode::Purge => {
                occupied.remove();
            }
        }
        self.generation += 1;
        true
    }

    /// Brings a deleted name back, and says whether it was deleted.
    pub(crate) fn restore(&mut self, store: &StoreInfo, name: &CredentialName) -> Result<bool> {
        let entry = self.entries.get_mut(name).ok_or_else(|| store.not_found("store.restore", name))?;
        let restored = entry.deleted_at.take().is_some();
        self.generation += u64::from(restored);
        Ok(restored)
    }

    /// All names with a current revision.
    pub(crate) fn list(&self) -> Vec<CredentialMeta> {
        let live = self.entries.iter().filter(|(_, entry)| entry.deleted_at.is_none());
        let listed = live.filter_map(|(name, entry)| {
            let current = entry.current()?;
            Some(CredentialMeta::new(name.clone(), current.revision(), Some(current.changed_at)))
        });
        listed.collect()
    }

    /// A name's history, the newest first.
    pub(crate) fn history(&self, name: &CredentialName) -> Option<Vec<RevisionMeta>> {
        let entry = self.live(name)?;
        let newest_first = entry.revisions.iter().rev();
        let meta = |kept: &Kept| {
            RevisionMeta::new(kept.revision(), entry.state_of(kept.number), Some(kept.changed_at))
        };
        Some(newest_first.map(meta).collect())
    }
}

impl Entry {
    fn decode(entry: IndexEntry, documents: &[u8]) -> Result<Self, Failure> {
        let damaged = |what: &'static str| Failure::Malformed { what };
        let moment = |text: &str| text.parse().map_err(|_| damaged("a time"));
        let mut revisions = Vec::with_capacity(entry.revisions.len());
        for revision in entry.revisions {
            let Place { at, length } = revision.document;
            let document = at.checked_add(length).and_then(|end| documents.get(at..end));
            let document = document.ok_or(damaged("the place of a document"))?;
            revisions.push(Kept {
                number: revision.revision,
                changed_at: moment(&revision.changed_at)?,
                document: Zeroizing::new(document.to_vec()),
                unknown: revision.unknown,
            });
        }
        let decoded = Self {
            revisions,
            current: entry.current,
            pending: entry.pending,
            deleted_at: entry.deleted_at.as_deref().map(moment).transpose()?,
            unknown: entry.unknown,
        };
        let present = |number: u64| decoded.revisions.iter().any(|kept| kept.number == number);
        if ![decoded.current, decoded.pending].into_iter().flatten().all(present) {
            return Err(damaged("the revision that is current or pending"));
        }
        Ok(decoded)
    }

    fn find(&self, revision: &Revision) -> Option<&Kept> {
        // As text: `07` and `+7` are not the revision `7`.
        self.revisions.iter().find(|kept| kept.revision() == *revision)
    }

    fn current(&self) -> Option<&Kept> {
        let number = self.current?;
        self.revisions.iter().find(|kept| kept.number == number)
    }

    fn state_of(&self, number: u64) -> RevisionState {
        if self.current == Some(number) {
            RevisionState::Current
        } else if self.pending == Some(number) {
            RevisionState::Pending
        } else {
            RevisionState::Previous
        }
    }

    /// Drops previous revisions beyond what is kept; the current and the pending one always stay.
    fn forget_oldest(&mut self, keep: usize) {
        while self.revisions.len() > keep {
            let previous = |kept: &Kept| self.state_of(kept.number) == RevisionState::Previous;
            let Some(oldest) = self.revisions.iter().position(previous) else { return };
            self.revisions.remove(oldest);
        }
    }
}

impl Kept {
    fn revision(&self) -> Revision {
        Revision::new(self.number.to_string())
    }
}
