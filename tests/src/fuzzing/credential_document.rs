//! Credential documents: what is read is written and read again as the same; what is refused is never quoted.

use linkwright_core::{ErrorKind, document, error_chain};

/// The secret in the corpus. No message may hold it, wherever in a document it stands.
const SENTINEL: &str = "hunter2";

/// Reads bytes as a credential document.
///
/// # Panics
/// If a property is broken.
pub fn credential_document(input: &[u8]) {
    match document::decode(input) {
        Ok(set) => {
            let written = document::encode(&set);
            let again = document::decode(&written)
                .unwrap_or_else(|error| panic!("what was written is refused: {error}"));
            assert!(again == set, "reading what was written gives another credential");
            assert_eq!(*document::encode(&again), *written, "writing twice gives two documents");
            let shown = [set.id(), set.label().unwrap_or_default()];
            let printed = format!("{set:?}");
            let may_be_shown = shown.iter().any(|text| text.contains(SENTINEL));
            assert!(may_be_shown || !printed.contains(SENTINEL), "a secret is printed: {printed}");
        }
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::Corrupt);
            let said = format!("{} {error:?} {:?}", error_chain(&error), error.hint());
            assert!(!said.contains(SENTINEL), "an error quotes the document: {said}");
        }
    }
}
