//! searchItems: a page of products by words.

use linkwright_core::{
    ItemOperation, Marketplace, PartnerTag, RequestContext, Resource, Result, SearchItems, SearchTerm,
};
use serde::Serialize;

use super::audience::{self, Audience};
use super::field::{Fields, LONG_TEXT};
use super::{ApiOperation, ApiRequest, RequestWarning, json, warning};
use crate::wire::SearchItemsAnswer;

/// A request for one page of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SearchItemsRequest {
    /// What is looked for.
    pub search: SearchItems,
    /// Who asks.
    pub audience: Audience,
}

impl SearchItemsRequest {
    /// The most products on a page. The documentation says 10, the SDK's model 100; the service takes the smaller.
    pub const MOST_ITEMS: u32 = 10;

    /// The last page that can be asked for (SDK and documentation).
    pub const LAST_PAGE: u32 = 10;

    /// The most ways of delivery (SDK).
    const MOST_DELIVERY_FLAGS: usize = 100;

    /// Searches in the shop, language and currency of the context.
    ///
    /// # Errors
    /// - `ConfigInvalid` with reason `no_tag` if the context has no tag: the API is asked only with one.
    /// - `RequestInvalid` as [`check`](ApiRequest::check).
    pub fn new(context: &RequestContext, search: SearchItems) -> Result<Self> {
        let request = Self { search, audience: Audience::of(context, ApiOperation::SearchItems)? };
        request.check()?;
        Ok(request)
    }

    /// How many products a full page has.
    pub(crate) fn page_size(&self) -> u32 {
        self.search.item_count.unwrap_or(Self::MOST_ITEMS)
    }

    /// Which page is asked for.
    pub(crate) fn page(&self) -> u32 {
        self.search.item_page.unwrap_or(1)
    }
}

impl ApiRequest for SearchItemsRequest {
    type Answer = SearchItemsAnswer;

    fn operation(&self) -> ApiOperation {
        ApiOperation::SearchItems
    }

    fn marketplace(&self) -> Marketplace {
        self.audience.marketplace()
    }

    fn partner_tag(&self) -> Option<&PartnerTag> {
        Some(&self.audience.partner_tag)
    }

    fn check(&self) -> Result<()> {
        let (fields, search) = (Fields(self.operation()), &self.search);
        for (term, words) in search.terms() {
            fields.text(term.as_str(), words, LONG_TEXT)?;
        }
        if let Some(index) = &search.search_index {
            fields.text("searchIndex", index, LONG_TEXT)?;
        }
        fields.count("deliveryFlags", search.delivery_flags.len(), 0..=Self::MOST_DELIVERY_FLAGS)?;
        fields.number("itemCount", search.item_count, 1..=Self::MOST_ITEMS)?;
        fields.number("itemPage", search.item_page, 1..=Self::LAST_PAGE)?;
        fields.number("minPrice", search.min_price, 1..=u64::MAX)?;
        fields.number("maxPrice", search.max_price, 1..=u64::MAX)?;
        if let (Some(least), Some(most)) = (search.min_price, search.max_price)
            && least > most
        {
            return Err(fields.wrong(
                "maxPrice",
                &most.to_string(),
                &format!("must not be less than minPrice, {least}"),
            ));
        }
        fields.number("minReviewsRating", search.min_reviews_rating, 1..=4)?;
        fields.number("minSavingPercent", search.min_saving_percent, 1..=99)?;
        self.audience.check(&fields)
    }

    fn warnings(&self) -> Vec<RequestWarning> {
        let shop = self.marketplace();
        let index = self.search.search_index.as_deref().and_then(|index| warning::search_index(shop, index));
        self.audience.warnings().into_iter().chain(index).collect()
    }

    fn body(&self) -> Vec<u8> {
        let search = &self.search;
        json(&Body {
            actor: search.term(SearchTerm::Actor),
            artist: search.term(SearchTerm::Artist),
            author: search.term(SearchTerm::Author),
            availability: search.availability.as_ref().map(|availability| availability.as_str()),
            brand: search.term(SearchTerm::Brand),
            browse_node_id: search.browse_node_id.map(|id| id.to_string()),
            delivery_flags: search.delivery_flags.iter().map(|flag| flag.as_str()).collect(),
            item_count: search.item_count,
            item_page: search.item_page,
            keywords: search.term(SearchTerm::Keywords),
            max_price: search.max_price,
            min_price: search.min_price,
            min_reviews_rating: search.min_reviews_rating,
            min_saving_percent: search.min_saving_percent,
            audience: self.audience.members(),
            resources: search
                .resources_to_ask_for()
                .for_operation(ItemOperation::SearchItems)
                .iter()
                .map(Resource::as_str)
                .collect(),
            search_index: search.search_index.as_deref(),
            sort_by: search.sort_by.as_ref().map(|order| order.as_str()),
            title: search.term(SearchTerm::Title),
        })
    }

    fn subject(&self) -> String {
        self.search.words()
    }

    fn decode(body: &[u8]) -> Result<SearchItemsAnswer> {
        SearchItemsAnswer::decode(body)
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    actor: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    artist: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    availability: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    brand: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    browse_node_id: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    delivery_flags: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item_count: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item_page: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    keywords: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_price: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_price: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_reviews_rating: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_saving_percent: Option<u32>,
    #[serde(flatten)]
    audience: audience::Members<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    resources: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    search_index: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sort_by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
}
