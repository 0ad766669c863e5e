//! Values that a shop's table does not have. Amazon ignores such languages and currencies silently.

use std::fmt;

use linkwright_core::Marketplace;

use super::field::quotable;

/// A value Amazon would take, but probably not as it is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RequestWarning {
    /// The field, as the API names it.
    pub field: &'static str,
    /// What is wrong with its value, in one line.
    pub message: String,
    /// What to use instead.
    pub hint: String,
}

impl fmt::Display for RequestWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

pub(super) fn language(shop: Marketplace, language: &str) -> Option<RequestWarning> {
    let known = shop.languages();
    (!known.contains(&language)).then(|| RequestWarning {
        field: "languagesOfPreference",
        message: format!(
            "Amazon probably ignores a language that {} does not speak: `{}`",
            shop.host(),
            shown(language)
        ),
        hint: format!("it speaks: `{}`", known.join("`, `")),
    })
}

pub(super) fn currency(shop: Marketplace, currency: &str) -> Option<RequestWarning> {
    let known = shop.currencies();
    (!known.contains(&currency)).then(|| RequestWarning {
        field: "currencyOfPreference",
        message: format!(
            "Amazon probably ignores a currency that {} does not know: `{}`",
            shop.host(),
            shown(currency)
        ),
        hint: match known {
            [only] => format!("it has one only: `{only}`"),
            many => format!(
                "it knows {} currencies, among them: `{}`",
                many.len(),
                many[..many.len().min(5)].join("`, `")
            ),
        },
    })
}

pub(super) fn search_index(shop: Marketplace, index: &str) -> Option<RequestWarning> {
    let known = shop.search_indexes();
    (!known.contains(&index)).then(|| RequestWarning {
        field: "searchIndex",
        message: format!("{} probably has no such department: `{}`", shop.host(), shown(index)),
        hint: match shop.nearest_search_index(index) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it has: `{}`", known.join("`, `")),
        },
    })
}

fn shown(text: &str) -> String {
    quotable(&text.chars().take(40).collect::<String>())
}
