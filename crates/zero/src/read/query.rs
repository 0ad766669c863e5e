//! What the parameters of a link say.

use std::borrow::Cow;

use linkwright_core::{Marketplace, PartnerTag};
use memchr::memchr;

use crate::link::{Problem, Problems};
use crate::page::Pins;
use crate::percent;

/// The parameters of a query, in order, undecoded. `&amp;` separates as `&` does.
pub(super) fn parameters(query: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = Some(query);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = memchr(b'&', text.as_bytes());
        let parameter = match end {
            Some(end) => {
                rest = Some(&text[end + 1..]);
                &text[..end]
            }
            None => {
                rest = None;
                text
            }
        };
        let parameter = strip_amp(parameter);
        Some(match memchr(b'=', parameter.as_bytes()) {
            Some(equals) => (&parameter[..equals], &parameter[equals + 1..]),
            None => (parameter, ""),
        })
    })
}

/// Takes off what `&amp;` leaves behind after a split at `&`; twice escaped, twice.
#[inline]
fn strip_amp(mut parameter: &str) -> &str {
    while parameter.len() >= 4
        && parameter.as_bytes()[3] == b';'
        && parameter.as_bytes()[..3].eq_ignore_ascii_case(b"amp")
    {
        parameter = &parameter[4..];
    }
    parameter
}

/// The first value of a parameter, decoded; names are compared in any case.
pub(super) fn value<'a>(query: &'a str, name: &str) -> Option<Cow<'a, str>> {
    parameters(query)
        .find(|(given, _)| given.eq_ignore_ascii_case(name))
        .map(|(_, value)| percent::decode_form(value))
}

/// The parameters that matter for every page: whose link it is, which tool made it, which variant and language.
/// Undecoded, the first non-empty one of each name.
#[derive(Debug, Default)]
pub(crate) struct Parameters<'a> {
    pub(crate) tag: Option<&'a str>,
    pub(crate) ascsubtag: Option<&'a str>,
    pub(crate) link_code: Option<&'a str>,
    pub(crate) language: Option<&'a str>,
    pub(crate) pins: Pins,
    pub(crate) attribution: bool,
    pub(crate) problems: Problems,
    /// Whether the text is known to hold no `%`, so that nothing need be decoded.
    pub(crate) plain: bool,
}

impl<'a> Parameters<'a> {
    /// Reads a query; what was read before stays.
    #[inline]
    pub(super) fn read(&mut self, query: &'a str) {
        let bytes = query.as_bytes();
        let mut start = 0;
        let mut offset = 0;
        while offset < bytes.len() {
            let mut found = ampersands(word_at(bytes, offset));
            while found != 0 {
                let at = offset + found.trailing_zeros() as usize / 8;
                self.read_one(&query[start..at]);
                start = at + 1;
                found &= found - 1;
            }
            offset += 8;
        }
        self.read_one(&query[start..]);
    }

    /// Nearly all parameters are noise; the first four letters tell.
    #[inline(always)]
    fn read_one(&mut self, parameter: &'a str) {
        let Some(head) = parameter.as_bytes().first_chunk() else { return };
        match lower_case_word(head) {
            TAG => self.read_tag(value_of(parameter, "tag=").unwrap_or_default()),
            PSC => self.pins.psc = digit(value_of(parameter, "psc=").unwrap_or_default()),
            word if word & 0xff_ffff == TH & 0xff_ffff => {
                self.pins.th = digit(value_of(parameter, "th=").unwrap_or_default());
            }
            LINK => set(&mut self.link_code, value_of(parameter, "linkCode=")),
            LANG => set(&mut self.language, value_of(parameter, "language=")),
            ASCS => set(&mut self.ascsubtag, value_of(parameter, "ascsubtag=")),
            REF => self.attribution |= value_of(parameter, "ref=") == Some("aa_maas"),
            REF_ => self.attribution |= value_of(parameter, "ref_=") == Some("aa_maas"),
            ASSO | AA_C | AA_A | MAAS => self.read_rare(parameter),
            AMP => self.read_escaped(parameter),
            _ => {}
        }
    }

    #[inline(never)]
    fn read_rare(&mut self, parameter: &'a str) {
        let equals = parameter.bytes().position(|byte| byte == b'=').unwrap_or(parameter.len());
        let name = &parameter[..equals];
        match value_of(parameter, "AssociateTag=") {
            Some(tag) => self.read_tag(tag),
            None => {
                self.attribution |= ATTRIBUTION_NAMES.iter().any(|known| name.eq_ignore_ascii_case(known));
            }
        }
    }

    /// `&amp;tag=…`, also escaped twice.
    #[inline(never)]
    fn read_escaped(&mut self, parameter: &'a str) {
        let plain = strip_amp(parameter);
        if plain.len() < parameter.len() {
            self.problems.add(Problem::Escaped);
            self.read_one(plain);
        }
    }

    /// Reads a query whose `&` and `=` are encoded, `%26` and `%3D`, as those that were encoded together with a path.
    pub(super) fn read_encoded(&mut self, query: &'a str) {
        for parameter in query.split("%26") {
            let equals = parameter.find("%3D").or_else(|| parameter.find("%3d"));
            let (name, value) = match equals {
                Some(at) => (&parameter[..at], &parameter[at + 3..]),
                None => parameter.split_once('=').unwrap_or((parameter, "")),
            };
            let is = |known: &str| name.eq_ignore_ascii_case(known);
            match name.len() {
                2 if is("th") => self.pins.th = digit(value),
                3 if is("tag") => self.read_tag(value),
                3 if is("psc") => self.pins.psc = digit(value),
                3 | 4 if is("ref") || is("ref_") => self.attribution |= value == "aa_maas",
                8 if is("linkCode") => set(&mut self.link_code, Some(value)),
                8 if is("language") => set(&mut self.language, Some(value)),
                9 if is("ascsubtag") => set(&mut self.ascsubtag, Some(value)),
                12 if is("AssociateTag") => self.read_tag(value),
                _ => self.attribution |= ATTRIBUTION_NAMES.iter().any(|known| is(known)),
            }
        }
    }

    /// Says what is wrong with the tag, or with there being none.
    #[inline]
    pub(super) fn judge_tag(&mut self, can_be_tagged: bool, shop: Marketplace) {
        let problem = match self.tag {
            None if !can_be_tagged || !shop.has_associates() => return,
            None => Problem::NoTag,
            Some(tag) if self.attribution && is_maas(tag) => return,
            Some(_) if !shop.has_associates() => Problem::NoProgramme,
            Some(tag) if PartnerTag::is_well_formed(tag) => {
                if !PartnerTag::suffix_belongs_elsewhere(tag, shop) {
                    return;
                }
                Problem::TagOfOtherShop
            }
            // Either an escape, or truly malformed.
            Some(tag) if tag.contains('%') && PartnerTag::is_well_formed(&percent::decode(tag)) => return,
            Some(_) => Problem::MalformedTag,
        };
        self.problems.add(problem);
    }

    fn read_tag(&mut self, value: &'a str) {
        if is_maas(value) {
            self.attribution = true;
        }
        if self.tag.is_some() && !value.is_empty() {
            self.problems.add(Problem::DuplicateTag);
        }
        set(&mut self.tag, Some(value));
    }
}

/// Eight bytes from here on; zeros behind the end.
#[inline(always)]
fn word_at(bytes: &[u8], offset: usize) -> u64 {
    match bytes[offset..].first_chunk() {
        Some(word) => u64::from_le_bytes(*word),
        None => match bytes.last_chunk() {
            // The last eight bytes, without those before `offset`.
            Some(last) => u64::from_le_bytes(*last) >> (8 * (offset + 8 - bytes.len())),
            None => bytes[offset..].iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)),
        },
    }
}

/// The high bit of every byte that is `&`.
#[inline(always)]
const fn ampersands(word: u64) -> u64 {
    const LOW_BITS: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    let difference = word ^ 0x2626_2626_2626_2626;
    // A byte that differs in any bit gets its high bit set; the others are what is looked for.
    !(((difference & LOW_BITS) + LOW_BITS) | difference | LOW_BITS)
}

/// Whether a tag is the mark of Amazon Attribution, however it is written.
fn is_maas(tag: &str) -> bool {
    match tag.len() {
        4 => tag.eq_ignore_ascii_case("maas"),
        // With one to four of its letters escaped.
        6 | 8 | 10 | 12 => tag.contains('%') && percent::decode(tag).eq_ignore_ascii_case("maas"),
        _ => false,
    }
}

/// Four letters in lower case as one number, for comparing with one instruction. Not exact for bytes that are no letters
/// (`=` is as a control character): who matches looks again, exactly.
const fn lower_case_word(letters: &[u8; 4]) -> u32 {
    u32::from_le_bytes(*letters) | 0x2020_2020
}

const TAG: u32 = lower_case_word(b"tag=");
const TH: u32 = lower_case_word(b"th=1");
const PSC: u32 = lower_case_word(b"psc=");
const LINK: u32 = lower_case_word(b"link");
const LANG: u32 = lower_case_word(b"lang");
const ASCS: u32 = lower_case_word(b"ascs");
const ASSO: u32 = lower_case_word(b"asso");
const AA_C: u32 = lower_case_word(b"aa_c");
const AA_A: u32 = lower_case_word(b"aa_a");
const MAAS: u32 = lower_case_word(b"maas");
const REF: u32 = lower_case_word(b"ref=");
const REF_: u32 = lower_case_word(b"ref_");
const AMP: u32 = lower_case_word(b"amp;");

/// The parameters by which Amazon Attribution marks its links.
const ATTRIBUTION_NAMES: [&str; 4] = ["maas", "aa_campaignid", "aa_adgroupid", "aa_creativeid"];

fn set<'a>(parameter: &mut Option<&'a str>, value: Option<&'a str>) {
    if let (None, Some(value)) = (*parameter, value.filter(|value| !value.is_empty())) {
        *parameter = Some(value);
    }
}

/// What follows `name=` in any case; as it is commonly written, with one comparison.
#[inline]
fn value_of<'a>(parameter: &'a str, name: &str) -> Option<&'a str> {
    parameter.strip_prefix(name).or_else(|| {
        let head = parameter.get(..name.len())?;
        head.eq_ignore_ascii_case(name).then(|| &parameter[name.len()..])
    })
}

fn digit(value: &str) -> Option<u8> {
    match value.as_bytes() {
        [digit @ b'0'..=b'9'] => Some(digit - b'0'),
        _ => None,
    }
}
