//! From the options of a search to the search that is asked for.

use linkwright_sdk::core::{Marketplace, Resources, SearchAvailability, SearchItems, SearchTerm};

use super::SearchArgs;
use super::price::smallest_units;
use crate::failure::{CommandResult, Failure};

impl SearchArgs {
    /// What is looked for, in each part of the products it is looked for in.
    fn terms(&self) -> impl Iterator<Item = (SearchTerm, String)> {
        let words = Some(self.words.join(" ")).filter(|words| !words.trim().is_empty());
        let named = [
            (SearchTerm::Keywords, words),
            (SearchTerm::Title, self.title.clone()),
            (SearchTerm::Brand, self.brand.clone()),
            (SearchTerm::Author, self.author.clone()),
            (SearchTerm::Artist, self.artist.clone()),
            (SearchTerm::Actor, self.actor.clone()),
        ];
        named.into_iter().filter_map(|(term, words)| Some((term, words?)))
    }

    /// All words on one line.
    pub(super) fn words_of_all(&self) -> CommandResult<String> {
        let words: Vec<String> = self.terms().map(|(_, words)| words.trim().to_owned()).collect();
        if words.iter().all(String::is_empty) {
            return Err(Failure::usage("nothing to search for").with_hint(
                "give words, or one of: `--title`, `--brand`, `--author`, `--artist`, `--actor`",
            ));
        }
        Ok(words.join(" "))
    }

    /// The search in this shop.
    pub(super) fn request(&self, shop: Marketplace) -> CommandResult<SearchItems> {
        let mut terms = self.terms();
        let (term, words) = terms.next().ok_or_else(|| Failure::usage("nothing to search for"))?;
        let mut search =
            terms.fold(SearchItems::by(term, words), |search, (term, words)| search.and(term, words));
        search.resources = self.resources.parse()?;
        if self.refine {
            search.resources = search.resources.union(Resources::SEARCH_REFINEMENTS);
        }
        search.search_index = self.index.as_ref().map(|name| {
            // Amazon's own spelling of a department it has; what it has not is sent as it is.
            let known = shop.search_indexes().iter().find(|known| known.eq_ignore_ascii_case(name));
            known.map_or_else(|| name.clone(), |known| (*known).to_owned())
        });
        search.browse_node_id = self.browse_node;
        let price = |flag: &str, text: &Option<String>| {
            text.as_ref().map(|text| smallest_units(flag, text, shop)).transpose()
        };
        search.min_price = price("--min-price", &self.min_price)?;
        search.max_price = price("--max-price", &self.max_price)?;
        if let (Some(min), Some(max)) = (&self.min_price, &self.max_price)
            && search.min_price > search.max_price
        {
            return Err(Failure::usage(format!(
                "the highest price is below the lowest: `--min-price {min} --max-price {max}`"
            )));
        }
        search.min_reviews_rating = self.min_stars;
        search.availability = match (self.in_stock, self.include_out_of_stock) {
            (true, _) => Some(SearchAvailability::Available),
            (_, true) => Some(SearchAvailability::IncludeOutOfStock),
            _ => None,
        };
        search.delivery_flags.clone_from(&self.delivery);
        search.sort_by.clone_from(&self.sort);
        search.item_page = self.page;
        if let Some(percent) = self.min_saving {
            search = search.with_min_saving_percent(percent);
        }
        Ok(search)
    }

    /// The options that a link to the shop's own search says nothing of.
    pub(super) fn not_in(&self, link: &str) -> Vec<&'static str> {
        // The shop's address has other names for departments, of which few are known.
        let has_index = link.contains("?i=") || link.contains("&i=");
        let given = [
            ("--index", self.index.is_some() && !has_index),
            ("--browse-node", self.browse_node.is_some()),
            ("--min-price", self.min_price.is_some()),
            ("--max-price", self.max_price.is_some()),
            ("--min-saving", self.min_saving.is_some()),
            ("--min-stars", self.min_stars.is_some()),
            ("--in-stock", self.in_stock),
            ("--include-out-of-stock", self.include_out_of_stock),
            ("--delivery", !self.delivery.is_empty()),
            ("--condition", self.condition.is_some()),
            ("--sort", self.sort.is_some()),
            ("--page", self.page.is_some()),
            ("--currency", self.currency.is_some()),
        ];
        given.into_iter().filter(|(_, given)| *given).map(|(name, _)| name).collect()
    }
}
