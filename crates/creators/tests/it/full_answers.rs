//! An answer of every operation with every member the official SDKs know (1.3.0), and its reader.
//!
//! Made up, in the shapes and with the labels of the documentation's samples. The benchmarks measure with them too.

use std::fmt::Debug;

use linkwright_core::Result;
use linkwright_creators::wire::{
    DownloadLink, GetBrowseNodesAnswer, GetItemsAnswer, GetVariationsAnswer, ListFeedsAnswer,
    ListReportsAnswer, SearchItemsAnswer, Unreadable,
};
use serde_json::{Value, json};

/// What was read of an answer, without its type.
#[derive(Debug)]
pub(crate) struct Read {
    /// How many elements its main list has.
    pub(crate) elements: usize,
    /// What could not be read.
    pub(crate) unreadable: Vec<Unreadable>,
    /// All of it.
    pub(crate) answer: Box<dyn Debug>,
}

/// One operation.
pub(crate) struct Operation {
    /// Amazon's name of it.
    pub(crate) name: &'static str,
    /// An answer with so many elements.
    pub(crate) answer: fn(usize) -> Value,
    /// Where its main list is.
    pub(crate) list: &'static [&'static str],
    /// Its reader.
    pub(crate) decode: fn(&[u8]) -> Result<Read>,
}

/// Reads by the decoder of this type.
macro_rules! decode {
    ($answer:ident, $list:ident) => {
        |body| {
            $answer::decode(body).map(|answer| Read {
                elements: answer.$list.len(),
                unreadable: answer.unreadable.clone(),
                answer: Box::new(answer),
            })
        }
    };
}

/// All whose answers have a list.
pub(crate) const OPERATIONS: [Operation; 6] = [
    Operation {
        name: "getItems",
        answer: |count| json!({ "itemsResult": { "items": items(count) }, "errors": errors() }),
        list: &["itemsResult", "items"],
        decode: decode!(GetItemsAnswer, items),
    },
    Operation {
        name: "searchItems",
        answer: |count| {
            json!({
                "searchResult": {
                    "totalResultCount": 146,
                    "searchURL": "https://www.amazon.com/s?k=kettle&rh=p_n_availability%3A-1&tag=demo-20&linkCode=osi",
                    "items": items(count),
                    "searchRefinements": {
                        "searchIndex": refinement("SearchIndex"),
                        "browseNode": refinement("BrowseNodeId"),
                        "otherRefinements": [refinement("Brand"), refinement("Author")],
                    },
                },
                "errors": errors(),
            })
        },
        list: &["searchResult", "items"],
        decode: decode!(SearchItemsAnswer, items),
    },
    Operation {
        name: "getVariations",
        answer: |count| {
            json!({
                "variationsResult": {
                    "items": items(count),
                    "variationSummary": {
                        "pageCount": 3,
                        "variationCount": 24,
                        "price": { "highestPrice": money("20.0"), "lowestPrice": money("12.50") },
                        "variationDimensions": [{
                            "name": "color_name", "displayName": "Color", "locale": "en_US", "values": ["Red", "Blue"],
                        }],
                    },
                },
                "errors": errors(),
            })
        },
        list: &["variationsResult", "items"],
        decode: decode!(GetVariationsAnswer, items),
    },
    Operation {
        name: "getBrowseNodes",
        answer: |count| {
            let nodes: Vec<Value> = (0..count).map(|_| browse_node()).collect();
            json!({ "browseNodesResult": { "browseNodes": nodes }, "errors": errors() })
        },
        list: &["browseNodesResult", "browseNodes"],
        decode: decode!(GetBrowseNodesAnswer, browse_nodes),
    },
    Operation {
        name: "listFeeds",
        answer: |count| {
            let feed = |number: usize| {
                json!({
                    "feedName": format!("us_made_up_{number}.xml.gz"), "size": 123_456_789, "md5": MD5,
                    "lastUpdated": "2026-11-22T05:35Z", "feedType": "PRODUCT_FEEDS",
                })
            };
            json!({ "feeds": (0..count).map(feed).collect::<Vec<_>>() })
        },
        list: &["feeds"],
        decode: decode!(ListFeedsAnswer, feeds),
    },
    Operation {
        name: "listReports",
        answer: |count| {
            let report = |number: usize| {
                json!({
                    "filename": format!("made-up-report-{number}.tsv.gz"), "md5": MD5, "size": 4096,
                    "lastModified": "2026-11-22T05:35:59Z", "reportType": "CREATOR_CONNECTIONS",
                })
            };
            json!({ "reports": (0..count).map(report).collect::<Vec<_>>() })
        },
        list: &["reports"],
        decode: decode!(ListReportsAnswer, reports),
    },
];

/// The answer of getFeed and getReport.
pub(crate) const DOWNLOAD_LINK: &str = r#"{"url":"https://bucket.s3.amazonaws.com/us_made_up_0.xml.gz?X-Amz-Signature=00ff00ff&X-Amz-Expires=300"}"#;

/// Reads that.
pub(crate) fn decode_download_link(body: &[u8]) -> Result<Read> {
    DownloadLink::decode(body).map(|link| Read {
        elements: 1,
        unreadable: Vec::new(),
        answer: Box::new(link),
    })
}

const MD5: &str = "d41d8cd98f00b204e9800998ecf8427e";

fn items(count: usize) -> Vec<Value> {
    (0..count).map(item).collect()
}

fn item(number: usize) -> Value {
    let asin = format!("B0000000{number:02}");
    json!({
        "asin": asin,
        "parentASIN": "B0PARENT00",
        "detailPageURL": format!("https://www.amazon.com/dp/{asin}?tag=demo-20&linkCode=ogi&th=1&psc=1"),
        "score": 0.75,
        "images": { "primary": image(), "variants": [image(), image()] },
        "itemInfo": item_info(),
        "offersV2": { "listings": [listing()] },
        "browseNodeInfo": {
            "browseNodes": [browse_node()],
            "websiteSalesRank": {
                "id": "284507", "displayName": "Kitchen & Dining", "contextFreeName": "Kitchen & Dining", "salesRank": 4273,
            },
        },
        "customerReviews": { "count": 1204, "starRating": { "value": 4.5 } },
        "variationAttributes": [{ "name": "color_name", "value": "Blue" }],
    })
}

fn image() -> Value {
    let size = |pixels: u32, part: &str| {
        json!({
            "url": format!("https://m.media-amazon.com/images/I/00aaAAbbBB{part}.jpg"), "height": pixels, "width": pixels - 1,
        })
    };
    json!({
        "small": size(75, "._SL75_"), "medium": size(160, "._SL160_"), "large": size(500, ""), "hiRes": size(1500, "._SL1500_"),
    })
}

fn item_info() -> Value {
    let text = |value: &str, label: &str| json!({ "displayValue": value, "label": label, "locale": "en_US" });
    let texts =
        |values: &[&str], label: &str| json!({ "displayValues": values, "label": label, "locale": "en_US" });
    let number =
        |value: u32, label: &str| json!({ "displayValue": value, "label": label, "locale": "en_US" });
    let measure = |value: f64, label: &str, unit: &str| json!({ "displayValue": value, "label": label, "locale": "en_GB", "unit": unit });
    json!({
        "byLineInfo": {
            "brand": text("Acme", "Brand"),
            "manufacturer": text("Acme Kettles \"& more\"", "Manufacturer"),
            "contributors": [{ "name": "Ada Beispiel", "role": "Autorin", "roleType": "author", "locale": "de_DE" }],
        },
        "classifications": { "binding": text("Küche", "Binding"), "productGroup": text("Kitchen", "ProductGroup") },
        "contentInfo": {
            "edition": text("Second", "Edition"),
            "languages": {
                "displayValues": [
                    { "displayValue": "English", "type": "Published" }, { "displayValue": "日本語", "type": "発行済み" },
                ],
                "label": "Language", "locale": "en_US",
            },
            "pagesCount": number(448, "NumberOfPages"),
            "publicationDate": text("2009-07-01T00:00:01Z", "PublicationDate"),
        },
        "contentRating": { "audienceRating": text("PG (Parental Guidance Suggested)", "AudienceRating") },
        "externalIds": {
            "eans": texts(&["4006381333931", "9780545162074"], "EAN"),
            "isbns": texts(&["0545162076"], "ISBN"),
            "upcs": texts(&["717356278525"], "UPC"),
        },
        "features": texts(
            &[
                "A made-up kettle, which no shop sells under this number",
                "1.7 l, with a lid that opens\nby itself",
                "Quiet, sturdy and easy to clean, with a surface that does not show fingerprints",
            ],
            "Features",
        ),
        "manufactureInfo": {
            "itemPartNumber": text("MG4H2B/A", "PartNumber"), "model": text("6", "Model"), "warranty": text("2 years", "Warranty"),
        },
        "productInfo": {
            "color": text("brown trunk", "Color"),
            "isAdultProduct": { "displayValue": false, "label": "IsAdultProduct", "locale": "en_US" },
            "itemDimensions": {
                "height": measure(13.9, "Height", "inches"), "length": measure(18.0, "Length", "inches"),
                "weight": measure(20.25, "Weight", "Pounds"), "width": measure(7.7, "Width", "inches"),
            },
            "releaseDate": text("2013-03-01T00:00:00.000Z", "ReleaseDate"),
            "size": text("Small", "Size"),
            "unitCount": number(1, "NumberOfItems"),
        },
        "technicalInfo": {
            "formats": texts(&["Box set"], "Format"), "energyEfficiencyClass": text("a_plus", "EnergyEfficiencyClass"),
        },
        "title": text("Sample kettle, 1.7 l – with “quotes”", "Title"),
        "tradeInInfo": { "isEligibleForTradeIn": true, "price": money("24.05") },
    })
}

fn listing() -> Value {
    json!({
        "availability": { "type": "IN_STOCK", "message": "In Stock", "minOrderQuantity": 1, "maxOrderQuantity": 5 },
        "condition": { "value": "New", "subCondition": "Unknown", "conditionNote": "" },
        "dealDetails": {
            "accessType": "PRIME_EARLY_ACCESS", "badge": "Ends in ", "startTime": "2024-11-06T05:35Z",
            "endTime": "2025-03-02T07:59:59Z", "earlyAccessDurationInMilliseconds": 1_800_000, "percentClaimed": 24,
        },
        "isBuyBoxWinner": true,
        "loyaltyPoints": { "points": 40 },
        "merchantInfo": { "id": "AXXXXXXXXXXXX", "name": "Sample Shop" },
        "price": {
            "money": money("39.99"), "pricePerUnit": money("29.75"), "savings": { "money": money("10.0"), "percentage": 20 },
            "savingBasis": {
                "money": money("49.99"), "savingBasisType": "LIST_PRICE", "savingBasisTypeLabel": "List Price:",
            },
        },
        "type": "LIGHTNING_DEAL",
        "violatesMAP": false,
    })
}

fn money(amount: &str) -> Value {
    let number: Value = serde_json::from_str(amount).unwrap_or_default();
    json!({ "amount": number, "currency": "USD", "displayAmount": format!("${amount}") })
}

fn browse_node() -> Value {
    let name = |id: &str, name: &str| json!({ "id": id, "displayName": name, "contextFreeName": format!("{name} (all)") });
    let mut node = name("3040", "Kettles");
    node["isRoot"] = false.into();
    node["salesRank"] = 17.into();
    node["ancestor"] = name("289913", "Coffee, Tea & Espresso");
    node["ancestor"]["ancestor"] = name("284507", "Kitchen & Dining");
    node["children"] = json!([name("99", "Electric"), name("100", "Stovetop")]);
    node
}

fn refinement(id: &str) -> Value {
    let bin = |name: &str| json!({ "id": name, "displayName": name });
    json!({ "id": id, "displayName": id, "bins": [bin("HomeAndKitchen"), bin("3040"), bin("Acme")] })
}

fn errors() -> Value {
    let code = "InvalidParameterValue";
    json!([{ "code": code, "message": "The ItemIds B0BADBAD00 provided in the request is invalid." }])
}
