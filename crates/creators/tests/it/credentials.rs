//! Where credentials come from.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use linkwright_core::{
    ApiVersion, BoxStream, Capabilities, CredentialMeta, CredentialName, CredentialSet, CredentialStore,
    CredentialStoreExt, DeleteMode, ErrorKind, MemoryStore, PutMode, PutState, RegionGroup, Result, Revision,
    RevisionMeta, Secret, StoreInfo, Stored,
};
use linkwright_creators::{
    CreatorsClient, CreatorsSettings, CredentialProvider, FixedCredential, StoreCredentials, fingerprint,
};
use linkwright_testkit::{Call, ManualClock, Recorder, Sentinel};
use tokio::sync::Semaphore;

use crate::support::{
    ID, Script, World, all_items, answer, asins, body, context, credential, is_call, request, token,
};

fn name(text: &str) -> CredentialName {
    text.parse().unwrap()
}

fn names(list: &[&str]) -> BTreeMap<RegionGroup, Vec<CredentialName>> {
    let all = [RegionGroup::NorthAmerica, RegionGroup::Europe];
    all.into_iter().map(|group| (group, list.iter().map(|text| name(text)).collect())).collect()
}

/// Which of the credentials in the store are taken for a shop in North America, by their label.
#[tokio::test]
async fn the_first_name_of_the_group_counts() {
    /// What is stored, the names in order, and the label found or a part of the message.
    type Row<'a> = (&'a [(&'a str, ApiVersion)], &'a [&'a str], Result<&'a str, &'a str>);
    let table: [Row<'_>; 6] = [
        (&[("main", ApiVersion::V3_1)], &["main"], Ok("main")),
        (&[("main", ApiVersion::V3_1), ("na", ApiVersion::V2_1)], &["na", "main"], Ok("na")),
        (&[("main", ApiVersion::V3_1)], &["na", "main"], Ok("main")),
        (&[("na", ApiVersion::V3_2), ("main", ApiVersion::V3_1)], &["na", "main"], Ok("main")),
        (&[("na", ApiVersion::V3_2)], &["na", "main"], Err("for Europe, the Middle East and India")),
        (&[], &["na", "main"], Err("no store holds a credential for North and South America")),
    ];
    for (stored, asked, expected) in table {
        let clock = ManualClock::new();
        let store = MemoryStore::new(Arc::new(clock.clone()));
        for (text, version) in stored {
            let set = credential(*version).with_label(Some((*text).to_owned()));
            store.create(&name(text), set).await.unwrap();
        }
        let provider = StoreCredentials::new(Arc::new(store), names(asked), Arc::new(clock));
        match (provider.credential(RegionGroup::NorthAmerica).await, expected) {
            (Ok(found), Ok(label)) => assert_eq!(found.set.label(), Some(label)),
            (Err(error), Err(says)) => {
                assert_eq!((error.kind(), error.reason()), (ErrorKind::ConfigInvalid, Some("no_credential")));
                assert!(error.message().contains(says), "{error}");
            }
            (found, expected) => panic!("{found:?}, not {expected:?}"),
        }
        let nameless = provider.credential(RegionGroup::FarEast).await.unwrap_err();
        assert_eq!(nameless.reason(), Some("no_credential"));
    }
}

#[tokio::test]
async fn a_credential_that_cannot_be_read_is_not_passed_over() {
    let clock = ManualClock::new();
    let store = MemoryStore::new(Arc::new(clock.clone()));
    store.insert_document(&name("na"), b"broken");
    store.create(&name("main"), credential(ApiVersion::V3_1)).await.unwrap();
    let provider = StoreCredentials::new(Arc::new(store), names(&["na", "main"]), Arc::new(clock));
    let error = provider.credential(RegionGroup::NorthAmerica).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Corrupt);
}

#[tokio::test]
async fn a_given_credential_serves_its_own_group() {
    let fixed = FixedCredential::new(credential(ApiVersion::V3_2));
    assert!(fixed.credential(RegionGroup::Europe).await.is_ok());
    let error = fixed.credential(RegionGroup::NorthAmerica).await.unwrap_err();
    assert_eq!((error.kind(), error.reason()), (ErrorKind::ConfigInvalid, Some("no_credential")));
}

#[tokio::test]
async fn what_was_read_is_remembered_for_a_while_and_until_told_to_forget() {
    let clock = ManualClock::new();
    let store = Arc::new(Recorder::new(MemoryStore::new(Arc::new(clock.clone()))));
    store.create(&name("main"), credential(ApiVersion::V3_1)).await.unwrap();
    let shared: Arc<dyn CredentialStore> = Arc::clone(&store) as _;
    let provider = Arc::new(StoreCredentials::new(shared, names(&["main"]), Arc::new(clock.clone())));
    let reads = || store.calls().iter().filter(|call| **call == Call::Get).count();
    let read = || provider.credential(RegionGroup::NorthAmerica);
    let all = futures_util::future::join_all((0..20).map(|_| read())).await;
    assert!(all.iter().all(Result::is_ok));
    assert_eq!(reads(), 1, "many at once read once");
    clock.advance(Duration::from_secs(299));
    read().await.unwrap();
    assert_eq!(reads(), 1);
    clock.advance(Duration::from_secs(1));
    read().await.unwrap();
    assert_eq!(reads(), 2);
    provider.forget();
    read().await.unwrap();
    assert_eq!(reads(), 3);
}

/// A store whose reads are answered only when the gate is opened, with what was there before.
#[derive(Debug)]
struct SlowStore {
    inner: MemoryStore,
    gate: Semaphore,
}

#[async_trait]
impl CredentialStore for SlowStore {
    fn info(&self) -> StoreInfo {
        self.inner.info()
    }

    fn capabilities(&self) -> Capabilities {
        self.inner.capabilities()
    }

    async fn get(&self, name: &CredentialName, revision: Option<&Revision>) -> Result<Stored> {
        let found = self.inner.get(name, revision).await;
        self.gate.acquire().await.unwrap().forget();
        found
    }

    async fn get_many(&self, names: &[CredentialName]) -> Vec<Result<Stored>> {
        self.inner.get_many(names).await
    }

    async fn put(
        &self,
        name: &CredentialName,
        set: CredentialSet,
        mode: PutMode,
        state: PutState,
    ) -> Result<Revision> {
        self.inner.put(name, set, mode, state).await
    }

    async fn promote(&self, name: &CredentialName, revision: &Revision) -> Result<Revision> {
        self.inner.promote(name, revision).await
    }

    async fn delete(&self, name: &CredentialName, mode: DeleteMode) -> Result<bool> {
        self.inner.delete(name, mode).await
    }

    async fn restore(&self, name: &CredentialName) -> Result<bool> {
        self.inner.restore(name).await
    }

    fn list(&self) -> BoxStream<'_, Result<CredentialMeta>> {
        self.inner.list()
    }

    async fn revisions(&self, name: &CredentialName) -> Result<Vec<RevisionMeta>> {
        self.inner.revisions(name).await
    }
}

#[tokio::test]
async fn what_was_being_read_when_told_to_forget_is_not_remembered() {
    let clock = ManualClock::new();
    let store =
        Arc::new(SlowStore { inner: MemoryStore::new(Arc::new(clock.clone())), gate: Semaphore::new(0) });
    let labelled = |label: &str| credential(ApiVersion::V3_1).with_label(Some(label.to_owned()));
    store.create(&name("main"), labelled("old")).await.unwrap();
    let shared: Arc<dyn CredentialStore> = Arc::clone(&store) as _;
    let provider = Arc::new(StoreCredentials::new(shared, names(&["main"]), Arc::new(clock)));
    let reading = {
        let provider = Arc::clone(&provider);
        tokio::spawn(async move { provider.credential(RegionGroup::NorthAmerica).await })
    };
    tokio::task::yield_now().await;
    store.overwrite(&name("main"), labelled("new")).await.unwrap();
    provider.forget();
    store.gate.add_permits(10);
    assert_eq!(reading.await.unwrap().unwrap().set.label(), Some("old"));
    let present = provider.credential(RegionGroup::NorthAmerica).await.unwrap();
    assert_eq!(present.set.label(), Some("new"));
}

/// Amazon accepts one secret only; the store is given it after the program has read another.
#[tokio::test]
async fn a_rotated_secret_is_seen_at_once() {
    let script = Script::new(|request| {
        Ok(match (is_call(request), body(request).contains("new-secret")) {
            (true, _) => all_items(request),
            (false, true) => token("t", 3600),
            (false, false) => answer(401, r#"{"error":"invalid_client"}"#),
        })
    });
    let world = World::new(script.clone());
    let store = Arc::new(MemoryStore::new(Arc::new(world.clock.clone())));
    let set = |secret| CredentialSet::new(ID, Secret::new(secret), ApiVersion::V3_1);
    store.create(&name("main"), set("old-secret")).await.unwrap();
    let shared: Arc<dyn CredentialStore> = Arc::clone(&store) as _;
    let provider = StoreCredentials::new(shared, names(&["main"]), Arc::new(world.clock.clone()));
    let client = CreatorsClient::new(CreatorsSettings::new(
        script.clone(),
        Arc::clone(&world.state),
        Arc::new(provider),
        Arc::new(world.clock.clone()),
    ))
    .unwrap();
    let error = client.get_items(&context(), &request(&asins(1))).await.unwrap_err();
    assert_eq!(error.code(), Some("invalid_client"));
    assert_eq!(script.token_requests(), 1, "an unchanged credential is not tried again");
    store.overwrite(&name("main"), set("new-secret")).await.unwrap();
    client.get_items(&context(), &request(&asins(1))).await.unwrap();
    assert_eq!(script.calls().len(), 1);
}

#[test]
fn a_fingerprint_tells_id_version_revision_and_secret_and_shows_none() {
    let sentinel = Sentinel::new(5);
    let stored = |id: &str, secret: &str, version, revision: &str| {
        fingerprint(&Stored::new(
            CredentialSet::new(id, Secret::new(secret), version),
            Revision::new(revision),
            None,
        ))
    };
    let one = stored("a", sentinel.text(), ApiVersion::V3_1, "environment");
    assert_eq!(one, stored("a", sentinel.text(), ApiVersion::V3_1, "environment"));
    let mut seen = vec![one];
    for (id, secret, version, revision) in [
        ("b", sentinel.text(), ApiVersion::V3_1, "environment"),
        ("a", sentinel.text(), ApiVersion::V3_2, "environment"),
        ("a", sentinel.text(), ApiVersion::V3_1, "2"),
        ("a3.1", sentinel.text(), ApiVersion::V3_1, ""),
        // Variables have one revision for ever: a corrected secret is told by itself.
        ("a", &sentinel.text()[1..], ApiVersion::V3_1, "environment"),
        ("a", sentinel.text().trim(), ApiVersion::V3_1, "environment"),
        ("a", "", ApiVersion::V3_1, "environment"),
    ] {
        let other = stored(id, secret, version, revision);
        assert!(!seen.contains(&other), "{id} {version} {revision}");
        seen.push(other);
    }
    for text in seen {
        assert!(text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit()), "{text}");
        sentinel.assert_absent("a fingerprint", &text);
    }
}
