//! The conformance cases for credential stores: the list, and what the cases have in common.
//!
//! The cases themselves are in the files beside, one for each subject. They check the rules written on
//! [`CredentialStore`] and nothing a store may decide for itself.

use linkwright_core::{ApiVersion, CredentialName, CredentialSet, CredentialStore, Result, Secret, document};

use crate::case::{Case, Outcome, check, check_equal};
use crate::store_fixture::{Seed, StoreFixture};

mod conditional_writes;
mod deleting;
mod listing;
mod needs;
mod pending;
mod reading;
mod refusals;
mod revisions;
mod secrecy;
mod writing;

/// A conformance case for credential stores.
pub type StoreCase = Case<dyn StoreFixture>;

/// All cases for credential stores. Names are unique.
///
/// ```
/// use linkwright_testkit::{MemoryFixture, store_cases};
/// # use futures_util::FutureExt;
///
/// let fixture = MemoryFixture::default();
/// for case in store_cases() {
///     match (case.needs)(&fixture) {
///         Ok(()) => {
///             // Your harness awaits it on its runtime; a store in memory never waits.
///             let outcome = (case.run)(&fixture).now_or_never().expect("ready at once");
///             assert_eq!(outcome, Ok(()), "{}: {}", case.name, case.shows);
///         }
///         Err(reason) => println!("{} ... ignored, {reason}", case.name),
///     }
/// }
/// ```
pub fn store_cases() -> Vec<StoreCase> {
    [
        reading::cases(),
        listing::cases(),
        writing::cases(),
        conditional_writes::cases(),
        revisions::cases(),
        pending::cases(),
        deleting::cases(),
        secrecy::cases(),
        refusals::cases(),
    ]
    .concat()
}

/// A case from the function of the same name and its needs, named after functions in `needs`.
macro_rules! case {
    ($function:ident, [$($need:ident),*], $shows:literal) => {
        $crate::Case {
            name: stringify!($function),
            shows: $shows,
            needs: |_fixture| {
                $($crate::store_cases::needs::$need(_fixture)?;)*
                Ok(())
            },
            run: |fixture| Box::pin($function(fixture)),
        }
    };
}
use case;

fn name(text: &str) -> CredentialName {
    CredentialName::try_from(text).expect("the cases' names are well-formed")
}

/// A credential told apart from others by its number, in every part but the version.
fn example(number: usize) -> CredentialSet {
    CredentialSet::new(format!("id-{number}"), Secret::new(format!("secret-{number}")), ApiVersion::V3_1)
        .with_label(Some(format!("label {number}")))
}

/// The seed of one credential, `main`, which is `example(1)`.
fn main_alone() -> [Seed; 1] {
    [(name("main"), example(1))]
}

/// A credential whose document is exactly this long, in bytes.
fn set_of_document_length(length: usize) -> CredentialSet {
    let with_secret = |secret: String| CredentialSet::new("large", Secret::new(secret), ApiVersion::V2_1);
    let empty = document::encode(&with_secret(String::new())).len();
    with_secret("x".repeat(length.saturating_sub(empty)))
}

/// Fails unless both credentials are the same, naming the part that differs. Never shows a secret.
fn check_same(what: &str, found: &CredentialSet, expected: &CredentialSet) -> Outcome {
    check_equal(&format!("{what}: id"), &found.id(), &expected.id())?;
    check(found.secret() == expected.secret(), || format!("{what}: the secret is another one"))?;
    check_equal(&format!("{what}: version"), &found.api_version(), &expected.api_version())?;
    check_equal(&format!("{what}: label"), &found.label(), &expected.label())?;
    check(found == expected, || format!("{what}: members unknown to this version were changed or lost"))
}

/// Fails unless the name's current credential is this one.
async fn check_current(
    what: &str,
    store: &dyn CredentialStore,
    name: &CredentialName,
    expected: &CredentialSet,
) -> Outcome {
    check_same(what, &store.get(name, None).await?.set, expected)
}

/// Fails unless exactly one of many rivals succeeded and all others lost with `Conflict`; gives the winner's place and
/// answer.
fn only_winner<T>(what: &str, results: Vec<Result<T>>) -> Result<(usize, T), crate::Failure> {
    let mut winners = Vec::new();
    for (place, result) in results.into_iter().enumerate() {
        match result {
            Ok(answer) => winners.push((place, answer)),
            Err(error) if error.kind() == linkwright_core::ErrorKind::Conflict => {}
            Err(error) => return Err(error.into()),
        }
    }
    check_equal(&format!("{what}: winners"), &winners.len(), &1)?;
    Ok(winners.remove(0))
}
