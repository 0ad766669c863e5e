//! A category with what is above and below it.
//!
//! `cargo run -p linkwright-creators --example browse_nodes -- NUMBER`

#![allow(clippy::print_stdout, reason = "an example shows what it found")]

mod environment;

use std::sync::Arc;

use linkwright_core::{BrowseNodeId, Clock, ProductSourceExt};
use linkwright_creators::{CreatorsSource, SystemClock};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let id: BrowseNodeId = std::env::args().nth(1).ok_or("name a browse node")?.parse()?;
    let source = CreatorsSource::new(Arc::new(environment::client()?));
    let batch = source.browse_nodes(&environment::context()?, &[id]).await?;
    let now = SystemClock::new().now();
    for (_, page) in batch.found() {
        let Some(node) = page.value.node.as_ref().and_then(|node| node.at(now)) else { continue };
        let above = node.ancestors.iter().rev().filter_map(|ancestor| ancestor.display_name.as_deref());
        let path: Vec<&str> = above.chain(node.display_name.as_deref()).collect();
        println!("{}", path.join(" > "));
        for child in &node.children {
            println!("  {}", child.display_name.as_deref().unwrap_or("?"));
        }
    }
    Ok(())
}
