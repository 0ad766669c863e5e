//! The resources of getItems: their names in requests, and where in an item each one's data is.

/// A resource of getItems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Resource(usize);

/// Name in requests, and path in an item. An array on the way stands for each of its elements.
///
/// The 34 names of the official SDK's enum (`get_items_resource.py`, 1.3.0). `highRes` is answered as `hiRes`.
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
    pub(crate) const TITLE: Self = Self(23);

    /// The resource of this name, spelled exactly so.
    pub(crate) fn named(name: &str) -> Option<Self> {
        TABLE.iter().position(|(known, _)| *known == name).map(Self)
    }

    /// Where in an item its data is.
    pub(crate) fn path(self) -> &'static [&'static str] {
        TABLE[self.0].1
    }

    /// All of them.
    #[cfg(test)]
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        (0..TABLE.len()).map(Self)
    }

    /// The name in requests.
    #[cfg(test)]
    pub(crate) fn name(self) -> &'static str {
        TABLE[self.0].0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_paths_belong_together() {
        assert_eq!(Resource::TITLE.name(), "itemInfo.title");
        for resource in Resource::all() {
            assert_eq!(Resource::named(resource.name()), Some(resource));
            assert_eq!(resource.path().join("."), resource.name().replace("highRes", "hiRes"));
        }
        assert_eq!(Resource::named("offersV2.listings"), None, "a parent is no resource");
        assert_eq!(Resource::named("ParentASIN"), None);
    }
}
