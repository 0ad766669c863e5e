//! What happened since the start or the last reset, as numbers.

use std::collections::BTreeMap;

use serde::Serialize;

/// What happened since the start or the last reset.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Counters {
    /// Requests to either token service, whatever came of them.
    pub token_requests: u64,
    /// Tokens that were given out. Each is a new one.
    pub tokens_issued: u64,
    /// Different tokens that catalogue calls came with, known or not.
    pub tokens_seen: u64,
    /// Catalogue calls, whatever came of them.
    pub calls: u64,
    /// Catalogue calls by operation, such as `getItems`, whatever came of them. Calls of no operation are in none.
    pub operations: BTreeMap<&'static str, u64>,
    /// Catalogue calls that were answered 429.
    pub throttled: u64,
    /// Ids in the getItems calls that got as far as being looked up.
    pub items_asked: u64,
    /// Items that were answered, by all operations.
    pub items_found: u64,
    /// The most ids in one getItems call.
    pub largest_call: u64,
    /// Catalogue answers by status. A call whose connection was cut counts with the status it would have had.
    pub statuses: BTreeMap<u16, u64>,
    /// Token answers by status.
    pub token_statuses: BTreeMap<u16, u64>,
    /// Requests for files at the temporary addresses, whatever came of them.
    pub downloads: u64,
    /// Bytes of files that were answered, whatever of them arrived.
    pub download_bytes: u64,
    /// Answers to requests for files by status.
    pub download_statuses: BTreeMap<u16, u64>,
    /// Connections that were accepted. Requests without a host have none.
    pub connections: u64,
    /// The most requests that were being answered at one moment, requests to `/_emulator/` apart.
    pub most_at_once: u64,
}
