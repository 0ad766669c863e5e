//! The Zero API as a source of products: it always answers, with a link and the author's own words.

use std::sync::Arc;

use async_trait::async_trait;
use linkwright_core::{
    Answer, Asin, Batch, BrowseNodeId, BrowseNodePage, Error, ErrorKind, Image, ImageOwner, Item,
    MissingReason, OwnWords, ProductSource, Query, RequestContext, Result, SearchItems, SearchPage, Source,
    SourceCapabilities, SourceInfo, Sourced, VariationsPage,
};

use crate::catalog::Catalog;
use crate::page::Page;
use crate::write::OutboundLink;

/// Answers every ASIN with a link, and with what the author's catalog says of it. Never with a price, a stock level or a
/// rating.
///
/// A search is answered with the link to the shop's own, the question for variations with the link to the product, a
/// category with the link to its page: complete answers, as far as links go, without products.
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

fn search_page(context: &RequestContext, request: &SearchItems) -> Result<SearchPage> {
    let index = request.search_index.as_deref().and_then(department);
    let page = Page::Search { words: request.words().into(), index: index.map(Into::into) };
    Ok(SearchPage::link_only(url(context, &page)?))
}

fn category(context: &RequestContext, id: BrowseNodeId) -> Result<Sourced<Arc<BrowseNodePage>>> {
    let page = BrowseNodePage::link_only(url(context, &Page::BrowseNode(id.to_string().into()))?);
    Ok(Sourced::made_here(Arc::new(page), Source::Zero))
}

/// What the shop's address calls the department that the API calls so; `None` to search all of them.
///
/// The two have different names, which Amazon does not relate anywhere. Those below are the same in all shops whose links
/// were seen (the corpus of links); others of the API's, which begin with a capital, are left out, for a wider search shows
/// more than one in a department that is not there. What begins otherwise is taken for the address's own name.
fn department(index: &str) -> Option<&str> {
    match index {
        "Books" => Some("stripbooks"),
        "Electronics" => Some("electronics"),
        "KindleStore" => Some("digital-text"),
        other => (!other.starts_with(|first: char| first.is_ascii_uppercase())).then_some(other),
    }
    .filter(|name| !name.is_empty())
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
        capabilities.get_variations = true;
        capabilities.get_browse_nodes = true;
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
                let page = search_page(context, &request)?;
                Ok(Answer::Search(Sourced::made_here(page, Source::Zero)))
            }
            Query::GetVariations(request) => {
                let page = VariationsPage::link_only(url(context, &Page::Product(request.asin))?);
                Ok(Answer::Variations(Sourced::made_here(page, Source::Zero)))
            }
            Query::GetBrowseNodes(request) => {
                let answer = |id: &BrowseNodeId| category(context, *id).map_err(MissingReason::Failed);
                Ok(Answer::BrowseNodes(Batch::collect(request.ids, answer)))
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
