//! The conformance cases for sources of products: the list, and what the cases have in common.
//!
//! They say what every source has in common: accounting, order, links and tags, pages, errors. What a service answers is not
//! their subject. The cases themselves are in the files beside, one for each operation, and one for what holds for all.

use std::time::Duration;

use linkwright_core::{
    Account, GetBrowseNodes, GetItems, GetVariations, ImageOwner, Item, Offers, PartnerTag, Perishable,
    Query, RequestContext, SearchItems, ShopInfo, Source, Sourced, TradeIn,
};

use crate::case::{Case, Outcome, check, check_equal};
use crate::source_fixture::SourceFixture;

mod browse_nodes;
mod items;
mod needs;
mod search;
mod variations;
mod whole;

/// A behaviour of sources, checked on whatever a [`SourceFixture`] opens.
pub type SourceCase = Case<dyn SourceFixture>;

/// All cases, each with a name of its own.
pub fn source_cases() -> Vec<SourceCase> {
    [items::cases(), search::cases(), variations::cases(), browse_nodes::cases(), whole::cases()].concat()
}

/// A case from the function of the same name and its needs.
macro_rules! case {
    ($name:ident, $needs:expr, $shows:literal) => {
        SourceCase {
            name: stringify!($name),
            shows: $shows,
            needs: $needs,
            run: |fixture| Box::pin($name(fixture)),
        }
    };
}
use case;

fn context(fixture: &dyn SourceFixture) -> RequestContext {
    RequestContext::tagged(Account::new("conformance"), fixture.tag())
}

/// A query of each operation the source answers, or of each it does not.
fn queries(fixture: &dyn SourceFixture, answered: bool) -> Vec<Query> {
    let can = fixture.capabilities();
    let product = fixture.with_variations().or_else(|| fixture.known().first().copied());
    let all = [
        (can.get_items, Some(GetItems::new(fixture.known()).into())),
        (can.search_items, Some(SearchItems::new(fixture.words()).into())),
        (can.get_variations, product.map(|asin| GetVariations::new(asin).into())),
        (can.get_browse_nodes, Some(GetBrowseNodes::new(fixture.known_browse_nodes()).into())),
    ];
    all.into_iter().filter(|(can, _)| *can == answered).filter_map(|(_, query)| query).collect()
}

/// The tags in a link, each as often as it is there.
fn tags_in(url: &str) -> Vec<&str> {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    query.split('&').filter_map(|parameter| parameter.strip_prefix("tag=")).collect()
}

fn check_link(url: &str, tag: &PartnerTag) -> Outcome {
    let prefix = format!("https://{}/", tag.marketplace().host());
    check(url.starts_with(&prefix), || format!("a link to another place than {prefix}: {url}"))?;
    check_equal("tags in a link", &tags_in(url), &vec![tag.as_str()])
}

fn check_lifetime<T>(what: &str, value: &Perishable<T>, longest: Duration) -> Outcome {
    check(value.at(value.expires_at()).is_none(), || format!("{what} outlives its time"))?;
    let lifetime = value.expires_at().since(value.fetched_at());
    check(lifetime <= longest, || format!("{what} lives {} s, not {}", lifetime.as_secs(), longest.as_secs()))
}

fn check_offers(fixture: &dyn SourceFixture, item: &Item) -> Outcome {
    if let Some(trade_in) = &item.trade_in {
        check_lifetime(&format!("the trade-in price of `{}`", item.asin), trade_in, TradeIn::LIFETIME)?;
    }
    let (Some(offers), asin) = (&item.offers, item.asin) else { return Ok(()) };
    check(fixture.capabilities().offers, || format!("an offer for `{asin}` from a source without offers"))?;
    check_lifetime(&format!("the offer for `{asin}`"), offers, Offers::LIFETIME)
}

fn check_shop_info(item: &Item) -> Outcome {
    let (own, asin) = (item.image.as_ref(), item.asin);
    check(own.is_none_or(|image| image.owner == ImageOwner::Author), || {
        format!("a picture of Amazon's for `{asin}` in the author's place")
    })?;
    let Some(info) = &item.shop_info else { return Ok(()) };
    check_lifetime(&format!("what the shop says of `{asin}`"), info, ShopInfo::LIFETIME)?;
    let Some(readable) = info.at(info.fetched_at()) else { return Ok(()) };
    check(readable.images.iter().all(|image| image.owner == ImageOwner::Amazon), || {
        format!("a picture of the author's for `{asin}` among the shop's")
    })
}

/// What somebody was asked for says when; what was made here does not pretend.
fn check_time<T>(what: &str, value: &Sourced<T>) -> Outcome {
    let asked = matches!(value.source, Source::Creators | Source::Cache);
    check(asked == value.fetched_at.is_some(), || {
        format!("{what} from {} with the time {:?}", value.source, value.fetched_at)
    })
}

/// All that holds for a product wherever it stands.
fn check_item(fixture: &dyn SourceFixture, item: &Sourced<std::sync::Arc<Item>>) -> Outcome {
    check_link(&item.value.detail_page_url, &fixture.tag())?;
    check_offers(fixture, &item.value)?;
    check_shop_info(&item.value)?;
    check_time(&format!("`{}`", item.value.asin), item)
}
