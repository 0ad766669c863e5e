//! Why a command failed, with hints in terms of the command line.

use linkwright_sdk::core::{Error, ErrorKind, error_chain};
use linkwright_sdk::layers::Verdict;
use serde::Serialize;

use crate::exit::code_of;
use crate::printable::without_fraction;

/// Why a command failed, and what to type next.
#[derive(Debug)]
pub(crate) struct Failure {
    error: Error,
    hints: Vec<String>,
    broken_pipe: bool,
}

/// A failure as `--json` prints it. The order of the fields is the order in the output.
#[derive(Serialize)]
pub(crate) struct ErrorJson<'a> {
    kind: &'static str,
    retry: &'static str,
    message: String,
    hints: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a str>,
}

/// What commands return.
pub(crate) type CommandResult<T> = Result<T, Failure>;

impl Failure {
    /// Wrong use of the command, in words of our own.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::RequestInvalid, "command.run", message.into()).into()
    }

    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// A failure of a request made from options: a field that is out of its range is named as the option it came from.
    pub(crate) fn of_options(error: Error) -> Self {
        let option = match error.context_value("field") {
            Some("keywords") => Some("WORDS"),
            Some("title") => Some("--title"),
            Some("brand") => Some("--brand"),
            Some("author") => Some("--author"),
            Some("artist") => Some("--artist"),
            Some("actor") => Some("--actor"),
            Some("searchIndex") => Some("--index"),
            Some("browseNodeId") => Some("--browse-node"),
            Some("deliveryFlags") => Some("--delivery"),
            Some("itemPage" | "variationPage") => Some("--page"),
            Some("minPrice") => Some("--min-price"),
            Some("maxPrice") => Some("--max-price"),
            Some("minReviewsRating") => Some("--min-stars"),
            Some("minSavingPercent") => Some("--min-saving"),
            Some("sortBy") => Some("--sort"),
            Some("languagesOfPreference") => Some("--language"),
            Some("currencyOfPreference") => Some("--currency"),
            Some("resources") => Some("--resources"),
            _ => None,
        };
        let failure = Self::from(error);
        match option.filter(|_| failure.kind() == ErrorKind::RequestInvalid) {
            Some(option) => failure.with_hint(format!("that is what `{option}` says")),
            None => failure,
        }
    }

    /// Without hints that are about another command.
    pub(crate) fn without_hints(mut self) -> Self {
        self.hints.clear();
        self
    }

    /// Writing or reading a stream failed. A reader that went away is no failure.
    pub(crate) fn stream(error: std::io::Error, what: &'static str) -> Self {
        let broken_pipe = error.kind() == std::io::ErrorKind::BrokenPipe;
        let error = Error::new(ErrorKind::Unavailable, "stream", what).with_source(error);
        Self { error, hints: Vec::new(), broken_pipe }
    }

    pub(crate) fn is_broken_pipe(&self) -> bool {
        self.broken_pipe
    }

    pub(crate) fn exit_code(&self) -> u8 {
        code_of(self.error.kind())
    }

    pub(crate) fn kind(&self) -> ErrorKind {
        self.error.kind()
    }

    /// The shop the failure is about, by its code.
    pub(crate) fn marketplace(&self) -> Option<&str> {
        self.error.context_value("marketplace")
    }

    /// The message with all its causes, on one line.
    pub(crate) fn message(&self) -> String {
        // The message of some errors holds the cause's own text already; then the cause adds nothing.
        let message = self.error.message();
        match std::error::Error::source(&self.error) {
            Some(cause) if !message.starts_with(&cause.to_string()) => error_chain(&self.error),
            _ => message.to_owned(),
        }
    }

    pub(crate) fn hints(&self) -> &[String] {
        &self.hints
    }

    /// The failure as `--json` prints it.
    pub(crate) fn json<'a>(&'a self, place: Option<&'a str>) -> ErrorJson<'a> {
        ErrorJson {
            kind: self.error.kind().as_str(),
            retry: self.error.retry().as_str(),
            message: self.message(),
            hints: &self.hints,
            place,
        }
    }
}

impl From<Error> for Failure {
    /// Adds the hint of the command line that fits, from the error's own context.
    fn from(error: Error) -> Self {
        let mut hints: Vec<String> = error.hint().map(str::to_owned).into_iter().collect();
        let shop = error.context_value("marketplace").unwrap_or("us");
        if let (Some(since), Some(next)) =
            (error.context_value(Verdict::SINCE), error.context_value(Verdict::NEXT_PROBE))
        {
            let (since, next) = (without_fraction(since), without_fraction(next));
            hints.push(format!("refused since {since}; asked again after {next}, or at once with `--probe`"));
        }
        match error.context_value("reason") {
            Some("no_tag") => {
                hints.push(format!("give your tag for that shop: `--tag {shop}=TAG`"));
                hints.push(
                    "or say what to do without one: `--missing-tag untagged` or `--missing-tag nearest-enrolled`"
                        .to_owned(),
                );
            }
            // Where there is a group of shops, a credential can be for it.
            Some("no_credential") if error.context_value("group").is_some() => {
                hints.push("add one with `linkwright credential add`".to_owned());
            }
            Some("words") => hints.push("to link to a search for words, add `--search`".to_owned()),
            Some("config_missing") => hints.push("make one with `linkwright init`".to_owned()),
            Some("profile_missing") => {
                hints.push("list them with `linkwright profile list`, or make one with `linkwright profile create NAME`".to_owned());
            }
            Some("profile_exists") => {
                let name = error.context_value("profile").unwrap_or("NAME");
                hints.push(format!("change it with `linkwright profile set {name} SETTING VALUE`"));
            }
            Some("profile_ambiguous") => hints.push("choose with `--profile NAME`".to_owned()),
            _ => {}
        }
        Self { error, hints, broken_pipe: false }
    }
}
