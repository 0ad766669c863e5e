//! From a line of the list of feeds or reports to the file: one call for the address, then the download.

use std::path::Path;

use linkwright_core::{Error, ErrorKind, FeedType, ReportType, RequestContext, Result};

use crate::client::CreatorsClient;
use crate::download::{Download, DownloadOptions, Downloaded};
use crate::request::{GetFeedRequest, GetReportRequest};
use crate::wire::{Feed, Number, ReportMetadata};

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
        let name = feed.feed_name.as_deref().ok_or_else(|| lacking("feedName"))?;
        let mut request = GetFeedRequest::new(context.marketplace, name);
        request.feed_type = feed.feed_type.as_deref().map(FeedType::from);
        let url = || async { Ok(self.get_feed(context, &request).await?.url) };
        let download = described(feed.md5.as_deref(), feed.size.as_ref())?;
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
        let name = report.filename.as_deref().ok_or_else(|| lacking("filename"))?;
        let mut request = GetReportRequest::new(context.marketplace, name);
        request.report_type = report.report_type.as_deref().map(ReportType::from);
        let url = || async { Ok(self.get_report(context, &request).await?.url) };
        let download = described(report.md5.as_deref(), report.size.as_ref())?;
        download.fetch(self.transport(), self.clock(), context, &url, target, options).await
    }
}

fn described(md5: Option<&str>, size: Option<&Number>) -> Result<Download> {
    let md5 = md5.ok_or_else(|| lacking("md5"))?;
    let size = size.and_then(Number::to_u64).ok_or_else(|| lacking("size"))?;
    Download::new(md5, size)
}

fn lacking(member: &'static str) -> Error {
    let message = format!("Amazon's list does not say of this file: `{member}`");
    Error::new(ErrorKind::Corrupt, "creators.download", message)
        .with_origin(crate::ORIGIN)
        .with_context("path", member)
}
