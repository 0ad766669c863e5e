//! Two texts, line by line, as `diff` shows them.

/// The lines of both: ` ` in both, `-` only in the expected text, `+` only in the actual one.
pub(crate) fn difference(expected: &str, actual: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), actual.lines().collect());
    // The length of the longest common tail for every pair of positions.
    let mut common = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    for at_old in (0..old.len()).rev() {
        for at_new in (0..new.len()).rev() {
            common[at_old][at_new] = if old[at_old] == new[at_new] {
                common[at_old + 1][at_new + 1] + 1
            } else {
                common[at_old + 1][at_new].max(common[at_old][at_new + 1])
            };
        }
    }
    let (mut at_old, mut at_new, mut shown) = (0, 0, String::new());
    while at_old < old.len() || at_new < new.len() {
        let same = at_old < old.len() && at_new < new.len() && old[at_old] == new[at_new];
        let gone = at_new == new.len()
            || (at_old < old.len() && common[at_old + 1][at_new] >= common[at_old][at_new + 1]);
        let (mark, line) = match (same, gone) {
            (true, _) => (' ', old[at_old]),
            (false, true) => ('-', old[at_old]),
            (false, false) => ('+', new[at_new]),
        };
        at_old += usize::from(same || gone);
        at_new += usize::from(same || !gone);
        shown.push_str(&format!("  {mark} {line}\n"));
    }
    shown
}

#[test]
fn differences_are_shown_by_line() {
    #[track_caller]
    fn check(expected: &str, actual: &str, shown: &str) {
        assert_eq!(difference(expected, actual), shown);
    }
    check("", "", "");
    check("a\nb\nc", "a\nb\nc", "    a\n    b\n    c\n");
    check("a\nb\nc", "a\nx\nc", "    a\n  - b\n  + x\n    c\n");
    check("a", "", "  - a\n");
    check("", "a", "  + a\n");
    check("a\nb", "b\nc", "  - a\n    b\n  + c\n");
}
