//! A search over all its pages, cheapest first, with departments to narrow it by.
//!
//! `cargo run -p linkwright-creators --example search -- kettle`

#![allow(clippy::print_stdout, reason = "an example shows what it found")]

mod environment;

use std::pin::pin;
use std::sync::Arc;

use futures_util::StreamExt;
use linkwright_core::{PageBounds, ProductSourceExt, Resources, SearchItems, SortBy};
use linkwright_creators::CreatorsSource;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words = std::env::args().skip(1).collect::<Vec<_>>().join(" ");
    let source = CreatorsSource::new(Arc::new(environment::client()?));
    let context = environment::context()?;

    let resources = Resources::CARD.union(Resources::SEARCH_REFINEMENTS);
    let mut search = SearchItems::new(words).with_resources(resources);
    search.sort_by = Some(SortBy::PriceLowToHigh);

    let first = source.run(&context, search.clone()).await?.value;
    println!("{} products; {}", first.total.unwrap_or(0), first.search_url.unwrap_or_default());
    for refinement in first.refinements {
        let names: Vec<String> = refinement.bins.into_iter().map(|bin| bin.id).collect();
        println!("narrow by {}: {}", refinement.id, names.join(", "));
    }

    // Fifteen products are two pages, so two calls.
    let mut products = pin!(source.search_all(&context, search, PageBounds::items(15)));
    while let Some(product) = products.next().await {
        // After an error that may pass, one who waits as it says can go on: the next turn asks for the same page again, and
        // what came before is not repeated.
        println!("{}", product?.value.detail_page_url);
    }
    Ok(())
}
