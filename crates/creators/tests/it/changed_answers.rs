//! Answers of the documented shape, with members missing, `null`, given twice, new, or of values nobody knows yet.

use proptest::prelude::*;
use serde_json::Value;

use crate::full_answers::{OPERATIONS, Operation};

/// JSON that can hold a member twice.
#[derive(Debug, Clone)]
enum Json {
    Object(Vec<(String, Self)>),
    List(Vec<Self>),
    /// The JSON of a text.
    Text(String),
    /// A number, in quotes or not.
    Number(String),
    /// The JSON of anything else.
    Other(&'static str),
}

impl Json {
    const NULL: Self = Self::Other("null");

    fn of(value: &Value) -> Self {
        match value {
            Value::Object(members) => {
                Self::Object(members.iter().map(|(name, value)| (name.clone(), Self::of(value))).collect())
            }
            Value::Array(elements) => Self::List(elements.iter().map(Self::of).collect()),
            Value::String(_) => Self::Text(value.to_string()),
            Value::Number(_) => Self::Number(value.to_string()),
            Value::Bool(true) => Self::Other("true"),
            Value::Bool(false) => Self::Other("false"),
            Value::Null => Self::NULL,
        }
    }

    fn is_null(&self) -> bool {
        matches!(self, Self::Other("null"))
    }

    /// How many members and elements there are, at all depths.
    fn places(&self) -> usize {
        match self {
            Self::Object(members) => members.iter().map(|(_, value)| 1 + value.places()).sum(),
            Self::List(elements) => elements.iter().map(|element| 1 + element.places()).sum(),
            Self::Text(_) | Self::Number(_) | Self::Other(_) => 0,
        }
    }

    /// Changes what stands at this place, in the order of the text; what is left of the number is behind this value.
    fn change(&mut self, mut place: usize, change: Change) -> Result<(), usize> {
        match self {
            Self::Object(members) => {
                for index in 0..members.len() {
                    if place == 0 {
                        change.member(members, index);
                        return Ok(());
                    }
                    match members[index].1.change(place - 1, change) {
                        Ok(()) => return Ok(()),
                        Err(left) => place = left,
                    }
                }
            }
            Self::List(elements) => {
                for index in 0..elements.len() {
                    if place == 0 {
                        change.element(elements, index);
                        return Ok(());
                    }
                    match elements[index].change(place - 1, change) {
                        Ok(()) => return Ok(()),
                        Err(left) => place = left,
                    }
                }
            }
            Self::Text(_) | Self::Number(_) | Self::Other(_) => {}
        }
        Err(place)
    }

    /// The last member of this name that is not `null`, which is the one that counts.
    fn member(&self, name: &str) -> Option<&Self> {
        let Self::Object(members) = self else { return None };
        members.iter().rev().find(|(known, value)| known == name && !value.is_null()).map(|(_, value)| value)
    }

    fn write(&self, text: &mut String) {
        match self {
            Self::Object(members) => {
                text.push('{');
                for (index, (name, value)) in members.iter().enumerate() {
                    text.push_str(if index == 0 { "" } else { " ,\n" });
                    text.push_str(&Value::from(name.as_str()).to_string());
                    text.push_str(" :\t");
                    value.write(text);
                }
                text.push('}');
            }
            Self::List(elements) => {
                text.push('[');
                for (index, element) in elements.iter().enumerate() {
                    text.push_str(if index == 0 { "" } else { ", " });
                    element.write(text);
                }
                text.push(']');
            }
            Self::Text(leaf) | Self::Number(leaf) => text.push_str(leaf),
            Self::Other(leaf) => text.push_str(leaf),
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Change {
    Removed,
    Null,
    /// The same once more.
    Twice,
    /// `null` behind it.
    TwiceNull,
    /// A text nobody knows, if it is a text; a number that is no integer and large, if it is a number.
    OtherValue,
    /// A number in quotes, as the documentation has some.
    Quoted,
    /// Something new in front of it.
    Something,
    /// Behind all others.
    Last,
}

impl Change {
    fn member(self, members: &mut Vec<(String, Json)>, index: usize) {
        match self {
            Self::Removed => drop(members.remove(index)),
            Self::Null => members[index].1 = Json::NULL,
            Self::Twice => members.push(members[index].clone()),
            Self::TwiceNull => {
                let name = members[index].0.clone();
                members.push((name, Json::NULL));
            }
            Self::OtherValue | Self::Quoted => self.leaf(&mut members[index].1),
            Self::Something => {
                let value = Json::Other(r#"{"new":[1e400,{"deep":"\ud83d\ude00"}]}"#);
                members.insert(index, ("somethingNew".to_owned(), value));
            }
            Self::Last => {
                let member = members.remove(index);
                members.push(member);
            }
        }
    }

    fn element(self, elements: &mut Vec<Json>, index: usize) {
        match self {
            Self::Removed => drop(elements.remove(index)),
            Self::Null => elements[index] = Json::NULL,
            Self::Twice => elements.push(elements[index].clone()),
            Self::TwiceNull | Self::Something => elements.insert(index, Json::NULL),
            Self::OtherValue | Self::Quoted => self.leaf(&mut elements[index]),
            Self::Last => {
                let element = elements.remove(index);
                elements.push(element);
            }
        }
    }

    fn leaf(self, value: &mut Json) {
        match (self, value) {
            (Self::Quoted, Json::Number(text)) => *text = format!("\"{}\"", text.trim_matches('"')),
            (Self::OtherValue, Json::Number(text)) => {
                *text = "-1234567890123456789012345678901234567890.5E+4".to_owned();
            }
            (Self::OtherValue, Json::Text(text)) => *text = r#""TIME\u005fTRAVEL \ud83d\ude00""#.to_owned(),
            _ => {}
        }
    }
}

fn any_change() -> impl Strategy<Value = Change> {
    use Change::*;
    prop::sample::select(vec![Removed, Null, Twice, TwiceNull, OtherValue, Quoted, Something, Last])
}

/// How many elements the main list has.
fn elements(answer: &Json, operation: &Operation) -> usize {
    let list = operation.list.iter().try_fold(answer, |value, name| value.member(name));
    match list {
        Some(Json::List(elements)) => elements.iter().filter(|element| !element.is_null()).count(),
        _ => 0,
    }
}

/// Reads an answer of so many elements after these changes, and says what is wrong with what was read.
fn check(operation: &Operation, count: usize, changes: &[(usize, Change)]) -> Result<(), String> {
    let mut answer = Json::of(&(operation.answer)(count));
    for (place, change) in changes {
        let places = answer.places();
        if places > 0 {
            answer.change(place % places, *change).map_err(|left| format!("no such place: {left}"))?;
        }
    }
    let mut text = String::new();
    answer.write(&mut text);
    let read = (operation.decode)(text.as_bytes()).map_err(|error| format!("{error}\n{text}"))?;
    let expected = elements(&answer, operation);
    if !read.unreadable.is_empty() || read.elements != expected {
        return Err(format!(
            "{} of {expected} read, unreadable: {:?}\n{text}",
            read.elements, read.unreadable
        ));
    }
    Ok(())
}

#[test]
fn every_single_change_of_any_answer_is_read() {
    use Change::*;
    for operation in &OPERATIONS {
        // Items are the same wherever they stand, so that those of getItems are enough.
        let count = usize::from(!["searchItems", "getVariations"].contains(&operation.name));
        let places = Json::of(&(operation.answer)(count)).places();
        for place in 0..places {
            for change in [Removed, Null, Twice, TwiceNull, OtherValue, Quoted, Something, Last] {
                check(operation, count, &[(place, change)])
                    .unwrap_or_else(|what| panic!("{} {place} {change:?}: {what}", operation.name));
            }
        }
    }
}

proptest! {
    #[test]
    fn any_changes_of_any_answer_are_read(
        operation in 0..OPERATIONS.len(),
        changes in prop::collection::vec((any::<usize>(), any_change()), 0..40),
    ) {
        check(&OPERATIONS[operation], 3, &changes).map_err(TestCaseError::fail)?;
    }
}
