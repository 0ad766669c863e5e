//! What there is to ask an emulator for, in the words of a fixture.

use linkwright_core::{Asin, BrowseNodeId, PartnerTag};
use linkwright_emulator::HostThread;

/// An emulator on a thread of its own.
pub(crate) struct Emulated(pub(crate) HostThread);

impl Emulated {
    pub(crate) fn known(&self) -> Vec<Asin> {
        self.0.ready().asins.iter().filter_map(|text| Asin::parse(text).ok()).collect()
    }

    pub(crate) fn unknown(&self) -> Option<Asin> {
        Asin::parse("B0NONE0000").ok()
    }

    pub(crate) fn tag(&self) -> PartnerTag {
        let ready = self.0.ready();
        PartnerTag::new(&ready.tag, ready.shop()).unwrap_or_else(|error| panic!("{error}"))
    }

    pub(crate) fn words(&self) -> String {
        self.0.ready().keywords.to_owned()
    }

    pub(crate) fn words_without_results(&self) -> Option<String> {
        Some("xyzzy".to_owned())
    }

    pub(crate) fn with_variations(&self) -> Option<Asin> {
        Asin::parse(&self.0.ready().parent).ok()
    }

    pub(crate) fn known_browse_nodes(&self) -> Vec<BrowseNodeId> {
        let shop = self.0.ready().shop();
        let ids = self.0.with_emulator(|emulator| emulator.browse_nodes(shop));
        ids.iter().take(4).filter_map(|id| id.parse().ok()).collect()
    }

    pub(crate) fn unknown_browse_node(&self) -> Option<BrowseNodeId> {
        "999999999999999999".parse().ok()
    }
}
