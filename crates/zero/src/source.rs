//! The Zero API as a source of products: it always answers, with a link and the author's own words.

use std::sync::Arc;

use async_trait::async_trait;
use linkwright_core::{
    Answer, Asin, Batch, Error, ErrorKind, Image, ImageOwner, Item, MissingReason, OwnWords, ProductSource,
    Query, RequestContext, Result, SearchPage, Source, SourceCapabilities, SourceInfo, Sourced,
};

use crate::catalog::Catalog;
use crate::page::Page;
use crate::write::OutboundLink;

/// Answers every ASIN with a link, and with what the author's catalog says of it. Never with a price, a stock level or a
/// rating; a search is answered with the link to the shop's own.
#[derive(Debug, Clone, Default)]
pub struct ZeroSource {
    catalog: Arc<Catalog>,
}

impl ZeroSource {
    /// A source that knows nothing but links.
    pub fn new() -> Self {
        Self::default()
    }

    /// A source that adds the author's own words.
    pub fn with_catalog(catalog: Catalog) -> Self {
        Self { catalog: Arc::new(catalog) }
    }

    fn item(&self, context: &RequestContext, asin: Asin) -> Result<Sourced<Arc<Item>>> {
        let mut item = Item::new(asin, url(context, &Page::Product(asin))?);
        let Some(entry) = self.catalog.get(asin) else {
            return Ok(Sourced::made_here(Arc::new(item), Source::Zero));
        };
        item.title = entry.title.clone().map(OwnWords::new);
        item.note = entry.note.clone().map(OwnWords::new);
        item.image = entry.image.clone().map(|url| Image::new(url, ImageOwner::Author));
        Ok(Sourced::made_here(Arc::new(item), Source::Catalog))
    }
}

fn url(context: &RequestContext, page: &Page<'_>) -> Result<String> {
    let mut link = match context.tag() {
        Some(tag) => OutboundLink::tagged(page, tag),
        None => OutboundLink::untagged(page, context.marketplace),
    };
    if let Some(language) = &context.language {
        link = link.with_preferred_language(language);
    }
    Ok(link.url()?)
}

#[async_trait]
impl ProductSource for ZeroSource {
    fn info(&self) -> SourceInfo {
        SourceInfo::new("zero")
    }

    fn capabilities(&self) -> SourceCapabilities {
        let mut capabilities = SourceCapabilities::NONE;
        capabilities.get_items = true;
        capabilities.search_items = true;
        capabilities
    }

    async fn call(&self, context: &RequestContext, query: Query) -> Result<Answer> {
        context.cancellation.check(query.name())?;
        match query {
            Query::GetItems(request) => {
                let answer = |asin: &Asin| self.item(context, *asin).map_err(MissingReason::Failed);
                Ok(Answer::Items(Batch::collect(request.asins, answer)))
            }
            Query::SearchItems(request) => {
                let page = Page::Search {
                    words: request.keywords.into(),
                    index: request.search_index.map(Into::into),
                };
                Ok(Answer::Search(SearchPage::link_only(url(context, &page)?)))
            }
            other => Err(Error::new(
                ErrorKind::Unsupported,
                other.name(),
                format!("the Zero API cannot answer: `{}`", other.name()),
            )
            .with_origin("zero")),
        }
    }
}
