//! Cases about `put` without a condition.

use futures_util::future::{join, join_all};
use linkwright_core::{CredentialStoreExt, DeleteMode, ErrorKind, document};

use super::reading::DAMAGED;
use super::{StoreCase, case, check_current, check_same, example, main_alone, name, set_of_document_length};
use crate::case::{Outcome, check, check_equal, expect_kind};
use crate::store_fixture::StoreFixture;

pub(super) fn cases() -> Vec<StoreCase> {
    vec![
        case!(overwrite_creates_what_is_absent, [write], "`Overwrite` needs nothing to be there."),
        case!(overwrite_replaces, [write], "Readers see what was written last, under a new revision."),
        case!(
            put_answers_the_revision_readers_see,
            [write],
            "The revision `put` gives is the one `get` gives."
        ),
        case!(writing_one_name_leaves_others_alone, [write], "Names do not share anything."),
        case!(writing_the_same_again_is_a_new_revision, [write], "Equal content is written all the same."),
        case!(
            unknown_members_survive_a_change,
            [write],
            "Members a newer version added are still there after an older one changed the label."
        ),
        case!(
            large_value_is_kept,
            [write],
            "A document as large as the store takes (at most 64 KiB are tried) is read back whole."
        ),
        case!(
            oversized_value_is_refused,
            [write, size_limit],
            "One byte more than the store takes is `RequestInvalid`, and nothing changes."
        ),
        case!(
            readers_see_old_or_new_never_half,
            [write],
            "While it is being overwritten, a credential is always a whole one."
        ),
        case!(overwrite_mends_a_damaged_value, [write, damage], "What cannot be read can still be replaced."),
        case!(purge_removes_a_damaged_value, [write, damage], "What cannot be read can still be deleted."),
    ]
}

async fn overwrite_creates_what_is_absent(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&[]).await?;
    store.overwrite(&name("main"), example(1)).await?;
    check_current("after the write", &*store, &name("main"), &example(1)).await
}

async fn overwrite_replaces(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    let before = store.get_current(&name("main")).await?.revision;
    let after = store.overwrite(&name("main"), example(2)).await?;
    check(before != after, || format!("both states have the revision {before:?}"))?;
    check_current("after the second write", &*store, &name("main"), &example(2)).await?;
    // A label that is gone must not shine through from what was there before.
    store.overwrite(&name("main"), example(2).with_label(None)).await?;
    check_current("after the label was dropped", &*store, &name("main"), &example(2).with_label(None)).await
}

async fn put_answers_the_revision_readers_see(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&[]).await?;
    for number in 1..=3 {
        let written = store.overwrite(&name("main"), example(number)).await?;
        check_equal("revision read", &store.get_current(&name("main")).await?.revision, &written)?;
    }
    Ok(())
}

async fn writing_one_name_leaves_others_alone(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    let before = store.get_current(&name("main")).await?;
    for (text, number) in [("main2", 2), ("mai", 3), ("main.x", 4)] {
        store.overwrite(&name(text), example(number)).await?;
    }
    store.delete(&name("mai"), DeleteMode::Purge).await?;
    let after = store.get_current(&name("main")).await?;
    check_equal("revision of the other name", &after.revision, &before.revision)?;
    check_same("the other name", &after.set, &example(1))?;
    check_current("the longer name", &*store, &name("main2"), &example(2)).await
}

async fn writing_the_same_again_is_a_new_revision(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&[]).await?;
    let first = store.overwrite(&name("main"), example(1)).await?;
    let second = store.overwrite(&name("main"), example(1)).await?;
    check(first != second, || format!("both writes have the revision {first:?}"))
}

async fn unknown_members_survive_a_change(fixture: &dyn StoreFixture) -> Outcome {
    let newer = document::decode(
        br#"{"format":1,"id":"an-id","secret":"a-secret","api_version":"3.1","rotated":{"at":[1.50,1e400]},"zz":null}"#,
    )?;
    let store = fixture.open(&[]).await?;
    store.overwrite(&name("main"), newer.clone()).await?;
    let read = store.get_current(&name("main")).await?;
    check_same("as written by the newer version", &read.set, &newer)?;
    store.overwrite(&name("main"), read.set.with_label(Some("another".to_owned()))).await?;
    let expected = newer.with_label(Some("another".to_owned()));
    check_current("after the older version changed it", &*store, &name("main"), &expected).await
}

async fn large_value_is_kept(fixture: &dyn StoreFixture) -> Outcome {
    const MOST_TRIED: usize = 65_536;
    let store = fixture.open(&[]).await?;
    let length = store.capabilities().max_value_bytes.map_or(MOST_TRIED, |limit| limit.min(MOST_TRIED));
    let large = set_of_document_length(length);
    store.overwrite(&name("main"), large.clone()).await?;
    check_current("the large value", &*store, &name("main"), &large).await
}

async fn oversized_value_is_refused(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    let Some(limit) = store.capabilities().max_value_bytes else { return Ok(()) };
    let before = store.get_current(&name("main")).await?.revision;
    for target in ["main", "new"] {
        let written = store.overwrite(&name(target), set_of_document_length(limit + 1)).await;
        expect_kind("writing one byte too many", written, ErrorKind::RequestInvalid)?;
    }
    check_equal("revision afterwards", &store.get_current(&name("main")).await?.revision, &before)?;
    check(!store.exists(&name("new")).await?, || "the refused credential exists".to_owned())
}

async fn readers_see_old_or_new_never_half(fixture: &dyn StoreFixture) -> Outcome {
    const ROUNDS: usize = 24;
    let store = fixture.open(&main_alone()).await?;
    let main = name("main");
    // Of different lengths, so that an in-place write would be seen.
    let version = |number: usize| example(number).with_label(Some("x".repeat(number * 37)));
    let writes = join_all((1..=ROUNDS).map(|number| store.overwrite(&main, version(number))));
    let reads = join_all((1..=ROUNDS).map(|_| store.get_current(&main)));
    let (written, read) = join(writes, reads).await;
    for revision in written {
        revision?;
    }
    for stored in read {
        let set = stored?.set;
        let whole = set == example(1) || (1..=ROUNDS).any(|number| set == version(number));
        check(whole, || format!("a credential nobody wrote was read: {set:?}"))?;
    }
    Ok(())
}

async fn overwrite_mends_a_damaged_value(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open_damaged(&name("main"), DAMAGED, &[]).await?;
    store.overwrite(&name("main"), example(1)).await?;
    check_current("after the overwrite", &*store, &name("main"), &example(1)).await
}

async fn purge_removes_a_damaged_value(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open_damaged(&name("main"), DAMAGED, &[]).await?;
    check_equal("answer of delete", &store.delete(&name("main"), DeleteMode::Purge).await?, &true)?;
    expect_kind("reading afterwards", store.get_current(&name("main")).await, ErrorKind::NotFound)?;
    Ok(())
}
