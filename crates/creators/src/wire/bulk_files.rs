//! The answers about feeds and reports: what files there are, and where one is for the moment.
//!
//! In the official SDKs only, not in the documentation. The form of the times is not stated there.

use std::fmt;

use linkwright_core::Secret;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use super::answer::{self, wire_answer};
use super::decode_error::{corrupt, data_error};
use super::object::{Key, wire_object};
use super::{Interned, Number};

wire_answer! {
    /// The answer of listFeeds.
    pub struct ListFeedsAnswer {
        /// What there is.
        feeds: many Feed = "feeds",
    }
}

wire_answer! {
    /// The answer of listReports.
    pub struct ListReportsAnswer {
        /// What there is.
        reports: many ReportMetadata = "reports",
    }
}

wire_object! {
    /// One file of products or deals.
    pub struct Feed {
        /// What getFeed wants to know.
        feed_name: one String = "feedName",
        /// In bytes.
        size: one Number = "size",
        /// The MD5 of the file.
        md5: one String = "md5",
        /// When it was made.
        last_updated: one String = "lastUpdated",
        /// `PRODUCT_FEEDS` or `DEALS_FEEDS`; from SDK 1.3.0 on.
        feed_type: one Interned = "feedType",
    }

    /// One file of earnings.
    pub struct ReportMetadata {
        /// What getReport wants to know.
        filename: one String = "filename",
        /// The MD5 of the file.
        md5: one String = "md5",
        /// In bytes.
        size: one Number = "size",
        /// When it was made.
        last_modified: one String = "lastModified",
        /// `CREATOR_CENTRAL` or `CREATOR_CONNECTIONS`; from SDK 1.3.0 on.
        report_type: one Interned = "reportType",
    }
}

/// The answer of getFeed and of getReport: where the file is for some minutes.
///
/// Whoever has the address has the file, so it is a secret; what else the answer held is not kept, for it may hold the
/// address again.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DownloadLink {
    /// The address.
    pub url: Secret,
}

impl DownloadLink {
    /// Reads an answer. The address is copied into its [`Secret`] and nowhere else.
    ///
    /// # Errors
    /// `Corrupt` if it cannot be read or holds no address; the context `path` says where. Values are not shown.
    pub fn decode(body: &[u8]) -> linkwright_core::Result<Self> {
        let text = answer::text(body)?;
        let Members { url } = serde_json::from_str(text).map_err(|error| data_error(&error, ""))?;
        let Some(json) = url else {
            return Err(corrupt("it holds no address: `url`").with_context("path", "url"));
        };
        match unescaped(json.get()) {
            Some(url) if !url.is_empty() => Ok(Self { url }),
            _ => Err(corrupt("expected an address: `url`").with_context("path", "url")),
        }
    }
}

/// The one member that counts, as it stands in the body.
struct Members<'a> {
    url: Option<&'a RawValue>,
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Members<'de>, M::Error> {
                let mut url = None;
                while let Some(key) = map.next_key::<Key<'de>>()? {
                    let value: &RawValue = map.next_value()?;
                    if key.as_str() == "url" && value.get() != "null" {
                        url = Some(value);
                    }
                }
                Ok(Members { url })
            }
        }

        deserializer.deserialize_map(Object)
    }
}

/// The text of a JSON string, if it is made of ASCII as every address is; by hand, because serde_json unescapes in a buffer
/// that nobody overwrites.
fn unescaped(json: &str) -> Option<Secret> {
    let within = json.strip_prefix('"')?.strip_suffix('"')?;
    // Unescaping never makes a text longer, so that the buffer never grows and leaves no copy behind.
    let mut text = Zeroizing::new(String::with_capacity(within.len()));
    let mut rest = within.chars();
    while let Some(c) = rest.next() {
        let plain = match c {
            '\\' => match rest.next()? {
                escaped @ ('/' | '\\' | '"') => escaped,
                'u' => {
                    let digits = rest.as_str().get(..4)?;
                    rest = rest.as_str()[4..].chars();
                    char::from_u32(u32::from_str_radix(digits, 16).ok()?)?
                }
                _ => return None,
            },
            plain => plain,
        };
        if !plain.is_ascii_graphic() {
            return None;
        }
        text.push(plain);
    }
    Some(Secret::new(std::mem::take(&mut *text)))
}
