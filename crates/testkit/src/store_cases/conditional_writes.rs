//! Cases about `put` with `Create` and `Update`: nobody's change is lost.

use futures_util::future::join_all;
use linkwright_core::{CredentialStoreExt, DeleteMode, ErrorKind, Revision};

use super::{StoreCase, case, check_current, example, main_alone, name, only_winner};
use crate::case::{Outcome, check, check_equal, expect_kind};
use crate::store_fixture::StoreFixture;

/// Enough that a store without a real condition lets two through, few enough for a server in a test.
const RIVALS: usize = 32;

pub(super) fn cases() -> Vec<StoreCase> {
    vec![
        case!(create_stores_what_is_absent, [create_only], "`Create` writes where nothing is."),
        case!(
            create_twice_conflicts,
            [create_only],
            "A second `Create` is `Conflict`, and the first value stays."
        ),
        case!(
            create_over_a_damaged_value_conflicts,
            [create_only, damage],
            "What cannot be read is there all the same."
        ),
        case!(
            concurrent_creates_have_one_winner,
            [create_only],
            "Of 32 that create one name at once, 31 lose."
        ),
        case!(
            update_from_the_current_revision_writes,
            [update_if],
            "`Update` from what was read goes through, again and again."
        ),
        case!(
            update_from_a_stale_revision_conflicts,
            [update_if],
            "`Update` from what somebody else replaced is `Conflict`, and their value stays."
        ),
        case!(
            update_from_an_unknown_revision_conflicts,
            [update_if],
            "A revision the store never gave is stale like any other."
        ),
        case!(
            update_of_an_absent_name_conflicts,
            [update_if],
            "`Update` never creates, also not after somebody deleted the name."
        ),
        case!(
            update_after_recreation_conflicts,
            [update_if],
            "A name purged and created again is not mistaken for the old one."
        ),
        case!(
            concurrent_updates_have_one_winner,
            [update_if],
            "Of 32 that update from one revision at once, 31 lose."
        ),
    ]
}

async fn create_stores_what_is_absent(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&[]).await?;
    let revision = store.create(&name("main"), example(1)).await?;
    check_current("after the creation", &*store, &name("main"), &example(1)).await?;
    check_equal("revision read", &store.get_current(&name("main")).await?.revision, &revision)
}

async fn create_twice_conflicts(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&[]).await?;
    store.create(&name("main"), example(1)).await?;
    // Also the very same credential: whoever creates wants to know that the name was taken.
    for second in [example(2), example(1)] {
        let created = store.create(&name("main"), second).await;
        expect_kind("creating a second time", created, ErrorKind::Conflict)?;
    }
    check_current("after the refusals", &*store, &name("main"), &example(1)).await
}

async fn create_over_a_damaged_value_conflicts(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open_damaged(&name("main"), super::reading::DAMAGED, &[]).await?;
    expect_kind("creating", store.create(&name("main"), example(1)).await, ErrorKind::Conflict)?;
    Ok(())
}

async fn concurrent_creates_have_one_winner(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&[]).await?;
    let main = name("main");
    let results = join_all((0..RIVALS).map(|number| store.create(&main, example(number)))).await;
    let (winner, revision) = only_winner("creating at once", results)?;
    check_current("the winner's credential", &*store, &main, &example(winner)).await?;
    check_equal("the winner's revision", &store.get_current(&main).await?.revision, &revision)
}

async fn update_from_the_current_revision_writes(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    let mut revision = store.get_current(&name("main")).await?.revision;
    for number in 2..=4 {
        revision = store.update(&name("main"), example(number), &revision).await?;
        check_current("after the update", &*store, &name("main"), &example(number)).await?;
    }
    Ok(())
}

async fn update_from_a_stale_revision_conflicts(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    let stale = store.get_current(&name("main")).await?.revision;
    let current = store.overwrite(&name("main"), example(2)).await?;
    let updated = store.update(&name("main"), example(3), &stale).await;
    expect_kind("updating from the stale revision", updated, ErrorKind::Conflict)?;
    check_current("after the refusal", &*store, &name("main"), &example(2)).await?;
    check_equal("revision after the refusal", &store.get_current(&name("main")).await?.revision, &current)
}

async fn update_from_an_unknown_revision_conflicts(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    // Also texts that are no revision of any store's, as a user may type them.
    for unknown in ["999999", "no-such-revision", "", "0", "-1", "1.5", "ü"] {
        let updated = store.update(&name("main"), example(2), &Revision::new(unknown)).await;
        expect_kind(&format!("updating from {unknown:?}"), updated, ErrorKind::Conflict)?;
    }
    check_current("after the refusals", &*store, &name("main"), &example(1)).await
}

async fn update_of_an_absent_name_conflicts(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    let revision = store.get_current(&name("main")).await?.revision;
    let updated = store.update(&name("absent"), example(2), &revision).await;
    expect_kind("updating a name nobody stored", updated, ErrorKind::Conflict)?;
    store.delete(&name("main"), DeleteMode::Purge).await?;
    let updated = store.update(&name("main"), example(2), &revision).await;
    expect_kind("updating a purged name", updated, ErrorKind::Conflict)?;
    for text in ["absent", "main"] {
        check(!store.exists(&name(text)).await?, || format!("the refused update created `{text}`"))?;
    }
    Ok(())
}

async fn update_after_recreation_conflicts(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    let old = store.get_current(&name("main")).await?.revision;
    store.delete(&name("main"), DeleteMode::Purge).await?;
    store.overwrite(&name("main"), example(2)).await?;
    let updated = store.update(&name("main"), example(3), &old).await;
    expect_kind("updating from a revision before the purge", updated, ErrorKind::Conflict)?;
    check_current("after the refusal", &*store, &name("main"), &example(2)).await
}

async fn concurrent_updates_have_one_winner(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    let main = name("main");
    let start = store.get_current(&main).await?.revision;
    let results =
        join_all((0..RIVALS).map(|number| store.update(&main, example(100 + number), &start))).await;
    let (winner, revision) = only_winner("updating at once", results)?;
    check_current("the winner's credential", &*store, &main, &example(100 + winner)).await?;
    check_equal("the winner's revision", &store.get_current(&main).await?.revision, &revision)
}
