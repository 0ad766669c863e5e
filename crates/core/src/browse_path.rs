//! Where a product stands in the tree of categories, and how it sells there.

use serde::Serialize;

use crate::{Ancestor, BrowseNode, BrowseNodeInfo, ChildNode, SalesRank};

impl BrowseNode {
    /// Its name below the categories above it; else its name on its own.
    pub fn name(&self) -> Option<&str> {
        first_said([&self.display_name, &self.context_free_name])
    }

    /// The names from the root down to this category. One without a name is left out.
    ///
    /// ```
    /// use linkwright_core::{Ancestor, BrowseNode};
    ///
    /// let (mut node, mut above) = (BrowseNode::default(), Ancestor::default());
    /// node.display_name = Some("Kettles".to_owned());
    /// above.display_name = Some("Kitchen".to_owned());
    /// node.ancestors = vec![above];
    /// assert_eq!(node.path(), ["Kitchen", "Kettles"]);
    /// ```
    pub fn path(&self) -> Vec<&str> {
        let above = self.ancestors.iter().rev().filter_map(Ancestor::name);
        above.chain(self.name()).collect()
    }
}

impl Ancestor {
    /// Its name below the categories above it; else its name on its own.
    pub fn name(&self) -> Option<&str> {
        first_said([&self.display_name, &self.context_free_name])
    }
}

impl ChildNode {
    /// Its name below the category that was asked for; else its name on its own.
    pub fn name(&self) -> Option<&str> {
        first_said([&self.display_name, &self.context_free_name])
    }
}

impl BrowseNodeInfo {
    /// The category that says most of the product: the one deepest in the tree, then the one in which it sells best, then
    /// the first. One without a name is not taken.
    pub fn deepest(&self) -> Option<&BrowseNode> {
        let depth_and_rank = |node: &&BrowseNode| {
            let rank = node.sales_rank.unwrap_or(u64::MAX);
            (std::cmp::Reverse(node.ancestors.len()), rank)
        };
        self.browse_nodes.iter().filter(|node| node.name().is_some()).min_by_key(depth_and_rank)
    }

    /// The rank in the whole shop; else the best of those in the categories.
    pub fn best_rank(&self) -> Option<CategoryRank<'_>> {
        let in_shop = self.website_sales_rank.as_ref().and_then(|rank| {
            let SalesRank { display_name, context_free_name, sales_rank, .. } = rank;
            Some(CategoryRank {
                rank: (*sales_rank)?,
                category: first_said([context_free_name, display_name]),
            })
        });
        in_shop.or_else(|| {
            let ranked = self.browse_nodes.iter().filter_map(|node| {
                let category = first_said([&node.context_free_name, &node.display_name]);
                Some(CategoryRank { rank: node.sales_rank?, category })
            });
            ranked.min_by_key(|ranked| ranked.rank)
        })
    }
}

/// How a product sells: the seventh in Books, say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CategoryRank<'a> {
    /// The rank; 1 sells best.
    pub rank: u64,
    /// Of what, in the shop's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<&'a str>,
}

/// The first text that says something.
pub(crate) fn first_said<const N: usize>(texts: [&Option<String>; N]) -> Option<&str> {
    texts.into_iter().flatten().map(|text| text.trim()).find(|text| !text.is_empty())
}
