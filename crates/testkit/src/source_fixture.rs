//! What the source cases need from whoever runs them: a source, and what it knows.
//!
//! A source with a service behind it brings one of its own (an emulator), with the products it names here.

use std::fmt::Debug;
use std::sync::Arc;

use async_trait::async_trait;
use linkwright_core::{Asin, PartnerTag, ProductSource, Result, SourceCapabilities, Timestamp};

use crate::ScriptedSource;

/// Makes sources of one kind for the cases.
#[async_trait]
pub trait SourceFixture: Debug + Send + Sync + 'static {
    /// What the sources it opens can do. Known before one is opened.
    fn capabilities(&self) -> SourceCapabilities;

    /// A fresh source.
    async fn open(&self) -> Result<Arc<dyn ProductSource>>;

    /// At least three products every source it opens finds.
    fn known(&self) -> Vec<Asin>;

    /// A product no source it opens finds, if there is one. The Zero API finds every number.
    fn unknown(&self) -> Option<Asin>;

    /// A tag the source may be asked for.
    fn tag(&self) -> PartnerTag;
}

/// A fixture that hands out clones of one source that needs nothing behind it, and knows every product.
pub fn ready(source: Arc<dyn ProductSource>, tag: PartnerTag) -> Arc<dyn SourceFixture> {
    Arc::new(Ready { source, tag, unknown: None })
}

/// A fixture of a [`ScriptedSource`], seen through `wrap`: what a source with a service behind it promises beyond
/// [`ready`] ones, and how a layer passes it on.
///
/// ```
/// use std::sync::Arc;
///
/// use linkwright_core::{Marketplace, PartnerTag};
/// use linkwright_testkit::{Recorder, scripted};
///
/// let tag = PartnerTag::new("demo-20", Marketplace::Us)?;
/// let fixture = scripted(tag, |source| Arc::new(Recorder::new(source)));
/// assert!(fixture.unknown().is_some() && fixture.capabilities().offers);
/// # Ok::<(), linkwright_core::TagError>(())
/// ```
pub fn scripted(
    tag: PartnerTag,
    wrap: impl FnOnce(ScriptedSource) -> Arc<dyn ProductSource>,
) -> Arc<dyn SourceFixture> {
    let source = wrap(ScriptedSource::new(known(), Timestamp::from_unix_seconds(1_767_225_600)));
    Arc::new(Ready { source, tag, unknown: Asin::parse("B0UNKNOWN0").ok() })
}

fn known() -> Vec<Asin> {
    ["B08N5WRWNW", "080442957X", "B00ZV9RDKK", "B07FZ8S74R"]
        .iter()
        .filter_map(|text| Asin::parse(text).ok())
        .collect()
}

#[derive(Debug)]
struct Ready {
    source: Arc<dyn ProductSource>,
    tag: PartnerTag,
    unknown: Option<Asin>,
}

#[async_trait]
impl SourceFixture for Ready {
    fn capabilities(&self) -> SourceCapabilities {
        self.source.capabilities()
    }

    async fn open(&self) -> Result<Arc<dyn ProductSource>> {
        Ok(Arc::clone(&self.source))
    }

    fn known(&self) -> Vec<Asin> {
        known()
    }

    fn unknown(&self) -> Option<Asin> {
        self.unknown
    }

    fn tag(&self) -> PartnerTag {
        self.tag.clone()
    }
}
