//! Evaluates SPDX licence expressions: `MIT OR (Apache-2.0 WITH LLVM-exception AND ISC)`.
//!
//! Knows the grammar, not the licences; which are welcome is `licences`' subject. The slash of old manifests
//! (`MIT/Apache-2.0`) means OR.

/// Whether `expression` can be satisfied with licences that `accepts` (identifier, exception) takes.
///
/// The error says what is wrong with the expression.
pub(crate) fn satisfied(
    expression: &str,
    accepts: &dyn Fn(&str, Option<&str>) -> bool,
) -> Result<bool, String> {
    let tokens = tokens(expression);
    let mut parser = Parser { tokens: &tokens, accepts };
    let verdict = parser.alternatives()?;
    match parser.tokens {
        [] => Ok(verdict),
        [unexpected, ..] => Err(format!("`{unexpected}` where OR, AND or the end belongs")),
    }
}

struct Parser<'a> {
    tokens: &'a [&'a str],
    accepts: &'a dyn Fn(&str, Option<&str>) -> bool,
}

impl<'a> Parser<'a> {
    /// `a OR b / c`: OR binds weakest.
    fn alternatives(&mut self) -> Result<bool, String> {
        let mut verdict = self.conjunction()?;
        while self.take(&["OR", "or", "/"]) {
            // Not `||`: what stands behind an accepted licence must still be parsed.
            verdict |= self.conjunction()?;
        }
        Ok(verdict)
    }

    fn conjunction(&mut self) -> Result<bool, String> {
        let mut verdict = self.term()?;
        while self.take(&["AND", "and"]) {
            verdict &= self.term()?;
        }
        Ok(verdict)
    }

    fn term(&mut self) -> Result<bool, String> {
        if self.take(&["("]) {
            let verdict = self.alternatives()?;
            return if self.take(&[")"]) { Ok(verdict) } else { Err("`(` is never closed".to_owned()) };
        }
        let licence = self.identifier("a licence")?;
        let exception =
            if self.take(&["WITH", "with"]) { Some(self.identifier("an exception")?) } else { None };
        // `GPL-2.0+` means this version or a later one, so this one will do.
        let licence = licence.strip_suffix('+').unwrap_or(licence);
        Ok((self.accepts)(licence, exception))
    }

    fn identifier(&mut self, what: &str) -> Result<&'a str, String> {
        let tokens = self.tokens;
        match tokens {
            [first, rest @ ..] if is_identifier(first) => {
                self.tokens = rest;
                Ok(first)
            }
            [first, ..] => Err(format!("`{first}` where {what} belongs")),
            [] => Err(format!("it ends where {what} belongs")),
        }
    }

    fn take(&mut self, any_of: &[&str]) -> bool {
        match self.tokens {
            [first, rest @ ..] if any_of.contains(first) => {
                self.tokens = rest;
                true
            }
            _ => false,
        }
    }
}

fn is_identifier(token: &str) -> bool {
    let is_operator = ["OR", "AND", "WITH"].iter().any(|operator| operator.eq_ignore_ascii_case(token));
    !is_operator && token.chars().all(|c| c.is_ascii_alphanumeric() || "-.+:".contains(c))
}

/// Splits at blanks, and around parentheses and slashes.
fn tokens(expression: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    for word in expression.split_whitespace() {
        let mut rest = word;
        while let Some(at) = rest.find(['(', ')', '/']) {
            if at > 0 {
                tokens.push(&rest[..at]);
            }
            tokens.push(&rest[at..=at]);
            rest = &rest[at + 1..];
        }
        if !rest.is_empty() {
            tokens.push(rest);
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepts(licence: &str, exception: Option<&str>) -> bool {
        match exception {
            None => ["MIT", "Apache-2.0", "ISC"].contains(&licence),
            Some(exception) => (licence, exception) == ("Apache-2.0", "LLVM-exception"),
        }
    }

    #[test]
    fn expressions_are_evaluated_by_the_grammar() {
        let cases = [
            ("MIT", true),
            ("GPL-3.0-only", false),
            ("MIT OR Apache-2.0", true),
            ("MIT/Apache-2.0", true),
            ("GPL-2.0 / MIT", true),
            ("GPL-2.0/LGPL-2.1", false),
            ("MIT AND GPL-3.0", false),
            ("MIT AND ISC", true),
            // AND binds tighter than OR.
            ("MIT OR GPL-3.0 AND LGPL-2.1", true),
            ("GPL-3.0 AND LGPL-2.1 OR MIT", true),
            ("(MIT OR GPL-3.0) AND LGPL-2.1", false),
            ("(MIT OR GPL-3.0) AND (ISC)", true),
            ("((MIT))", true),
            ("Apache-2.0 WITH LLVM-exception OR GPL-3.0", true),
            ("Apache-2.0 WITH Classpath-exception-2.0", false),
            ("MIT WITH LLVM-exception", false),
            ("(Apache-2.0 WITH LLVM-exception) AND MIT", true),
            ("Apache-2.0+", true),
            ("mit or GPL-3.0", false),
            ("MIT or GPL-3.0", true),
            ("LicenseRef-own", false),
            ("DocumentRef-x:LicenseRef-y OR MIT", true),
        ];
        for (expression, expected) in cases {
            assert_eq!(satisfied(expression, &accepts), Ok(expected), "{expression}");
        }
    }

    #[test]
    fn broken_expressions_are_refused_also_behind_an_accepted_licence() {
        for (expression, because) in [
            ("", "it ends where a licence belongs"),
            ("MIT OR", "it ends where a licence belongs"),
            ("OR MIT", "`OR` where a licence belongs"),
            ("MIT OR AND ISC", "`AND` where a licence belongs"),
            ("(MIT", "`(` is never closed"),
            ("MIT)", "`)` where OR, AND or the end belongs"),
            ("MIT ISC", "`ISC` where OR, AND or the end belongs"),
            ("MIT WITH", "it ends where an exception belongs"),
            ("MIT, ISC", "`MIT,` where a licence belongs"),
            ("()", "`)` where a licence belongs"),
        ] {
            assert_eq!(satisfied(expression, &accepts), Err(because.to_owned()), "{expression}");
        }
    }
}
