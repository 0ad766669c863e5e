//! The author's own catalog: three formats, one meaning, and the line of every mistake.

use linkwright_core::{Asin, ErrorKind};
use linkwright_zero::{Catalog, CatalogFormat};

use CatalogFormat::{Csv, Json, Toml};

fn parse(text: &str, format: CatalogFormat) -> Catalog {
    Catalog::parse(text, format).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn message(text: &str, format: CatalogFormat) -> String {
    let error = Catalog::parse(text, format).expect_err(text);
    assert_eq!(error.kind(), ErrorKind::ConfigInvalid, "{text}");
    error.message().to_owned()
}

/// ASIN, title, note, image of one entry.
fn entry(catalog: &Catalog, asin: &str) -> [Option<String>; 3] {
    let entry =
        catalog.get(Asin::parse(asin).unwrap()).unwrap_or_else(|| panic!("{asin} is not in the catalog"));
    [entry.title.clone(), entry.note.clone(), entry.image.clone()]
}

#[test]
fn the_three_formats_say_the_same() {
    let csv = "asin,title,note,image\n\
               b08n5wrwnw,\"Kettle, 1.7 l\",,https://blog.example/kettle.jpg\n\
               080442957X,,\"two\nlines\",\n";
    let json = r#"[
        {"asin": "B08N5WRWNW", "title": "Kettle, 1.7 l", "note": null, "image": "https://blog.example/kettle.jpg"},
        {"asin": "080442957x", "note": "two\nlines", "title": " "}
    ]"#;
    let toml = "[[item]]\nasin = \"B08N5WRWNW\"\ntitle = \"Kettle, 1.7 l\"\nimage = \"https://blog.example/kettle.jpg\"\n\
                [[item]]\nasin = \"080442957X\"\nnote = \"\"\"two\nlines\"\"\"\n";
    let catalog = parse(csv, Csv);
    assert_eq!(catalog.len(), 2);
    assert_eq!(
        entry(&catalog, "B08N5WRWNW"),
        [Some("Kettle, 1.7 l".into()), None, Some("https://blog.example/kettle.jpg".into())]
    );
    assert_eq!(entry(&catalog, "080442957X"), [None, Some("two\nlines".into()), None]);
    assert_eq!(catalog.get(Asin::parse("B000000000").unwrap()), None);
    assert_eq!(parse(json, Json), catalog);
    assert_eq!(parse(&format!("{{\"items\": {json}}}"), Json), catalog);
    assert_eq!(parse(toml, Toml), catalog);
}

#[test]
fn spreadsheets_write_csv_in_many_ways() {
    let expected = parse("asin,title\nB08N5WRWNW,Kettle\n", Csv);
    for text in [
        "asin;title\nB08N5WRWNW;Kettle\n",
        "asin\ttitle\nB08N5WRWNW\tKettle",
        "\u{feff}asin,title\r\nB08N5WRWNW,Kettle\r\n",
        "ASIN, Title\n B08N5WRWNW , Kettle \n",
        "title,asin\n\n\nKettle,B08N5WRWNW\n\n",
        "asin,title,note,image\nB08N5WRWNW,Kettle,,\n",
    ] {
        assert_eq!(parse(text, Csv), expected, "{text:?}");
    }
}

#[test]
fn an_empty_catalog_is_one() {
    for (text, format) in [
        ("asin\n", Csv),
        ("asin,title", Csv),
        ("[]", Json),
        ("{\"items\":[]}", Json),
        ("", Toml),
        ("# nothing\n", Toml),
    ] {
        assert!(parse(text, format).is_empty(), "{text:?}");
    }
    assert!(Catalog::empty().is_empty());
}

#[test]
fn every_mistake_in_csv_has_its_line() {
    for (text, expected) in [
        ("", "empty; expected a header line with `asin`"),
        ("title\nKettle\n", "line 1: no column `asin`; found: title"),
        ("asin,colour\n", "line 1: unknown field: `colour`; known: asin, title, note, image"),
        ("asin,title\nB08N5WRWNW\n", "line 2: 1 fields where the header has 2"),
        ("asin,title\nB08N5WRWNW,a\nB08N5WRWN1,a,b\n", "line 3: 3 fields where the header has 2"),
        ("asin,title\n,Kettle\n", "line 2: no `asin`"),
        (
            "asin\nB08N5WRWNW\n0306406153\n",
            "line 3: `asin`: not an ISBN-10: the last digit should be 2: `0306406153`",
        ),
        ("asin\r\nB08N5WRWNW\r\nHELLO\r\n", "line 3: `asin`: not an ASIN: expected ten characters: `HELLO`"),
        ("asin,title\nB08N5WRWNW,\"Acme\nB08N5WRWN1,Other\n", "line 2: a quote that is not closed"),
        ("asin\n\n\nHELLO\n", "line 4: `asin`: not an ASIN: expected ten characters: `HELLO`"),
        ("\n\nasin,colour\n", "line 3: unknown field: `colour`; known: asin, title, note, image"),
        (
            "asin,note\nB08N5WRWNW,\"two\nlines\"\nHELLO,\n",
            "line 4: `asin`: not an ASIN: expected ten characters: `HELLO`",
        ),
        ("asin\nB08N5WRWNW\nb08n5wrwnw\n", "line 3: the same ASIN twice: `B08N5WRWNW`"),
        ("asin,title,title\nB08N5WRWNW,a,b\n", "line 1: the same column twice: `title`"),
        (
            "asin,image\nB08N5WRWNW,http://blog.example/a.jpg\n",
            "line 2: `image` must be an https address: `http://blog.example/a.jpg`",
        ),
        (
            "asin,image\nB08N5WRWNW,https://m.media-amazon.com/images/I/71a.jpg\n",
            "line 2: `image` is Amazon's own picture: `https://m.media-amazon.com/images/I/71a.jpg`; Amazon allows those only from its API",
        ),
    ] {
        assert_eq!(message(text, Csv), expected, "{text:?}");
    }
}

#[test]
fn every_mistake_in_json_has_its_place() {
    for (text, expected) in [
        ("", "not JSON: EOF while parsing a value at line 1 column 0"),
        ("[\n{\"asin\": }\n]", "not JSON: expected value at line 2 column 10"),
        ("7", "expected an array of products"),
        ("{}", "expected an array of products, or an object with one under `items`"),
        ("{\"items\": {}}", "expected an array of products, or an object with one under `items`"),
        ("[7]", "items[0]: expected an object"),
        ("[{}]", "items[0]: no `asin`"),
        (
            "[{\"asin\":\"B08N5WRWNW\"},{\"asin\":\"HELLO\"}]",
            "items[1]: `asin`: not an ASIN: expected ten characters: `HELLO`",
        ),
        ("[{\"asin\":8}]", "items[0].asin: expected a text"),
        (
            "[{\"asin\":\"B08N5WRWNW\",\"colour\":\"red\"}]",
            "items[0]: unknown field: `colour`; known: asin, title, note, image",
        ),
        (
            "[{\"asin\":\"B08N5WRWNW\"},{\"asin\":\"B08N5WRWNW\"}]",
            "items[1]: the same ASIN twice: `B08N5WRWNW`",
        ),
    ] {
        assert_eq!(message(text, Json), expected, "{text:?}");
    }
}

#[test]
fn every_mistake_in_toml_has_its_line() {
    for (text, expected) in [
        ("asin = \"B08N5WRWNW\"\n", "line 1: expected tables named `[[item]]`, not `asin`"),
        ("\n[item]\nasin = \"B08N5WRWNW\"\n", "line 2: expected tables named `[[item]]`, not `item`"),
        ("[[product]]\nasin = \"B08N5WRWNW\"\n", "line 1: expected tables named `[[item]]`, not `product`"),
        ("# a\n\n[[item]]\ntitle = \"Kettle\"\n", "line 3: no `asin`"),
        ("[[item]]\nasin = \"HELLO\"\n", "line 1: `asin`: not an ASIN: expected ten characters: `HELLO`"),
        ("[[item]]\nasin = \"B08N5WRWNW\"\ntitle = 7\n", "line 3: `title` must be a text"),
        (
            "[[item]]\nasin = \"B08N5WRWNW\"\ncolour = \"red\"\n",
            "line 3: unknown field: `colour`; known: asin, title, note, image",
        ),
        (
            "[[item]]\nasin = \"B08N5WRWNW\"\n\n[[item]]\nasin = \"B08N5WRWNW\"\n",
            "line 4: the same ASIN twice: `B08N5WRWNW`",
        ),
    ] {
        assert_eq!(message(text, Toml), expected, "{text:?}");
    }
    let broken = message("[[item]]\nasin = \"B08N5WRWNW\ntitle = \"a\"\n", Toml);
    assert!(broken.starts_with("line 2: "), "{broken}");
}

#[test]
fn prices_stock_and_ratings_are_refused_in_every_format() {
    for field in [
        "price",
        "Price",
        "old_price",
        "list-price",
        "sale price",
        "discount",
        "currency",
        "stock",
        "availability",
        "rating",
        "stars",
        "reviews",
        "review_count",
    ] {
        let expected = format!(
            "a catalog cannot have `{field}`: Amazon allows prices, stock and ratings only from its API"
        );
        let lower = field.to_ascii_lowercase();
        let csv_expected = expected.replace(field, &lower);
        assert_eq!(
            message(&format!("asin,{field}\nB08N5WRWNW,9.99\n"), Csv),
            format!("line 1: {csv_expected}")
        );
        assert_eq!(
            message(&format!("[{{\"asin\":\"B08N5WRWNW\",\"{field}\":\"9.99\"}}]"), Json),
            format!("items[0]: {expected}")
        );
        assert_eq!(
            message(&format!("[[item]]\nasin = \"B08N5WRWNW\"\n\"{field}\" = 9.99\n"), Toml),
            format!("line 3: {expected}")
        );
    }
    let error = Catalog::parse("asin,price\n", Csv).unwrap_err();
    assert_eq!(error.hint(), Some("remove the field"));
}

#[test]
fn formats_have_names_and_endings() {
    for (name, expected) in [
        ("items.csv", Some(Csv)),
        ("a.b/items.JSON", Some(Json)),
        ("items.toml", Some(Toml)),
        ("items", None),
        ("csv", None),
        ("items.csv.gz", None),
        ("", None),
    ] {
        assert_eq!(CatalogFormat::of_file_name(name), expected, "{name}");
    }
    let error = "xml".parse::<CatalogFormat>().unwrap_err();
    assert_eq!(error.message(), "no catalog format of that name: `xml`; known: csv, json, toml");
}

#[test]
fn a_files_name_stands_before_the_line() {
    let error = Catalog::parse_named("asin\nHELLO\n", Csv, "items.csv").unwrap_err();
    assert_eq!(error.message(), "items.csv: line 2: `asin`: not an ASIN: expected ten characters: `HELLO`");
    assert_eq!(error.context_value("file"), Some("items.csv"));
    let error = Catalog::parse_named("asin,price\n", Csv, "items.csv").unwrap_err();
    assert_eq!(error.hint(), Some("remove the field"));
}
