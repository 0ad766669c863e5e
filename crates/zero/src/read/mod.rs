//! Reading a link: what it is, whose, and in which shop.
//!
//! One pass over the bytes of a common link, without allocation; anything unusual (escapes, wrappers, capital hosts)
//! takes a slower way to the same answer. Nothing here guesses: a short link stays short, a look-alike host is refused.

mod common_form;
mod entrance;
mod lower_case;
mod old_forms;
mod path;
mod product;
mod query;
mod segments;
mod shop_pages;
mod wrapper;

use std::fmt;

use self::entrance::SplitError;
pub(crate) use entrance::as_written;
pub(crate) use lower_case::LowerCase;
pub(crate) use query::Parameters;
pub(crate) use shop_pages::is_node;

use linkwright_core::{Error, ErrorKind, Marketplace};

use crate::host::{self, Host};
use crate::link::{Link, Problem, Problems};
use crate::page::Page;

/// How many wrappers are taken off, one inside another. Real chains have at most three.
const DEEPEST_NESTING: u8 = 8;

/// Why a text is not a link of Amazon's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReadError {
    /// No link at all, or one to somebody else.
    NotAmazon,
    /// A host made to look like Amazon's.
    LookAlike,
    /// A link with user info (`https://www.amazon.com@evil.example/`), which Amazon's never have.
    UserInfo,
    /// More wrappers inside each other than any real link has.
    TooManyWrappers,
}

impl ReadError {
    /// The stable name in machine-readable output.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotAmazon => "not_amazon",
            Self::LookAlike => "look_alike",
            Self::UserInfo => "user_info",
            Self::TooManyWrappers => "too_many_wrappers",
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAmazon => "not an Amazon link",
            Self::LookAlike => "not an Amazon link, though its host is made to look like one",
            Self::UserInfo => "not an Amazon link: the part before `@` hides the real host",
            Self::TooManyWrappers => "too many redirects inside each other",
        })
    }
}

impl std::error::Error for ReadError {}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        Self::new(ErrorKind::RequestInvalid, "link.read", error.to_string())
            .with_context("reason", error.as_str())
    }
}

/// Reads any link to Amazon: with or without scheme, escaped, wrapped, old, or cut off.
///
/// Never panics, and allocates nothing for a common product link.
///
/// ```
/// use linkwright_zero::read;
///
/// let link = read("https://www.amazon.de/-/en/Kettle/dp/B08N5WRWNW/ref=sr_1_2?qid=1&amp;tag=someone-21")?;
/// assert_eq!(link.page.asin().map(|asin| asin.to_string()).as_deref(), Some("B08N5WRWNW"));
/// assert_eq!(link.tag.as_deref(), Some("someone-21"));
/// # Ok::<(), linkwright_zero::ReadError>(())
/// ```
///
/// # Errors
/// [`ReadError`] for what is not Amazon's. A page of Amazon's that is no product is not an error: see [`Page`].
pub fn read(input: &str) -> Result<Link<'_>, ReadError> {
    let Some(entry) = common_form::split(input) else { return read_nested(entrance::trim(input), 0) };
    let Some(asin) = common_form::asin_of_path(entry.path) else { return read_uncommon_page(input, &entry) };
    let mut parameters = Parameters { plain: entry.plain, ..Parameters::default() };
    if !entry.query.is_empty() {
        parameters.read(entry.query);
    }
    if entry.plain_http {
        parameters.problems.add(Problem::Http);
    }
    if entry.retired {
        parameters.problems.add(Problem::Retired);
    }
    parameters.judge_tag(true, entry.shop);
    Ok(Link::with_parameters(Page::Product(asin), Some(entry.shop), &parameters))
}

/// Kept out of [`read`], which is small enough to be fast.
#[inline(never)]
fn read_uncommon_page<'a>(input: &'a str, entry: &common_form::ShopLink<'a>) -> Result<Link<'a>, ReadError> {
    // What browsers drop or read as a slash, which `split` looked for in links with a query only.
    let text = input.as_bytes();
    if memchr::memchr3(b'\\', b'\n', b'\t', text).is_some() || memchr::memchr(b'\r', text).is_some() {
        return read_nested(entrance::trim(input), 0);
    }
    let mut problems = Problems::default();
    if entry.plain_http {
        problems.add(Problem::Http);
    }
    if entry.retired {
        problems.add(Problem::Retired);
    }
    // `split` leaves no `&` in a path.
    let place = Place { shop: entry.shop, path: entry.path, query: entry.query, glued_query: "", problems };
    read_in_shop(&place, 0)
}

/// What a wrapper of the shop's own says beside its target: its tag counts if the target has none, its marks of Amazon
/// Attribution always do.
fn read_outside(link: &mut Link<'_>, place: &Place<'_>) {
    let mut outer = Parameters::default();
    outer.read(place.query);
    if link.tag.is_none() && outer.tag.is_some() {
        outer.judge_tag(link.page.can_be_tagged(), place.shop);
        link.problems.remove(Problem::NoTag);
        link.problems.add_all(outer.problems);
        link.tag = outer.tag.map(|tag| crate::percent::decode(tag).into_owned().into());
        // The target alone would lose it: left whole, this link is wrapper and all.
        link.unwrapped = None;
    }
    if outer.attribution && !link.attribution {
        link.attribution = true;
        link.unwrapped = None;
    }
}

/// Where in a shop a link leads, in its parts.
struct Place<'a> {
    shop: Marketplace,
    path: &'a str,
    query: &'a str,
    /// Parameters that hang on the path without a `?`: Amazon may not see them, but they say what was meant.
    glued_query: &'a str,
    /// What is wrong with the link so far.
    problems: Problems,
}

impl<'a> Place<'a> {
    fn new(shop: Marketplace, path: &'a str, query: &'a str) -> Self {
        let (path, glued_query) = path::split_glued_query(path);
        Self { shop, path, query, glued_query, problems: Problems::default() }
    }

    fn with_problem(mut self, problem: Problem) -> Self {
        self.problems.add(problem);
        self
    }

    /// Adds what the query says to what the path said.
    #[inline(always)]
    fn finish(&self, reading: path::PathReading<'a>) -> Link<'a> {
        let mut parameters = Parameters { problems: self.problems, ..Parameters::default() };
        parameters.problems.add_all(reading.problems);
        if !self.query.is_empty() {
            parameters.read(self.query);
        }
        if !self.glued_query.is_empty() {
            parameters.problems.add(Problem::MisplacedQuery);
            parameters.read(self.glued_query);
        }
        if !reading.encoded_query.is_empty() {
            parameters.problems.add(Problem::Escaped);
            parameters.read_encoded(reading.encoded_query);
        }
        parameters.tag = parameters.tag.or(reading.path_tag);
        parameters.judge_tag(reading.page.can_be_tagged(), self.shop);
        Link::with_parameters(reading.page, Some(self.shop), &parameters)
    }
}

#[inline(never)]
fn read_nested(text: &str, depth: u8) -> Result<Link<'_>, ReadError> {
    if depth > DEEPEST_NESTING {
        return Err(ReadError::TooManyWrappers);
    }
    let entry = match entrance::split(text) {
        Ok(entry) => entry,
        Err(SplitError::NoLink(error)) => return Err(error),
        Err(SplitError::Escaped) => {
            let plain = entrance::unescape(text);
            if plain == text {
                return Err(ReadError::NotAmazon);
            }
            let mut link = read_nested(entrance::trim(&plain), depth + 1)?.into_owned();
            link.problems.add(Problem::Escaped);
            return Ok(link);
        }
    };
    let mut link = read_on_host(&entry, depth)?;
    if entry.plain_http && link.wrapped == 0 {
        link.problems.add(Problem::Http);
    }
    Ok(link)
}

fn read_on_host<'a>(entry: &entrance::Entry<'a>, depth: u8) -> Result<Link<'a>, ReadError> {
    let (path, query) = (entry.path, entry.query);
    match host::classify(entry.host) {
        Host::Shop(shop) => read_in_shop(&Place::new(shop, path, query), depth),
        Host::Smile(shop) => {
            read_in_shop(&Place::new(shop, path, query).with_problem(Problem::Retired), depth)
        }
        Host::Music(shop) => Ok(Place::new(shop, path, query).finish(path::music_page(path, query))),
        Host::AmazonOther(shop) => Ok(Link::to(Page::Other, shop)),
        Host::Image => Ok(Link::to(Page::Image, None)),
        Host::AmznCom => {
            let bare = path.trim_start_matches('/');
            match product::leading_asin(bare) {
                Some((asin, "" | "/")) => {
                    let place = Place::new(Marketplace::Us, path, query).with_problem(Problem::Retired);
                    Ok(place.finish(path::PathReading::page(Page::Product(asin))))
                }
                _ => read_in_shop(&Place::new(Marketplace::Us, path, query), depth),
            }
        }
        Host::Short { marketplace, third_party } => {
            // `asc_refurl` mostly names the page a link stood on; only another link of Amazon's can be a target.
            let inner = ["asc_refurl", "btn_url"].iter().find_map(|name| query::value(query, name));
            if let Some(Ok(link)) = inner.map(|inner| wrapper::unwrap(&inner, None, depth)) {
                return Ok(link);
            }
            let code = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
            let mut link = Link::to(Page::Short(code.into()), marketplace);
            link.problems.add(Problem::Short);
            if third_party {
                link.problems.add(Problem::ThirdPartyShortener);
            }
            Ok(link)
        }
        Host::TargetInPath { segments } => {
            wrapper::unwrap(wrapper::rest_of_path(entry.after_host, segments), None, depth)
        }
        Host::TargetInParameter(names) => {
            let inner =
                names.iter().find_map(|name| query::value(query, name)).ok_or(ReadError::NotAmazon)?;
            wrapper::unwrap(&inner, None, depth)
        }
        Host::LookAlike => Err(ReadError::LookAlike),
        Host::Foreign => Err(ReadError::NotAmazon),
    }
}

fn read_in_shop<'a>(place: &Place<'a>, depth: u8) -> Result<Link<'a>, ReadError> {
    let (shop, query) = (place.shop, place.query);
    match path::page(place.path, query) {
        path::Finding::Page(reading) => Ok(place.finish(reading)),
        path::Finding::Wrapper { parameters, base } => {
            let Some(inner) = parameters.iter().find_map(|name| query::value(query, name)) else {
                return Ok(place.finish(path::PathReading::page(Page::Other)));
            };
            let mut link = wrapper::unwrap(&inner, Some((shop, base)), depth)?;
            if link.marketplace == Some(shop) {
                read_outside(&mut link, place);
            }
            Ok(link)
        }
        path::Finding::EncodedPath => {
            let path = crate::percent::decode(place.path);
            let separator = match (query, path.contains('?')) {
                ("", _) => "",
                (_, true) => "&",
                (_, false) => "?",
            };
            let plain = format!("{path}{separator}{query}");
            let mut link = wrapper::read_relative(&plain, shop, depth + 1)?;
            // A wrapper's own scheme and host are gone with it.
            if link.wrapped == 0 {
                link.problems.add_all(place.problems);
            }
            link.problems.add(Problem::Escaped);
            Ok(link)
        }
    }
}
