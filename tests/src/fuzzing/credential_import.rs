//! Files of credentials: never a panic, and no refusal, name or printed form shows a value.

use linkwright_core::ErrorKind;
use linkwright_sdk::import_credentials;

/// The secret in the corpus. No message may hold it, wherever in a file it stands.
const SENTINEL: &str = "hunter2";

/// Reads bytes as a file of credentials.
///
/// # Panics
/// If a property is broken.
pub fn credential_import(input: &[u8]) {
    match import_credentials(input) {
        Ok(import) => {
            assert!(!import.credentials.is_empty(), "nothing was imported, and that is no error");
            for credential in &import.credentials {
                let blank = |text: &str| text.is_empty() || text.contains(char::is_whitespace);
                assert!(!blank(&credential.id) && !blank(credential.secret.expose()), "a value with blanks");
                assert!((1..=input.len()).contains(&credential.line), "no such line: {}", credential.line);
                let may_be_shown = format!("{}{:?}", credential.id, credential.label).contains(SENTINEL);
                assert!(may_be_shown || !format!("{credential:?}").contains(SENTINEL), "a secret is printed");
            }
            let names = format!("{:?} {:?}", import.taken, import.not_taken);
            assert!(!names.contains(SENTINEL), "a value is taken for a name: {names}");
        }
        Err(error) => {
            assert_eq!(error.kind(), ErrorKind::RequestInvalid);
            assert!(!format!("{error:?}").contains(SENTINEL), "an error quotes the file: {error:?}");
        }
    }
}
