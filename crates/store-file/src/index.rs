//! The first line of the decrypted file, as JSON: which credentials there are, and where their documents stand.
//!
//! It holds no secret, so it may be handled like any JSON. Members that a newer version of the same format added are
//! kept and written back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The format this version writes, and the newest it reads.
pub(crate) const FORMAT: u64 = 1;

/// Looked at alone first: a newer format need not fit [`Index`].
#[derive(Deserialize)]
pub(crate) struct FormatOnly {
    pub(crate) format: u64,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Index {
    pub(crate) format: u64,
    /// Counts the changes of the file. A revision is named after the generation that wrote it, so no number is given
    /// twice, also not after a purge.
    pub(crate) generation: u64,
    pub(crate) credentials: BTreeMap<String, IndexEntry>,
    #[serde(flatten)]
    pub(crate) unknown: Map<String, Value>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct IndexEntry {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) current: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) pending: Option<u64>,
    /// When it was deleted recoverably; RFC 3339, as all times here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) deleted_at: Option<String>,
    /// Oldest first.
    pub(crate) revisions: Vec<IndexRevision>,
    #[serde(flatten)]
    pub(crate) unknown: Map<String, Value>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct IndexRevision {
    pub(crate) revision: u64,
    pub(crate) changed_at: String,
    pub(crate) document: Place,
    #[serde(flatten)]
    pub(crate) unknown: Map<String, Value>,
}

/// Where a document stands behind the index.
#[derive(Serialize, Deserialize, Clone, Copy)]
pub(crate) struct Place {
    /// Bytes from the start of the line after the index.
    pub(crate) at: usize,
    /// Bytes of the document, without the line feed behind it.
    pub(crate) length: usize,
}
