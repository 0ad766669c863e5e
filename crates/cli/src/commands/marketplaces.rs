//! `linkwright marketplaces`: what is known of Amazon's shops.

use clap::Args;
use linkwright_sdk::core::{Marketplace, TagSuffix};
use serde::Serialize;

use crate::exit::Outcome;
use crate::failure::CommandResult;
use crate::output::Output;

/// List Amazon's shops: hosts, languages, currencies, usual tag endings
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct MarketplacesArgs {}

const AFTER_HELP: &str = "\
TAG ENDS IN is how tags of a shop usually end; in brackets where no real tag was seen. \
A shop without it has no Associates programme: its links are read, and written untagged.";

#[derive(Serialize)]
struct MarketplacesJson {
    format: u8,
    marketplaces: Vec<MarketplaceJson>,
}

#[derive(Serialize)]
struct MarketplaceJson {
    code: &'static str,
    host: &'static str,
    country: &'static str,
    country_code: &'static str,
    currency: &'static str,
    languages: &'static [&'static str],
    site_languages: &'static [&'static str],
    region_group: Option<&'static str>,
    tag_suffix: Option<String>,
    associates: bool,
}

/// Runs the command.
pub(crate) fn run(output: &mut Output) -> CommandResult<Outcome> {
    if output.json {
        let shops: Vec<MarketplaceJson> = Marketplace::ALL.into_iter().map(json).collect();
        output.json_line(&MarketplacesJson { format: 1, marketplaces: shops })?;
        return Ok(Outcome::Complete);
    }
    let heads = ["SHOP", "HOST", "COUNTRY", "REGION", "CURRENCY", "TAG ENDS IN", "LANGUAGES"];
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    for shop in Marketplace::ALL {
        rows.push(vec![
            shop.code().to_owned(),
            shop.host().to_owned(),
            shop.country().to_owned(),
            shop.region_group().map_or("–", |group| group.code()).to_owned(),
            shop.currency().to_owned(),
            match shop.tag_suffix() {
                Some(TagSuffix::Seen(number)) => format!("-{number}"),
                Some(TagSuffix::Expected(number)) => format!("(-{number})"),
                None => "no tags".to_owned(),
            },
            if shop.languages().is_empty() { "–".to_owned() } else { shop.languages().join(" ") },
        ]);
    }
    for line in crate::table::lines(&rows) {
        output.line(&line)?;
    }
    Ok(Outcome::Complete)
}

fn json(shop: Marketplace) -> MarketplaceJson {
    MarketplaceJson {
        code: shop.code(),
        host: shop.host(),
        country: shop.country(),
        country_code: shop.country_code(),
        currency: shop.currency(),
        languages: shop.languages(),
        site_languages: shop.site_languages(),
        region_group: shop.region_group().map(|group| group.code()),
        tag_suffix: shop.tag_suffix().map(|suffix| format!("-{}", suffix.number())),
        associates: shop.has_associates(),
    }
}
