//! Cases about what errors say, and what nothing may say.

use linkwright_core::{
    ApiVersion, CredentialSet, CredentialStore, CredentialStoreExt, DeleteMode, Error, ErrorKind, PutMode,
    PutState, Revision, error_chain,
};

use super::{StoreCase, case, main_alone, name};
use crate::case::{Outcome, check, check_equal, expect_kind};
use crate::sentinel::Sentinel;
use crate::store_fixture::StoreFixture;

pub(super) fn cases() -> Vec<StoreCase> {
    vec![
        case!(
            errors_say_where_they_come_from,
            [],
            "Every refusal names its operation, its store, and the name asked for."
        ),
        case!(
            errors_show_no_secret,
            [],
            "Whatever a store refuses, the credential it was given or holds is not in the error."
        ),
        case!(
            corrupt_error_shows_no_secret,
            [damage],
            "The error about a damaged credential quotes nothing of it."
        ),
        case!(
            debug_shows_no_secret,
            [],
            "`Debug` of a filled store, before and after it was used, shows no secret."
        ),
        case!(info_shows_no_secret, [], "Scheme, location and identity hold nothing of a credential."),
    ]
}

/// Tries everything, and gives what failed with the operation it should be named after. What a store cannot do fails
/// with `Unsupported`; what it can is asked about the absent name, from revisions that are none.
async fn provoke_errors(store: &dyn CredentialStore, set: &CredentialSet) -> Vec<(&'static str, Error)> {
    let absent = name("absent");
    let main = name("main");
    let unknown = Revision::new("no-such-revision");
    let mut errors = vec![
        ("store.get", store.get(&absent, None).await.err()),
        ("store.get", store.get(&main, Some(&unknown)).await.err()),
        ("store.put", store.update(&main, set.clone(), &unknown).await.err()),
        ("store.put", store.create(&main, set.clone()).await.err()),
        (
            "store.put",
            store.put(&main, set.clone(), PutMode::Update(unknown.clone()), PutState::Pending).await.err(),
        ),
        ("store.promote", store.promote(&absent, &unknown).await.err()),
        ("store.promote", store.promote(&main, &unknown).await.err()),
        ("store.revisions", store.revisions(&absent).await.err()),
        ("store.restore", store.restore(&absent).await.err()),
        ("store.list", store.list_all().await.err()),
    ];
    // Only where nothing is lost: what can be deleted or overwritten is no error.
    if !store.capabilities().write {
        errors.push(("store.put", store.overwrite(&main, set.clone()).await.err()));
        errors.push(("store.delete", store.delete(&main, DeleteMode::Purge).await.err()));
    }
    if !store.capabilities().restore {
        errors.push(("store.delete", store.delete(&main, DeleteMode::Recoverable).await.err()));
    }
    errors.into_iter().filter_map(|(operation, error)| Some((operation, error?))).collect()
}

async fn errors_say_where_they_come_from(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    let origin = store.info().to_string();
    for (operation, error) in provoke_errors(&*store, &main_alone()[0].1).await {
        let shown = error_chain(&error);
        check_equal(&format!("operation of {shown:?}"), &error.operation(), &operation)?;
        check_equal(&format!("origin of {shown:?}"), &error.origin(), &origin.as_str())?;
        check(!error.message().is_empty(), || format!("an error of `{operation}` has no message"))?;
        if error.kind() != ErrorKind::Unsupported {
            let named = error.context_value("name");
            check(matches!(named, Some("absent" | "main")), || {
                format!("context `name` of {shown:?}: expected the name asked for, found {named:?}")
            })?;
        }
    }
    for answer in store.get_many(&[name("absent")]).await {
        let error = expect_kind("get_many of an absent name", answer, ErrorKind::NotFound)?;
        check_equal("origin", &error.origin(), &origin.as_str())?;
        check(matches!(error.operation(), "store.get" | "store.get_many"), || {
            format!("operation of get_many: found {:?}", error.operation())
        })?;
    }
    Ok(())
}

/// A credential whose secret is the sentinel.
fn marked(sentinel: &Sentinel) -> CredentialSet {
    CredentialSet::new("an-id", sentinel.secret(), ApiVersion::V3_1)
}

fn check_absent(what: &str, sentinel: &Sentinel, text: &str) -> Outcome {
    let leak = sentinel.find_in(text.as_bytes());
    check(leak.is_none(), || {
        format!("{what} holds the secret{}", leak.map_or(String::new(), |leak| format!(": {leak}")))
    })
}

fn check_error(what: &str, sentinel: &Sentinel, error: &Error) -> Outcome {
    check_absent(&format!("the message of {what}"), sentinel, &error_chain(error))?;
    check_absent(&format!("`Debug` of {what}"), sentinel, &format!("{error:?} {error:#?}"))?;
    check_absent(&format!("the hint of {what}"), sentinel, error.hint().unwrap_or_default())
}

async fn errors_show_no_secret(fixture: &dyn StoreFixture) -> Outcome {
    let (held, given) = (Sentinel::new(1), Sentinel::new(2));
    let store = fixture.open(&[(name("main"), marked(&held))]).await?;
    let mut errors = provoke_errors(&*store, &marked(&given)).await;
    if let (true, Some(limit)) = (store.capabilities().write, store.capabilities().max_value_bytes) {
        let oversized = marked(&given).with_label(Some("x".repeat(limit)));
        let written = store.overwrite(&name("main"), oversized).await;
        errors.push(("store.put", expect_kind("writing too much", written, ErrorKind::RequestInvalid)?));
    }
    for (operation, error) in errors {
        for sentinel in [&held, &given] {
            check_error(&format!("an error of `{operation}`"), sentinel, &error)?;
        }
    }
    Ok(())
}

async fn corrupt_error_shows_no_secret(fixture: &dyn StoreFixture) -> Outcome {
    let sentinel = Sentinel::new(3);
    // The text between the quotes needs no escaping: letters and digits are what the search finds.
    let secret = sentinel.text().replace(|character: char| !character.is_ascii_alphanumeric(), "");
    let documents = [
        format!(r#"{{"format":1,"id":"i","secret":"{secret}"#),
        format!(r#"{{"format":1,"id":"i","secret":["{secret}"],"api_version":"3.1"}}"#),
        format!(r#"{{"format":1,"id":"i","secret":"s","api_version":"{secret}"}}"#),
        format!(r#"{{"format":"{secret}"}}"#),
        secret,
    ];
    for document in documents {
        let store = fixture.open_damaged(&name("main"), &document, &[]).await?;
        let error = expect_kind("reading", store.get(&name("main"), None).await, ErrorKind::Corrupt)?;
        check_error("the error", &sentinel, &error)?;
        check_absent("`Debug` of the store", &sentinel, &format!("{store:?}"))?;
    }
    Ok(())
}

async fn debug_shows_no_secret(fixture: &dyn StoreFixture) -> Outcome {
    let sentinel = Sentinel::new(4);
    let store = fixture.open(&[(name("main"), marked(&sentinel))]).await?;
    check_absent("`Debug` of a fresh store", &sentinel, &format!("{store:?} {store:#?}"))?;
    // Once more after reading and writing: what a store caches is easily forgotten.
    let stored = store.get_current(&name("main")).await?;
    check_absent("`Debug` of what was read", &sentinel, &format!("{stored:?} {stored:#?}"))?;
    if store.capabilities().write {
        store.overwrite(&name("other"), marked(&sentinel)).await?;
    }
    check_absent("`Debug` of a used store", &sentinel, &format!("{store:?} {store:#?}"))
}

async fn info_shows_no_secret(fixture: &dyn StoreFixture) -> Outcome {
    let sentinel = Sentinel::new(5);
    let store = fixture.open(&[(name("main"), marked(&sentinel))]).await?;
    store.get_current(&name("main")).await?;
    let info = store.info();
    check_absent("info", &sentinel, &format!("{info} {info:?} {:?}", info.identity))
}
