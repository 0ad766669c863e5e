//! Cases about pending revisions: a new credential that must first prove that it works.

use linkwright_core::{
    CredentialName, CredentialStore, CredentialStoreExt, DeleteMode, ErrorKind, PutMode, PutState, Result,
    Revision, RevisionState,
};

use super::{StoreCase, case, check_current, check_same, example, main_alone, name};
use crate::case::{Outcome, check, check_equal, expect_kind};
use crate::store_fixture::StoreFixture;

pub(super) fn cases() -> Vec<StoreCase> {
    vec![
        case!(
            pending_revision_is_unseen_until_promoted,
            [pending],
            "Readers see the old credential, then, once it is promoted, the new one."
        ),
        case!(
            pending_revision_is_read_by_naming_it,
            [pending],
            "Who wrote it can try it out, and history calls it pending."
        ),
        case!(
            name_with_nothing_but_a_pending_revision_is_absent,
            [pending],
            "Until it is promoted it is `NotFound` to readers, but has a history."
        ),
        case!(
            new_pending_revision_replaces_the_former,
            [pending],
            "There is one pending revision at most; the former is gone."
        ),
        case!(
            writing_leaves_the_pending_revision_alone,
            [pending],
            "A current write does not touch what is pending."
        ),
        case!(
            promoting_an_earlier_revision_leaves_the_pending_one,
            [pending],
            "Going back does not touch what is pending."
        ),
        case!(
            create_over_a_pending_revision_conflicts,
            [pending, create_only],
            "`Create` finds a name taken that has only a pending revision."
        ),
        case!(
            create_as_pending_is_conditional_too,
            [pending, create_only],
            "`Create` as pending writes where nothing is, and conflicts where something is."
        ),
        case!(
            update_as_pending_is_conditional_too,
            [pending, update_if],
            "`Update` as pending conflicts unless the revision is current."
        ),
        case!(
            deleting_takes_the_pending_revision_along,
            [pending],
            "After a purge there is nothing left to promote."
        ),
    ]
}

async fn put_pending(store: &dyn CredentialStore, name: &CredentialName, number: usize) -> Result<Revision> {
    store.put(name, example(number), PutMode::Overwrite, PutState::Pending).await
}

/// The revisions of `main` that are pending.
async fn pending_of_main(store: &dyn CredentialStore) -> Result<Vec<Revision>> {
    let history = store.revisions(&name("main")).await?;
    let pending = history.into_iter().filter(|meta| meta.state == RevisionState::Pending);
    Ok(pending.map(|meta| meta.revision).collect())
}

async fn pending_revision_is_unseen_until_promoted(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    let main = name("main");
    let before = store.get_current(&main).await?;
    let pending = put_pending(&*store, &main, 2).await?;
    check_current("before the promotion", &*store, &main, &example(1)).await?;
    check_equal(
        "revision before the promotion",
        &store.get_current(&main).await?.revision,
        &before.revision,
    )?;
    for answer in store.get_many(std::slice::from_ref(&main)).await {
        check_same("before the promotion, in get_many", &answer?.set, &example(1))?;
    }

    let promoted = store.promote(&main, &pending).await?;
    check_current("after the promotion", &*store, &main, &example(2)).await?;
    check_equal("revision after the promotion", &store.get_current(&main).await?.revision, &promoted)?;
    check_equal("still pending", &pending_of_main(&*store).await?, &vec![])
}

async fn pending_revision_is_read_by_naming_it(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    let pending = put_pending(&*store, &name("main"), 2).await?;
    let stored = store.get(&name("main"), Some(&pending)).await?;
    check_same("the pending revision", &stored.set, &example(2))?;
    check_equal("the revision read", &stored.revision, &pending)?;
    check_equal("pending in history", &pending_of_main(&*store).await?, &vec![pending])
}

async fn name_with_nothing_but_a_pending_revision_is_absent(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&[]).await?;
    let main = name("main");
    let pending = put_pending(&*store, &main, 1).await?;
    expect_kind("reading", store.get_current(&main).await, ErrorKind::NotFound)?;
    for answer in store.get_many(std::slice::from_ref(&main)).await {
        expect_kind("reading, in get_many", answer, ErrorKind::NotFound)?;
    }
    check_equal("pending in history", &pending_of_main(&*store).await?, &vec![pending.clone()])?;
    store.promote(&main, &pending).await?;
    check_current("after the promotion", &*store, &main, &example(1)).await
}

async fn new_pending_revision_replaces_the_former(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    let main = name("main");
    let former = put_pending(&*store, &main, 2).await?;
    let newer = put_pending(&*store, &main, 3).await?;
    check_equal("pending in history", &pending_of_main(&*store).await?, &vec![newer.clone()])?;
    let history = store.revisions(&main).await?;
    check(history.iter().all(|meta| meta.revision != former), || {
        "a revision that was never current is called a previous one".to_owned()
    })?;
    store.promote(&main, &newer).await?;
    check_current("after the promotion", &*store, &main, &example(3)).await
}

async fn writing_leaves_the_pending_revision_alone(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    let main = name("main");
    let pending = put_pending(&*store, &main, 2).await?;
    store.overwrite(&main, example(3)).await?;
    check_current("after the write", &*store, &main, &example(3)).await?;
    check_equal("pending in history", &pending_of_main(&*store).await?, &vec![pending.clone()])?;
    store.promote(&main, &pending).await?;
    check_current("after the promotion", &*store, &main, &example(2)).await
}

async fn promoting_an_earlier_revision_leaves_the_pending_one(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    let main = name("main");
    let earlier = store.get_current(&main).await?.revision;
    store.overwrite(&main, example(2)).await?;
    let pending = put_pending(&*store, &main, 3).await?;
    store.promote(&main, &earlier).await?;
    check_current("after going back", &*store, &main, &example(1)).await?;
    check_equal("pending in history", &pending_of_main(&*store).await?, &vec![pending])
}

async fn create_over_a_pending_revision_conflicts(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&[]).await?;
    let main = name("main");
    let pending = put_pending(&*store, &main, 1).await?;
    expect_kind("creating", store.create(&main, example(2)).await, ErrorKind::Conflict)?;
    store.promote(&main, &pending).await?;
    check_current("after the promotion", &*store, &main, &example(1)).await
}

async fn create_as_pending_is_conditional_too(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    let new = name("new");
    let pending = store.put(&new, example(2), PutMode::Create, PutState::Pending).await?;
    for taken in [&new, &name("main")] {
        let created = store.put(taken, example(3), PutMode::Create, PutState::Pending).await;
        expect_kind(&format!("creating `{taken}`"), created, ErrorKind::Conflict)?;
    }
    check_equal("pending of the other name", &pending_of_main(&*store).await?, &vec![])?;
    store.promote(&new, &pending).await?;
    check_current("after the promotion", &*store, &new, &example(2)).await
}

async fn update_as_pending_is_conditional_too(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    let main = name("main");
    let stale = store.get_current(&main).await?.revision;
    let current = store.overwrite(&main, example(2)).await?;
    let put =
        |number, revision| store.put(&main, example(number), PutMode::Update(revision), PutState::Pending);
    expect_kind("updating from the stale revision", put(3, stale).await, ErrorKind::Conflict)?;
    check_equal("pending after the refusal", &pending_of_main(&*store).await?, &vec![])?;
    let pending = put(4, current.clone()).await?;
    // A pending revision is not current, so nothing can be updated from it.
    expect_kind("updating from the pending revision", put(5, pending.clone()).await, ErrorKind::Conflict)?;
    check_equal("pending", &pending_of_main(&*store).await?, &vec![pending])?;
    check_equal("current revision", &store.get_current(&main).await?.revision, &current)
}

async fn deleting_takes_the_pending_revision_along(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    // One beside a current revision, one alone: both are something to delete.
    for text in ["main", "only-pending"] {
        let name = name(text);
        let pending = put_pending(&*store, &name, 2).await?;
        check_equal("answer of delete", &store.delete(&name, DeleteMode::Purge).await?, &true)?;
        expect_kind("promoting afterwards", store.promote(&name, &pending).await, ErrorKind::NotFound)?;
        expect_kind("history afterwards", store.revisions(&name).await, ErrorKind::NotFound)?;
    }
    Ok(())
}
