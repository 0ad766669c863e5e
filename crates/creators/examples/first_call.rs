//! From a credential to a product: one call, and what Amazon answers as it comes.
//!
//! `cargo run -p linkwright-creators --example first_call -- B0EMU00000`

#![allow(clippy::print_stdout, reason = "an example shows what it found")]

mod environment;

use linkwright_core::{Asin, Resources};
use linkwright_creators::GetItemsRequest;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let asin = Asin::parse(&std::env::args().nth(1).ok_or("name an ASIN")?)?;
    let (client, context) = (environment::client()?, environment::context()?);

    let request = GetItemsRequest::new(&context, [asin], Resources::CARD)?;
    let answer = client.get_items(&context, &request).await?;
    for item in &answer.items {
        let title = item.item_info.as_ref().and_then(|info| info.title.as_ref()?.display_value.as_deref());
        println!("{}", title.unwrap_or("a product without a title"));
        println!("{}", item.detail_page_url.as_deref().unwrap_or_default());
    }
    for error in &answer.errors {
        println!("not shown: {}", error.code.as_deref().unwrap_or("no code"));
    }
    Ok(())
}
