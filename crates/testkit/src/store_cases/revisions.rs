//! Cases about a credential's history: `revisions`, `get` with a revision, and going back.

use linkwright_core::{CredentialStore, CredentialStoreExt, ErrorKind, Revision, RevisionState};

use super::{StoreCase, case, check_current, check_same, example, main_alone, name};
use crate::case::{Outcome, check, check_equal, expect_kind};
use crate::store_fixture::StoreFixture;

pub(super) fn cases() -> Vec<StoreCase> {
    vec![
        case!(
            revisions_are_newest_first,
            [revisions, write],
            "History begins with what was written last, and exactly one revision is current."
        ),
        case!(
            revisions_of_an_absent_name_are_not_found,
            [revisions],
            "A name nobody stored has no history, which is `NotFound` and not an empty list."
        ),
        case!(
            every_revision_is_read_by_naming_it,
            [revisions, write],
            "Earlier revisions keep their content, under the revision asked for."
        ),
        case!(
            unknown_revision_is_not_found,
            [revisions],
            "Reading a revision the name does not have is `NotFound`."
        ),
        case!(revision_of_another_name_is_not_found, [revisions, write], "A revision belongs to its name."),
        case!(
            promoting_an_earlier_revision_brings_it_back,
            [revisions, write],
            "Going back shows readers the earlier content, under the revision `promote` gives."
        ),
        case!(
            promoting_the_current_revision_changes_nothing,
            [revisions, write],
            "The current revision stays, and is the answer."
        ),
        case!(
            promoting_the_unknown_is_not_found,
            [revisions, write],
            "An unknown revision or name is `NotFound`, and nothing changes."
        ),
    ]
}

async fn revisions_are_newest_first(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&[]).await?;
    let mut expected = Vec::new();
    for number in 1..=3 {
        expected.insert(0, store.overwrite(&name("main"), example(number)).await?);
    }
    let found = store.revisions(&name("main")).await?;
    check_equal("revisions", &found.iter().map(|meta| meta.revision.clone()).collect(), &expected)?;
    let states: Vec<RevisionState> = found.iter().map(|meta| meta.state).collect();
    let previous = RevisionState::Previous;
    check_equal("their states", &states, &vec![RevisionState::Current, previous, previous])?;
    check(found.is_sorted_by(|newer, older| newer.changed_at >= older.changed_at), || {
        format!("the dates do not descend: {found:?}")
    })
}

async fn revisions_of_an_absent_name_are_not_found(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    expect_kind("history of an absent name", store.revisions(&name("absent")).await, ErrorKind::NotFound)?;
    Ok(())
}

async fn every_revision_is_read_by_naming_it(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&[]).await?;
    let mut written = Vec::new();
    for number in 1..=3 {
        written.push((number, store.overwrite(&name("main"), example(number)).await?));
    }
    for (number, revision) in written {
        let stored = store.get(&name("main"), Some(&revision)).await?;
        check_same("the earlier revision", &stored.set, &example(number))?;
        check_equal("the revision read", &stored.revision, &revision)?;
    }
    Ok(())
}

/// Texts no store gives out as a revision of `main` in these cases; some are no revision of any store's.
const UNKNOWN: [&str; 6] = ["999999", "no-such-revision", "", "-1", "1.5", "ü"];

async fn unknown_revision_is_not_found(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    for unknown in UNKNOWN {
        let read = store.get(&name("main"), Some(&Revision::new(unknown))).await;
        expect_kind(&format!("reading revision {unknown:?}"), read, ErrorKind::NotFound)?;
    }
    let current = store.get_current(&name("main")).await?.revision;
    let read = store.get(&name("absent"), Some(&current)).await;
    expect_kind("reading a revision of an absent name", read, ErrorKind::NotFound)?;
    Ok(())
}

async fn revision_of_another_name_is_not_found(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    let mut last = store.overwrite(&name("other"), example(2)).await?;
    // Stores that count revisions for each name give both the same low numbers, so `other` is written more often.
    for number in 3..=6 {
        last = store.overwrite(&name("other"), example(number)).await?;
    }
    expect_kind("reading", store.get(&name("main"), Some(&last)).await, ErrorKind::NotFound)?;
    expect_kind("promoting", store.promote(&name("main"), &last).await, ErrorKind::NotFound)?;
    check_current("afterwards", &*store, &name("main"), &example(1)).await
}

async fn promoting_an_earlier_revision_brings_it_back(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&[]).await?;
    let first = store.overwrite(&name("main"), example(1)).await?;
    let second = store.overwrite(&name("main"), example(2)).await?;
    for (revision, number) in [(first, 1), (second, 2)] {
        let now_current = store.promote(&name("main"), &revision).await?;
        check_current("after going back", &*store, &name("main"), &example(number)).await?;
        check_equal("current revision", &store.get_current(&name("main")).await?.revision, &now_current)?;
        check_only_current(&*store, &now_current).await?;
    }
    Ok(())
}

async fn promoting_the_current_revision_changes_nothing(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    let before = store.revisions(&name("main")).await?;
    let current = store.get_current(&name("main")).await?.revision;
    check_equal("answer of promote", &store.promote(&name("main"), &current).await?, &current)?;
    check_equal("history", &store.revisions(&name("main")).await?, &before)
}

async fn promoting_the_unknown_is_not_found(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    let before = store.revisions(&name("main")).await?;
    for unknown in UNKNOWN {
        let promoted = store.promote(&name("main"), &Revision::new(unknown)).await;
        expect_kind(&format!("promoting revision {unknown:?}"), promoted, ErrorKind::NotFound)?;
    }
    let promoted = store.promote(&name("absent"), &before[0].revision).await;
    expect_kind("promoting on an absent name", promoted, ErrorKind::NotFound)?;
    check_equal("history", &store.revisions(&name("main")).await?, &before)
}

/// Fails unless this revision of `main`, and no other, is current in its history.
async fn check_only_current(store: &dyn CredentialStore, expected: &Revision) -> Outcome {
    let history = store.revisions(&name("main")).await?;
    let current: Vec<&Revision> = history
        .iter()
        .filter(|meta| meta.state == RevisionState::Current)
        .map(|meta| &meta.revision)
        .collect();
    check_equal("revisions called current", &current, &vec![expected])
}
