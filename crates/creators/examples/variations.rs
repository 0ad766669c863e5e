//! The sizes and colours of a product, and what they cost.
//!
//! `cargo run -p linkwright-creators --example variations -- ASIN`

#![allow(clippy::print_stdout, reason = "an example shows what it found")]

mod environment;

use std::sync::Arc;

use linkwright_core::{Asin, Clock, ProductSourceExt};
use linkwright_creators::{CreatorsSource, SystemClock};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let asin = Asin::parse(&std::env::args().nth(1).ok_or("name an ASIN")?)?;
    let source = CreatorsSource::new(Arc::new(environment::client()?));
    let page = source.variations(&environment::context()?, asin).await?.value;
    let now = SystemClock::new().now();
    if let Some(summary) = page.summary.as_ref().and_then(|summary| summary.at(now)) {
        println!("{} variations", summary.variation_count.unwrap_or(0));
        for dimension in &summary.dimensions {
            println!("{}: {}", dimension.display_name.as_deref().unwrap_or("?"), dimension.values.join(", "));
        }
    }
    for variation in &page.items {
        let details = variation.value.shop_info.as_ref().and_then(|info| info.at(now));
        let attributes = details.map(|info| info.details.variation_attributes.as_slice()).unwrap_or_default();
        let attributes: Vec<&str> = attributes.iter().map(|attribute| attribute.value.as_str()).collect();
        println!("{} {}", variation.value.asin, attributes.join(", "));
    }
    Ok(())
}
