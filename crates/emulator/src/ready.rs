//! What a script must know to use a running emulator: one line of JSON, whose members and their order are a contract.

use linkwright_core::Marketplace;
use serde::Serialize;

/// The line that says an emulator is ready, as a value. Serialises with its members in the order of the fields.
#[derive(Debug, Clone, Serialize)]
pub struct Ready {
    /// Always `ready`.
    pub event: &'static str,
    /// The format of this line: 1.
    pub format: u8,
    /// The address before `/catalog/v1/…`, without a slash at its end.
    pub api: String,
    /// The whole address of the token service for the credential below.
    pub token: String,
    /// A credential that works.
    pub credential: ReadyCredential,
    /// A tag that is accepted in the shop below.
    pub tag: String,
    /// The shop's code: `us`, `de` or `jp`.
    pub marketplace: &'static str,
    /// At least ten ASINs that are sold in that shop, with a price.
    pub asins: Vec<String>,
    /// An ASIN that has variations, more than fit on one page.
    pub parent: String,
    /// Words that a search in that shop finds something with.
    pub keywords: &'static str,
    /// The id of a browse node with items.
    pub browse_node: String,
}

/// The credential of a [`Ready`] line. It opens nothing but the emulator, so it is plain text.
#[derive(Clone, Serialize)]
pub struct ReadyCredential {
    /// The credential's id.
    pub id: String,
    /// The credential's secret.
    pub secret: String,
    /// The credential's version, such as `3.1`.
    pub version: &'static str,
}

impl std::fmt::Debug for ReadyCredential {
    /// Without the secret: tests put their marker there, and look for it in everything that is printed.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReadyCredential")
            .field("id", &self.id)
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

impl Ready {
    /// The line without its end.
    pub fn line(&self) -> String {
        // Texts and numbers only: nothing that could fail to serialise.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The shop of [`marketplace`](Self::marketplace).
    pub fn shop(&self) -> Marketplace {
        // It was made from a shop.
        self.marketplace.parse().unwrap_or(Marketplace::Us)
    }
}
