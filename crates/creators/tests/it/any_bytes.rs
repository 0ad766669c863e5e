//! Whatever comes, nothing panics.

use linkwright_core::ErrorKind;
use linkwright_creators::wire::GetItemsAnswer;
use proptest::prelude::*;

use crate::full_answers::{DOWNLOAD_LINK, OPERATIONS, decode_download_link};

/// A short answer; the full ones are too long to hit what matters.
const GOOD: &str = r#"{"itemsResult":{"items":[{"asin":"B000000001","score":1.5,"offersV2":{"listings":[{"price":{"money":{"amount":39.99}}}]}},{"asin":"B000000002"}]},"errors":[{"code":"ItemNotAccessible","message":"m"}]}"#;

/// By every decoder there is.
fn decode(bytes: &[u8]) {
    let decoders = OPERATIONS.iter().map(|operation| operation.decode).chain([decode_download_link as _]);
    for decode in decoders {
        match decode(bytes) {
            Ok(read) => {
                let unreadable = read.unreadable.iter().map(|unreadable| &unreadable.error);
                unreadable.for_each(|error| assert_eq!(error.kind(), ErrorKind::Corrupt));
            }
            Err(error) => assert_eq!(error.kind(), ErrorKind::Corrupt),
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        decode(&bytes);
    }

    #[test]
    fn a_changed_answer_is_read_or_refused(at in 0..GOOD.len(), byte in any::<u8>(), keep in 0..=GOOD.len()) {
        let mut bytes = GOOD.as_bytes().to_vec();
        bytes[at] = byte;
        bytes.truncate(keep);
        decode(&bytes);
    }

    #[test]
    fn a_changed_full_answer_is_read_or_refused(
        operation in 0..OPERATIONS.len(), at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>(),
    ) {
        let mut bytes = (OPERATIONS[operation].answer)(1).to_string().into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if cut {
            bytes.truncate(at);
        }
        decode(&bytes);
    }

    #[test]
    fn a_changed_download_link_is_read_or_refused(at in 0..DOWNLOAD_LINK.len(), byte in any::<u8>(), keep in 0..=DOWNLOAD_LINK.len()) {
        let mut bytes = DOWNLOAD_LINK.as_bytes().to_vec();
        bytes[at] = byte;
        bytes.truncate(keep);
        decode(&bytes);
    }

    #[test]
    fn any_number_is_kept(sign in "-?", whole in "0|[1-9][0-9]{0,30}", fraction in "(\\.[0-9]{1,10})?", exponent in "([eE][+-]?[0-9]{1,12})?") {
        let text = format!("{sign}{whole}{fraction}{exponent}");
        let body = format!(r#"{{"itemsResult":{{"items":[{{"score":{text}}}]}}}}"#);
        let answer = GetItemsAnswer::decode(body.as_bytes()).unwrap();
        let number = answer.items[0].score.as_ref().unwrap();
        prop_assert_eq!(number.as_str(), &text);
        if let Some(plain) = number.to_plain() {
            prop_assert!(!plain.contains(['e', 'E']));
            let (exact, written): (f64, f64) = (text.parse().unwrap(), plain.parse().unwrap());
            prop_assert_eq!(exact, written);
        }
    }
}
