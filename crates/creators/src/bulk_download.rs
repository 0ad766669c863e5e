//! From a line of the list of feeds or reports to the file: one call for the address, then the download.

use std::path::Path;

use linkwright_core::{Error, ErrorKind, FeedType, Marketplace, ReportType, RequestContext, Result};

use crate::client::CreatorsClient;
use crate::download::{Download, DownloadOptions, Downloaded, OPERATION};
use crate::request::{GetFeedRequest, GetReportRequest};
use crate::wire::{Feed, Number, ReportMetadata};

impl GetFeedRequest {
    /// Asks for a feed as the shop's list names it.
    ///
    /// # Errors
    /// `Corrupt` for a line of the list without name.
    pub fn of(marketplace: Marketplace, feed: &Feed) -> Result<Self> {
        let mut request = Self::new(marketplace, named(feed.feed_name.as_deref(), "feedName")?);
        request.feed_type = feed.feed_type.as_deref().map(FeedType::from);
        Ok(request)
    }
}

impl GetReportRequest {
    /// Asks for a report as the shop's list names it.
    ///
    /// # Errors
    /// `Corrupt` for a line of the list without name.
    pub fn of(marketplace: Marketplace, report: &ReportMetadata) -> Result<Self> {
        let mut request = Self::new(marketplace, named(report.filename.as_deref(), "filename")?);
        request.report_type = report.report_type.as_deref().map(ReportType::from);
        Ok(request)
    }
}

impl Download {
    /// A feed by what the list says of it.
    ///
    /// # Errors
    /// `Corrupt` for a line of the list without sum or size, or with a sum that is none.
    pub fn of_feed(feed: &Feed) -> Result<Self> {
        described(feed.feed_name.as_deref(), feed.md5.as_deref(), feed.size.as_ref())
    }

    /// A report by what the list says of it.
    ///
    /// # Errors
    /// `Corrupt` for a line of the list without sum or size, or with a sum that is none.
    pub fn of_report(report: &ReportMetadata) -> Result<Self> {
        described(report.filename.as_deref(), report.md5.as_deref(), report.size.as_ref())
    }
}

impl CreatorsClient {
    /// Fetches a feed that [`list_feeds`](Self::list_feeds) named, and puts it to `target` once sum and size are right.
    ///
    /// # Errors
    /// As [`get_feed`](Self::get_feed) and [`Download::fetch`]; `Corrupt` for a line of the list without name, sum or size.
    pub async fn download_feed(
        &self,
        context: &RequestContext,
        feed: &Feed,
        target: &Path,
        options: &DownloadOptions,
    ) -> Result<Downloaded> {
        let request = GetFeedRequest::of(context.marketplace, feed)?;
        let url = || async { Ok(self.get_feed(context, &request).await?.url) };
        let download = Download::of_feed(feed)?;
        download.fetch(self.transport(), self.clock(), context, &url, target, options).await
    }

    /// Fetches a report that [`list_reports`](Self::list_reports) named, and puts it to `target` once sum and size are
    /// right. Reports hold earnings: see [`DownloadOptions::private`].
    ///
    /// # Errors
    /// As [`get_report`](Self::get_report) and [`Download::fetch`]; `Corrupt` for a line of the list without name, sum or
    /// size.
    pub async fn download_report(
        &self,
        context: &RequestContext,
        report: &ReportMetadata,
        target: &Path,
        options: &DownloadOptions,
    ) -> Result<Downloaded> {
        let request = GetReportRequest::of(context.marketplace, report)?;
        let url = || async { Ok(self.get_report(context, &request).await?.url) };
        let download = Download::of_report(report)?;
        download.fetch(self.transport(), self.clock(), context, &url, target, options).await
    }
}

/// The name, without which nothing can be asked for.
fn named<'a>(name: Option<&'a str>, member: &'static str) -> Result<&'a str> {
    let lacking = || corrupt(member, format!("Amazon's list holds a file that lacks: `{member}`"));
    name.ok_or_else(lacking)
}

fn described(name: Option<&str>, md5: Option<&str>, size: Option<&Number>) -> Result<Download> {
    let lacking = |member| {
        // A short piece of it: the list is the other side's, and may hold anything.
        let name: String = name.unwrap_or_default().chars().take(80).flat_map(char::escape_debug).collect();
        corrupt(member, format!("Amazon's list does not say the {member} of the file: `{name}`"))
    };
    let md5 = md5.ok_or_else(|| lacking("md5"))?;
    let size = size.and_then(Number::to_u64).ok_or_else(|| lacking("size"))?;
    Download::new(md5, size)
}

fn corrupt(member: &'static str, message: String) -> Error {
    Error::new(ErrorKind::Corrupt, OPERATION, message).with_origin(crate::ORIGIN).with_context("path", member)
}
