//! The comment by which a line is excused from a rule: two slashes, `tidy: allow(rule)`, and a reason.
//!
//! Stands at the end of the line it excuses, or on a line of its own just above.

use std::cell::Cell;

/// One such comment.
#[derive(Debug)]
pub(crate) struct Permission<'a> {
    /// The line of the comment.
    pub(crate) line: usize,
    /// The rule it names.
    pub(crate) rule: &'a str,
    /// Why, in the author's words; may be empty, which is a finding.
    pub(crate) reason: &'a str,
    /// Whether it excused anything; one that does not is stale.
    pub(crate) is_used: Cell<bool>,
    is_alone: bool,
}

const START: &str = "// tidy: allow(";

/// All permissions in a file, given its comments and its code apart.
pub(crate) fn permissions<'a>(comments: &'a str, code: &str) -> Vec<Permission<'a>> {
    let lines = comments.lines().zip(code.lines()).zip(1..);
    let found = lines.filter_map(|((comment, code), line)| {
        let (rule, reason) = comment.trim().strip_prefix(START)?.split_once(')')?;
        let is_alone = code.trim().is_empty();
        Some(Permission { line, rule, reason: reason.trim(), is_used: Cell::new(false), is_alone })
    });
    found.collect()
}

/// Whether a permission excuses `line` from `rule`; marks it as used.
pub(crate) fn is_excused(permissions: &[Permission<'_>], rule: &str, line: usize) -> bool {
    let reaches = |permission: &&Permission<'_>| {
        let target = permission.line + usize::from(permission.is_alone);
        permission.rule == rule && target == line
    };
    let permission = permissions.iter().find(reaches);
    if let Some(permission) = permission {
        permission.is_used.set(true);
    }
    permission.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permission_reaches_its_own_line_or_the_next() {
        let comments =
            "\n // tidy: allow(env) the one place\n\n// tidy: allow(print)\n/// // tidy: allow(exit) prose\n";
        let code = "a\nb\nc\n\nd\n";
        let found = permissions(comments, code);
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].rule, found[0].reason), ("env", "the one place"));
        assert_eq!((found[1].rule, found[1].reason), ("print", ""));
        for (rule, line, expected) in
            [("env", 2, true), ("env", 3, false), ("print", 4, false), ("print", 5, true), ("env", 5, false)]
        {
            assert_eq!(is_excused(&found, rule, line), expected, "{rule} {line}");
        }
        assert!(found.iter().all(|permission| permission.is_used.get()));
    }
}
