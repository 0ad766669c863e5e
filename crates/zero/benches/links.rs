//! How fast links are read and written, beside what a program would do without this crate, in the same run.
//!
//! Everyday product links are those Amazon writes today; *every shape* is what the corpus calls a product, old and new,
//! without wrapper; the whole corpus holds everything, wrappers and negatives included. Baselines: `url::Url::parse`, which yields no ASIN, shop or
//! tag yet; and `captures` of the pattern people paste from forums, which checks no host and knows two shapes.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use linkwright_core::{Asin, Marketplace, PartnerTag};
use linkwright_zero::{OutboundLink, Page, Pins, read};

/// A line of the corpus: the link, and whether it is one to a product, by http and without a wrapper, as its author says.
struct Case {
    link: String,
    plain_product: bool,
}

fn corpus() -> Vec<Case> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/links/corpus.jsonl");
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("cannot read {path}: {error}"));
    let case = |line: &str| {
        let case: serde_json::Value = serde_json::from_str(line).ok()?;
        let link = case["input"].as_str()?.to_owned();
        let plain_product =
            case["kind"] == "product" && case["wrapped"].is_null() && link.starts_with("http");
        Some(Case { link, plain_product })
    };
    text.lines().filter_map(case).collect()
}

/// The forms that Amazon itself writes today: `/dp/`, with or without a slug or language, `/gp/product/`, and the mobile
/// `/gp/aw/d/`, on a shop's own host, with whatever parameters. Not among them: forms of the nineties, music, reviews,
/// panels, and links whose query was encoded into the path.
fn is_everyday(link: &str) -> bool {
    let path = link.split(['?', '#']).next().unwrap_or_default();
    let host = path.split('/').nth(2).unwrap_or_default();
    (host.starts_with("www.amazon.") || host.starts_with("amazon."))
        && ["/dp/", "/gp/product/", "/gp/aw/d/"].iter().any(|form| path.contains(form))
        && !path.contains("%3F")
}

fn reading(criterion: &mut Criterion) {
    let corpus = corpus();
    let products: Vec<&String> =
        corpus.iter().filter(|case| case.plain_product).map(|case| &case.link).collect();
    let everyday: Vec<&String> = products.iter().copied().filter(|link| is_everyday(link)).collect();
    let everything: Vec<&String> = corpus.iter().map(|case| &case.link).collect();
    let naive =
        regex::Regex::new(r"(?:dp|gp/product)/([A-Z0-9]{10})").unwrap_or_else(|error| panic!("{error}"));
    for (name, links) in [
        ("read_everyday_product_links", &everyday),
        ("read_product_links_of_every_shape", &products),
        ("read_whole_corpus", &everything),
    ] {
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Elements(links.len() as u64));
        group.bench_function("linkwright_read", |bench| {
            bench.iter(|| links.iter().filter(|link| read(black_box(link)).is_ok()).count());
        });
        group.bench_function("baseline_url_parse", |bench| {
            bench.iter(|| links.iter().filter(|link| url::Url::parse(black_box(link)).is_ok()).count());
        });
        group.bench_function("naive_regex_captures", |bench| {
            bench.iter(|| links.iter().filter(|link| naive.captures(black_box(link)).is_some()).count());
        });
        group.finish();
    }
}

fn writing(criterion: &mut Criterion) {
    let asins: Vec<Page<'_>> = ["B08N5WRWNW", "B00ZV9RDKK", "080442957X", "B07FZ8S74R"]
        .iter()
        .filter_map(|asin| Asin::parse(asin).ok().map(Page::Product))
        .collect();
    let tags: Vec<PartnerTag> = [("mysite-20", Marketplace::Us), ("mysite-21", Marketplace::De)]
        .iter()
        .filter_map(|(tag, shop)| PartnerTag::new(tag, *shop).ok())
        .collect();
    let mut group = criterion.benchmark_group("write_links");
    group.throughput(Throughput::Elements((asins.len() * tags.len()) as u64));
    let mut buffer = String::with_capacity(256);
    group.bench_function("into_a_reused_buffer", |bench| {
        bench.iter(|| {
            let mut length = 0;
            for page in &asins {
                for tag in &tags {
                    buffer.clear();
                    let written = OutboundLink::tagged(black_box(page), black_box(tag)).write_to(&mut buffer);
                    length += usize::from(written.is_ok()) * buffer.len();
                }
            }
            length
        });
    });
    group.bench_function("into_a_reused_buffer_with_pins", |bench| {
        bench.iter(|| {
            let mut length = 0;
            for page in &asins {
                for tag in &tags {
                    buffer.clear();
                    let link = OutboundLink::tagged(black_box(page), black_box(tag))
                        .with_pins(Pins { th: Some(1), psc: Some(1) });
                    length += usize::from(link.write_to(&mut buffer).is_ok()) * buffer.len();
                }
            }
            length
        });
    });
    group.bench_function("baseline_format_to_a_new_string", |bench| {
        bench.iter(|| {
            let mut length = 0;
            for page in &asins {
                for tag in &tags {
                    let (asin, host) = (
                        page.asin().map(|asin| asin.to_string()).unwrap_or_default(),
                        tag.marketplace().host(),
                    );
                    length += format!("https://{host}/dp/{}?tag={}", black_box(&asin), black_box(tag)).len();
                }
            }
            length
        });
    });
    group.finish();
}

criterion_group!(benches, reading, writing);
criterion_main!(benches);
