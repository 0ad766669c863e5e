//! Reading a request's body field by field, keeping a list of what is wrong.

use std::ops::RangeInclusive;

use serde_json::{Map, Value};

/// The fields that are wrong, each with a message.
pub(crate) type Wrong = Vec<(String, String)>;

/// A body that is read. What is absent and what is `null` are the same; members nobody asks for are left alone.
#[derive(Debug)]
pub(crate) struct Fields<'a> {
    body: &'a Map<String, Value>,
    wrong: Wrong,
}

impl<'a> Fields<'a> {
    /// Nothing is wrong yet.
    pub(crate) fn new(body: &'a Map<String, Value>) -> Self {
        Self { body, wrong: Wrong::new() }
    }

    /// The value, if nothing was wrong; a value that is missing all the same is left out, and then something was.
    pub(crate) fn finish<T>(self, value: Option<T>) -> Result<T, Wrong> {
        match value {
            Some(value) if self.wrong.is_empty() => Ok(value),
            _ => Err(self.wrong),
        }
    }

    /// Adds to what is wrong.
    pub(crate) fn complain(&mut self, name: &str, message: impl Into<String>) {
        self.wrong.push((name.to_owned(), message.into()));
    }

    /// Complains about a required field that is not there, unless it is there and wrong.
    pub(crate) fn required<T>(&mut self, name: &str, value: Option<T>) -> Option<T> {
        if value.is_none() && !self.wrong.iter().any(|(known, _)| known == name) {
            self.complain(name, "must not be null");
        }
        value
    }

    /// Whether the field is in the body, right or wrong.
    pub(crate) fn is_there(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    fn get(&self, name: &str) -> Option<&'a Value> {
        self.body.get(name).filter(|value| !value.is_null())
    }

    /// An optional text with something in it.
    pub(crate) fn text(&mut self, name: &str, longest: usize) -> Option<String> {
        let message = match self.get(name)? {
            Value::String(text) if text.chars().count() > longest => {
                format!("must have at most {longest} characters")
            }
            Value::String(text) if text.trim().is_empty() => "must not be blank".to_owned(),
            Value::String(text) => return Some(text.clone()),
            _ => "must be a string".to_owned(),
        };
        self.complain(name, message);
        None
    }

    /// An optional list of texts; `count` is how many there may be, `longest` how many characters each.
    pub(crate) fn texts(
        &mut self,
        name: &str,
        count: RangeInclusive<usize>,
        longest: usize,
    ) -> Option<Vec<String>> {
        let message = match self.get(name)? {
            Value::Array(list) if !count.contains(&list.len()) => {
                format!("must have between {} and {} elements", count.start(), count.end())
            }
            Value::Array(list) => {
                let texts: Option<Vec<String>> =
                    list.iter().map(|element| element.as_str().map(str::to_owned)).collect();
                match texts {
                    Some(texts) if texts.iter().all(|text| text.chars().count() <= longest) => {
                        return Some(texts);
                    }
                    Some(_) => format!("elements must have at most {longest} characters"),
                    None => "must be a list of strings".to_owned(),
                }
            }
            _ => "must be a list".to_owned(),
        };
        self.complain(name, message);
        None
    }

    /// An optional whole number. `4.0` is one; so is `"4"`, which a sample of the documentation sends.
    pub(crate) fn whole(&mut self, name: &str, allowed: RangeInclusive<u64>) -> Option<u64> {
        let number = match self.get(name)? {
            Value::String(text) => text.parse().ok(),
            Value::Number(number) => number.as_u64().or_else(|| {
                let number = number.as_f64().filter(|number| number.fract() == 0.0 && *number >= 0.0)?;
                // Exact far beyond every limit; what is larger becomes the largest, which no range holds.
                Some(number as u64)
            }),
            _ => None,
        };
        let number = number.filter(|number| allowed.contains(number));
        if number.is_none() {
            let message = if *allowed.end() == u64::MAX {
                format!("must be a whole number of at least {}", allowed.start())
            } else {
                format!("must be a whole number between {} and {}", allowed.start(), allowed.end())
            };
            self.complain(name, message);
        }
        number
    }

    /// An optional number of at least `least`.
    pub(crate) fn number(&mut self, name: &str, least: f64) -> Option<f64> {
        let number = self.get(name)?.as_f64().filter(|number| *number >= least);
        if number.is_none() {
            self.complain(name, format!("must be a number of at least {least}"));
        }
        number
    }

    /// An optional text that is one of these.
    pub(crate) fn choice<T: Copy>(&mut self, name: &str, known: &[(&str, T)]) -> Option<T> {
        let value = self.get(name)?;
        let found = known.iter().find(|(known, _)| value.as_str() == Some(known));
        if found.is_none() {
            let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
            self.complain(name, format!("must be one of: {}", names.join(", ")));
        }
        found.map(|(_, choice)| *choice)
    }

    /// An optional map of texts.
    pub(crate) fn map_of_texts(&mut self, name: &str) {
        let good = match self.get(name) {
            None => true,
            Some(value) => value.as_object().is_some_and(|members| members.values().all(Value::is_string)),
        };
        if !good {
            self.complain(name, "must be a map of strings");
        }
    }
}
