//! A client of Amazon's Creators API: every operation, tokens, one model of the answers, and a source of products.
//!
//! The Creators API gives Amazon's Associates product data. It replaced the Product Advertising API 5 in May 2026. This
//! crate speaks its protocol and nothing else: retries, pace, caching and what to show when Amazon refuses are layers
//! (`linkwright-layers`), put together by `linkwright-sdk`.
//!
//! # From nothing to a first call
//!
//! Three values come from Associates Central (*Tools*, *Creators API*): a credential's id, secret and version. The
//! fourth is your tag for the shop.
//!
//! ```no_run
//! use linkwright_core::{
//!     Account, ApiVersion, Asin, CredentialSet, Marketplace, PartnerTag, RequestContext, Resources, Secret,
//! };
//! use linkwright_creators::{CreatorsClient, CreatorsSettings, GetItemsRequest};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let secret = Secret::new(std::fs::read_to_string("/run/secrets/creators")?.trim());
//! let credential = CredentialSet::new("amzn1.application-oa2-client.0f…", secret, ApiVersion::V3_1);
//! let client = CreatorsClient::new(CreatorsSettings::for_credential(credential)?)?;
//!
//! let tag = PartnerTag::new("mysite-20", Marketplace::Us)?;
//! let context = RequestContext::tagged(Account::new("main"), tag);
//! let request = GetItemsRequest::new(&context, [Asin::parse("B08N5WRWNW")?], Resources::CARD)?;
//! for item in client.get_items(&context, &request).await?.items {
//!     println!("{}", item.detail_page_url.unwrap_or_default());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Without access to the API yet, `linkwright emulator` is one on your own machine; its address goes into
//! [`CreatorsSettings::endpoints`]. The programs in `examples/` run against it as they are.
//!
//! # Two ways to ask
//!
//! [`CreatorsClient`] makes one call of one operation, and gives Amazon's answer as it comes ([`wire`]). Take it to see
//! everything, members this version does not know included.
//!
//! [`CreatorsSource`] is a [`ProductSource`](linkwright_core::ProductSource): any number of products, pages as streams,
//! and [`Item`](linkwright_core::Item)s that know how long they may be shown. Take it to build a site: layers go over it,
//! and other sources can stand in for it.
//!
//! | operation | request | on a source |
//! |---|---|---|
//! | getItems | [`GetItemsRequest`] | `get_items`, any number of ASINs |
//! | searchItems | [`SearchItemsRequest`] | `search`, `search_pages`, `search_all` |
//! | getVariations | [`GetVariationsRequest`] | `variations`, `variation_pages`, `variations_all` |
//! | getBrowseNodes | [`GetBrowseNodesRequest`] | `browse_nodes`, any number of ids |
//! | listFeeds, getFeed | [`ListFeedsRequest`], [`GetFeedRequest`] | – |
//! | listReports, getReport | [`ListReportsRequest`], [`GetReportRequest`] | – |
//! | any of them, any body | [`RawRequest`] | – |
//!
//! # Requests are data
//!
//! A request is made, checked, printed and compared without a client; [`ApiRequest`] is what all have in common. What must
//! be there is an argument of the constructor; the rest are public fields. A field out of Amazon's range is refused
//! before anything is sent, by field, value and rule. What a shop's table does not have (a language, a currency, a
//! department) is a [`RequestWarning`]: tables age, and Amazon takes such values.
//!
//! ```
//! use linkwright_core::{Account, Marketplace, PartnerTag, RequestContext, Resources, SearchItems, SortBy};
//! use linkwright_creators::{ApiRequest, SearchItemsRequest};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let context = RequestContext::tagged(Account::new("main"), PartnerTag::new("mysite-20", Marketplace::Us)?);
//! let mut search = SearchItems::new("tea kettle").with_resources(Resources::PRICE);
//! search.search_index = Some("Kitchen".to_owned());
//! search.sort_by = Some(SortBy::PriceLowToHigh);
//! search.max_price = Some(39_99);
//! let request = SearchItemsRequest::new(&context, search.clone())?;
//! assert_eq!(request.warnings()[0].message, "www.amazon.com probably has no such department: `Kitchen`");
//!
//! search.item_page = Some(11);
//! let error = SearchItemsRequest::new(&context, search).unwrap_err();
//! assert_eq!(error.message(), "itemPage must be from 1 to 10, and is: `11`");
//! # Ok(())
//! # }
//! ```
//!
//! # Answers lose nothing
//!
//! Every member may be missing or `null`; numbers keep their digits; a value of an enum that is new is kept; an item that
//! cannot be read leaves the others alone, and says where it broke; members nobody modelled are in `unknown`.
//!
//! ```
//! use linkwright_creators::{ApiRequest, GetItemsRequest};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let answer = GetItemsRequest::decode(br#"{"itemsResult": {"items": [{"asin": "B000000001", "hue": 12.50}, 7]}}"#)?;
//! assert_eq!(answer.items[0].unknown.get("hue"), Some("12.50"));
//! assert!(answer.unreadable[0].error.message().ends_with("expected an object, found a number: `itemsResult.items[1]`"));
//! # Ok(())
//! # }
//! ```
//!
//! # Products for a site
//!
//! Here with a played Amazon, so that it runs; [`CreatorsSettings::for_credential`] stands in its place.
//!
//! ```
//! use std::sync::Arc;
//!
//! use async_trait::async_trait;
//! use linkwright_core::{
//!     Account, ApiVersion, Asin, CredentialSet, Marketplace, PartnerTag, ProductSourceExt, RequestContext, Result, Secret,
//! };
//! use linkwright_creators::{ApiOperation, CreatorsClient, CreatorsSettings, CreatorsSource, FixedCredential};
//! use linkwright_http::{Headers, Request, Response, Transport};
//! use linkwright_state::MemoryState;
//! use linkwright_testkit::ManualClock;
//!
//! /// Plays Amazon. In its place stands `linkwright_http::HttpTransport`.
//! #[derive(Debug)]
//! struct Amazon;
//!
//! #[async_trait]
//! impl Transport for Amazon {
//!     async fn send(&self, request: Request) -> Result<Response> {
//!         let body = match request.url.ends_with(ApiOperation::GetItems.path()) {
//!             true => r#"{"itemsResult":{"items":[{"asin":"B000000001","detailPageURL":"https://www.amazon.com/dp/B000000001?tag=demo-20"}]}}"#,
//!             false => r#"{"access_token":"Atc|1","expires_in":3600}"#,
//!         };
//!         Ok(Response::new(200, Headers::default(), body))
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let clock = Arc::new(ManualClock::new());
//! let set = CredentialSet::new("amzn1.application-oa2-client.0f", Secret::new("hush"), ApiVersion::V3_1);
//! let client = CreatorsClient::new(CreatorsSettings::new(
//!     Arc::new(Amazon),
//!     Arc::new(MemoryState::new(clock.clone())),
//!     Arc::new(FixedCredential::new(set)),
//!     clock,
//! ))?;
//! let source = CreatorsSource::new(Arc::new(client));
//!
//! let tag = PartnerTag::new("demo-20", Marketplace::Us)?;
//! let context = RequestContext::tagged(Account::new("main"), tag);
//! let batch = source.get_items(&context, &[Asin::parse("B000000001")?]).await?;
//! assert_eq!(batch.found()[0].1.value.detail_page_url, "https://www.amazon.com/dp/B000000001?tag=demo-20");
//! # Ok(())
//! # }
//! ```
//!
//! # Feeds and reports
//!
//! Files of products, deals and earnings, for accounts that Amazon grants them. The list says name, size and md5; a
//! second call gives an address for some minutes, which is a secret; the download streams it to a file, takes up what
//! broke off, and puts the file in its place once size and md5 are right.
//!
//! ```no_run
//! # use std::path::Path;
//! # use linkwright_core::{RequestContext, Result};
//! # use linkwright_creators::CreatorsClient;
//! use linkwright_creators::DownloadOptions;
//!
//! # async fn fetch(client: &CreatorsClient, context: &RequestContext) -> Result<()> {
//! let mut options = DownloadOptions::default();
//! options.unpack = true;
//! for feed in client.list_feeds(context).await?.feeds {
//!     let downloaded = client.download_feed(context, &feed, Path::new("feed.xml"), &options).await?;
//!     println!("{}: {} bytes", downloaded.path.display(), downloaded.bytes);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Errors
//!
//! One type, [`linkwright_core::Error`]. Its kind says what is wrong, its `retry` whether asking again can help and when,
//! its code is Amazon's own reason, its hint what to do. No error holds a token, a secret or a temporary address.
//!
//! | Amazon answers | kind | what then |
//! |---|---|---|
//! | 400, a field | `RequestInvalid` | mend the request |
//! | 400 `InvalidAssociate`, `InvalidPartnerTag` | `PermissionDenied` | the tag is not the credential's account's |
//! | 401 | `Unauthenticated` | a token that had worked is forgotten, and `retry` is `Now` |
//! | 403 `AssociateNotEligible` | `PermissionDenied` | too few sales in 30 days; it comes back by itself |
//! | 404 | `NotFound` | nothing there; of a search, an empty page on a source |
//! | 429 | `RateLimited` | `retry` says when, if Amazon does |
//! | 5xx, cut off, too late | `Unavailable`, `Timeout` | ask again, as `retry` says |
//! | what cannot be read | `Corrupt` | asking again gives the same: `retry` is `Never` |
//!
//! # Tokens
//!
//! Amazon wants a token kept until it expires. One refresh at a time, whatever the number of callers; with a shared
//! [`State`](linkwright_state::State) other processes use it too, sealed with a key made of the credential. A
//! [`CredentialProvider`] says where credentials come from, so that a rotated one is found.

mod bulk_download;
mod client;
mod convert;
mod credentials;
mod download;
mod endpoints;
mod fingerprint;
mod partial;
mod refusal;
mod request;
mod retry_after;
mod single_flight;
mod source;
mod system_clock;
mod token;
pub mod wire;
mod within;

pub use client::{CreatorsClient, CreatorsSettings};
pub use credentials::{
    CredentialPlace, CredentialProvider, FixedCredential, FoundCredential, StoreCredentials,
};
pub use download::{Download, DownloadOptions, DownloadProgress, DownloadStage, Downloaded, TemporaryUrl};
pub use endpoints::Endpoints;
pub use fingerprint::fingerprint;
pub use request::{
    ApiOperation, ApiRequest, Audience, GetBrowseNodesRequest, GetFeedRequest, GetItemsRequest,
    GetReportRequest, GetVariationsRequest, ListFeedsRequest, ListReportsRequest, RawAnswer, RawRequest,
    RequestWarning, SearchItemsRequest,
};
pub use source::CreatorsSource;
pub use system_clock::SystemClock;
pub use token::{Token, TokenRequest};

/// What errors of the service name as their origin.
const ORIGIN: &str = "creators";
