//! Commands that a hint names, with the flags of this run that the next one needs as well.

use crate::args::GlobalArgs;

/// The flags that say which profile and which stores are meant, as a shell takes them.
#[derive(Debug, Clone)]
pub(super) struct Again {
    settings: String,
    stores: String,
}

impl Again {
    pub(super) fn new(global: &GlobalArgs, stores: &[String]) -> Self {
        let mut settings = String::new();
        if let Some(config) = &global.config {
            settings.push_str(&format!(" --config {}", quoted(&config.display().to_string())));
        }
        if let Some(profile) = &global.profile {
            settings.push_str(&format!(" --profile {}", quoted(profile)));
        }
        let stores = stores.iter().map(|store| format!(" --store {}", quoted(store))).collect();
        Self { settings, stores }
    }

    /// A command about credentials, between backticks.
    pub(super) fn credential(&self, words: &str) -> String {
        format!("`linkwright credential {words}{}{}`", self.settings, self.stores)
    }

    /// A command about profiles, between backticks. It knows no stores.
    pub(super) fn profile(&self, words: &str) -> String {
        format!("`linkwright profile {words}{}`", self.settings)
    }
}

/// A word as a shell takes it for one, whatever is in it.
pub(super) fn quoted(word: &str) -> String {
    let plain = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':' | ',' | '=' | '@' | '+')
    };
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[test]
fn words_stand_in_quotes_where_a_shell_would_read_them_otherwise() {
    #[track_caller]
    fn check(word: &str, expected: &str) {
        assert_eq!(quoted(word), expected);
    }
    check("file:my.age", "file:my.age");
    check("file:my.age?passphrase", "'file:my.age?passphrase'");
    check("file:~/a b.age", "'file:~/a b.age'");
    check("it's", "'it'\\''s'");
    check("$(date)", "'$(date)'");
    check("", "''");
}
