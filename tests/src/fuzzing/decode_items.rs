//! Answers of getItems: whatever a service sends, every key is accounted for.

use std::sync::Arc;

use futures_util::FutureExt;
use linkwright_core::{Asin, ProductSourceExt};
use linkwright_creators::CreatorsSource;
use linkwright_creators::wire::GetItemsAnswer;

use super::decode_answers::read;
use super::scripted_api::{ScriptedApi, context};

/// The products that are asked for; those of the corpus.
const ASKED: [&str; 2] = ["B000000001", "B000000002"];

/// Takes bytes for an answer of getItems.
///
/// # Panics
/// If a property is broken.
pub fn decode_items(input: &[u8]) {
    read(GetItemsAnswer::decode, |answer| &answer.unreadable, input);
    let source = CreatorsSource::new(Arc::new(ScriptedApi::answering(200, input).client()));
    let asked = ASKED.map(|text| Asin::parse(text).unwrap_or_else(|error| panic!("{error}")));
    let answered = source.get_items(&context(), &asked).now_or_never();
    match answered.unwrap_or_else(|| panic!("nothing here waits")) {
        Ok(batch) => {
            assert_eq!(batch.len(), asked.len());
            assert!(batch.found().iter().all(|(asin, item)| item.value.asin == *asin));
        }
        Err(error) => panic!("an answer that cannot be read costs the request: {error:?}"),
    }
}
