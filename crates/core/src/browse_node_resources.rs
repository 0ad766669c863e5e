//! What of the tree of categories is asked for, in the Creators API's own names (`getBrowseNodes`).

use crate::resource_set::{resource_names, resource_set};

resource_names! {
    /// One part of a category that can be asked for besides its number and names, which always come (SDK,
    /// `get_browse_nodes_resource.py`).
    BrowseNodeResource {
        /// The categories above it, up to the root.
        Ancestor = "browseNodes.ancestor",
        /// The categories right below it.
        Children = "browseNodes.children",
    }
}

resource_set! {
    /// A set of [`BrowseNodeResource`]s.
    ///
    /// ```
    /// use linkwright_core::BrowseNodeResources;
    ///
    /// let below: BrowseNodeResources = "browseNodes.children".parse()?;
    /// assert!(BrowseNodeResources::FULL.covers(below));
    /// # Ok::<(), linkwright_core::Error>(())
    /// ```
    BrowseNodeResources of BrowseNodeResource, "use `full`, `browseNodes.ancestor` or `browseNodes.children`"
}

impl BrowseNodeResources {
    /// What is above, and what is below.
    pub const FULL: Self = Self::all();

    /// The ready-made sets, by name.
    pub const PRESETS: &'static [(&'static str, Self)] = &[("full", Self::FULL)];
}

impl Default for BrowseNodeResources {
    /// [`FULL`](Self::FULL): the tree around the category.
    fn default() -> Self {
        Self::FULL
    }
}
