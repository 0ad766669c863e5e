//! The lines of a list, as the API gives them.

use linkwright_sdk::core::{Error, Marketplace, Result};
use linkwright_sdk::creators::wire::{Feed, ListFeedsAnswer, ListReportsAnswer, Number, ReportMetadata};
use linkwright_sdk::creators::{Download, GetFeedRequest, GetReportRequest};

use super::Kind;

/// One file as the list has it, and the question where it is.
#[derive(Debug, Clone)]
pub(super) enum Entry {
    Feed { request: GetFeedRequest, listed: Feed },
    Report { request: GetReportRequest, listed: ReportMetadata },
}

impl Entry {
    /// The feeds of a list. One that cannot be read or asked for is told of and left out.
    pub(super) fn feeds(shop: Marketplace, answer: ListFeedsAnswer) -> Vec<Self> {
        answer.unreadable.iter().for_each(|broken| left_out(Kind::Feeds, &broken.error));
        let entry = |listed| Ok(Self::Feed { request: GetFeedRequest::of(shop, &listed)?, listed });
        told(Kind::Feeds, answer.feeds.into_iter().map(entry))
    }

    /// The reports of a list. One that cannot be read or asked for is told of and left out.
    pub(super) fn reports(shop: Marketplace, answer: ListReportsAnswer) -> Vec<Self> {
        answer.unreadable.iter().for_each(|broken| left_out(Kind::Reports, &broken.error));
        let entry = |listed| Ok(Self::Report { request: GetReportRequest::of(shop, &listed)?, listed });
        told(Kind::Reports, answer.reports.into_iter().map(entry))
    }

    pub(super) fn name(&self) -> &str {
        match self {
            Self::Feed { request, .. } => &request.feed_name,
            Self::Report { request, .. } => &request.filename,
        }
    }

    /// In bytes, if the list says it.
    pub(super) fn size(&self) -> Option<u64> {
        let size = match self {
            Self::Feed { listed, .. } => &listed.size,
            Self::Report { listed, .. } => &listed.size,
        };
        size.as_ref().and_then(Number::to_u64)
    }

    pub(super) fn md5(&self) -> Option<&str> {
        match self {
            Self::Feed { listed, .. } => listed.md5.as_deref(),
            Self::Report { listed, .. } => listed.md5.as_deref(),
        }
    }

    pub(super) fn date(&self) -> Option<&str> {
        match self {
            Self::Feed { listed, .. } => listed.last_updated.as_deref(),
            Self::Report { listed, .. } => listed.last_modified.as_deref(),
        }
    }

    /// What it is a list of, or which programme it is about.
    pub(super) fn subject(&self) -> Option<&str> {
        match self {
            Self::Feed { listed, .. } => listed.feed_type.as_deref(),
            Self::Report { listed, .. } => listed.report_type.as_deref(),
        }
    }

    /// The file by what the list says of it.
    pub(super) fn download(&self) -> Result<Download> {
        match self {
            Self::Feed { listed, .. } => Download::of_feed(listed),
            Self::Report { listed, .. } => Download::of_report(listed),
        }
    }
}

fn told(kind: Kind, entries: impl Iterator<Item = Result<Entry>>) -> Vec<Entry> {
    entries.filter_map(|entry| entry.map_err(|error| left_out(kind, &error)).ok()).collect()
}

fn left_out(kind: Kind, error: &Error) {
    tracing::warn!(%error, hint = error.hint(), "a {} of the list is left out", kind.one());
}
