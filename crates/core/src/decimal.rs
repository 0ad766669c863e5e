//! Exact decimal numbers, as amounts of money are: read from a text, compared, and subtracted.
//!
//! It is no arithmetic library. Binary floating point is never used: `0.1 + 0.2` must be `0.3` in a shop.

use std::cmp::Ordering;

/// A decimal number that is not negative. `39.9` and `39.90` are equal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decimal {
    /// In units of 10⁻¹⁸.
    units: i128,
    /// How many decimals it was written with.
    decimals: usize,
}

/// More than any currency has, and as many as a 64-bit float prints.
const SCALE: i32 = 18;

/// What is below 10³⁷ can be compared and subtracted without running over.
const MOST_DIGITS: i32 = 37;

impl Decimal {
    /// Reads `4990.0`, also with an exponent, as JSON numbers may have. `None` for what is negative, no number, or needs
    /// more than 18 decimals or about 19 digits before them.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.parse().ok()?),
            None => (text, 0_i32),
        };
        let (whole, fraction) = match number.split_once('.') {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (number, ""),
        };
        if whole.is_empty() || !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let written = i32::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
        let decimals = usize::try_from(written).unwrap_or(0).min(SCALE.unsigned_abs() as usize);
        let digits = format!("{whole}{fraction}");
        let digits = digits.trim_start_matches('0');
        let significant = digits.trim_end_matches('0');
        if significant.is_empty() {
            return Some(Self { units: 0, decimals });
        }
        let zeros = i32::try_from(digits.len() - significant.len()).ok()?;
        let shift = zeros.checked_sub(written)?.checked_add(SCALE)?;
        let length = i32::try_from(significant.len()).ok()?;
        if shift < 0 || length.checked_add(shift)? > MOST_DIGITS {
            return None;
        }
        let units =
            significant.parse::<i128>().ok()?.checked_mul(10_i128.checked_pow(shift.unsigned_abs())?)?;
        Some(Self { units, decimals })
    }

    pub(crate) fn is_zero(self) -> bool {
        self.units == 0
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self { units: self.units + other.units, decimals: self.decimals.max(other.decimals) }
    }

    /// The difference; `None` if it is negative.
    pub(crate) fn minus(self, other: Self) -> Option<Self> {
        let units = self.units - other.units;
        (units >= 0).then_some(Self { units, decimals: self.decimals.max(other.decimals) })
    }

    /// How many whole percent of `all` this is, rounded down; `None` of nothing.
    pub(crate) fn percent_of(self, all: Self) -> Option<u64> {
        let hundredfold = self.units.checked_mul(100)?;
        u64::try_from(hundredfold.checked_div(all.units)?).ok()
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.units == other.units
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.units.cmp(&other.units)
    }
}

impl std::fmt::Display for Decimal {
    /// With as many decimals as it was written with.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let one = 10_i128.pow(SCALE.unsigned_abs());
        let (whole, fraction) = (self.units / one, self.units % one);
        let fraction = format!("{fraction:018}");
        match self.decimals {
            0 => write!(f, "{whole}"),
            decimals => write!(f, "{whole}.{}", &fraction[..decimals]),
        }
    }
}
