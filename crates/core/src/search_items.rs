//! Asking for products by words, and a page of what was found.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::{BrowseNodeId, DeliveryFlag, Item, Resource, Resources, SearchAvailability, SortBy, Sourced};

/// In what the words of a search are looked for. A search has at least one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum SearchTerm {
    /// Anywhere.
    Keywords,
    /// The title.
    Title,
    /// The brand.
    Brand,
    /// The author of a book.
    Author,
    /// The artist of a record.
    Artist,
    /// An actor of a film.
    Actor,
}

impl SearchTerm {
    /// All, in the order in which they make one line of words.
    pub const ALL: [Self; 6] =
        [Self::Keywords, Self::Title, Self::Brand, Self::Author, Self::Artist, Self::Actor];

    /// The name as the API takes it (searchItems, body fields).
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Keywords => "keywords",
            Self::Title => "title",
            Self::Brand => "brand",
            Self::Author => "author",
            Self::Artist => "artist",
            Self::Actor => "actor",
        }
    }
}

impl fmt::Display for SearchTerm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Asks for products by words: one page of them.
///
/// ```
/// use linkwright_core::{SearchItems, SearchTerm, SortBy};
///
/// let mut search = SearchItems::by(SearchTerm::Author, "Jane Austen").and(SearchTerm::Title, "Emma");
/// search.search_index = Some("Books".to_owned());
/// search.sort_by = Some(SortBy::PriceLowToHigh);
/// assert_eq!(search.words(), "Emma Jane Austen");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SearchItems {
    /// At least one, none of them changed.
    terms: BTreeMap<SearchTerm, String>,
    /// The shop's department to look in (Creators API, `searchIndex`); `None` for all. What a shop has is in
    /// [`Marketplace::search_indexes`](crate::Marketplace::search_indexes).
    pub search_index: Option<String>,
    /// Only what is in this category.
    pub browse_node_id: Option<BrowseNodeId>,
    /// Whether what cannot be had counts; `None` leaves it to Amazon, which then leaves it out.
    pub availability: Option<SearchAvailability>,
    /// Only what is delivered in all of these ways.
    pub delivery_flags: Vec<DeliveryFlag>,
    /// How many products are on a page, 1 to 10; `None` for 10.
    pub item_count: Option<u32>,
    /// Which page, 1 to 10; `None` for the first.
    pub item_page: Option<u32>,
    /// The lowest price, in the smallest unit of the currency: 3241 is $32.41.
    pub min_price: Option<u64>,
    /// The highest price, in the smallest unit of the currency.
    pub max_price: Option<u64>,
    /// The fewest stars, 1 to 4.
    pub min_reviews_rating: Option<u32>,
    /// What must be saved at least, in percent, 1 to 99. Amazon is reported to ignore it: see
    /// [`recheck_saving`](Self::recheck_saving).
    pub min_saving_percent: Option<u32>,
    /// Leaves out of each page what saves less than [`min_saving_percent`](Self::min_saving_percent), whatever Amazon
    /// does. What counts is the offer that is shown, by the rule of [`Item::saving`]. A page may then hold fewer products,
    /// and none, while there are more pages.
    pub recheck_saving: bool,
    /// What comes first; `None` leaves it to Amazon.
    pub sort_by: Option<SortBy>,
    /// Which parts of each product are wanted. What goes into a request is
    /// [`resources_to_ask_for`](Self::resources_to_ask_for).
    pub resources: Resources,
}

impl SearchItems {
    /// Looks for words anywhere, in all departments.
    pub fn new(keywords: impl Into<String>) -> Self {
        Self::by(SearchTerm::Keywords, keywords)
    }

    /// Looks for words in one part of the products alone.
    pub fn by(term: SearchTerm, words: impl Into<String>) -> Self {
        Self {
            terms: BTreeMap::from([(term, words.into())]),
            search_index: None,
            browse_node_id: None,
            availability: None,
            delivery_flags: Vec::new(),
            item_count: None,
            item_page: None,
            min_price: None,
            max_price: None,
            min_reviews_rating: None,
            min_saving_percent: None,
            recheck_saving: false,
            sort_by: None,
            resources: Resources::default(),
        }
    }

    /// The same, and these words in this part as well. Earlier ones for the same part are replaced.
    #[must_use]
    pub fn and(mut self, term: SearchTerm, words: impl Into<String>) -> Self {
        self.terms.insert(term, words.into());
        self
    }

    /// The same with these parts of each product.
    #[must_use]
    pub fn with_resources(self, resources: Resources) -> Self {
        Self { resources, ..self }
    }

    /// The same, but only what saves this many percent at least, checked here as well.
    #[must_use]
    pub fn with_min_saving_percent(self, percent: u32) -> Self {
        Self { min_saving_percent: Some(percent), recheck_saving: true, ..self }
    }

    /// What must be saved at least in percent, where that is checked here.
    pub fn saving_to_recheck(&self) -> Option<u32> {
        self.min_saving_percent.filter(|_| self.recheck_saving)
    }

    /// The wanted [`resources`](Self::resources), and those without which the [check of the saving](Self::recheck_saving)
    /// would find none: the price, and by what the one that is shown is told from others.
    ///
    /// ```
    /// use linkwright_core::{Resource, Resources, SearchItems};
    ///
    /// let search = SearchItems::new("kettle").with_min_saving_percent(20).with_resources(Resources::LINK);
    /// assert!(search.resources_to_ask_for().contains(Resource::Price));
    /// assert_eq!(search.resources, Resources::LINK);
    /// ```
    pub fn resources_to_ask_for(&self) -> Resources {
        let rechecking =
            Resources::NONE.with(Resource::Price).with(Resource::IsBuyBoxWinner).with(Resource::ListingType);
        self.saving_to_recheck().map_or(self.resources, |_| self.resources.union(rechecking))
    }

    /// The same search, this page of it.
    #[must_use]
    pub fn page(&self, page: u32) -> Self {
        Self { item_page: Some(page), ..self.clone() }
    }

    /// The words that are looked for in one part.
    pub fn term(&self, term: SearchTerm) -> Option<&str> {
        self.terms.get(&term).map(String::as_str)
    }

    /// All parts that are looked in, with their words.
    pub fn terms(&self) -> impl Iterator<Item = (SearchTerm, &str)> {
        self.terms.iter().map(|(term, words)| (*term, words.as_str()))
    }

    /// All words on one line, as a person would type them into the shop's own search.
    pub fn words(&self) -> String {
        let words: Vec<&str> = self.terms.values().map(|words| words.trim()).collect();
        words.join(" ")
    }
}

/// One page of what a search found.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct SearchPage {
    /// What was found, in the order asked for; empty where the source cannot search.
    pub items: Vec<Sourced<Arc<Item>>>,
    /// The shop's own page for this search, with the tag, so that a reader can look for themselves. The API gives none for
    /// a search without results; the Zero API always gives one.
    pub search_url: Option<String>,
    /// How many there are in all, if the source knows. Amazon counts to some bound only.
    pub total: Option<u64>,
    /// How the search can be narrowed, if that was asked for.
    pub refinements: Vec<Refinement>,
    /// The page after this one; `None` if there is none, or none that may be asked for.
    pub next_page: Option<u32>,
}

impl SearchPage {
    /// A page with nothing but the link to the shop's own search.
    pub fn link_only(search_url: String) -> Self {
        Self { search_url: Some(search_url), ..Self::default() }
    }
}

/// One way to narrow a search.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Refinement {
    /// Of what it is: `SearchIndex`, `BrowseNodeId`, or a term such as `Brand`.
    pub id: String,
    /// That, in the shop's words.
    pub display_name: Option<String>,
    /// What can be chosen.
    pub bins: Vec<RefinementBin>,
}

/// One choice of a [`Refinement`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct RefinementBin {
    /// The value for the next search: an index, a category's number, a brand.
    pub id: String,
    /// That, in the shop's words.
    pub display_name: Option<String>,
}
