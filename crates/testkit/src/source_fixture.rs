//! What the source cases need from whoever runs them: a source, and what it knows.
//!
//! A source with a service behind it brings one of its own (an emulator), with the products it names here.

use std::fmt::Debug;
use std::sync::Arc;

use async_trait::async_trait;
use linkwright_core::{Asin, PartnerTag, ProductSource, Result, SourceCapabilities};

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
    Arc::new(Ready { source, tag })
}

#[derive(Debug)]
struct Ready {
    source: Arc<dyn ProductSource>,
    tag: PartnerTag,
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
        ["B08N5WRWNW", "080442957X", "B00ZV9RDKK", "B07FZ8S74R"]
            .iter()
            .filter_map(|text| Asin::parse(text).ok())
            .collect()
    }

    fn unknown(&self) -> Option<Asin> {
        None
    }

    fn tag(&self) -> PartnerTag {
        self.tag.clone()
    }
}
