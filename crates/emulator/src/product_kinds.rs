//! What the made-up shops sell: kinds of products, brands, and the sentences about them.

/// A kind of product.
#[derive(Debug)]
pub(crate) struct Kind {
    /// The name by language: English, then German, French, Spanish, Italian, Japanese.
    pub(crate) names: [&'static str; 6],
    /// The browse nodes from the product's own up to the root.
    pub(crate) nodes: &'static [(&'static str, &'static str)],
    pub(crate) product_group: &'static str,
    pub(crate) binding: &'static str,
    /// Price in US cents: the least and the most.
    pub(crate) price: (u64, u64),
    pub(crate) is_book: bool,
    /// Pieces in a pack; prices of packs come per piece too.
    pub(crate) pack: Option<u64>,
}

const HOME: (&str, &str) = ("1055398", "Home & Kitchen");
const KITCHEN: (&str, &str) = ("284507", "Kitchen & Dining");
const ELECTRONICS: (&str, &str) = ("172282", "Electronics");
const BOOKS: (&str, &str) = ("283155", "Books");
const TOOLS: (&str, &str) = ("228013", "Tools & Home Improvement");
const GROCERY: (&str, &str) = ("16310101", "Grocery & Gourmet Food");
const SPORTS: (&str, &str) = ("3375251", "Sports & Outdoors");

#[rustfmt::skip] // One kind is one row.
pub(crate) const KINDS: &[Kind] = &[
    Kind { names: ["Kettle", "Wasserkocher", "Bouilloire", "Hervidor", "Bollitore", "電気ケトル"], nodes: &[("289785", "Kettles"), KITCHEN, HOME], product_group: "Kitchen", binding: "Kitchen", price: (1900, 8900), is_book: false, pack: None },
    Kind { names: ["Coffee Grinder", "Kaffeemühle", "Moulin à café", "Molinillo de café", "Macinacaffè", "コーヒーミル"], nodes: &[("289748", "Coffee Grinders"), KITCHEN, HOME], product_group: "Kitchen", binding: "Kitchen", price: (2400, 24900), is_book: false, pack: None },
    Kind { names: ["Headphones", "Kopfhörer", "Casque audio", "Auriculares", "Cuffie", "ヘッドホン"], nodes: &[("172541", "Headphones"), ELECTRONICS], product_group: "Electronics", binding: "Electronics", price: (1900, 39900), is_book: false, pack: None },
    Kind { names: ["Desk Lamp", "Schreibtischlampe", "Lampe de bureau", "Lámpara de escritorio", "Lampada da scrivania", "デスクライト"], nodes: &[("1063296", "Desk Lamps"), TOOLS], product_group: "Lighting", binding: "Tools & Home Improvement", price: (1500, 11900), is_book: false, pack: None },
    Kind { names: ["Cordless Drill", "Akkuschrauber", "Perceuse sans fil", "Taladro inalámbrico", "Trapano a batteria", "電動ドリル"], nodes: &[("552802", "Power Drills"), TOOLS], product_group: "Home Improvement", binding: "Tools & Home Improvement", price: (3900, 19900), is_book: false, pack: None },
    Kind { names: ["Hiking Backpack", "Wanderrucksack", "Sac à dos de randonnée", "Mochila de senderismo", "Zaino da trekking", "登山リュック"], nodes: &[("3400371", "Hiking Daypacks"), SPORTS], product_group: "Sports", binding: "Sports", price: (2900, 17900), is_book: false, pack: None },
    Kind { names: ["Green Tea Bags", "Grüner Tee im Beutel", "Thé vert en sachets", "Té verde en bolsitas", "Tè verde in bustine", "緑茶ティーバッグ"], nodes: &[("16318401", "Green Tea"), GROCERY], product_group: "Grocery", binding: "Grocery", price: (600, 2900), is_book: false, pack: Some(40) },
    Kind { names: ["Rechargeable Batteries", "Wiederaufladbare Batterien", "Piles rechargeables", "Pilas recargables", "Batterie ricaricabili", "充電池"], nodes: &[("389577011", "Household Batteries"), ELECTRONICS], product_group: "CE", binding: "Electronics", price: (900, 3900), is_book: false, pack: Some(8) },
    Kind { names: ["A Short Guide to Bread", "Kleine Brotkunde", "Petit guide du pain", "Breve guía del pan", "Breve guida al pane", "パン作り入門"], nodes: &[("4196", "Bread Baking"), BOOKS], product_group: "Book", binding: "Paperback", price: (900, 3400), is_book: true, pack: None },
    Kind { names: ["Birds of the Coast", "Vögel der Küste", "Oiseaux du littoral", "Aves de la costa", "Uccelli della costa", "海辺の鳥"], nodes: &[("14448", "Field Guides"), BOOKS], product_group: "Book", binding: "Hardcover", price: (1400, 4900), is_book: true, pack: None },
];

/// Brands that do not exist, as far as anybody knows.
pub(crate) const BRANDS: &[&str] = &[
    "Emulated Goods",
    "Nordwerk Demo",
    "Samplecraft",
    "Placeholder & Sons",
    "Mockingbird",
    "Étoile d'essai",
];

pub(crate) const SERIES: &[&str] = &["Plus", "Classic", "Pro 2", "Mini", "XL", "Eco", "Studio", "Trail"];

pub(crate) const COLORS: &[&str] = &["Black", "White", "Slate Blue", "Forest Green", "Copper"];

/// Sentences for bullet points; `{}` is the product's name.
pub(crate) const FEATURES: &[&str] = &[
    "A made-up product: this {} exists in the emulator only, and no shop sells it under this number",
    "Made for development: titles, prices and pictures have the shapes that real answers have",
    "Quiet, sturdy and easy to clean, with a surface that does not show fingerprints",
    "In the box: the {}, a short manual in five languages and a spare part nobody needs",
    "Quotes \" and ampersands & and <angle brackets> are here on purpose: escape them where you show them",
    "Two years of warranty, which the emulator honours by resetting itself",
    "Measures and weights are those of a typical {} of its class",
];

pub(crate) const SIZES: &[&str] = &["S", "M", "L", "1,7 l", "25 × 30 cm"];
