//! One product as a person reads it in a terminal: its number, and beside it what may be shown of it.

use linkwright_sdk::core::{ItemView, OfferView};

use crate::printable::without_fraction;

/// How wide a feature may be before it is cut; a terminal has 80 columns and the number takes 12.
const FEATURE_WIDTH: usize = 100;

/// The lines of a card, without their end.
pub(super) fn lines(view: &ItemView<'_>) -> Vec<String> {
    let without_title = if view.source == "zero" { "(no title: not in your catalog)" } else { "(no title)" };
    let title = view.title.unwrap_or(without_title);
    let mut beside = vec![title.to_owned()];
    beside.extend(view.byline.as_ref().map(|byline| format!("by {byline}")));
    beside.extend(view.offer.as_ref().and_then(price));
    beside.extend(view.offer.as_ref().map(availability));
    beside.extend(view.note.map(str::to_owned));
    beside.extend(details(view));
    beside.push(view.detail_page_url.to_owned());
    beside.extend(view.image.map(str::to_owned));
    let mut rows: Vec<Vec<String>> = beside.into_iter().map(|text| vec![String::new(), text]).collect();
    rows[0][0] = view.asin.to_string();
    crate::table::lines(&rows)
}

/// `$39.99 (was $49.99, saves $10.00, 20 %)`.
fn price(offer: &OfferView<'_>) -> Option<String> {
    let price = offer.price?;
    let mut beside = Vec::new();
    // The shop's own word for the basis, whose colon some shops add and others do not.
    if let Some(basis) = offer.saving_basis {
        let label = offer.saving_basis_label.map_or("was", |label| label.trim_end_matches([':', ' ']));
        beside.push(format!("{label} {basis}"));
    }
    beside.extend(offer.saving.map(|saving| format!("saves {saving}")));
    beside.extend(offer.saving_percent.map(|percent| format!("{percent} %")));
    beside.extend(offer.price_per_unit.map(str::to_owned));
    Some(if beside.is_empty() { price.to_owned() } else { format!("{price} ({})", beside.join(", ")) })
}

/// `In Stock, as of 2026-11-22T20:00:00Z`: an offer is never shown without its time.
fn availability(offer: &OfferView<'_>) -> String {
    let said = offer.availability.or(offer.availability_type);
    let deal = offer.deal.and_then(|deal| deal.badge.as_deref()).map(str::trim);
    let condition = offer.condition.filter(|condition| !matches!(*condition, "New" | "Unknown"));
    let seller =
        offer.merchant.and_then(|merchant| merchant.name.as_deref()).map(|name| format!("sold by {name}"));
    let mut parts: Vec<String> = [condition, said, deal].into_iter().flatten().map(str::to_owned).collect();
    parts.extend(seller);
    parts.push(format!("as of {}", without_fraction(&offer.as_of)));
    parts.join(", ")
}

/// What else the shop says, for who asked for it.
fn details(view: &ItemView<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(info) = view.details {
        lines.extend(info.features.iter().map(|feature| format!("- {}", cut(feature))));
        let numbers = [("EAN", &info.eans), ("ISBN", &info.isbns), ("UPC", &info.upcs)];
        let named = numbers.iter().filter(|(_, values)| !values.is_empty());
        lines.extend(named.map(|(name, values)| format!("{name} {}", values.join(", "))));
    }
    if let Some(nodes) = view.categories {
        let rank = nodes.website_sales_rank.as_ref().and_then(|rank| {
            Some(format!(
                "rank {} in {}",
                rank.sales_rank?,
                rank.display_name.as_deref().unwrap_or("the shop")
            ))
        });
        lines.extend(rank);
    }
    lines
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(FEATURE_WIDTH) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}
