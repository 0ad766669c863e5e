//! What somebody needs to begin with: a tag, ASINs of each kind, parents, browse nodes, words to search for.

use linkwright_core::{Marketplace, TagSuffix};
use serde_json::{Map, Value};

use crate::emulator::Emulator;
use crate::families::Family;
use crate::made_up::{self, ItemKind};
use crate::node_tree::NodeTree;
use crate::product_kinds::KINDS;
use crate::ready::{Ready, ReadyCredential};
use crate::token_service;

/// How many ASINs the ready line names.
const READY_ASINS: usize = 12;

impl Emulator {
    /// What a script must know, for an emulator behind this address (`http://127.0.0.1:8080`).
    pub fn ready(&self, address: &str) -> Ready {
        let credential = self.settings.credential();
        let shop = self.settings.shop();
        let service = credential.version.token_service();
        Ready {
            event: "ready",
            format: 1,
            api: address.to_owned(),
            token: format!("{address}{}", token_service::path_of(service)),
            credential: ReadyCredential {
                id: credential.id,
                secret: credential.secret.expose().to_owned(),
                version: credential.version.as_str(),
            },
            tag: self.tag(shop),
            marketplace: shop.code(),
            asins: self.asins(shop, ItemKind::Plain, READY_ASINS),
            parent: self.parents(1).pop().unwrap_or_default(),
            keywords: self.keywords(shop).first().copied().unwrap_or_default(),
            browse_node: self.browse_nodes(shop).into_iter().next().unwrap_or_default(),
        }
    }

    /// The account's tag in a shop: `demo-20`, `demo-21` or `demo-22`.
    pub fn tag(&self, shop: Marketplace) -> String {
        format!("demo-{}", shop.tag_suffix().map_or(20, TagSuffix::number))
    }

    /// The first `count` made-up ASINs of a kind that are sold in a shop.
    pub fn asins(&self, shop: Marketplace, kind: ItemKind, count: usize) -> Vec<String> {
        self.shelf.made_up_asins(shop, kind).take(count).collect()
    }

    /// The first `count` made-up parents: ASINs that have variations, and are no item themselves.
    pub fn parents(&self, count: usize) -> Vec<String> {
        Family::all().map(|family| family.parent()).take(count).collect()
    }

    /// The first `count` made-up variations that the API tells of.
    pub fn variations(&self, count: usize) -> Vec<String> {
        let members = Family::all().flat_map(|family| family.members);
        let told_of = members.filter(|number| ItemKind::of(*number) != ItemKind::NotAccessible);
        told_of.map(made_up::asin_of).take(count).collect()
    }

    /// Words that a search in a shop finds something with: what its made-up items are, in its language.
    pub fn keywords(&self, shop: Marketplace) -> Vec<&'static str> {
        KINDS.iter().map(|kind| made_up::localized(kind, shop)).collect()
    }

    /// The browse nodes of a shop, from a leaf on: those of the made-up items, then those of the user's own.
    pub fn browse_nodes(&self, shop: Marketplace) -> Vec<String> {
        let tree = NodeTree::with(self.shelf.all_given(shop).map(|(_, item)| item));
        tree.ids().map(str::to_owned).collect()
    }

    /// ASINs by kind, and what else there is to begin with, for `/_emulator/asins`.
    pub(crate) fn starting_points(&self) -> Value {
        let shop = self.settings.shop();
        let kinds = ItemKind::ALL.into_iter();
        let mut asins: Map<String, Value> =
            kinds.map(|(kind, name)| (name.to_owned(), self.asins(shop, kind, 20).into())).collect();
        asins.insert("parents".to_owned(), self.parents(20).into());
        asins.insert("variations".to_owned(), self.variations(20).into());
        asins.insert("browse_nodes".to_owned(), self.browse_nodes(shop).into());
        asins.insert("keywords".to_owned(), self.keywords(shop).into());
        asins.into()
    }
}
