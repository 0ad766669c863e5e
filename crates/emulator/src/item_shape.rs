//! The shape of an item as the API answers it, as far as a wrong one would mislead whoever tests with it.

use serde_json::Value;

/// What may stand at a path. `null` may stand everywhere.
#[derive(Debug, Clone, Copy)]
enum Shape {
    Object,
    Array,
    Text,
    Number,
    Flag,
}

/// Paths of the official SDK's models (1.3.0) and what stands there; `[]` is each element of an array.
#[rustfmt::skip] // One path is one line.
const SHAPES: &[(&str, Shape)] = &[
    ("parentASIN", Shape::Text),
    ("detailPageURL", Shape::Text),
    ("variationAttributes", Shape::Array),
    ("variationAttributes.[]", Shape::Object),
    ("variationAttributes.[].name", Shape::Text),
    ("variationAttributes.[].value", Shape::Text),
    ("images", Shape::Object),
    ("images.primary", Shape::Object),
    ("images.primary.*", Shape::Object),
    ("images.primary.*.url", Shape::Text),
    ("images.primary.*.height", Shape::Number),
    ("images.primary.*.width", Shape::Number),
    ("images.variants", Shape::Array),
    ("images.variants.[]", Shape::Object),
    ("images.variants.[].*", Shape::Object),
    ("images.variants.[].*.url", Shape::Text),
    ("images.variants.[].*.height", Shape::Number),
    ("images.variants.[].*.width", Shape::Number),
    ("itemInfo", Shape::Object),
    ("itemInfo.*", Shape::Object),
    ("itemInfo.title.displayValue", Shape::Text),
    ("itemInfo.title.label", Shape::Text),
    ("itemInfo.title.locale", Shape::Text),
    ("itemInfo.features.displayValues", Shape::Array),
    ("itemInfo.features.displayValues.[]", Shape::Text),
    ("itemInfo.byLineInfo.brand", Shape::Object),
    ("itemInfo.byLineInfo.brand.displayValue", Shape::Text),
    ("itemInfo.byLineInfo.manufacturer", Shape::Object),
    ("itemInfo.byLineInfo.manufacturer.displayValue", Shape::Text),
    ("itemInfo.byLineInfo.contributors", Shape::Array),
    ("itemInfo.byLineInfo.contributors.[]", Shape::Object),
    ("itemInfo.externalIds.*", Shape::Object),
    ("itemInfo.externalIds.*.displayValues", Shape::Array),
    ("itemInfo.externalIds.*.displayValues.[]", Shape::Text),
    ("offersV2", Shape::Object),
    ("offersV2.listings", Shape::Array),
    ("offersV2.listings.[]", Shape::Object),
    ("offersV2.listings.[].availability", Shape::Object),
    ("offersV2.listings.[].availability.type", Shape::Text),
    ("offersV2.listings.[].availability.message", Shape::Text),
    ("offersV2.listings.[].condition", Shape::Object),
    ("offersV2.listings.[].dealDetails", Shape::Object),
    ("offersV2.listings.[].isBuyBoxWinner", Shape::Flag),
    ("offersV2.listings.[].merchantInfo", Shape::Object),
    ("offersV2.listings.[].price", Shape::Object),
    ("offersV2.listings.[].price.*", Shape::Object),
    ("offersV2.listings.[].price.money.amount", Shape::Number),
    ("offersV2.listings.[].price.money.currency", Shape::Text),
    ("offersV2.listings.[].price.money.displayAmount", Shape::Text),
    ("offersV2.listings.[].price.savingBasis.money", Shape::Object),
    ("offersV2.listings.[].price.savings.money", Shape::Object),
    ("offersV2.listings.[].type", Shape::Text),
    ("offersV2.listings.[].violatesMAP", Shape::Flag),
    ("browseNodeInfo", Shape::Object),
    ("browseNodeInfo.browseNodes", Shape::Array),
    ("browseNodeInfo.browseNodes.[]", Shape::Object),
    ("browseNodeInfo.browseNodes.[].id", Shape::Text),
    ("browseNodeInfo.browseNodes.[].displayName", Shape::Text),
    ("browseNodeInfo.websiteSalesRank", Shape::Object),
    ("customerReviews", Shape::Object),
];

/// The first place where an item is not what the API would answer: its path, and what should stand there.
pub(crate) fn first_mismatch(item: &Value) -> Option<(String, &'static str)> {
    SHAPES.iter().find_map(|(path, shape)| {
        let steps: Vec<&str> = path.split('.').collect();
        mismatch(item, &steps, *shape, &mut Vec::new())
    })
}

fn mismatch(
    value: &Value,
    steps: &[&str],
    shape: Shape,
    walked: &mut Vec<String>,
) -> Option<(String, &'static str)> {
    let Some((step, rest)) = steps.split_first() else {
        let expected = shape.unless_met(value)?;
        return Some((walked.join("."), expected));
    };
    let members: Vec<(String, &Value)> = match (*step, value) {
        ("[]", Value::Array(elements)) => {
            elements.iter().enumerate().map(|(index, element)| (index.to_string(), element)).collect()
        }
        ("*", Value::Object(members)) => {
            members.iter().map(|(name, member)| (name.clone(), member)).collect()
        }
        (name, Value::Object(members)) => {
            members.get(name).map(|member| (name.to_owned(), member)).into_iter().collect()
        }
        // Another row of the table says what is wrong here.
        _ => Vec::new(),
    };
    members.into_iter().find_map(|(name, member)| {
        walked.push(name);
        let found = mismatch(member, rest, shape, walked);
        walked.pop();
        found
    })
}

impl Shape {
    /// What was expected, if the value is something else.
    fn unless_met(self, value: &Value) -> Option<&'static str> {
        let (met, expected) = match self {
            Self::Object => (value.is_object(), "an object"),
            Self::Array => (value.is_array(), "an array"),
            Self::Text => (value.is_string(), "a string"),
            Self::Number => (value.is_number(), "a number"),
            Self::Flag => (value.is_boolean(), "true or false"),
        };
        (!met && !value.is_null()).then_some(expected)
    }
}
