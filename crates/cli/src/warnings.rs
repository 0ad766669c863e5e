//! Warnings of the libraries, in the form of the command's own, for who did not ask for a log.

use std::fmt;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

use crate::output::Warner;

/// Hears our own libraries' warnings and nothing else.
#[derive(Debug)]
pub(crate) struct Warnings(Warner);

/// Where all of our libraries log.
const OURS: &str = "linkwright";

/// What a command tells by itself, with more than stands in the log: why answers are less than was asked for.
const TOLD: &str = "linkwright_layers::degradation";

impl Warnings {
    /// Gives warnings so.
    pub(crate) fn new(warner: Warner) -> Self {
        Self(warner)
    }
}

impl Subscriber for Warnings {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let target = metadata.target();
        metadata.is_event()
            && *metadata.level() <= Level::WARN
            && target.starts_with(OURS)
            && !target.starts_with(TOLD)
    }

    fn max_level_hint(&self) -> Option<tracing::level_filters::LevelFilter> {
        Some(tracing::level_filters::LevelFilter::WARN)
    }

    fn event(&self, event: &Event<'_>) {
        let mut warning = Warning::default();
        event.record(&mut warning);
        let Warning { message, path, error, hint } = warning;
        let path = path.map(|path| format!(": `{path}`")).unwrap_or_default();
        let error = error.map(|error| format!(": {error}")).unwrap_or_default();
        let hints: Vec<String> = hint.into_iter().collect();
        self.0.warn(&format!("{message}{path}{error}"), &hints);
    }

    // No span is enabled.
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Of an event what a person needs; the rest is for logs.
#[derive(Default)]
struct Warning {
    message: String,
    path: Option<String>,
    error: Option<String>,
    hint: Option<String>,
}

impl Warning {
    fn set(&mut self, field: &Field, value: String) {
        match field.name() {
            "message" => self.message = value,
            "path" => self.path = Some(value),
            "error" => self.error = Some(value),
            "hint" => self.hint = Some(value),
            _ => {}
        }
    }
}

impl Visit for Warning {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.set(field, value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.set(field, format!("{value:?}"));
    }
}
