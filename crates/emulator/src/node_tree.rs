//! The browse nodes of a shop: those of the made-up items, which are the same in every shop, and those of the user's own.

use serde_json::{Map, Value, json};

use crate::product_kinds::KINDS;
use crate::shop_index::nodes_of;

/// A node, and the one above it.
#[derive(Debug)]
struct Node {
    id: String,
    name: String,
    context_free_name: String,
    above: Option<String>,
}

/// The nodes of a shop.
#[derive(Debug, Default)]
pub(crate) struct NodeTree {
    nodes: Vec<Node>,
}

impl NodeTree {
    /// The tree of the made-up items and of these.
    pub(crate) fn with<'a>(items: impl Iterator<Item = &'a Value>) -> Self {
        let mut tree = Self::default();
        for kind in KINDS {
            for (place, (id, name)) in kind.nodes.iter().enumerate() {
                tree.add(id, name, name, kind.nodes.get(place + 1).map(|(above, _)| *above));
            }
        }
        for node in items.flat_map(nodes_of) {
            let text = |name: &str| node.get(name).and_then(Value::as_str);
            let Some(id) = text("id") else { continue };
            let name = text("displayName").unwrap_or_default();
            let above = node.pointer("/ancestor/id").and_then(Value::as_str);
            tree.add(id, name, text("contextFreeName").unwrap_or(name), above);
        }
        tree
    }

    /// Adds a node that is not there yet.
    fn add(&mut self, id: &str, name: &str, context_free_name: &str, above: Option<&str>) {
        if self.find(id).is_none() {
            self.nodes.push(Node {
                id: id.to_owned(),
                name: name.to_owned(),
                context_free_name: context_free_name.to_owned(),
                above: above.map(str::to_owned),
            });
        }
    }

    fn find(&self, id: &str) -> Option<&Node> {
        self.nodes.iter().find(|node| node.id == id)
    }

    /// All ids, the made-up ones first.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.nodes.iter().map(|node| node.id.as_str())
    }

    /// A node as getBrowseNodes answers it, with what was asked for.
    pub(crate) fn describe(&self, id: &str, ancestor: bool, children: bool) -> Option<Value> {
        let node = self.find(id)?;
        let mut described = node.named();
        described.insert("isRoot".to_owned(), node.above.is_none().into());
        if ancestor && let Some(above) = self.ancestor(node) {
            described.insert("ancestor".to_owned(), above);
        }
        let below = self.nodes.iter().filter(|below| below.above.as_deref() == Some(id));
        let below: Vec<Value> = below.map(|node| node.named().into()).collect();
        if children && !below.is_empty() {
            described.insert("children".to_owned(), below.into());
        }
        Some(described.into())
    }

    /// What is above a node, up to the root. In the user's own items the way up may go round: then it ends before that.
    fn ancestor(&self, node: &Node) -> Option<Value> {
        let mut way = vec![node];
        while let Some(above) = way.last().and_then(|last| self.find(last.above.as_deref()?))
            && !way.iter().any(|known| known.id == above.id)
        {
            way.push(above);
        }
        way.into_iter().skip(1).rev().fold(None, |above: Option<Value>, node| {
            let mut described = node.named();
            described.extend(above.map(|above| ("ancestor".to_owned(), above)));
            Some(described.into())
        })
    }
}

impl Node {
    fn named(&self) -> Map<String, Value> {
        let named = json!({
            "id": self.id, "displayName": self.name, "contextFreeName": self.context_free_name,
        });
        if let Value::Object(named) = named { named } else { Map::new() }
    }
}
