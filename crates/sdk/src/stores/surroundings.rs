//! What stores may touch of the world around them, as one value.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use linkwright_core::{Clock, Result, Secret};

use crate::config_path::data_folder;

/// A view of environment variables that stores may keep: a name in, its value out.
pub type SharedVariables = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// Asks a person for a passphrase. The text says what for.
pub type AskPassphrase = Arc<dyn Fn(&str) -> Result<Secret> + Send + Sync>;

/// What stores may touch of the world around them.
#[derive(Clone)]
#[non_exhaustive]
pub struct StoreSurroundings {
    /// Environment variables by name.
    pub variables: SharedVariables,
    /// The names of all variables there are.
    pub variable_names: Vec<String>,
    /// Where relative paths in addresses start.
    pub folder: PathBuf,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Asks for a passphrase; `None` where nobody can be asked.
    pub ask_passphrase: Option<AskPassphrase>,
    /// Whether a store that is not there yet is about to be made. The passphrase of a new one is asked for twice: nobody
    /// can open it with another than the one that was typed.
    pub makes_new: bool,
}

impl StoreSurroundings {
    /// Relative paths start at the current folder, and nobody is asked.
    pub fn new(variables: SharedVariables, variable_names: Vec<String>, clock: Arc<dyn Clock>) -> Self {
        Self {
            variables,
            variable_names,
            folder: PathBuf::new(),
            clock,
            ask_passphrase: None,
            makes_new: false,
        }
    }

    /// The same with another start of relative paths.
    #[must_use]
    pub fn with_folder(mut self, folder: impl Into<PathBuf>) -> Self {
        self.folder = folder.into();
        self
    }

    /// The same with a way to ask for a passphrase.
    #[must_use]
    pub fn with_ask_passphrase(mut self, ask: AskPassphrase) -> Self {
        self.ask_passphrase = Some(ask);
        self
    }

    /// The same where a store that is not there yet is about to be made.
    #[must_use]
    pub fn with_makes_new(mut self, makes_new: bool) -> Self {
        self.makes_new = makes_new;
        self
    }

    /// A variable that is set to something.
    pub(super) fn set(&self, name: &str) -> Option<String> {
        (self.variables)(name).filter(|value| !value.is_empty())
    }

    /// The folder for credentials and keys.
    pub(super) fn data_folder(&self) -> Result<PathBuf> {
        let variables = |name: &str| (self.variables)(name);
        data_folder(&variables)
    }

    /// A path as an address means it. `~/` is the home folder: the shell leaves it alone behind a colon.
    pub(super) fn path(&self, text: &str) -> PathBuf {
        match (text.strip_prefix("~/"), self.set("HOME")) {
            (Some(rest), Some(home)) => Path::new(&home).join(rest),
            _ => self.folder.join(text),
        }
    }
}

impl fmt::Debug for StoreSurroundings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreSurroundings")
            .field("folder", &self.folder)
            .field("asks", &self.ask_passphrase.is_some())
            .finish_non_exhaustive()
    }
}
