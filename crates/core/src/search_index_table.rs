//! What a search may be narrowed to and priced in, shop by shop: the table of departments and currencies.
//!
//! Source: the locale reference pages of the Creators API's documentation, one a shop, as read in 2026. The SDKs take any
//! text for both. Tables age: what is not in one is worth a warning, never a refusal.

use crate::Marketplace;

/// The departments (`searchIndex`) of a shop, sorted; none for shops without the API.
pub(crate) const fn search_indexes(marketplace: Marketplace) -> &'static [&'static str] {
    match marketplace {
        Marketplace::Us => US,
        Marketplace::Ca => CA,
        Marketplace::Mx => MX,
        Marketplace::Br => BR,
        Marketplace::Uk => UK,
        Marketplace::De => DE,
        Marketplace::Fr => FR,
        Marketplace::It => IT,
        Marketplace::Es => ES,
        Marketplace::Nl => NL,
        Marketplace::Be => BE,
        Marketplace::Ie => IE,
        Marketplace::Pl => PL,
        Marketplace::Se => SE,
        Marketplace::Tr => TR,
        Marketplace::Ae => AE,
        Marketplace::Sa => SA,
        Marketplace::Eg => EG,
        Marketplace::In => IN,
        Marketplace::Jp => JP,
        Marketplace::Sg => SG,
        Marketplace::Au => AU,
        Marketplace::Za | Marketplace::Cn => &[],
    }
}

/// The currencies the American shop answers in, its own first. All other shops have one.
#[rustfmt::skip]
pub(crate) const CURRENCIES_OF_US: &[&str] = &[
    "USD", "AED", "AMD", "ARS", "AUD", "AWG", "AZN", "BGN", "BND", "BOB", "BRL", "BSD", "BZD", "CAD",
    "CLP", "CNY", "COP", "CRC", "DOP", "EGP", "EUR", "GBP", "GHS", "GTQ", "HKD", "HNL", "HUF", "IDR",
    "ILS", "INR", "JMD", "JPY", "KES", "KHR", "KRW", "KYD", "KZT", "LBP", "MAD", "MNT", "MOP", "MUR",
    "MXN", "MYR", "NAD", "NGN", "NOK", "NZD", "PAB", "PEN", "PHP", "PYG", "QAR", "RUB", "SAR", "SGD",
    "THB", "TRY", "TTD", "TWD", "TZS", "UYU", "VND", "XCD", "ZAR",
];

#[rustfmt::skip]
const US: &[&str] = &[
    "All", "AmazonVideo", "Apparel", "Appliances", "ArtsAndCrafts", "Automotive", "Baby", "Beauty",
    "Books", "Classical", "Collectibles", "Computers", "DigitalEducationalResources", "DigitalMusic",
    "Electronics", "EverythingElse", "Fashion", "FashionBaby", "FashionBoys", "FashionGirls",
    "FashionMen", "FashionWomen", "GardenAndOutdoor", "GiftCards", "GroceryAndGourmetFood", "Handmade",
    "HealthPersonalCare", "HomeAndKitchen", "Industrial", "Jewelry", "KindleStore", "LocalServices",
    "Luggage", "LuxuryBeauty", "Magazines", "MobileAndAccessories", "MobileApps", "MoviesAndTV", "Music",
    "MusicalInstruments", "OfficeProducts", "PetSupplies", "Photo", "Shoes", "Software",
    "SportsAndOutdoors", "ToolsAndHomeImprovement", "ToysAndGames", "VHS", "VideoGames", "Watches",
];

#[rustfmt::skip]
const CA: &[&str] = &[
    "All", "Apparel", "Automotive", "Baby", "Beauty", "Books", "Classical", "Electronics",
    "EverythingElse", "ForeignBooks", "GardenAndOutdoor", "GiftCards", "GroceryAndGourmetFood",
    "Handmade", "HealthPersonalCare", "HomeAndKitchen", "Industrial", "Jewelry", "KindleStore", "Luggage",
    "LuxuryBeauty", "MobileApps", "MoviesAndTV", "Music", "MusicalInstruments", "OfficeProducts",
    "PetSupplies", "Shoes", "Software", "SportsAndOutdoors", "ToolsAndHomeImprovement", "ToysAndGames",
    "VHS", "VideoGames", "Watches",
];

#[rustfmt::skip]
const MX: &[&str] = &[
    "All", "Automotive", "Baby", "Books", "Electronics", "Fashion", "FashionBaby", "FashionBoys",
    "FashionGirls", "FashionMen", "FashionWomen", "GroceryAndGourmetFood", "Handmade",
    "HealthPersonalCare", "HomeAndKitchen", "IndustrialAndScientific", "KindleStore", "MoviesAndTV",
    "Music", "MusicalInstruments", "OfficeProducts", "PetSupplies", "Software", "SportsAndOutdoors",
    "ToolsAndHomeImprovement", "ToysAndGames", "VideoGames", "Watches",
];

#[rustfmt::skip]
const BR: &[&str] = &[
    "All", "Books", "Computers", "Electronics", "HomeAndKitchen", "KindleStore", "MobileApps",
    "OfficeProducts", "ToolsAndHomeImprovement", "VideoGames",
];

#[rustfmt::skip]
const UK: &[&str] = &[
    "All", "AmazonVideo", "Apparel", "Appliances", "Automotive", "Baby", "Beauty", "Books", "Classical",
    "Computers", "DigitalMusic", "Electronics", "EverythingElse", "Fashion", "GardenAndOutdoor",
    "GiftCards", "GroceryAndGourmetFood", "Handmade", "HealthPersonalCare", "HomeAndKitchen",
    "Industrial", "Jewelry", "KindleStore", "Lighting", "Luggage", "LuxuryBeauty", "MobileApps",
    "MoviesAndTV", "Music", "MusicalInstruments", "OfficeProducts", "PetSupplies", "Shoes", "Software",
    "SportsAndOutdoors", "ToolsAndHomeImprovement", "ToysAndGames", "VHS", "VideoGames", "Watches",
];

#[rustfmt::skip]
const DE: &[&str] = &[
    "All", "AmazonVideo", "Apparel", "Appliances", "Automotive", "Baby", "Beauty", "Books", "Classical",
    "Computers", "DigitalMusic", "Electronics", "EverythingElse", "Fashion", "ForeignBooks",
    "GardenAndOutdoor", "GiftCards", "GroceryAndGourmetFood", "Handmade", "HealthPersonalCare",
    "HomeAndKitchen", "Industrial", "Jewelry", "KindleStore", "Lighting", "Luggage", "LuxuryBeauty",
    "Magazines", "MobileApps", "MoviesAndTV", "Music", "MusicalInstruments", "OfficeProducts",
    "PetSupplies", "Photo", "Shoes", "Software", "SportsAndOutdoors", "ToolsAndHomeImprovement",
    "ToysAndGames", "VHS", "VideoGames", "Watches",
];

#[rustfmt::skip]
const FR: &[&str] = &[
    "All", "Apparel", "Appliances", "Automotive", "Baby", "Beauty", "Books", "Computers", "DigitalMusic",
    "Electronics", "EverythingElse", "Fashion", "ForeignBooks", "GardenAndOutdoor", "GiftCards",
    "GroceryAndGourmetFood", "Handmade", "HealthPersonalCare", "HomeAndKitchen", "Industrial", "Jewelry",
    "KindleStore", "Lighting", "Luggage", "LuxuryBeauty", "MobileApps", "MoviesAndTV", "Music",
    "MusicalInstruments", "OfficeProducts", "PetSupplies", "Shoes", "Software", "SportsAndOutdoors",
    "ToolsAndHomeImprovement", "ToysAndGames", "VHS", "VideoGames", "Watches",
];

#[rustfmt::skip]
const IT: &[&str] = &[
    "All", "Apparel", "Appliances", "Automotive", "Baby", "Beauty", "Books", "Computers", "DigitalMusic",
    "Electronics", "EverythingElse", "Fashion", "ForeignBooks", "GardenAndOutdoor", "GiftCards",
    "GroceryAndGourmetFood", "Handmade", "HealthPersonalCare", "HomeAndKitchen", "Industrial", "Jewelry",
    "KindleStore", "Lighting", "Luggage", "MobileApps", "MoviesAndTV", "Music", "MusicalInstruments",
    "OfficeProducts", "PetSupplies", "Shoes", "Software", "SportsAndOutdoors", "ToolsAndHomeImprovement",
    "ToysAndGames", "VideoGames", "Watches",
];

#[rustfmt::skip]
const ES: &[&str] = &[
    "All", "AmazonVideo", "Apparel", "Appliances", "Automotive", "Baby", "Beauty", "Books", "Computers",
    "DigitalMusic", "Electronics", "EverythingElse", "Fashion", "ForeignBooks", "GardenAndOutdoor",
    "GiftCards", "GroceryAndGourmetFood", "Handmade", "HealthPersonalCare", "HomeAndKitchen",
    "Industrial", "Jewelry", "KindleStore", "Lighting", "Luggage", "MobileApps", "MoviesAndTV", "Music",
    "MusicalInstruments", "OfficeProducts", "PetSupplies", "Shoes", "Software", "SportsAndOutdoors",
    "ToolsAndHomeImprovement", "ToysAndGames", "Vehicles", "VideoGames", "Watches",
];

#[rustfmt::skip]
const NL: &[&str] = &[
    "All", "Automotive", "Baby", "Beauty", "Books", "Electronics", "EverythingElse", "Fashion",
    "GardenAndOutdoor", "GiftCards", "GroceryAndGourmetFood", "HealthPersonalCare", "HomeAndKitchen",
    "Industrial", "KindleStore", "MoviesAndTV", "Music", "MusicalInstruments", "OfficeProducts",
    "PetSupplies", "Software", "SportsAndOutdoors", "ToolsAndHomeImprovement", "ToysAndGames",
    "VideoGames",
];

#[rustfmt::skip]
const BE: &[&str] = &[
    "All", "Automotive", "Baby", "Beauty", "Books", "Electronics", "Fashion", "Garden", "GiftCards",
    "Grocery", "HealthPersonalCare", "HomeImprovement", "Industrial", "MoviesAndTV", "Music",
    "MusicalInstruments", "OfficeProducts", "PetSupplies", "Software", "SportsAndOutdoors", "Toys",
    "VideoGames",
];

#[rustfmt::skip]
const IE: &[&str] = &[
    "All", "ArtsAndCrafts", "Automotive", "Baby", "Beauty", "Books", "Electronics", "EverythingElse",
    "Fashion", "GardenAndOutdoor", "GiftCards", "GroceryAndGourmetFood", "HealthPersonalCare", "Home",
    "HomeImprovement", "Industrial", "MoviesAndTV", "Music", "MusicalInstruments", "OfficeProducts",
    "PetSupplies", "Software", "SportsAndOutdoors", "ToysAndGames", "VideoGames",
];

#[rustfmt::skip]
const PL: &[&str] = &[
    "All", "ArtsAndCrafts", "Automotive", "Baby", "Beauty", "Books", "Electronics", "Fashion",
    "GardenAndOutdoor", "GiftCards", "HealthPersonalCare", "HomeAndKitchen", "Industrial", "MoviesAndTV",
    "Music", "MusicalInstruments", "OfficeProducts", "PetSupplies", "Software", "SportsAndOutdoors",
    "ToolsAndHomeImprovement", "ToysAndGames", "VideoGames",
];

#[rustfmt::skip]
const SE: &[&str] = &[
    "All", "Automotive", "Baby", "Beauty", "Books", "Electronics", "Fashion", "GroceryAndGourmetFood",
    "HealthPersonalCare", "HomeAndKitchen", "MoviesAndTV", "Music", "OfficeProducts", "PetSupplies",
    "SportsAndOutdoors", "ToolsAndHomeImprovement", "ToysAndGames", "VideoGames",
];

#[rustfmt::skip]
const TR: &[&str] = &[
    "All", "Baby", "Books", "Computers", "Electronics", "EverythingElse", "Fashion", "HomeAndKitchen",
    "OfficeProducts", "SportsAndOutdoors", "ToolsAndHomeImprovement", "ToysAndGames", "VideoGames",
];

#[rustfmt::skip]
const AE: &[&str] = &[
    "All", "Appliances", "ArtsAndCrafts", "Automotive", "Baby", "Beauty", "Books", "Computers",
    "Electronics", "EverythingElse", "Fashion", "GardenAndOutdoor", "GroceryAndGourmetFood",
    "HealthPersonalCare", "HomeAndKitchen", "Industrial", "Lighting", "MusicalInstruments",
    "OfficeProducts", "PetSupplies", "Software", "SportsAndOutdoors", "ToolsAndHomeImprovement",
    "ToysAndGames", "VideoGames",
];

#[rustfmt::skip]
const SA: &[&str] = &[
    "All", "ArtsAndCrafts", "Automotive", "Baby", "Beauty", "Books", "Computers", "Electronics",
    "Fashion", "GardenAndOutdoor", "GiftCards", "GroceryAndGourmetFood", "HealthPersonalCare",
    "HomeAndKitchen", "Industrial", "KindleStore", "Miscellaneous", "MoviesAndTV", "Music",
    "MusicalInstruments", "OfficeProducts", "PetSupplies", "Software", "SportsAndOutdoors",
    "ToolsAndHomeImprovement", "ToysAndGames", "VideoGames",
];

#[rustfmt::skip]
const EG: &[&str] = &[
    "All", "ArtsAndCrafts", "Automotive", "Baby", "Beauty", "Books", "Electronics", "Fashion", "Garden",
    "Grocery", "HealthPersonalCare", "Home", "HomeImprovement", "Industrial", "MusicalInstruments",
    "OfficeProducts", "PetSupplies", "Software", "SportsAndOutdoors", "Toys", "VideoGames",
];

#[rustfmt::skip]
const IN: &[&str] = &[
    "All", "Apparel", "Appliances", "Automotive", "Baby", "Beauty", "Books", "Collectibles", "Computers",
    "Electronics", "EverythingElse", "Fashion", "Furniture", "GardenAndOutdoor", "GiftCards",
    "GroceryAndGourmetFood", "HealthPersonalCare", "HomeAndKitchen", "Industrial", "Jewelry",
    "KindleStore", "Luggage", "LuxuryBeauty", "MobileApps", "MoviesAndTV", "Music", "MusicalInstruments",
    "OfficeProducts", "PetSupplies", "Shoes", "Software", "SportsAndOutdoors", "ToolsAndHomeImprovement",
    "ToysAndGames", "VideoGames", "Watches",
];

#[rustfmt::skip]
const JP: &[&str] = &[
    "All", "AmazonVideo", "Apparel", "Appliances", "Automotive", "Baby", "Beauty", "Books", "Classical",
    "Computers", "CreditCards", "DigitalMusic", "Electronics", "EverythingElse", "Fashion", "FashionBaby",
    "FashionMen", "FashionWomen", "ForeignBooks", "GiftCards", "GroceryAndGourmetFood",
    "HealthPersonalCare", "Hobbies", "HomeAndKitchen", "Industrial", "Jewelry", "KindleStore",
    "MobileApps", "MoviesAndTV", "Music", "MusicalInstruments", "OfficeProducts", "PetSupplies", "Shoes",
    "Software", "SportsAndOutdoors", "ToolsAndHomeImprovement", "Toys", "VideoGames", "Watches",
];

#[rustfmt::skip]
const SG: &[&str] = &[
    "All", "Automotive", "Baby", "Beauty", "Computers", "Electronics", "GroceryAndGourmetFood",
    "HealthPersonalCare", "HomeAndKitchen", "OfficeProducts", "PetSupplies", "SportsAndOutdoors",
    "ToolsAndHomeImprovement", "ToysAndGames", "VideoGames",
];

#[rustfmt::skip]
const AU: &[&str] = &[
    "All", "Automotive", "Baby", "Beauty", "Books", "Computers", "Electronics", "EverythingElse",
    "Fashion", "GiftCards", "HealthPersonalCare", "HomeAndKitchen", "KindleStore", "Lighting", "Luggage",
    "MobileApps", "MoviesAndTV", "Music", "OfficeProducts", "PetSupplies", "Software",
    "SportsAndOutdoors", "ToolsAndHomeImprovement", "ToysAndGames", "VideoGames",
];
