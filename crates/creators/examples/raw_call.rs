//! What this version does not know yet: any body to any operation, and members nobody modelled.
//!
//! `cargo run -p linkwright-creators --example raw_call -- B0EMU00000`

#![allow(clippy::print_stdout, reason = "an example shows what it found")]

mod environment;

use linkwright_creators::ApiOperation;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let asin = std::env::args().nth(1).ok_or("name an ASIN")?;
    let (client, context) = (environment::client()?, environment::context()?);

    // The tag is put in where the body has none.
    let body =
        serde_json::json!({ "itemIds": [asin], "resources": ["itemInfo.title"], "brandNewMember": true });
    let answer = client.call_raw(&context, ApiOperation::GetItems, &body.to_string()).await?;
    println!("{answer}");
    Ok(())
}
