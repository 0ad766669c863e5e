//! Reading a product link and writing into a buffer with room take no memory from the heap.
//!
//! The counter counts its own thread only, so other tests of this program do not disturb it.

use std::hint::black_box;

use allocation_counter::measure;
use linkwright_core::{Asin, Marketplace, PartnerTag};
use linkwright_zero::{OutboundLink, Page, Pins, read};

fn allocations_of_reading(link: &str) -> u64 {
    let mut product = false;
    let info =
        measure(|| product = black_box(read(black_box(link))).is_ok_and(|link| link.page.asin().is_some()));
    assert!(product, "no product link: {link}");
    info.count_total
}

#[test]
fn the_counter_counts() {
    assert_eq!(measure(|| drop(black_box(String::with_capacity(black_box(10))))).count_total, 1);
    // What cannot be borrowed from the input must be made.
    assert!(allocations_of_reading("https://www.amazon.com/dp/B08N5WRWNW?tag=x%2D20") > 0);
}

#[test]
fn reading_a_product_link_allocates_nothing() {
    let mut wrong = Vec::new();
    for shop in Marketplace::ALL {
        let host = shop.host();
        for path in [
            "/dp/B08N5WRWNW",
            "/dp/B08N5WRWNW/",
            "/dp/b08n5wrwnw?tag=x-20",
            "/dp/080442957X/ref=sr_1_1",
            "/Some-Kettle-1-7-Litre/dp/B08N5WRWNW/ref=sr_1_1_sspa?crid=1A2B&keywords=kettle&qid=1&sr=8-1&th=1&psc=1",
            "/K%C3%BChler/dp/B08N5WRWNW?tag=x-20&linkCode=ll1&ascsubtag=page7&language=en_US#reviews",
            "/dp/B08N5WRWNW?tag=x-20&amp;th=1",
            "/gp/product/B08N5WRWNW?ie=UTF8&tag=x-20",
            "/gp/aw/d/B08N5WRWNW",
            "/-/en/Some-Kettle/dp/B08N5WRWNW?tag=x-20",
            "/exec/obidos/ASIN/B08N5WRWNW/x-20",
            "/product-reviews/B08N5WRWNW",
        ] {
            for before in
                ["https://www.", "http://www.", "https://", "www.", "HTTPS://WWW.", "https://smile."]
            {
                let link = format!("{before}{}{path}", host.trim_start_matches("www."));
                let count = allocations_of_reading(&link);
                if count > 0 {
                    wrong.push(format!("{count} allocations: {link}"));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} links, the first of them:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(30)].join("\n")
    );
}

#[test]
fn writing_into_a_buffer_with_room_allocates_nothing() {
    let pages = [
        Page::Product(Asin::parse("B08N5WRWNW").unwrap()),
        Page::Search { words: "Größe 42".into(), index: Some("shoes".into()) },
        Page::BrowseNode("172282".into()),
        Page::Bestsellers(Some("electronics/172282".into())),
        Page::Author("B000APRTKE".into()),
        Page::Prime,
    ];
    let mut buffer = String::with_capacity(1024);
    for shop in Marketplace::ALL.into_iter().filter(|shop| shop.has_associates()) {
        let tag = PartnerTag::new("demo-20", shop).unwrap();
        for page in &pages {
            let link = OutboundLink::tagged(page, &tag)
                .with_pins(Pins { th: Some(1), psc: Some(1) })
                .with_ascsubtag("page|7")
                .unwrap();
            buffer.clear();
            let info = measure(|| link.write_to(&mut buffer).unwrap());
            assert_eq!(info.count_total, 0, "{buffer}");
            assert!(buffer.contains("tag=demo-20"));
        }
    }
}
