//! "Did you mean": the nearest of some known names.

/// The known name nearest to a misspelt one, if it is near enough to be meant.
///
/// ```
/// use linkwright_sdk::nearest_name;
///
/// assert_eq!(nearest_name("marketplce", ["marketplace", "language"]), Some("marketplace"));
/// assert_eq!(nearest_name("colour", ["marketplace", "language"]), None);
/// ```
pub fn nearest_name<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // 0.8 is where people's typing errors end and other words begin, as clap measures it, too.
    const NEAR_ENOUGH: f64 = 0.8;
    known
        .into_iter()
        .map(|name| (name, strsim::jaro_winkler(given, name)))
        .filter(|(_, nearness)| *nearness > NEAR_ENOUGH)
        .max_by(|(_, left), (_, right)| left.total_cmp(right))
        .map(|(name, _)| name)
}
