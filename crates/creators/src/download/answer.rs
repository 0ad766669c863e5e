//! What the head of a file server's answer means.

use linkwright_core::{Error, ErrorKind, Retry, Timestamp};
use linkwright_http::{Headers, StreamedResponse};

use super::OPERATION;
use crate::retry_after::retry;

/// What was asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    /// How many bytes are there already. 0 where all of it was asked for.
    pub(super) offset: u64,
    /// The version they are of.
    pub(super) etag: Option<&'a str>,
    /// How many it should be in the end.
    pub(super) size: u64,
    /// All of the address that may be shown.
    pub(super) origin: &'a str,
    pub(super) now: Timestamp,
}

/// What is to be done.
#[derive(Debug)]
pub(super) enum Verdict {
    /// The body continues what is there.
    Continues,
    /// The body is the whole file, of the version of this name.
    Whole(Option<String>),
    /// What is there cannot be continued.
    StartOver,
    /// The address is not accepted; perhaps a new one is.
    Expired(Error),
    /// The file there has another size than the list says.
    OtherFile(Error),
    /// Nothing.
    Refused(Error),
}

/// Statuses for an address whose time is over. Amazon S3: 403 for a signed address whose `Expires` is past, 400 for one
/// that was signed by a session which is over. That the files are there, or at a server like it, is a guess.
const EXPIRED: [u16; 4] = [400, 401, 403, 410];

/// Longer than any ETag seen.
const LONGEST_ETAG: usize = 256;

impl Asked<'_> {
    /// What an answer means.
    pub(super) fn verdict(&self, answer: &StreamedResponse) -> Verdict {
        let headers = &answer.headers;
        match answer.status {
            200 | 206 if is_page(headers) => Verdict::Refused(
                self.error(ErrorKind::Corrupt, "a web page came in place of the file")
                    .with_hint("a network that asks for a log-in first answers like this"),
            ),
            200 => match content_length(headers) {
                Some(length) if length != self.size => Verdict::OtherFile(self.other_size(length)),
                _ => Verdict::Whole(strong_etag(headers)),
            },
            206 if self.offset > 0 => self.part(headers),
            416 if self.offset > 0 => Verdict::StartOver,
            status => self.refused(status, headers),
        }
    }

    /// The file has not the size of the list.
    pub(super) fn other_size(&self, actual: u64) -> Error {
        self.error(
            ErrorKind::Corrupt,
            &format!("the file has another size than in the list: `{actual}` bytes, not `{}`", self.size),
        )
        .with_hint("list again: the file may have been replaced meanwhile")
    }

    /// The answer ended before the file did.
    pub(super) fn broke_off(&self) -> Error {
        self.error(ErrorKind::Unavailable, "the file broke off").with_retry(Retry::Now)
    }

    fn part(&self, headers: &Headers) -> Verdict {
        let range = headers.get("content-range").and_then(content_range);
        let is_same = strong_etag(headers).is_none_or(|etag| Some(etag.as_str()) == self.etag);
        match range {
            Some((first, total)) if first == self.offset && total == self.size && is_same => {
                Verdict::Continues
            }
            _ => Verdict::StartOver,
        }
    }

    fn refused(&self, status: u16, headers: &Headers) -> Verdict {
        let answered = |kind, what: &str| {
            self.error(kind, &format!("{what} (status {status})")).with_context("status", status.to_string())
        };
        let transient = |kind, what: &str| {
            answered(kind, what).with_retry(retry(headers.get("retry-after"), None, self.now))
        };
        let unwell = "the file server is not well";
        match status {
            status if EXPIRED.contains(&status) => Verdict::Expired(
                answered(ErrorKind::PermissionDenied, "the file server does not accept the address")
                    .with_hint("check this machine's date, then list again"),
            ),
            404 => Verdict::Refused(
                answered(ErrorKind::NotFound, "the file is not there")
                    .with_hint("list again: the file may have been replaced meanwhile"),
            ),
            408 => Verdict::Refused(transient(ErrorKind::Timeout, unwell)),
            429 => Verdict::Refused(transient(ErrorKind::RateLimited, "the file server asks to wait")),
            500..=599 => Verdict::Refused(transient(ErrorKind::Unavailable, unwell)),
            // Where to is not shown: that address is as secret.
            300..=399 => Verdict::Refused(answered(
                ErrorKind::Unavailable,
                "the file server sends elsewhere, which is not followed",
            )),
            _ => {
                Verdict::Refused(answered(ErrorKind::Unavailable, "the file server's answer makes no sense"))
            }
        }
    }

    fn error(&self, kind: ErrorKind, message: &str) -> Error {
        Error::new(kind, OPERATION, format!("{message}: `{}`", self.origin))
            .with_origin(self.origin.to_owned())
    }
}

fn is_page(headers: &Headers) -> bool {
    let kind = headers.get("content-type").unwrap_or_default();
    kind.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("text/html"))
}

fn content_length(headers: &Headers) -> Option<u64> {
    headers.get("content-length")?.trim().parse().ok()
}

/// An ETag that stands for the same bytes (RFC 9110 §8.8.1): a weak one may not be used for ranges.
fn strong_etag(headers: &Headers) -> Option<String> {
    let etag = headers.get("etag")?.trim();
    let is_plain = etag.bytes().all(|byte| byte.is_ascii_graphic());
    let is_strong = etag.len() >= 2 && etag.starts_with('"') && etag.ends_with('"');
    (is_plain && is_strong && etag.len() <= LONGEST_ETAG).then(|| etag.to_owned())
}

/// First byte and whole size of `bytes 5-9/10` (RFC 9110 §14.4). It must reach to the end, for that was asked.
fn content_range(text: &str) -> Option<(u64, u64)> {
    let (range, total) = text.trim().strip_prefix("bytes ")?.split_once('/')?;
    let (first, last) = range.split_once('-')?;
    let (first, last, total) = (first.parse().ok()?, last.parse::<u64>().ok()?, total.parse().ok()?);
    (last.checked_add(1)? == total).then_some((first, total))
}
