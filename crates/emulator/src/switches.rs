//! The forms in which documents and observations of the service contradict each other, each to be chosen.

use serde::{Deserialize, Serialize};

/// Which of two forms is answered with. The default is what the official SDK's model says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Switches {
    /// Members without a value are `null` instead of absent.
    pub(crate) null_members: bool,
    pub(crate) field_list: FieldList,
    pub(crate) type_member: TypeMember,
    pub(crate) result_member: ResultMember,
    /// Login with Amazon takes JSON bodies only.
    pub(crate) lwa_json_only: bool,
    /// Ratings are answered where they are asked for. Off: clients that ask report that none come.
    pub(crate) customer_reviews: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FieldList {
    /// `[{"name":…,"message":…}]`: the SDK's model.
    Objects,
    /// `["partnerTag"]`: the documentation.
    Strings,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) enum TypeMember {
    /// `"type":"ValidationException"`: seen live.
    #[serde(rename = "type")]
    Plain,
    /// `"__type":"com.amazon.creators#ValidationException"`: one sample of the documentation.
    #[serde(rename = "__type")]
    Qualified,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) enum ResultMember {
    /// SDK and live traffic.
    #[serde(rename = "itemsResult")]
    ItemsResult,
    /// The documentation's page of getItems.
    #[serde(rename = "itemResults")]
    ItemResults,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            null_members: false,
            field_list: FieldList::Objects,
            type_member: TypeMember::Plain,
            result_member: ResultMember::ItemsResult,
            lwa_json_only: false,
            customer_reviews: false,
        }
    }
}
