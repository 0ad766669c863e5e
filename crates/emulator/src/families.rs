//! Families of made-up items: a parent that nobody can buy, and its variations.
//!
//! Which numbers form a family follows from the numbers alone, as an item's kind does: it is the same in every shop and with
//! every seed. What the family sells follows from the seed.

use std::ops::Range;

use linkwright_core::{Asin, Marketplace};
use serde_json::{Value, json};

use crate::locale;
use crate::made_up::{ASIN_START, COUNT};
use crate::product_kinds::{COLORS, KINDS, Kind};
use crate::random::Random;

/// The items before this one are no variations of anything.
const FIRST: usize = 1000;

/// How the numbers are shared out: every 20 in a row go to families of these sizes, one line after the other. The largest
/// needs two pages.
const SIZES_IN_TURN: [&[usize]; 5] = [&[20], &[12, 8], &[5, 5, 5, 5], &[10, 10], &[3, 4, 6, 7]];

/// A family of more than this many comes in several sizes.
const COLORS_ONLY: usize = 5;

const FAMILY_SIZES: [&str; 4] = ["S", "M", "L", "XL"];

/// A parent and its variations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Family {
    /// The numbers of its members.
    pub(crate) members: Range<usize>,
}

impl Family {
    /// The family an item belongs to.
    pub(crate) fn of(number: usize) -> Option<Self> {
        let place = number.checked_sub(FIRST).filter(|_| number < COUNT)?;
        let mut start = FIRST + place / 20 * 20;
        for size in SIZES_IN_TURN[place / 20 % SIZES_IN_TURN.len()] {
            let members = start..start + size;
            if members.contains(&number) {
                return Some(Self { members });
            }
            start = members.end;
        }
        None
    }

    /// The family of this parent.
    pub(crate) fn of_parent(asin: Asin) -> Option<Self> {
        let number = asin.as_str().strip_prefix(ASIN_START)?.strip_prefix('P')?.parse().ok()?;
        Self::of(number).filter(|family| family.members.start == number)
    }

    /// All of them.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        (FIRST..COUNT).filter_map(|number| Self::of(number).filter(|family| family.members.start == number))
    }

    /// The ASIN of the parent.
    pub(crate) fn parent(&self) -> String {
        format!("{ASIN_START}P{:04}", self.members.start)
    }

    /// What all of the family have in common.
    pub(crate) fn stream(&self, seed: u64) -> Random {
        Random::new(seed, &format!("family {}", self.members.start))
    }

    /// What the family sells. Books do not come in colours.
    pub(crate) fn kind(random: &mut Random) -> &'static Kind {
        let kinds: Vec<&'static Kind> = KINDS.iter().filter(|kind| !kind.is_book).collect();
        random.pick::<&'static Kind>(&kinds)
    }

    /// The colour of a member, and its size if there are several.
    pub(crate) fn color_and_size(&self, number: usize) -> (&'static str, Option<&'static str>) {
        let place = number - self.members.start;
        let size = FAMILY_SIZES[place / COLORS.len() % FAMILY_SIZES.len()];
        (COLORS[place % COLORS.len()], (self.members.len() > COLORS_ONLY).then_some(size))
    }

    /// What tells a member from the others.
    pub(crate) fn attributes(&self, number: usize) -> Value {
        let (color, size) = self.color_and_size(number);
        let mut attributes = vec![json!({ "name": COLOR, "value": color })];
        attributes.extend(size.map(|size| json!({ "name": SIZE, "value": size })));
        attributes.into()
    }
}

const COLOR: &str = "color_name";
const SIZE: &str = "size_name";

/// What people in a shop call a dimension; its own name if it is none of the made-up items'.
pub(crate) fn display_name(dimension: &str, shop: Marketplace) -> &str {
    match dimension {
        COLOR => locale::words(shop).color,
        SIZE => locale::words(shop).size,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_item_of_the_second_half_has_one_family() {
        let mut next = FIRST;
        for family in Family::all() {
            assert_eq!(family.members.start, next);
            next = family.members.end;
            let parent = Asin::parse(&family.parent()).unwrap();
            assert_eq!(Family::of_parent(parent).as_ref(), Some(&family));
            let told_apart: BTreeSet<String> =
                family.members.clone().map(|number| family.attributes(number).to_string()).collect();
            assert_eq!(told_apart.len(), family.members.len());
        }
        assert_eq!(next, COUNT);
        assert_eq!(Family::of(FIRST - 1), None);
        assert_eq!(Family::of_parent(Asin::parse("B0EMUP1001").unwrap()), None);
    }
}
