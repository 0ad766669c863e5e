//! Cases about `list`.

use linkwright_core::{CredentialStoreExt, DeleteMode, PutMode, PutState};

use super::reading::DAMAGED;
use super::{StoreCase, case, example, main_alone, name};
use crate::case::{Outcome, check, check_equal};
use crate::store_fixture::{Seed, StoreFixture};

pub(super) fn cases() -> Vec<StoreCase> {
    vec![
        case!(empty_store_lists_nothing, [list], "An empty store is an empty list, not an error."),
        case!(
            each_credential_is_listed_once,
            [list],
            "Every name is there once, with the revision and date `get` gives."
        ),
        case!(
            long_list_is_complete,
            [list, write],
            "More names than a page of any store's holds are all there."
        ),
        case!(
            list_follows_changes,
            [list, write],
            "Written names appear, purged ones go, and the revision is the newest."
        ),
        case!(
            deleted_names_are_not_listed,
            [list, restore],
            "A name deleted recoverably is absent until it is restored."
        ),
        case!(
            pending_revision_is_not_listed,
            [list, pending],
            "A pending revision neither adds a name nor changes its revision."
        ),
        case!(
            damaged_value_is_listed,
            [list, damage],
            "Listing reads no secret, so a damaged one is listed like any other."
        ),
    ]
}

async fn listed_names(store: &dyn linkwright_core::CredentialStore) -> linkwright_core::Result<Vec<String>> {
    Ok(store.list_all().await?.into_iter().map(|meta| meta.name.to_string()).collect())
}

async fn empty_store_lists_nothing(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&[]).await?;
    check_equal("names listed", &listed_names(&*store).await?, &vec![])
}

async fn each_credential_is_listed_once(fixture: &dyn StoreFixture) -> Outcome {
    let seed: Vec<Seed> =
        ["c", "a.b", "a", "b-1"].into_iter().zip(1..).map(|(text, n)| (name(text), example(n))).collect();
    let store = fixture.open(&seed).await?;
    let listed = store.list_all().await?;
    let names: Vec<&str> = listed.iter().map(|meta| meta.name.as_str()).collect();
    check_equal("names listed", &names, &vec!["a", "a.b", "b-1", "c"])?;
    for meta in listed {
        let stored = store.get(&meta.name, None).await?;
        check_equal("revision listed", &meta.revision, &stored.revision)?;
        // A store may know the date in one place only, but not two dates.
        if let (Some(listed), Some(read)) = (meta.changed_at, stored.changed_at) {
            check_equal("date listed", &listed, &read)?;
        }
    }
    Ok(())
}

async fn long_list_is_complete(fixture: &dyn StoreFixture) -> Outcome {
    // Secrets Manager pages by 100 at most; the other stores do not page.
    const NAMES: usize = 120;
    let store = fixture.open(&[]).await?;
    let expected: Vec<String> = (0..NAMES).map(|number| format!("n{number:03}")).collect();
    for text in &expected {
        store.overwrite(&name(text), example(1)).await?;
    }
    let listed = listed_names(&*store).await?;
    let missing: Vec<&String> = expected.iter().filter(|text| !listed.contains(text)).collect();
    check_equal("names missing from the list", &missing, &vec![])?;
    check_equal("number of names listed", &listed.len(), &NAMES)
}

async fn list_follows_changes(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&[]).await?;
    store.overwrite(&name("a"), example(1)).await?;
    store.overwrite(&name("b"), example(2)).await?;
    check_equal("after two writes", &listed_names(&*store).await?, &vec!["a".to_owned(), "b".to_owned()])?;
    let newest = store.overwrite(&name("b"), example(3)).await?;
    store.delete(&name("a"), DeleteMode::Purge).await?;
    let listed = store.list_all().await?;
    check_equal("names after a purge", &listed.iter().map(|meta| meta.name.as_str()).collect(), &vec!["b"])?;
    check_equal("revision after an overwrite", &listed[0].revision, &newest)
}

async fn deleted_names_are_not_listed(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    store.delete(&name("main"), DeleteMode::Recoverable).await?;
    check_equal("after the deletion", &listed_names(&*store).await?, &vec![])?;
    store.restore(&name("main")).await?;
    check_equal("after the restoration", &listed_names(&*store).await?, &vec!["main".to_owned()])
}

async fn pending_revision_is_not_listed(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    let before = store.list_all().await?;
    for text in ["main", "only-pending"] {
        store.put(&name(text), example(2), PutMode::Overwrite, PutState::Pending).await?;
    }
    let after = store.list_all().await?;
    check(before == after, || format!("expected the list to stay {before:?}, found {after:?}"))
}

async fn damaged_value_is_listed(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open_damaged(&name("broken"), DAMAGED, &main_alone()).await?;
    check_equal("names listed", &listed_names(&*store).await?, &vec!["broken".to_owned(), "main".to_owned()])
}
