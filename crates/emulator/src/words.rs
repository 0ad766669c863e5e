//! Words of texts, and whether a text has them.

/// The words of one or more texts, in lower case, each behind a blank.
#[derive(Debug, Default)]
pub(crate) struct Words(String);

impl Words {
    /// The words of a text.
    pub(crate) fn of(text: &str) -> Self {
        let mut words = Self::default();
        words.add(text);
        words
    }

    /// Adds the words of another text.
    pub(crate) fn add(&mut self, text: &str) {
        for word in words_of(text) {
            self.0.push(' ');
            // Most letters become one letter in lower case; a few become several.
            word.chars().for_each(|letter| self.0.extend(letter.to_lowercase()));
        }
    }

    /// Whether a word begins with this one, so that `kettle` finds `Kettles`. In writing without blanks between words, the
    /// middle of one will do.
    pub(crate) fn has(&self, sought: &Sought) -> bool {
        self.0.contains(&sought.0)
    }
}

/// A word to look for.
#[derive(Debug)]
pub(crate) struct Sought(String);

/// The words of what somebody types, to look for.
pub(crate) fn sought(text: &str) -> Vec<Sought> {
    let word = |word: &str| {
        let mut sought = Words::of(word).0;
        if word.chars().any(is_written_without_blanks) {
            sought.remove(0);
        }
        Sought(sought)
    };
    words_of(text).map(word).collect()
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Kana, Chinese characters and Thai, roughly.
const fn is_written_without_blanks(letter: char) -> bool {
    matches!(letter, '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_begin() {
        let table = [
            ("Kettles & Co", "kettle", true),
            ("Kettles & Co", "CO KETTLES", true),
            ("Kettles & Co", "ettles", false),
            ("Kettles & Co", "kettle lamp", false),
            ("Étoile d'essai", "étoile essai", true),
            ("電気ケトル", "ケトル", true),
            ("電気ケトル", "ランプ", false),
            ("Pro 2", "2", true),
        ];
        for (text, typed, expected) in table {
            let words = Words::of(text);
            assert_eq!(sought(typed).iter().all(|word| words.has(word)), expected, "{text}: {typed}");
        }
        assert!(sought(" !? ").is_empty());
    }
}
