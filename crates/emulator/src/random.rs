//! Numbers that look random and are the same on every machine and in every version.
//!
//! SplitMix64 (Steele, Lea, Flood 2014): four lines, no state to keep, and nobody's update changes what a seed means. Not
//! for secrets that must stay secret.

/// A stream of numbers that follows from its seed.
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    /// The stream for one purpose: streams of different labels have nothing to do with each other.
    pub(crate) fn new(seed: u64, label: &str) -> Self {
        // FNV-1a, for the same reasons.
        let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        for byte in label.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        Self(hash)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to `end`, without it.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        // The bias of a plain remainder is far below what made-up prices need.
        self.next() % end.max(1)
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high - low + 1)
    }

    /// One of these; `items` has at least one.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        let count = u64::try_from(items.len()).unwrap_or(u64::MAX);
        &items[usize::try_from(self.below(count)).unwrap_or(0)]
    }

    /// A text of so many characters of an alphabet in ASCII.
    pub(crate) fn text(&mut self, alphabet: &[u8], length: usize) -> String {
        (0..length).map(|_| char::from(*self.pick(alphabet))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_and_a_label_mean_the_same_numbers_for_ever() {
        let first = |seed, label| Random::new(seed, label).next();
        assert_eq!(first(1, "item"), first(1, "item"));
        assert_ne!(first(1, "item"), first(2, "item"));
        assert_ne!(first(1, "item"), first(1, "token"));
        // The reference sequence of SplitMix64 for the state 1234567.
        let mut reference = Random(1_234_567);
        let numbers: Vec<u64> = (0..3).map(|_| reference.next()).collect();
        assert_eq!(
            numbers,
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }
}
