//! From Amazon's answer to an [`Item`] that knows how long each part may be shown.
//!
//! What has no place in an item, as labels and unknown members, stays behind; so does a number that is none of the kind
//! expected, as half a pixel. Texts are Amazon's, untouched.

use linkwright_core::{
    Ancestor, Asin, Availability, AvailabilityKind, BrowseNode, BrowseNodeInfo, ChildNode, Contributor,
    CustomerReviews, Deal, Dimensions, Image, ImageOwner, ImageSizes, Images, Item, ItemDetails, Language,
    Measure, Merchant, Money, Offer, OfferCondition, OfferConditionKind, OfferKind, Offers, Price,
    Refinement, RefinementBin, SalesRank, Saving, SavingBasis, SavingBasisKind, ShopInfo, Timestamp, TradeIn,
    VariationAttribute, VariationDimension, VariationSummary,
};

use crate::wire::{self, Number};

/// The item, as fetched at this time; `None` without a link, which is what an item is for.
pub(crate) fn item(asin: Asin, wire: wire::Item, at: Timestamp) -> Option<Item> {
    let mut item = Item::new(asin, wire.detail_page_url.filter(|url| !url.is_empty())?);
    item.parent_asin = wire.parent_asin.and_then(|text| Asin::parse(&text).ok());
    let Said { title, mut details, trade_in } = wire.item_info.map(item_info).unwrap_or_default();
    item.trade_in = trade_in.map(|trade_in| trade_in.fetched(at));
    details.variation_attributes =
        wire.variation_attributes.into_iter().filter_map(variation_attribute).collect();
    let mut info = ShopInfo::default();
    info.title = title;
    info.images = wire.images.map(images).unwrap_or_default();
    info.details = details;
    info.reviews = wire.customer_reviews.and_then(reviews);
    item.shop_info = (info != ShopInfo::default()).then(|| info.fetched(at));
    // An empty list says something: nothing is featured.
    item.offers = wire
        .offers_v2
        .map(|offers| Offers::new(offers.listings.into_iter().map(offer).collect()).fetched(at));
    let nodes = wire.browse_node_info.map(browse_node_info).filter(|info| *info != BrowseNodeInfo::default());
    item.browse_node_info = nodes.map(|info| info.fetched(at));
    Some(item)
}

fn whole(number: Option<Number>) -> Option<u64> {
    number?.to_u64()
}

fn text(text: Option<wire::Text>) -> Option<String> {
    text?.display_value
}

fn texts(texts: Option<wire::Texts>) -> Vec<String> {
    texts.map(|texts| texts.display_values).unwrap_or_default()
}

fn images(images: wire::Images) -> Images {
    let primary = images.primary.map(image_sizes).unwrap_or_default();
    Images::new(primary, images.variants.into_iter().map(image_sizes).collect())
}

fn image_sizes(sizes: wire::ImageType) -> ImageSizes {
    let mut converted = ImageSizes::default();
    converted.small = sizes.small.and_then(image);
    converted.medium = sizes.medium.and_then(image);
    converted.large = sizes.large.and_then(image);
    converted.high_res = sizes.hi_res.and_then(image);
    converted
}

fn image(size: wire::ImageSize) -> Option<Image> {
    let mut image = Image::new(size.url?, ImageOwner::Amazon);
    let pixels = |number| whole(number).and_then(|pixels| u32::try_from(pixels).ok());
    image.width = pixels(size.width);
    image.height = pixels(size.height);
    Some(image)
}

fn reviews(reviews: wire::CustomerReviews) -> Option<CustomerReviews> {
    let mut converted = CustomerReviews::default();
    converted.count = whole(reviews.count);
    converted.stars = reviews.star_rating.and_then(|rating| rating.value?.to_plain());
    (converted != CustomerReviews::default()).then_some(converted)
}

fn variation_attribute(attribute: wire::VariationAttribute) -> Option<VariationAttribute> {
    let mut converted = VariationAttribute::default();
    converted.name = attribute.name?;
    converted.value = attribute.value?;
    Some(converted)
}

/// What an `itemInfo` says, by how long it may be shown.
#[derive(Default)]
struct Said {
    title: Option<String>,
    details: ItemDetails,
    trade_in: Option<TradeIn>,
}

fn item_info(info: wire::ItemInfo) -> Said {
    let mut details = ItemDetails::default();
    if let Some(by_line) = info.by_line_info {
        details.brand = text(by_line.brand);
        details.manufacturer = text(by_line.manufacturer);
        details.contributors = by_line.contributors.into_iter().map(contributor).collect();
    }
    if let Some(classifications) = info.classifications {
        details.binding = text(classifications.binding);
        details.product_group = text(classifications.product_group);
    }
    if let Some(content) = info.content_info {
        details.edition = text(content.edition);
        details.pages_count = content.pages_count.and_then(|pages| whole(pages.display_value));
        details.publication_date = text(content.publication_date);
        let languages = content.languages.map(|languages| languages.display_values).unwrap_or_default();
        details.languages = languages.into_iter().map(language).collect();
    }
    details.audience_rating = info.content_rating.and_then(|rating| text(rating.audience_rating));
    if let Some(ids) = info.external_ids {
        details.eans = texts(ids.eans);
        details.isbns = texts(ids.isbns);
        details.upcs = texts(ids.upcs);
    }
    details.features = texts(info.features);
    if let Some(manufacture) = info.manufacture_info {
        details.item_part_number = text(manufacture.item_part_number);
        details.model = text(manufacture.model);
        details.warranty = text(manufacture.warranty);
    }
    if let Some(product) = info.product_info {
        details.color = text(product.color);
        details.size = text(product.size);
        details.is_adult_product = product.is_adult_product.and_then(|flag| flag.display_value);
        details.release_date = text(product.release_date);
        details.unit_count = product.unit_count.and_then(|count| whole(count.display_value));
        details.item_dimensions = product.item_dimensions.and_then(dimensions);
    }
    if let Some(technical) = info.technical_info {
        details.formats = texts(technical.formats);
        details.energy_efficiency_class = text(technical.energy_efficiency_class);
    }
    Said { title: text(info.title), details, trade_in: info.trade_in_info.and_then(trade_in) }
}

fn trade_in(info: wire::TradeInInfo) -> Option<TradeIn> {
    let converted = TradeIn::new(info.is_eligible_for_trade_in, info.price.and_then(money));
    (converted != TradeIn::default()).then_some(converted)
}

fn contributor(contributor: wire::Contributor) -> Contributor {
    let mut converted = Contributor::default();
    converted.name = contributor.name;
    converted.role = contributor.role;
    converted.role_type = contributor.role_type.map(Into::into);
    converted
}

fn language(language: wire::Language) -> Language {
    let mut converted = Language::default();
    converted.name = language.display_value;
    converted.kind = language.kind.map(Into::into);
    converted
}

fn dimensions(dimensions: wire::ItemDimensions) -> Option<Dimensions> {
    let mut converted = Dimensions::default();
    converted.height = dimensions.height.and_then(measure);
    converted.length = dimensions.length.and_then(measure);
    converted.width = dimensions.width.and_then(measure);
    converted.weight = dimensions.weight.and_then(measure);
    (converted != Dimensions::default()).then_some(converted)
}

fn measure(measure: wire::Measure) -> Option<Measure> {
    let mut converted = Measure::default();
    converted.value = measure.display_value?.to_plain()?;
    converted.unit = measure.unit.map(Into::into);
    Some(converted)
}

/// Without an amount and a currency there is no money; without the shop's way of writing it, the two stand for that.
fn money(money: wire::Money) -> Option<Money> {
    let (amount, currency) = (money.amount?.to_plain()?, money.currency?);
    let display = money.display_amount.unwrap_or_else(|| format!("{currency} {amount}"));
    Some(Money::new(amount, currency, display))
}

fn offer(listing: wire::Listing) -> Offer {
    let violates_map = listing.violates_map.unwrap_or(false);
    // A price below what the manufacturer lets be shown must not be (documentation, page "OffersV2").
    let price = listing.price.filter(|_| !violates_map).and_then(price);
    let mut offer = Offer::new(price, listing.availability.map(availability));
    offer.condition = listing.condition.and_then(condition);
    offer.deal = listing.deal_details.map(deal);
    offer.is_buy_box_winner = listing.is_buy_box_winner;
    offer.loyalty_points = listing.loyalty_points.and_then(|points| whole(points.points));
    offer.merchant = listing.merchant_info.map(|merchant| Merchant::new(merchant.id, merchant.name));
    offer.kind = listing.kind.map(|kind| OfferKind::from(kind.as_str()));
    offer.violates_map = violates_map;
    offer
}

fn price(price: wire::Price) -> Option<Price> {
    let mut converted = Price::new(money(price.money?)?);
    converted.per_unit = price.price_per_unit.and_then(money);
    converted.saving = price.savings.and_then(saving);
    converted.basis = price.saving_basis.and_then(saving_basis);
    Some(converted)
}

fn saving(savings: wire::Savings) -> Option<Saving> {
    // Of a broken percentage the whole part is claimed, which is not too much.
    let (money, percent) = (savings.money.and_then(money), whole(savings.percentage));
    (money.is_some() || percent.is_some()).then(|| Saving::new(money, percent))
}

fn saving_basis(basis: wire::SavingBasis) -> Option<SavingBasis> {
    let kind = basis.saving_basis_type.map(|kind| SavingBasisKind::from(kind.as_str()));
    Some(SavingBasis::new(money(basis.money?)?, kind, basis.saving_basis_type_label))
}

fn availability(availability: wire::Availability) -> Availability {
    let kind = availability.kind.map(|kind| AvailabilityKind::from(kind.as_str()));
    let mut converted = Availability::new(kind, availability.message);
    converted.min_quantity = whole(availability.min_order_quantity);
    converted.max_quantity = whole(availability.max_order_quantity);
    converted
}

fn condition(condition: wire::Condition) -> Option<OfferCondition> {
    let value = OfferConditionKind::from(condition.value?.as_str());
    // New offers have a blank note (documentation, page "OffersV2").
    let note = condition.condition_note.filter(|note| !note.trim().is_empty());
    Some(OfferCondition::new(value, condition.sub_condition.map(Into::into), note))
}

fn deal(details: wire::DealDetails) -> Deal {
    let mut deal = Deal::default();
    deal.access_type = details.access_type.map(Into::into);
    // `Ends in ` has a blank at its end, for a countdown that is not there (documentation, page "OffersV2").
    deal.badge = details.badge.map(|badge| badge.trim().to_owned()).filter(|badge| !badge.is_empty());
    deal.start_time = details.start_time;
    deal.end_time = details.end_time;
    deal.percent_claimed = whole(details.percent_claimed);
    deal.early_access_millis = whole(details.early_access_duration_in_milliseconds);
    deal
}

fn browse_node_info(info: wire::BrowseNodeInfo) -> BrowseNodeInfo {
    let rank = info.website_sales_rank.map(|rank| {
        let mut converted = SalesRank::default();
        converted.id = rank.id;
        converted.display_name = rank.display_name;
        converted.context_free_name = rank.context_free_name;
        converted.sales_rank = whole(rank.sales_rank);
        converted
    });
    BrowseNodeInfo::new(info.browse_nodes.into_iter().map(browse_node).collect(), rank)
}

/// The category.
pub(crate) fn browse_node(node: wire::BrowseNode) -> BrowseNode {
    let mut converted = BrowseNode::default();
    converted.id = node.id;
    converted.display_name = node.display_name;
    converted.context_free_name = node.context_free_name;
    converted.is_root = node.is_root;
    converted.sales_rank = whole(node.sales_rank);
    converted.children = node.children.into_iter().map(child_node).collect();
    let mut next = node.ancestor;
    while let Some(ancestor) = next {
        let mut above = Ancestor::default();
        above.id = ancestor.id;
        above.display_name = ancestor.display_name;
        above.context_free_name = ancestor.context_free_name;
        converted.ancestors.push(above);
        next = ancestor.ancestor;
    }
    converted
}

fn child_node(child: wire::BrowseNodeChild) -> ChildNode {
    let mut converted = ChildNode::default();
    converted.id = child.id;
    converted.display_name = child.display_name;
    converted.context_free_name = child.context_free_name;
    converted
}

/// How a search can be narrowed: by department, by category, and by all else.
pub(crate) fn refinements(refinements: wire::SearchRefinements) -> Vec<Refinement> {
    let named = [refinements.search_index, refinements.browse_node];
    named.into_iter().flatten().chain(refinements.other_refinements).filter_map(refinement).collect()
}

fn refinement(refinement: wire::Refinement) -> Option<Refinement> {
    let mut converted = Refinement::default();
    converted.id = refinement.id?;
    converted.display_name = refinement.display_name;
    converted.bins = refinement.bins.into_iter().filter_map(refinement_bin).collect();
    Some(converted)
}

fn refinement_bin(bin: wire::RefinementBin) -> Option<RefinementBin> {
    let mut converted = RefinementBin::default();
    converted.id = bin.id?;
    converted.display_name = bin.display_name;
    Some(converted)
}

/// What the variations of a product have in common.
pub(crate) fn variation_summary(summary: wire::VariationSummary) -> VariationSummary {
    let mut converted = VariationSummary::default();
    converted.variation_count = whole(summary.variation_count);
    converted.page_count = whole(summary.page_count);
    if let Some(price) = summary.price {
        converted.lowest_price = price.lowest_price.and_then(money);
        converted.highest_price = price.highest_price.and_then(money);
    }
    converted.dimensions = summary.variation_dimensions.into_iter().map(variation_dimension).collect();
    converted
}

fn variation_dimension(dimension: wire::VariationDimension) -> VariationDimension {
    let mut converted = VariationDimension::default();
    converted.name = dimension.name;
    converted.display_name = dimension.display_name;
    converted.values = dimension.values;
    converted
}
