//! The Creators API: tokens, requests as data, one wire model of the answers, and a source of products over them.
//!
//! - [`CreatorsClient`] makes one call of one operation. It knows both token services and all six versions, keeps
//!   tokens and shares them through a [`State`](linkwright_state::State), and says what a refusal means.
//! - [`CreatorsSource`] is the [`ProductSource`](linkwright_core::ProductSource) over it, for any number of products.
//! - [`wire`] is what Amazon answers, as it comes.
//! - [`CredentialProvider`] says where credentials come from.
//!
//! Not here: retries, pace, caching, and what to show when the API refuses. Those are layers.
//!
//! ```
//! use std::sync::Arc;
//!
//! use async_trait::async_trait;
//! use linkwright_core::{
//!     Account, ApiVersion, Asin, CredentialSet, Marketplace, PartnerTag, ProductSourceExt, RequestContext, Result, Secret,
//! };
//! use linkwright_creators::{CreatorsClient, CreatorsSettings, CreatorsSource, FixedCredential, GetItemsRequest};
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
//!         let body = match request.url.ends_with(GetItemsRequest::PATH) {
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

mod client;
mod convert;
mod credentials;
mod endpoints;
mod fingerprint;
mod partial;
mod refusal;
mod request;
mod retry_after;
mod single_flight;
mod source;
mod token;
pub mod wire;
mod within;

pub use client::{CreatorsClient, CreatorsSettings};
pub use credentials::{
    CredentialPlace, CredentialProvider, FixedCredential, FoundCredential, StoreCredentials,
};
pub use endpoints::Endpoints;
pub use fingerprint::fingerprint;
pub use request::GetItemsRequest;
pub use source::CreatorsSource;
pub use token::{Token, TokenRequest};

/// What errors of the service name as their origin.
const ORIGIN: &str = "creators";
