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
    /// The highest `itemCount` of searchItems: 10 by the documentation, 100 by the SDK's model.
    #[serde(deserialize_with = "ten_or_hundred")]
    pub(crate) item_count_cap: u64,
    /// `minSavingPercent` of searchItems has no effect, as a client's author reports.
    pub(crate) ignore_min_saving_percent: bool,
    /// The error's type ends in `ResponseContent`, as the names of the SDK's models do and one third party saw.
    pub(crate) type_suffix: bool,
    /// What a 429 holds beside type and message, where nothing else was asked for.
    pub(crate) throttle_members: ThrottleMembers,
    /// Whether `Authorization` may, must or must not name the version behind a token of version 3.x.
    pub(crate) v3_version_suffix: V3VersionSuffix,
}

fn ten_or_hundred<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    match u64::deserialize(deserializer)? {
        cap @ (10 | 100) => Ok(cap),
        other => Err(serde::de::Error::custom(format!("must be 10 or 100: `{other}`"))),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ThrottleMembers {
    /// Neither was ever seen.
    None,
    /// `retryAfterSeconds`: the documentation.
    Documented,
    /// `serviceCode` and `quotaCode`: the SDK's model. Their values are made up.
    Sdk,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum V3VersionSuffix {
    /// Taken with and without: nobody states that it is refused.
    Optional,
    /// `Bearer TOKEN, Version 3.1`: the migration page's table of common issues.
    Required,
    /// `Bearer TOKEN` only: the documentation's samples of 3.x.
    Refused,
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
    /// Neither: it is optional in the SDK's models.
    #[serde(rename = "absent")]
    Absent,
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
            item_count_cap: 10,
            ignore_min_saving_percent: false,
            type_suffix: false,
            throttle_members: ThrottleMembers::None,
            v3_version_suffix: V3VersionSuffix::Optional,
        }
    }
}
