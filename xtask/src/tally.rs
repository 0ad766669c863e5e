//! The sum of the `test result:` lines that test programs print, those of libtest and of libtest-mimic.
//!
//! Reads lines only; running the tests is `test`'s.

use std::fmt;

/// How many tests passed, failed and were ignored so far.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Tests that ran and were content.
    pub(crate) passed: u64,
    /// Tests that ran and were not.
    pub(crate) failed: u64,
    /// Tests that did not run.
    pub(crate) ignored: u64,
}

impl Tally {
    /// Adds what `line` reports; any line that is no test result changes nothing.
    pub(crate) fn add_line(&mut self, line: &str) {
        let line = without_colour(line);
        let Some(result) = line.strip_prefix("test result: ") else {
            return;
        };
        // "ok. 3 passed; 0 failed; …": the verdict ends at the first full stop.
        let counts = result.split_once(". ").map_or("", |(_, counts)| counts);
        for count in counts.split(';') {
            let Some((number, what)) = count.trim().split_once(' ') else {
                continue;
            };
            let Ok(number) = number.parse::<u64>() else {
                continue;
            };
            match what {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                "ignored" => self.ignored += number,
                _ => {}
            }
        }
    }

    /// Tests that really ran, whatever came of them.
    pub(crate) fn ran(self) -> u64 {
        self.passed + self.failed
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { passed, failed, ignored } = self;
        write!(f, "{passed} passed, {failed} failed, {ignored} ignored")
    }
}

/// `line` without the `ESC [ … m` sequences that test programs print when told to colour.
fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(start) = rest.find("\u{1b}[") {
        plain.push_str(&rest[..start]);
        let sequence = &rest[start..];
        rest = sequence.find('m').map_or("", |end| &sequence[end + 1..]);
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(passed: u64, failed: u64, ignored: u64) -> Tally {
        Tally { passed, failed, ignored }
    }

    #[test]
    fn only_result_lines_count() {
        let cases = [
            (
                "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.00s\n",
                tally(3, 0, 1),
            ),
            (
                "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s",
                tally(3, 2, 0),
            ),
            (
                "test result: \u{1b}[32mok\u{1b}[m. 7 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out",
                tally(7, 0, 0),
            ),
            ("test links::test result: ok. 3 passed ... ok", tally(0, 0, 0)),
            ("    test result: ok. 9 passed; 0 failed", tally(0, 0, 0)),
            ("test result: ok.", tally(0, 0, 0)),
            ("test result: ok. many passed; x failed", tally(0, 0, 0)),
            ("running 3 tests", tally(0, 0, 0)),
            ("", tally(0, 0, 0)),
        ];
        for (line, expected) in cases {
            let mut sum = Tally::default();
            sum.add_line(line);
            assert_eq!(sum, expected, "{line:?}");
        }
    }

    #[test]
    fn lines_add_up() {
        let mut sum = Tally::default();
        for line in [
            "running 2 tests",
            "test result: ok. 2 passed; 0 failed; 0 ignored",
            "test result: FAILED. 1 passed; 1 failed; 4 ignored",
        ] {
            sum.add_line(line);
        }
        assert_eq!(sum, tally(3, 1, 4));
        assert_eq!(sum.ran(), 4);
        assert_eq!(sum.to_string(), "3 passed, 1 failed, 4 ignored");
    }
}
