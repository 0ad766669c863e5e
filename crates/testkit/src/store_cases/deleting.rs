//! Cases about `delete` and `restore`.

use linkwright_core::{CredentialStoreExt, DeleteMode, ErrorKind};

use super::{StoreCase, case, check_current, example, main_alone, name};
use crate::case::{Outcome, check, check_equal, expect_kind};
use crate::store_fixture::StoreFixture;

pub(super) fn cases() -> Vec<StoreCase> {
    vec![
        case!(deleting_what_is_absent_is_false, [write], "Nothing to delete is an answer, not an error."),
        case!(
            purged_name_is_absent,
            [write],
            "After a purge the name is `NotFound`, and a second purge finds nothing."
        ),
        case!(
            purged_name_can_be_written_again,
            [write],
            "A name is free after a purge, and gets revisions it never had."
        ),
        case!(
            deleted_name_is_absent_until_restored,
            [restore],
            "A recoverable deletion hides a name, and `restore` brings back its content."
        ),
        case!(
            deleting_recoverably_twice_is_false,
            [restore],
            "The second deletion finds nothing, and the first can still be undone."
        ),
        case!(
            restored_history_is_complete,
            [restore, revisions],
            "Deleting hides the history, restoring brings all of it back."
        ),
        case!(purge_cannot_be_restored, [restore], "What was purged is gone for `restore` too."),
        case!(
            purge_reaches_what_is_recoverably_deleted,
            [restore],
            "A deleted name can be purged, which is something to do, and is then final."
        ),
        case!(
            restoring_what_is_not_deleted_is_false,
            [restore],
            "Nothing to restore is an answer, and changes nothing."
        ),
        case!(
            restoring_what_was_never_there_is_not_found,
            [restore],
            "There is no bringing back a name nobody stored."
        ),
        case!(
            create_over_a_restorable_name_conflicts,
            [restore, create_only],
            "`Create` does not put the deleted one out of reach."
        ),
        case!(
            update_of_a_deleted_name_conflicts,
            [restore, update_if],
            "`Update` does not bring a deleted name back."
        ),
        case!(
            overwrite_brings_a_deleted_name_back,
            [restore],
            "`Overwrite` writes whatever was there, a deleted name included."
        ),
        case!(
            deleted_revision_cannot_be_promoted,
            [restore, revisions],
            "A deleted name is absent for `promote` and for `get` with a revision."
        ),
    ]
}

async fn deleting_what_is_absent_is_false(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    check_equal("answer of a purge", &store.delete(&name("absent"), DeleteMode::Purge).await?, &false)?;
    if store.capabilities().restore {
        let deleted = store.delete(&name("absent"), DeleteMode::Recoverable).await?;
        check_equal("answer of a recoverable deletion", &deleted, &false)?;
    }
    check_current("the other name", &*store, &name("main"), &example(1)).await
}

async fn purged_name_is_absent(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    check_equal("answer of the first purge", &store.delete(&name("main"), DeleteMode::Purge).await?, &true)?;
    expect_kind("reading", store.get_current(&name("main")).await, ErrorKind::NotFound)?;
    check_equal("answer of the second purge", &store.delete(&name("main"), DeleteMode::Purge).await?, &false)
}

async fn purged_name_can_be_written_again(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    let old = store.get_current(&name("main")).await?.revision;
    store.delete(&name("main"), DeleteMode::Purge).await?;
    let new = store.overwrite(&name("main"), example(2)).await?;
    check(old != new, || format!("the revision {old:?} means two states"))?;
    check_current("the new credential", &*store, &name("main"), &example(2)).await
}

async fn deleted_name_is_absent_until_restored(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    let deleted = store.delete(&name("main"), DeleteMode::Recoverable).await?;
    check_equal("answer of delete", &deleted, &true)?;
    expect_kind("reading", store.get_current(&name("main")).await, ErrorKind::NotFound)?;
    for answer in store.get_many(&[name("main")]).await {
        expect_kind("reading, in get_many", answer, ErrorKind::NotFound)?;
    }
    check_equal("answer of restore", &store.restore(&name("main")).await?, &true)?;
    check_current("after the restoration", &*store, &name("main"), &example(1)).await
}

async fn deleting_recoverably_twice_is_false(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    store.delete(&name("main"), DeleteMode::Recoverable).await?;
    let again = store.delete(&name("main"), DeleteMode::Recoverable).await?;
    check_equal("answer of the second deletion", &again, &false)?;
    store.restore(&name("main")).await?;
    check_current("after the restoration", &*store, &name("main"), &example(1)).await
}

async fn restored_history_is_complete(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    store.overwrite(&name("main"), example(2)).await?;
    let before = store.revisions(&name("main")).await?;
    store.delete(&name("main"), DeleteMode::Recoverable).await?;
    expect_kind("history of the deleted name", store.revisions(&name("main")).await, ErrorKind::NotFound)?;
    store.restore(&name("main")).await?;
    check_equal("history after the restoration", &store.revisions(&name("main")).await?, &before)
}

async fn purge_cannot_be_restored(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    store.delete(&name("main"), DeleteMode::Purge).await?;
    expect_kind("restoring", store.restore(&name("main")).await, ErrorKind::NotFound)?;
    expect_kind("reading", store.get_current(&name("main")).await, ErrorKind::NotFound)?;
    Ok(())
}

async fn purge_reaches_what_is_recoverably_deleted(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    store.delete(&name("main"), DeleteMode::Recoverable).await?;
    check_equal("answer of the purge", &store.delete(&name("main"), DeleteMode::Purge).await?, &true)?;
    expect_kind("restoring", store.restore(&name("main")).await, ErrorKind::NotFound)?;
    Ok(())
}

async fn restoring_what_is_not_deleted_is_false(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    let before = store.get_current(&name("main")).await?.revision;
    check_equal("answer of restore", &store.restore(&name("main")).await?, &false)?;
    check_equal("revision", &store.get_current(&name("main")).await?.revision, &before)
}

async fn restoring_what_was_never_there_is_not_found(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    expect_kind("restoring", store.restore(&name("absent")).await, ErrorKind::NotFound)?;
    Ok(())
}

async fn create_over_a_restorable_name_conflicts(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    store.delete(&name("main"), DeleteMode::Recoverable).await?;
    expect_kind("creating", store.create(&name("main"), example(2)).await, ErrorKind::Conflict)?;
    store.restore(&name("main")).await?;
    check_current("after the restoration", &*store, &name("main"), &example(1)).await
}

async fn update_of_a_deleted_name_conflicts(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    let revision = store.get_current(&name("main")).await?.revision;
    store.delete(&name("main"), DeleteMode::Recoverable).await?;
    let updated = store.update(&name("main"), example(2), &revision).await;
    expect_kind("updating", updated, ErrorKind::Conflict)?;
    check(!store.exists(&name("main")).await?, || "the refused update brought the name back".to_owned())
}

async fn overwrite_brings_a_deleted_name_back(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    store.delete(&name("main"), DeleteMode::Recoverable).await?;
    let written = store.overwrite(&name("main"), example(2)).await?;
    check_current("after the write", &*store, &name("main"), &example(2)).await?;
    check_equal("revision", &store.get_current(&name("main")).await?.revision, &written)?;
    check_equal("answer of restore", &store.restore(&name("main")).await?, &false)
}

async fn deleted_revision_cannot_be_promoted(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    let revision = store.get_current(&name("main")).await?.revision;
    store.delete(&name("main"), DeleteMode::Recoverable).await?;
    expect_kind("reading", store.get(&name("main"), Some(&revision)).await, ErrorKind::NotFound)?;
    expect_kind("promoting", store.promote(&name("main"), &revision).await, ErrorKind::NotFound)?;
    Ok(())
}
