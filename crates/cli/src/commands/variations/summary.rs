//! What the variations of a product have in common: for people and for programs, never past its time.

use linkwright_sdk::core::{Money, PRICE_DISCLAIMER, Perishable, Timestamp, VariationSummary};
use serde::Serialize;

use crate::table::{Column, fitted};

/// What variations have in common, as a line of JSON.
#[derive(Serialize)]
pub(super) struct SummaryLine<'a> {
    format: u8,
    summary: SummaryJson<'a>,
}

#[derive(Serialize)]
struct SummaryJson<'a> {
    asin: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    variations: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pages: Option<u64>,
    dimensions: Vec<DimensionJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lowest_price: Option<MoneyJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    highest_price: Option<MoneyJson<'a>>,
    as_of: String,
    expires: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    disclaimer: Option<&'static str>,
}

#[derive(Serialize)]
struct DimensionJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    display_name: Option<&'a str>,
    values: &'a [String],
}

#[derive(Serialize)]
struct MoneyJson<'a> {
    price: &'a str,
    amount: &'a str,
    currency: &'a str,
}

impl<'a> MoneyJson<'a> {
    fn new(money: &'a Money) -> Self {
        Self { price: &money.display, amount: &money.amount, currency: &money.currency }
    }
}

/// The line of JSON; `None` after its time.
pub(super) fn json<'a>(
    asin: &str,
    summary: &'a Perishable<VariationSummary>,
    now: Timestamp,
) -> Option<SummaryLine<'a>> {
    let shown = summary.at(now)?;
    let dimension = |one: &'a linkwright_sdk::core::VariationDimension| DimensionJson {
        name: one.name.as_deref(),
        display_name: one.display_name.as_deref(),
        values: &one.values,
    };
    let priced = shown.lowest_price.is_some() || shown.highest_price.is_some();
    Some(SummaryLine {
        format: 1,
        summary: SummaryJson {
            asin: asin.to_owned(),
            variations: shown.variation_count,
            pages: shown.page_count,
            dimensions: shown.dimensions.iter().map(dimension).collect(),
            lowest_price: shown.lowest_price.as_ref().map(MoneyJson::new),
            highest_price: shown.highest_price.as_ref().map(MoneyJson::new),
            as_of: summary.fetched_at().to_string(),
            expires: summary.expires_at().to_string(),
            disclaimer: priced.then_some(PRICE_DISCLAIMER),
        },
    })
}

/// What it says to people.
pub(super) struct Shown {
    pub(super) lines: Vec<String>,
    /// Whether a price is among it, beside which its time must stand.
    pub(super) priced: bool,
}

/// The lines for people; none after its time.
pub(super) fn lines(
    asin: &str,
    summary: &Perishable<VariationSummary>,
    now: Timestamp,
    width: Option<usize>,
) -> Shown {
    let Some(shown) = summary.at(now) else { return Shown { lines: Vec::new(), priced: false } };
    let counted = |count: u64| format!("{count} {}", if count == 1 { "variation" } else { "variations" });
    let count = shown.variation_count.map_or_else(|| "variations".to_owned(), counted);
    let mut rows = vec![vec![asin.to_owned(), count]];
    for dimension in &shown.dimensions {
        let name = dimension.display_name.as_deref().or(dimension.name.as_deref()).unwrap_or("other");
        rows.push(vec![name.to_owned(), dimension.values.join(", ")]);
    }
    let price = match (&shown.lowest_price, &shown.highest_price) {
        (Some(low), Some(high)) if low.display == high.display => Some(low.display.clone()),
        (Some(low), Some(high)) => Some(format!("{} to {}", low.display, high.display)),
        (Some(low), None) => Some(format!("from {}", low.display)),
        (None, Some(high)) => Some(format!("up to {}", high.display)),
        (None, None) => None,
    };
    let priced = price.is_some();
    rows.extend(price.map(|price| vec!["Price".to_owned(), price]));
    Shown { lines: fitted(&rows, &[Column::Left, Column::Cut], width), priced }
}

/// What the shop calls the attributes, by the API's names.
pub(super) fn names(
    summary: &Perishable<VariationSummary>,
    now: Timestamp,
) -> impl Iterator<Item = (&str, &str)> {
    let dimensions = summary.at(now).map(|shown| shown.dimensions.as_slice()).unwrap_or_default();
    dimensions.iter().filter_map(|one| Some((one.name.as_deref()?, one.display_name.as_deref()?)))
}
