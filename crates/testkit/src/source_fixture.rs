//! What the source cases need from whoever runs them: a source, and what it knows.
//!
//! A source with a service behind it brings one of its own (an emulator), with the products it names here.

use std::fmt::Debug;
use std::sync::Arc;

use async_trait::async_trait;
use linkwright_core::{Asin, BrowseNodeId, PartnerTag, ProductSource, Result, SourceCapabilities, Timestamp};

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

    /// Words of a search. A source that gives products gives several for them, on more than one page of two.
    fn words(&self) -> String {
        "kettle".to_owned()
    }

    /// Words for which no source it opens finds anything, if there are such. The Zero API has a link for all.
    fn words_without_results(&self) -> Option<String> {
        None
    }

    /// A product that has variations, on more than one page of two; needed of sources that answer for them.
    fn with_variations(&self) -> Option<Asin> {
        None
    }

    /// A product without variations, if a source can tell.
    fn without_variations(&self) -> Option<Asin> {
        None
    }

    /// At least three categories every source it opens finds; needed of sources that answer for categories.
    fn known_browse_nodes(&self) -> Vec<BrowseNodeId> {
        Vec::new()
    }

    /// A category no source it opens finds, if there is one.
    fn unknown_browse_node(&self) -> Option<BrowseNodeId> {
        None
    }
}

/// A fixture that hands out clones of one source that needs nothing behind it, and knows every product.
pub fn ready(source: Arc<dyn ProductSource>, tag: PartnerTag) -> Arc<dyn SourceFixture> {
    Arc::new(Ready { source, tag, is_scripted: false })
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
    Arc::new(Ready { source: wrap(script()), tag, is_scripted: true })
}

/// The source behind [`scripted`] fixtures.
fn script() -> ScriptedSource {
    ScriptedSource::new(known(), Timestamp::from_unix_seconds(1_767_225_600)).with_browse_nodes(known_nodes())
}

fn known_nodes() -> Vec<BrowseNodeId> {
    ["172282", "3", "9876543210987654321"].iter().filter_map(|text| text.parse().ok()).collect()
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
    /// Whether it does not find everything.
    is_scripted: bool,
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
        Asin::parse("B0UNKNOWN0").ok().filter(|_| self.is_scripted)
    }

    fn tag(&self) -> PartnerTag {
        self.tag.clone()
    }

    fn words_without_results(&self) -> Option<String> {
        self.is_scripted.then(|| ScriptedSource::NOTHING.to_owned())
    }

    fn with_variations(&self) -> Option<Asin> {
        known().first().copied()
    }

    fn without_variations(&self) -> Option<Asin> {
        self.unknown()
    }

    fn known_browse_nodes(&self) -> Vec<BrowseNodeId> {
        known_nodes()
    }

    fn unknown_browse_node(&self) -> Option<BrowseNodeId> {
        "404".parse().ok().filter(|_| self.is_scripted)
    }
}
