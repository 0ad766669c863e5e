//! Which shop serves a country, and which shop is nearest to another.
//!
//! A visitor's country is not found out here: a web server or a content network knows it (`CF-IPCountry`,
//! `x-vercel-ip-country`). `XX` and `T1`, by which those say *unknown*, name no country.

use linkwright_core::Marketplace::{
    self, Ae, Au, Be, Br, Ca, Cn, De, Eg, Es, Fr, Ie, In, It, Jp, Mx, Nl, Pl, Sa, Se, Sg, Tr, Uk, Us, Za,
};

/// Countries with a shop, their own or a neighbour's: ISO 3166 code, shop. Every other country gets the caller's home
/// shop.
///
/// Sources: Amazon's shops for their own countries; the neighbours as in the maps of Firefox's search regions and
/// AzonMate, as of 2026-11-22.
pub const COUNTRIES: [(&str, Marketplace); 35] = [
    ("AD", Es),
    ("AE", Ae),
    ("AT", De),
    ("AU", Au),
    ("BE", Be),
    ("BR", Br),
    ("CA", Ca),
    ("CH", De),
    ("CN", Cn),
    ("DE", De),
    ("EG", Eg),
    ("ES", Es),
    ("FR", Fr),
    ("GB", Uk),
    ("GG", Uk),
    ("IE", Ie),
    ("IM", Uk),
    ("IN", In),
    ("IT", It),
    ("JE", Uk),
    ("JP", Jp),
    ("LI", De),
    ("LU", De),
    ("MC", Fr),
    ("MX", Mx),
    ("NL", Nl),
    ("NZ", Au),
    ("PL", Pl),
    ("PT", Es),
    ("SA", Sa),
    ("SE", Se),
    ("SG", Sg),
    ("TR", Tr),
    ("US", Us),
    ("ZA", Za),
];

/// The shop that serves a country, by ISO 3166 code in any case; `None` for countries without one and for `XX`, `T1`.
///
/// ```
/// use linkwright_core::Marketplace;
/// use linkwright_zero::shop_serving;
///
/// assert_eq!(shop_serving("at"), Some(Marketplace::De));
/// assert_eq!(shop_serving("XX"), None);
/// ```
pub fn shop_serving(country_code: &str) -> Option<Marketplace> {
    // Not an ISO code, but what everybody writes for `GB`.
    let country_code = if country_code.eq_ignore_ascii_case("UK") { "GB" } else { country_code };
    COUNTRIES.iter().find(|(code, _)| code.eq_ignore_ascii_case(country_code)).map(|(_, shop)| *shop)
}

/// Other shops that ship to or speak the language of a shop's country, nearest first.
pub fn nearest_shops(marketplace: Marketplace) -> &'static [Marketplace] {
    match marketplace {
        Us => &[Ca, Uk],
        Ca | Mx | Br => &[Us],
        Uk => &[Ie, De, Us],
        De => &[Nl, Fr, Uk],
        Fr => &[Be, De, Es],
        It => &[Fr, De, Es],
        Es => &[Fr, It, De],
        Nl => &[Be, De],
        Be => &[Nl, Fr, De],
        Ie => &[Uk],
        Pl | Se => &[De],
        Tr => &[De, Ae],
        Ae => &[Sa, In],
        Sa => &[Ae, Eg],
        Eg => &[Sa, Ae],
        In => &[Ae, Sg],
        Jp => &[Us],
        Sg => &[Jp, Au, Us],
        Au => &[Sg, Us],
        Za => &[Uk, De],
        Cn => &[Jp, Sg, Us],
        // A shop this table does not know yet.
        _ => &[Us],
    }
}
