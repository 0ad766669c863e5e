//! Which variables belong to which credential.
//!
//! | | variables |
//! |---|---|
//! | `default` | `PREFIX_ID`, `PREFIX_SECRET`, `PREFIX_VERSION` |
//! | `shop-eu` | `PREFIX_SHOP_EU_ID`, `PREFIX_SHOP_EU_SECRET`, `PREFIX_SHOP_EU_VERSION` |
//!
//! A variable that is empty counts as not set, because that is how compose files pass on what is not there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use linkwright_core::CredentialName;
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::value_file::{self, FromFile, Written};

/// Gives a variable's value; `None` if it is not set.
pub type Variables = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// The part of the name of a variable that says which value it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Id,
    Secret,
    Version,
    /// Optional: what the user calls it.
    Label,
    /// Optional: the credential's exact name, where it has a `.` or a `-` in it.
    Name,
}

impl Field {
    /// What a credential cannot be without.
    pub(crate) const REQUIRED: [Self; 3] = [Self::Id, Self::Secret, Self::Version];

    const fn suffix(self) -> &'static str {
        match self {
            Self::Id => "_ID",
            Self::Secret => "_SECRET",
            Self::Version => "_VERSION",
            Self::Label => "_LABEL",
            Self::Name => "_NAME",
        }
    }
}

/// The view of the environment.
pub(crate) struct Environment {
    pub(crate) prefix: String,
    pub(crate) variables: Variables,
    /// All names of variables there are.
    pub(crate) names: Vec<String>,
}

/// A value as it was found, and when its file was written if it came from one.
pub(crate) struct Value {
    pub(crate) text: Zeroizing<String>,
    pub(crate) written: Option<Written>,
}

impl Environment {
    /// The value of a variable that is set and not empty.
    fn value(&self, variable: &str) -> Option<Zeroizing<String>> {
        (self.variables)(variable).map(Zeroizing::new).filter(|value| !value.is_empty())
    }

    /// How the variables of a name begin.
    pub(crate) fn stem(&self, name: &CredentialName) -> String {
        format!("{}_{}", self.prefix, upper_case(name))
    }

    /// Whether any of the three values is given, directly or by a file.
    pub(crate) fn is_present(&self, stem: &str) -> bool {
        self.missing(stem).len() < Field::REQUIRED.len()
    }

    /// Those of the three variables that are not set, nor their file forms.
    pub(crate) fn missing(&self, stem: &str) -> Vec<String> {
        let all = Field::REQUIRED.into_iter().map(|field| variable(stem, field));
        let unset =
            |variable: &String| self.value(variable).is_none() && self.value(&file_form(variable)).is_none();
        all.filter(unset).collect()
    }

    /// Reads a value from its variable or the file that is named instead; `None` if neither is set.
    pub(crate) fn read(&self, stem: &str, field: Field) -> Result<Option<Value>, Failure> {
        let variable = variable(stem, field);
        let file_variable = file_form(&variable);
        let path = self.value(&file_variable).map(|path| PathBuf::from(&**path));
        match (self.value(&variable), path) {
            (Some(_), Some(_)) => Err(Failure::ValueAndFile { variable }),
            (Some(text), None) => Ok(Some(Value { text, written: None })),
            (None, Some(path)) => {
                let FromFile { value, written } = value_file::read(&file_variable, path)?;
                Ok(Some(Value { text: value, written: Some(written) }))
            }
            (None, None) => Ok(None),
        }
    }

    /// The variable that gives this value: the plain one, or that of its file.
    pub(crate) fn given_by(&self, stem: &str, field: Field) -> String {
        let variable = variable(stem, field);
        if self.value(&variable).is_some() { variable } else { file_form(&variable) }
    }

    /// The label, which alone may be empty.
    pub(crate) fn label(&self, stem: &str) -> Result<Option<Value>, Failure> {
        let value = self.read(stem, Field::Label)?;
        let empty = || (self.variables)(&variable(stem, Field::Label)).map(Zeroizing::new);
        Ok(value.or_else(|| Some(Value { text: empty()?, written: None })))
    }

    /// When the files of the three values were written, without reading them; zero stands for a missing one.
    pub(crate) fn written(&self, stem: &str) -> Vec<Written> {
        let fields = Field::REQUIRED.into_iter();
        let paths = fields.filter_map(|field| self.value(&file_form(&variable(stem, field))));
        let written = paths.map(|path| value_file::written(Path::new(&**path)));
        written.map(|written| written.unwrap_or(Written { nanoseconds: 0 })).collect()
    }

    /// The exact name given for these variables, if one is.
    pub(crate) fn exact_name(&self, stem: &str) -> Result<Option<CredentialName>, Failure> {
        let variable = variable(stem, Field::Name);
        let Some(value) = self.value(&variable) else { return Ok(None) };
        match CredentialName::try_from(value.trim()) {
            Ok(name) if self.stem(&name) == stem => Ok(Some(name)),
            _ => Err(Failure::OtherName { variable }),
        }
    }

    /// The middles of all variables that give one of the three values: empty for the unnamed ones, else such as
    /// `SHOP_EU`.
    pub(crate) fn middles(&self) -> BTreeSet<String> {
        let given = self.names.iter().filter(|name| self.value(name).is_some());
        given.filter_map(|name| middle(name.strip_prefix(&self.prefix)?)).collect()
    }
}

/// The variable that holds this value.
pub(crate) fn variable(stem: &str, field: Field) -> String {
    format!("{stem}{}", field.suffix())
}

fn file_form(variable: &str) -> String {
    format!("{variable}_FILE")
}

/// What stands between the prefix and the end that says which value it is.
fn middle(after_prefix: &str) -> Option<String> {
    let value = after_prefix.strip_suffix("_FILE").unwrap_or(after_prefix);
    let middle = Field::REQUIRED.into_iter().find_map(|field| value.strip_suffix(field.suffix()))?;
    if middle.is_empty() { Some(String::new()) } else { middle.strip_prefix('_').map(str::to_owned) }
}

/// A name as variables spell it.
fn upper_case(name: &CredentialName) -> String {
    let spelled = |character: char| match character {
        '.' | '-' => '_',
        other => other.to_ascii_uppercase(),
    };
    name.as_str().chars().map(spelled).collect()
}

/// The plainest name that is spelt so, if there is one.
pub(crate) fn plain_name(middle: &str) -> Option<CredentialName> {
    let name = CredentialName::try_from(middle.to_ascii_lowercase().as_str()).ok()?;
    // Variables in lower case are not read, so they are not listed.
    (upper_case(&name) == middle).then_some(name)
}
