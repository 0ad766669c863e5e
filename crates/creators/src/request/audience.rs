//! What most requests say of who asks: the tag, and which language, currency and offers are wanted.

use std::collections::BTreeMap;

use linkwright_core::{Condition, Marketplace, PartnerTag, RequestContext, Result};
use serde::Serialize;

use super::field::{Fields, LONG_TEXT};
use super::warning::{self, RequestWarning};
use super::{ApiOperation, no_tag};

/// Who asks, and what they would like to be answered in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Audience {
    /// The tag on the links of the answer. Its shop is the one that is asked.
    pub partner_tag: PartnerTag,
    /// The preferred language, as `de_DE`. One the shop does not speak is ignored by Amazon.
    pub language: Option<String>,
    /// The preferred currency. One the shop does not know is ignored by Amazon.
    pub currency: Option<String>,
    /// Which offers count.
    pub condition: Condition,
    /// Reserved by Amazon: in the SDK's models, documented nowhere.
    pub properties: BTreeMap<String, String>,
}

/// The longest tag (SDK, `partnerTag`).
const LONGEST_TAG: usize = 64;
/// The longest currency (SDK, `currencyOfPreference`).
const LONGEST_CURRENCY: usize = 100;

impl Audience {
    /// Answers in the shop's own language and currency.
    pub fn new(partner_tag: PartnerTag) -> Self {
        Self {
            partner_tag,
            language: None,
            currency: None,
            condition: Condition::default(),
            properties: BTreeMap::new(),
        }
    }

    /// As the context says.
    ///
    /// # Errors
    /// `ConfigInvalid` with reason `no_tag` if the context has no tag: the API is asked only with one.
    pub(super) fn of(context: &RequestContext, operation: ApiOperation) -> Result<Self> {
        let partner_tag = context.tag().ok_or_else(|| no_tag(context, operation))?.clone();
        Ok(Self {
            language: context.language.clone(),
            currency: context.currency.clone(),
            condition: context.condition,
            ..Self::new(partner_tag)
        })
    }

    pub(super) fn marketplace(&self) -> Marketplace {
        self.partner_tag.marketplace()
    }

    pub(super) fn check(&self, fields: &Fields) -> Result<()> {
        fields.text("partnerTag", self.partner_tag.as_str(), LONGEST_TAG)?;
        if let Some(language) = &self.language {
            fields.text("languagesOfPreference", language, LONG_TEXT)?;
        }
        if let Some(currency) = &self.currency {
            fields.text("currencyOfPreference", currency, LONGEST_CURRENCY)?;
        }
        Ok(())
    }

    pub(super) fn warnings(&self) -> Vec<RequestWarning> {
        let shop = self.marketplace();
        let language = self.language.as_deref().and_then(|language| warning::language(shop, language));
        let currency = self.currency.as_deref().and_then(|currency| warning::currency(shop, currency));
        language.into_iter().chain(currency).collect()
    }

    /// The members of a body.
    pub(super) fn members(&self) -> Members<'_> {
        Members {
            partner_tag: self.partner_tag.as_str(),
            languages_of_preference: self.language.as_deref().into_iter().collect(),
            currency_of_preference: self.currency.as_deref(),
            condition: match self.condition {
                Condition::New => Some("New"),
                // Also Amazon's default.
                _ => None,
            },
            properties: &self.properties,
        }
    }

    /// The members of a body without offers.
    pub(super) fn members_without_offers(&self) -> Members<'_> {
        const NONE: &BTreeMap<String, String> = &BTreeMap::new();
        Members { currency_of_preference: None, condition: None, properties: NONE, ..self.members() }
    }
}

/// Names: SDK and documentation, which agree on these (`properties`: SDK alone).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Members<'a> {
    partner_tag: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    languages_of_preference: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    currency_of_preference: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    condition: Option<&'a str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    properties: &'a BTreeMap<String, String>,
}
