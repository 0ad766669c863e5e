//! What a price box shows, with the rules kept: no price past its hour, none that must not be shown.
//!
//! `cargo run -p linkwright-creators --example price_box -- B0EMU00000 B0EMU00001`

#![allow(clippy::print_stdout, reason = "an example shows what it found")]

mod environment;

use std::sync::Arc;

use linkwright_core::{Asin, Clock, GetItems, PRICE_DISCLAIMER, ProductSourceExt, Resources};
use linkwright_creators::{CreatorsSource, SystemClock};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let asins: Vec<Asin> =
        std::env::args().skip(1).map(|text| Asin::parse(&text)).collect::<Result<_, _>>()?;
    let source = CreatorsSource::new(Arc::new(environment::client()?));
    let (context, clock) = (environment::context()?, SystemClock::new());

    // Any number of products: ten a call.
    let wanted = GetItems::new(asins).with_resources(Resources::CARD.union(Resources::PRICE));
    let batch = source.run(&context, wanted).await?;
    for (asin, item) in batch.found() {
        let (now, product) = (clock.now(), &item.value);
        println!("{} {asin}", product.brand(now).unwrap_or("no brand"));
        match product.best_price(now) {
            Some(price) => println!("  {} as of {}", price.money.display, item.fetched_at.unwrap_or(now)),
            None => println!("  see the price at Amazon"),
        }
        if let Some(picture) = product.image_at_least(160, now) {
            println!("  {}", picture.url);
        }
        println!("  {}", product.detail_page_url);
    }
    for (asin, reason) in batch.missing() {
        println!("{asin}: {reason:?}");
    }
    println!("{PRICE_DISCLAIMER}");
    Ok(())
}
