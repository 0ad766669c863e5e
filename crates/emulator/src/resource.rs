//! The resources of each operation: their names in requests, and where in an item each one's data is.

use crate::operation::Operation;

/// A resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Resource {
    /// A part of an item.
    Item(ItemResource),
    /// searchItems.
    SearchRefinements,
    /// getVariations.
    HighestPrice,
    LowestPrice,
    VariationDimension,
    /// getBrowseNodes.
    NodeAncestor,
    NodeChildren,
}

/// A part of an item, by its line in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ItemResource(usize);

/// The resources that are no part of an item, and their operation.
#[rustfmt::skip] // One resource is one line.
const OTHERS: [(Operation, &str, Resource); 6] = [
    (Operation::SearchItems, "searchRefinements", Resource::SearchRefinements),
    (Operation::GetVariations, "variationSummary.price.highestPrice", Resource::HighestPrice),
    (Operation::GetVariations, "variationSummary.price.lowestPrice", Resource::LowestPrice),
    (Operation::GetVariations, "variationSummary.variationDimension", Resource::VariationDimension),
    (Operation::GetBrowseNodes, "browseNodes.ancestor", Resource::NodeAncestor),
    (Operation::GetBrowseNodes, "browseNodes.children", Resource::NodeChildren),
];

/// Name in requests, and path in an item. An array on the way stands for each of its elements.
///
/// The 34 names of the official SDK's enum (`get_items_resource.py`, 1.3.0), which searchItems and getVariations have as
/// well. `highRes` is answered as `hiRes`.
#[rustfmt::skip] // One resource is one line, so that the table can be read as a table.
const TABLE: [(&str, &[&str]); 34] = [
    ("browseNodeInfo.browseNodes", &["browseNodeInfo", "browseNodes"]),
    ("browseNodeInfo.browseNodes.ancestor", &["browseNodeInfo", "browseNodes", "ancestor"]),
    ("browseNodeInfo.browseNodes.salesRank", &["browseNodeInfo", "browseNodes", "salesRank"]),
    ("browseNodeInfo.websiteSalesRank", &["browseNodeInfo", "websiteSalesRank"]),
    ("customerReviews.count", &["customerReviews", "count"]),
    ("customerReviews.starRating", &["customerReviews", "starRating"]),
    ("images.primary.small", &["images", "primary", "small"]),
    ("images.primary.medium", &["images", "primary", "medium"]),
    ("images.primary.large", &["images", "primary", "large"]),
    ("images.primary.highRes", &["images", "primary", "hiRes"]),
    ("images.variants.small", &["images", "variants", "small"]),
    ("images.variants.medium", &["images", "variants", "medium"]),
    ("images.variants.large", &["images", "variants", "large"]),
    ("images.variants.highRes", &["images", "variants", "hiRes"]),
    ("itemInfo.byLineInfo", &["itemInfo", "byLineInfo"]),
    ("itemInfo.contentInfo", &["itemInfo", "contentInfo"]),
    ("itemInfo.contentRating", &["itemInfo", "contentRating"]),
    ("itemInfo.classifications", &["itemInfo", "classifications"]),
    ("itemInfo.externalIds", &["itemInfo", "externalIds"]),
    ("itemInfo.features", &["itemInfo", "features"]),
    ("itemInfo.manufactureInfo", &["itemInfo", "manufactureInfo"]),
    ("itemInfo.productInfo", &["itemInfo", "productInfo"]),
    ("itemInfo.technicalInfo", &["itemInfo", "technicalInfo"]),
    ("itemInfo.title", &["itemInfo", "title"]),
    ("itemInfo.tradeInInfo", &["itemInfo", "tradeInInfo"]),
    ("parentASIN", &["parentASIN"]),
    ("offersV2.listings.availability", &["offersV2", "listings", "availability"]),
    ("offersV2.listings.condition", &["offersV2", "listings", "condition"]),
    ("offersV2.listings.dealDetails", &["offersV2", "listings", "dealDetails"]),
    ("offersV2.listings.isBuyBoxWinner", &["offersV2", "listings", "isBuyBoxWinner"]),
    ("offersV2.listings.loyaltyPoints", &["offersV2", "listings", "loyaltyPoints"]),
    ("offersV2.listings.merchantInfo", &["offersV2", "listings", "merchantInfo"]),
    ("offersV2.listings.price", &["offersV2", "listings", "price"]),
    ("offersV2.listings.type", &["offersV2", "listings", "type"]),
];

impl Resource {
    /// What is answered when nothing is asked for.
    pub(crate) fn default_of(operation: Operation) -> Vec<Self> {
        match operation {
            Operation::GetItems | Operation::SearchItems | Operation::GetVariations => {
                vec![Self::Item(ItemResource::TITLE)]
            }
            _ => Vec::new(),
        }
    }

    /// The operation's resource of this name, spelled exactly so.
    pub(crate) fn named(operation: Operation, name: &str) -> Option<Self> {
        let other = OTHERS.iter().find(|(of, known, _)| *of == operation && *known == name);
        if let Some((_, _, resource)) = other {
            return Some(*resource);
        }
        if Self::default_of(operation).is_empty() {
            return None;
        }
        TABLE.iter().position(|(known, _)| *known == name).map(|line| Self::Item(ItemResource(line)))
    }
}

impl ItemResource {
    const TITLE: Self = Self(23);

    /// Where in an item its data is.
    pub(crate) fn path(self) -> &'static [&'static str] {
        TABLE[self.0].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_paths_belong_together() {
        assert_eq!(TABLE[ItemResource::TITLE.0].0, "itemInfo.title");
        for (line, (name, path)) in TABLE.iter().enumerate() {
            let resource = Resource::Item(ItemResource(line));
            assert_eq!(Resource::named(Operation::GetItems, name), Some(resource));
            assert_eq!(path.join("."), name.replace("highRes", "hiRes"));
        }
    }

    #[test]
    fn each_operation_has_its_own() {
        let names = || TABLE.iter().map(|(name, _)| *name).chain(OTHERS.iter().map(|(_, name, _)| *name));
        // How many the SDK's enums have.
        let table = [
            (Operation::GetItems, 34),
            (Operation::SearchItems, 35),
            (Operation::GetVariations, 37),
            (Operation::GetBrowseNodes, 2),
            (Operation::ListFeeds, 0),
        ];
        for (operation, expected) in table {
            let known = names().filter(|name| Resource::named(operation, name).is_some());
            assert_eq!(known.count(), expected, "{operation:?}");
            assert_eq!(Resource::named(operation, "offersV2.listings"), None, "a parent is no resource");
            assert_eq!(Resource::named(operation, "ParentASIN"), None);
        }
    }
}
