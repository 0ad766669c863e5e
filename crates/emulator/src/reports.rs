//! The reports of the emulated account, and what is in them: made-up earnings as tab-separated values.
//!
//! That there are reports, how they are listed and that they are compressed TSV is known from the official SDK. Their
//! columns are documented nowhere: these are made up after the earnings report that Associates know.

use linkwright_core::{Marketplace, TagSuffix};
use serde_json::Value;

use crate::made_up;
use crate::random::Random;
use crate::shelf::{Lookup, Shelf};

/// A report in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) filename: &'static str,
    /// `CREATOR_CENTRAL` or `CREATOR_CONNECTIONS`; an older report has none, as the SDK's older model knows none.
    pub(crate) report_type: Option<&'static str>,
    content: Content,
    year: u64,
    rows: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    Earnings,
    Campaigns,
}

/// How many products the account's readers buy.
const PRODUCTS: usize = 300;

/// All reports. The SDK's example of a name is `mystore-report-2026.tsv.gz`; the emulated store is `demo`.
#[rustfmt::skip] // One report is one row.
pub(crate) const REPORTS: [Report; 4] = [
    Report { filename: "demo-report-2024.tsv.gz", report_type: None, content: Content::Earnings, year: 2024, rows: 4000 },
    Report { filename: "demo-report-2025.tsv.gz", report_type: Some("CREATOR_CENTRAL"), content: Content::Earnings, year: 2025, rows: 9000 },
    Report { filename: "demo-report-2026.tsv.gz", report_type: Some("CREATOR_CENTRAL"), content: Content::Earnings, year: 2026, rows: 16_000 },
    Report { filename: "demo-connections-2026.tsv.gz", report_type: Some("CREATOR_CONNECTIONS"), content: Content::Campaigns, year: 2026, rows: 6000 },
];

/// A product that was bought.
struct Sold {
    asin: String,
    title: String,
    group: String,
    hundredths: u64,
}

impl Report {
    /// The report's rows under their heads, in the order of their days. `change` makes up others.
    pub(crate) fn text(&self, shelf: &Shelf, seed: u64, shop: Marketplace, change: u64) -> String {
        let products = sold(shelf, shop);
        let mut random = Random::new(seed, &format!("{} {change}", self.filename));
        let suffix = shop.tag_suffix().map_or(20, TagSuffix::number);
        let mut tsv = match self.content {
            Content::Earnings => {
                "Date\tTracking ID\tASIN\tTitle\tCategory\tDevice\tClicks\tItems Shipped\tReturns\tRevenue\tEarnings\tCurrency\n"
            }
            Content::Campaigns => "Date\tTracking ID\tCampaign\tASIN\tTitle\tItems Shipped\tRevenue\tBonus Rate\tBonus\tCurrency\n",
        }
        .to_owned();
        for row in 0..self.rows {
            let product = random.pick(&products);
            let day = u64::try_from(row * 336 / self.rows).unwrap_or(0);
            let date = format!("{}-{:02}-{:02}", self.year, day / 28 + 1, day % 28 + 1);
            let tag = format!("demo{}-{suffix}", random.pick(&["", "blog", "shop", "mail"]));
            let shipped = random.between(1, 4);
            let revenue = product.hundredths * shipped;
            let Sold { asin, title, group, .. } = product;
            let (money, currency) =
                (|hundredths: u64| format!("{}.{:02}", hundredths / 100, hundredths % 100), shop.currency());
            tsv.push_str(&match self.content {
                Content::Earnings => {
                    let (device, clicks) = (random.pick(&["DESKTOP", "PHONE", "TABLET"]), random.between(shipped, 400));
                    let (returns, rate) = (u64::from(random.below(12) == 0), random.between(1, 10));
                    let (earnings, revenue) = (money(revenue * rate / 100), money(revenue));
                    format!(
                        "{date}\t{tag}\t{asin}\t{title}\t{group}\t{device}\t{clicks}\t{shipped}\t{returns}\t{revenue}\t{earnings}\t{currency}\n"
                    )
                }
                Content::Campaigns => {
                    let (campaign, rate) = (random.between(1001, 1012), random.between(5, 20));
                    let (bonus, revenue) = (money(revenue * rate / 100), money(revenue));
                    format!(
                        "{date}\t{tag}\tEMU-{campaign}\t{asin}\t{title}\t{shipped}\t{revenue}\t{rate}%\t{bonus}\t{currency}\n"
                    )
                }
            });
        }
        tsv
    }
}

/// Products with a price, of those first made up.
fn sold(shelf: &Shelf, shop: Marketplace) -> Vec<Sold> {
    let numbers = (0..made_up::COUNT).take(PRODUCTS);
    let products = numbers.filter_map(|number| {
        let Lookup::Found { asin, item } = shelf.look_up(&made_up::asin_of(number), shop) else {
            return None;
        };
        let amount = item.pointer("/offersV2/listings/0/price/money/amount")?.as_f64()?;
        let text = |path: &str| {
            item.pointer(path).and_then(Value::as_str).unwrap_or_default().replace(['\t', '\n'], " ")
        };
        Some(Sold {
            asin: asin.as_str().to_owned(),
            title: text("/itemInfo/title/displayValue"),
            group: text("/itemInfo/classifications/productGroup/displayValue"),
            hundredths: (amount * 100.0) as u64,
        })
    });
    products.collect()
}
