//! Cases about missing capabilities: `Unsupported`, never silence or something weaker than was asked for.

use linkwright_core::{
    CredentialStore, CredentialStoreExt, DeleteMode, ErrorKind, PutMode, PutState, Result, Revision,
};

use super::{StoreCase, case, check_current, example, main_alone, name};
use crate::case::{Outcome, expect_kind};
use crate::store_fixture::StoreFixture;

pub(super) fn cases() -> Vec<StoreCase> {
    vec![
        case!(
            writing_is_refused_by_a_read_only_store,
            [no_write],
            "Without `write`, every write and deletion is `Unsupported`, and nothing changes."
        ),
        case!(
            create_is_refused_without_create_only,
            [no_create_only],
            "A store that cannot create safely does not create unsafely."
        ),
        case!(
            update_is_refused_without_update_if,
            [no_update_if],
            "A store that cannot compare does not overwrite instead."
        ),
        case!(
            pending_is_refused_without_pending,
            [no_pending],
            "A store without pending revisions does not write a current one instead."
        ),
        case!(
            listing_is_refused_without_list,
            [no_list],
            "A store that cannot list says so; it does not look empty."
        ),
        case!(
            history_is_refused_without_revisions,
            [no_revisions],
            "A store without history does not show an empty one, nor the current revision for another."
        ),
        case!(
            recoverable_deletion_is_refused_without_restore,
            [no_restore],
            "A store that cannot restore does not purge instead."
        ),
    ]
}

fn unsupported<T>(what: &str, result: Result<T>) -> Outcome {
    expect_kind(what, result, ErrorKind::Unsupported).map(|_| ())
}

/// A store with `main`, and how to see that a refusal changed nothing.
async fn check_untouched(store: &dyn CredentialStore) -> Outcome {
    check_current("after the refusal", store, &name("main"), &example(1)).await
}

async fn writing_is_refused_by_a_read_only_store(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    for text in ["main", "absent"] {
        let name = name(text);
        let modes = [PutMode::Create, PutMode::Overwrite, PutMode::Update(Revision::new("1"))];
        for mode in modes {
            for state in [PutState::Current, PutState::Pending] {
                let what = format!("writing `{name}` as {mode:?} and {state:?}");
                unsupported(&what, store.put(&name, example(2), mode.clone(), state).await)?;
            }
        }
        unsupported("purging", store.delete(&name, DeleteMode::Purge).await)?;
        unsupported("deleting recoverably", store.delete(&name, DeleteMode::Recoverable).await)?;
        unsupported("restoring", store.restore(&name).await)?;
    }
    check_untouched(&*store).await
}

async fn create_is_refused_without_create_only(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    for text in ["main", "absent"] {
        unsupported("creating", store.create(&name(text), example(2)).await)?;
    }
    check_untouched(&*store).await
}

async fn update_is_refused_without_update_if(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    let current = store.get_current(&name("main")).await?.revision;
    unsupported("updating", store.update(&name("main"), example(2), &current).await)?;
    unsupported("updating an absent name", store.update(&name("absent"), example(2), &current).await)?;
    check_untouched(&*store).await
}

async fn pending_is_refused_without_pending(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    for text in ["main", "absent"] {
        let written = store.put(&name(text), example(2), PutMode::Overwrite, PutState::Pending).await;
        unsupported("writing as pending", written)?;
    }
    check_untouched(&*store).await
}

async fn listing_is_refused_without_list(fixture: &dyn StoreFixture) -> Outcome {
    for seed in [vec![], main_alone().to_vec()] {
        unsupported("listing", fixture.open(&seed).await?.list_all().await)?;
    }
    Ok(())
}

async fn history_is_refused_without_revisions(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    let current = store.get_current(&name("main")).await?.revision;
    for text in ["main", "absent"] {
        unsupported("history", store.revisions(&name(text)).await)?;
        unsupported("promoting", store.promote(&name(text), &current).await)?;
        unsupported("reading by revision", store.get(&name(text), Some(&current)).await)?;
    }
    check_untouched(&*store).await
}

async fn recoverable_deletion_is_refused_without_restore(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    for text in ["main", "absent"] {
        unsupported("deleting recoverably", store.delete(&name(text), DeleteMode::Recoverable).await)?;
        unsupported("restoring", store.restore(&name(text)).await)?;
    }
    check_untouched(&*store).await
}
