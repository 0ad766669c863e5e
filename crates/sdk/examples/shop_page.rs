//! Writes page.html: a card for each product of products.json, or a link where the Creators API gives no data.
//!
//! `docs/guide/develop-without-access.md` shows how it is used; the two files it reads are in `examples/shop-page`.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a program, which reads its environment and speaks to its user"
)]

use std::error::Error;
use std::fs;
use std::sync::Arc;

use linkwright_sdk::core::{
    Account, Asin, Clock, GetItems, Item, ItemView, Marketplace, PartnerTag, ProductSourceExt,
    RequestContext, Resources, Sourced, Timestamp,
};
use linkwright_sdk::zero::{Catalog, CatalogFormat, ZeroSource};
use linkwright_sdk::{
    ApiAccess, ApiSettings, ProductOptions, Profile, ProfileFile, SourceChoice, StoreRegistry,
    StoreSurroundings, SystemClock, config_path, products, state_folder,
};

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(write_page())
}

async fn write_page() -> Result<(), Box<dyn Error>> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    let listed = fs::read_to_string("products.json")?;
    let catalog = Catalog::parse(&listed, CatalogFormat::Json)?;
    let asins = asins(&listed)?;

    // The API with all its layers, and links behind it.
    let access = Arc::new(access(&clock)?);
    let source =
        products(&access, ZeroSource::with_catalog(catalog), &ProductOptions::new(SourceChoice::Auto));
    let tag = variable("LINKWRIGHT_TAG").ok_or("set the environment variable: `LINKWRIGHT_TAG`")?;
    let context = RequestContext::tagged(Account::new("shop-page"), PartnerTag::new(&tag, Marketplace::Us)?);

    // With all that tells offers apart, such as one that is cheaper for subscribers.
    let wanted = GetItems::new(asins).with_resources(Resources::CARD.union(Resources::PRICE));
    let batch = source.run(&context, wanted).await?;
    let cards: Vec<String> = batch.found().iter().map(|(_, item)| card(item, clock.now())).collect();
    let template = fs::read_to_string("template.html")?;
    fs::write("page.html", template.replace("<!-- cards -->", &cards.join("\n")))?;
    Ok(())
}

/// The way to the API: endpoints, credential and shared state are where the command line has them.
fn access(clock: &Arc<dyn Clock>) -> Result<ApiAccess, Box<dyn Error>> {
    let file = ProfileFile::load(&config_path(None, &variable)?)?;
    let profile = Profile::resolve(&file, None, &variable)?;
    let settings = ApiSettings::of_profile(&profile, state_folder(&variable).ok().as_deref(), "1.0.0")?;
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()).collect();
    let around = StoreSurroundings::new(Arc::new(variable), names, Arc::clone(clock));
    let stores = StoreRegistry::standard().open_each(StoreRegistry::default_addresses(&around), &around)?;
    Ok(ApiAccess::new(settings, stores, Arc::clone(clock))?)
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn asins(listed: &str) -> Result<Vec<Asin>, Box<dyn Error>> {
    let products: Vec<serde_json::Value> = serde_json::from_str(listed)?;
    let asins = products.iter().map(|product| Asin::parse(product["asin"].as_str().unwrap_or_default()));
    Ok(asins.collect::<Result<_, _>>()?)
}

/// The HTML of one product. The view has nothing that may not be shown now.
fn card(item: &Sourced<Arc<Item>>, now: Timestamp) -> String {
    let view = ItemView::new(item, now);
    if let Some(degraded) = &view.degraded {
        eprintln!("a link instead of product data: {}: {}", view.asin, degraded.reason);
    }
    let mut lines = vec!["<article>".to_owned()];
    if let Some(picture) = view.image {
        lines.push(format!(r#"<img src="{}" alt="">"#, escaped(picture)));
    }
    lines.push(format!("<h2>{}</h2>", escaped(view.title.unwrap_or(view.asin.as_str()))));
    if let Some((offer, price)) = view.offer.as_ref().and_then(|offer| Some((offer, offer.price?))) {
        let (time, disclaimer) = (&offer.as_of, escaped(offer.disclaimer));
        lines.push(format!("<p><strong>{}</strong></p>", escaped(price)));
        lines.push(format!("<details><summary>as of {time}</summary>{disclaimer}</details>"));
    }
    let link = escaped(view.detail_page_url);
    lines.push(format!(r#"<a href="{link}" rel="sponsored nofollow">See it at Amazon (paid link)</a>"#));
    lines.push("</article>".to_owned());
    lines.join("\n")
}

fn escaped(text: &str) -> String {
    let names = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#x27;")];
    names.iter().fold(text.to_owned(), |text, (character, name)| text.replace(character, name))
}
