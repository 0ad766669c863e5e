//! Search indexes: what each shop calls the departments that the made-up items are in.

use linkwright_core::Marketplace as Shop;
use serde_json::Value;

/// A department of a shop.
#[derive(Debug)]
pub(crate) struct Department {
    /// For people.
    pub(crate) display_name: &'static str,
    /// The browse node it is the root of.
    root: &'static str,
    /// The product groups that belong to it.
    groups: &'static [&'static str],
    /// What most shops call it in `searchIndex`.
    index: &'static str,
    /// Shops that call it otherwise, or do not have it.
    exceptions: &'static [(Shop, Option<&'static str>)],
}

/// The names are those of the documentation's locale reference.
#[rustfmt::skip] // One department is one row.
const DEPARTMENTS: &[Department] = &[
    Department { display_name: "Home & Kitchen", root: "1055398", groups: &["Kitchen", "Home"], index: "HomeAndKitchen", exceptions: &[(Shop::Be, None), (Shop::Eg, Some("Home")), (Shop::Ie, Some("Home"))] },
    Department { display_name: "Electronics", root: "172282", groups: &["Electronics", "CE"], index: "Electronics", exceptions: &[] },
    Department { display_name: "Books", root: "283155", groups: &["Book"], index: "Books", exceptions: &[(Shop::Sg, None)] },
    Department { display_name: "Tools & Home Improvement", root: "228013", groups: &["Home Improvement", "Lighting"], index: "ToolsAndHomeImprovement", exceptions: &[(Shop::Be, Some("HomeImprovement")), (Shop::Eg, Some("HomeImprovement")), (Shop::Ie, Some("HomeImprovement"))] },
    Department { display_name: "Grocery & Gourmet Food", root: "16310101", groups: &["Grocery"], index: "GroceryAndGourmetFood", exceptions: &[(Shop::Au, None), (Shop::Be, Some("Grocery")), (Shop::Br, None), (Shop::Eg, Some("Grocery")), (Shop::Pl, None), (Shop::Tr, None)] },
    Department { display_name: "Sports & Outdoors", root: "3375251", groups: &["Sports"], index: "SportsAndOutdoors", exceptions: &[(Shop::Br, None)] },
];

impl Department {
    /// The department of an item: by its product group, else by its nodes.
    pub(crate) fn of(item: &Value, nodes: &[String]) -> Option<&'static Self> {
        let group =
            item.pointer("/itemInfo/classifications/productGroup/displayValue").and_then(Value::as_str);
        let by_group =
            group.and_then(|group| DEPARTMENTS.iter().find(|department| department.groups.contains(&group)));
        by_group.or_else(|| {
            DEPARTMENTS.iter().find(|department| nodes.iter().any(|node| node == department.root))
        })
    }

    /// What a shop calls it in `searchIndex`; `None` if the shop does not have it, and sells its items under `All` only.
    pub(crate) fn index(&self, shop: Shop) -> Option<&'static str> {
        let exception = self.exceptions.iter().find(|(known, _)| *known == shop);
        exception.map_or(Some(self.index), |(_, index)| *index)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn shops_have_names_of_their_own() {
        let by_group = |group: &str| json!({ "itemInfo": { "classifications": { "productGroup": { "displayValue": group } } } });
        let table = [
            (by_group("CE"), vec![], Shop::Us, Some("Electronics")),
            (by_group("Kitchen"), vec![], Shop::De, Some("HomeAndKitchen")),
            (by_group("Kitchen"), vec![], Shop::Ie, Some("Home")),
            (by_group("Kitchen"), vec![], Shop::Be, None),
            (by_group("Unheard"), vec!["283155".to_owned()], Shop::Fr, Some("Books")),
            (json!({}), vec![], Shop::Us, None),
        ];
        for (item, nodes, shop, expected) in table {
            let index = Department::of(&item, &nodes).and_then(|department| department.index(shop));
            assert_eq!(index, expected, "{item} {nodes:?} {shop}");
        }
    }
}
