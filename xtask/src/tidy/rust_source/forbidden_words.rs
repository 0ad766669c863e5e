//! What Rust files may not name, and which files: the rules as data.
//!
//! Applying them is the parent's work.

use super::words::{line_at, occurrences, std_module};

/// One rule.
#[derive(Debug)]
pub(crate) struct Rule {
    /// How a permission names it.
    pub(crate) name: &'static str,
    /// Which part of a file it is about.
    pub(crate) reach: Reach,
    /// Which files it is about.
    pub(crate) applies_to: fn(&str) -> bool,
    /// Words that are forbidden.
    pub(crate) words: &'static [&'static str],
    /// Modules of the standard library that are forbidden.
    pub(crate) std_modules: &'static [&'static str],
    /// Why it is forbidden.
    pub(crate) what: &'static str,
    /// What to do instead.
    pub(crate) mend: &'static str,
}

/// The part of a file a rule is about.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Reach {
    /// All comments, also those in tests.
    Comments,
    /// All code, also tests.
    AllCode,
    /// Code outside of tests.
    Shipped,
}

/// All rules.
pub(crate) const RULES: &[Rule] = &[
    Rule {
        name: "placeholder",
        reach: Reach::AllCode,
        applies_to: every_file,
        words: &["todo!", "unimplemented!"],
        std_modules: &[],
        what: "an unfinished place",
        mend: "finish it, or return an `Unsupported` error",
    },
    Rule {
        name: "reminder",
        reach: Reach::Comments,
        applies_to: every_file,
        words: &["FIXME", "XXX"],
        std_modules: &[],
        what: "a reminder nobody will read",
        mend: "mend it now, or write an issue and link it",
    },
    Rule {
        name: "ignored-test",
        reach: Reach::AllCode,
        applies_to: every_file,
        words: &["#[ignore"],
        std_modules: &[],
        what: "a test that never runs",
        mend: "make it run, or delete it; a case whose backend is absent is reported by the conformance harness",
    },
    Rule {
        name: "env",
        reach: Reach::Shipped,
        applies_to: is_library,
        words: &[],
        std_modules: &["env"],
        what: "a library does not read the environment",
        mend: "take the settings as a parameter; only crates/cli reads them",
    },
    Rule {
        name: "print",
        reach: Reach::Shipped,
        applies_to: is_library,
        words: &["println!", "eprintln!", "print!", "eprint!", "dbg!", "io::stdout", "io::stderr"],
        std_modules: &[],
        what: "a library does not print",
        mend: "return it, take a writer, or emit a `tracing` event; only crates/cli prints",
    },
    Rule {
        name: "exit",
        reach: Reach::Shipped,
        applies_to: is_library,
        words: &["process::exit", "process::abort"],
        std_modules: &[],
        what: "a library does not end the program",
        mend: "return an error; an exit also skips the destructors that wipe secrets",
    },
    Rule {
        name: "file-system",
        reach: Reach::Shipped,
        applies_to: is_core_or_zero,
        words: &[],
        std_modules: &["fs"],
        what: "core and zero do no I/O",
        mend: "take the content as a parameter, or move this to the crate that owns the file",
    },
    Rule {
        name: "clock",
        reach: Reach::Shipped,
        applies_to: is_clockless,
        words: &["SystemTime::now", "Instant::now"],
        std_modules: &[],
        what: "time is injected",
        mend: "take a `Clock` or the time as a parameter",
    },
];

impl Rule {
    /// Where the rule is broken in `text`: line and word.
    pub(crate) fn occurrences(&self, text: &str) -> Vec<(usize, String)> {
        let words = self.words.iter().flat_map(|word| {
            occurrences(text, word).map(|at| (line_at(text, at), (*word).to_owned())).collect::<Vec<_>>()
        });
        let modules = self.std_modules.iter().flat_map(|module| {
            let places = std_module(text, module).into_iter();
            places.map(|at| (line_at(text, at), format!("std::{module}"))).collect::<Vec<_>>()
        });
        words.chain(modules).collect()
    }

    /// What to do, and how to be excused.
    pub(crate) fn mend_line(&self) -> String {
        format!("{}; if it must be, end the line with `// tidy: allow({}) REASON`", self.mend, self.name)
    }
}

fn every_file(_: &str) -> bool {
    true
}

/// The sources of our crates except the command line's. Build scripts talk to cargo by printing, so they are out.
fn is_library(path: &str) -> bool {
    crate_of_source(path).is_some_and(|name| name != "cli")
}

fn is_core_or_zero(path: &str) -> bool {
    crate_of_source(path).is_some_and(|name| matches!(name, "core" | "zero"))
}

fn is_clockless(path: &str) -> bool {
    crate_of_source(path).is_some_and(|name| matches!(name, "core" | "zero" | "creators" | "layers"))
}

/// `crates/NAME/src/…` → `NAME`.
fn crate_of_source(path: &str) -> Option<&str> {
    let (name, inside) = path.strip_prefix("crates/")?.split_once('/')?;
    inside.starts_with("src/").then_some(name)
}
