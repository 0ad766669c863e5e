//! Members this version does not know.

/// The members of one object that this version does not know, each with its JSON text, in the order they came.
///
/// Amazon adds members without notice; a program that needs one today finds it here.
///
/// ```
/// use linkwright_creators::wire::GetItemsAnswer;
///
/// let answer = GetItemsAnswer::decode(br#"{"itemsResult":{"items":[{"asin":"B000000001","hue":{"degrees":12.50}}]}}"#)?;
/// assert_eq!(answer.items[0].unknown.get("hue"), Some(r#"{"degrees":12.50}"#));
/// # Ok::<(), linkwright_core::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unknown(Option<Box<Members>>);

/// Boxed, because every object has room for them and nearly none has any.
type Members = Vec<(Box<str>, Box<str>)>;

impl Unknown {
    pub(crate) fn push(&mut self, name: &str, json: Box<str>) {
        self.0.get_or_insert_default().push((name.into(), json));
    }

    /// These members, and those of another object behind them.
    pub(crate) fn and(mut self, other: Self) -> Self {
        if let Some(members) = other.0 {
            self.0.get_or_insert_default().extend(*members);
        }
        self
    }

    /// The JSON text of the last member of this name, exactly as it came.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.members().iter().rev().find(|(known, _)| &**known == name).map(|(_, json)| &**json)
    }

    /// All of them, name and JSON text.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.members().iter().map(|(name, json)| (&**name, &**json))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.members().is_empty()
    }

    fn members(&self) -> &[(Box<str>, Box<str>)] {
        self.0.as_deref().map_or(&[], Vec::as_slice)
    }
}
