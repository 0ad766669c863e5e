//! What the recommended stack is made of: where credentials are found, and when nobody is asked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use linkwright_sdk::core::{
    Account, ApiVersion, Asin, CredentialName, CredentialSet, CredentialStore, CredentialStoreExt as _,
    Marketplace, MemoryStore, PartnerTag, ProductSourceExt as _, RegionGroup, RequestContext, Secret, Source,
};
use linkwright_sdk::creators::StoreCredentials;
use linkwright_sdk::zero::ZeroSource;
use linkwright_sdk::{
    ApiAccess, ApiSettings, ProductOptions, Profile, ProfileFile, SourceChoice, StoreRegistry,
    StoreSurroundings, SystemClock, products,
};
use linkwright_testkit::ManualClock;

fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(work)
}

/// A profile of these lines, and these variables over it.
fn profile(lines: &str, variables: &BTreeMap<&str, &str>) -> Profile {
    let text = format!("format = 1\n[profile.main]\n{lines}\n");
    let file = ProfileFile::parse(PathBuf::from("config.toml"), text).expect("a file of profiles");
    let value = |name: &str| variables.get(name).map(|value| (*value).to_owned());
    Profile::resolve(&file, None, &value).expect("a profile")
}

fn environment(variables: &BTreeMap<&str, &str>) -> Arc<dyn CredentialStore> {
    let set: BTreeMap<String, String> =
        variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let names = set.keys().cloned().collect();
    let value = move |name: &str| set.get(name).cloned();
    let surroundings = StoreSurroundings::new(Arc::new(value), names, Arc::new(ManualClock::new()));
    StoreRegistry::standard().open("env:", &surroundings).expect("the environment")
}

/// A store with credentials of these names, whose id is the name.
fn filled(credentials: &[(&str, ApiVersion)]) -> Arc<dyn CredentialStore> {
    let store = MemoryStore::new(Arc::new(ManualClock::new()));
    for (name, version) in credentials {
        let set = CredentialSet::new(*name, Secret::new("hush"), *version);
        let name = CredentialName::try_from(*name).expect("a name");
        run(store.create(&name, set)).expect("a stored credential");
    }
    Arc::new(store)
}

#[test]
fn the_environment_goes_before_the_file_and_a_named_credential_before_the_usual_ones() {
    #[track_caller]
    fn check(lines: &str, variables: &[(&str, &str)], stored: &[(&str, ApiVersion)], found: Option<&str>) {
        let variables: BTreeMap<&str, &str> = variables.iter().copied().collect();
        let settings = ApiSettings::of_profile(&profile(lines, &variables), None, "0.0.0").expect("settings");
        let places = settings.credential_places(vec![environment(&variables), filled(stored)]);
        let credentials = StoreCredentials::in_places(places, Arc::new(ManualClock::new()));
        let credential = run(credentials.find(RegionGroup::NorthAmerica));
        assert_eq!(
            credential.as_ref().ok().map(|found| found.stored.set.id()),
            found,
            "{lines} {variables:?} {stored:?}: {credential:?}"
        );
    }
    let plain = [
        ("LINKWRIGHT_CREDENTIAL_ID", "plain"),
        ("LINKWRIGHT_CREDENTIAL_SECRET", "hush"),
        ("LINKWRIGHT_CREDENTIAL_VERSION", "3.1"),
    ];
    let european = [plain[0], plain[1], ("LINKWRIGHT_CREDENTIAL_VERSION", "v3.2")];
    let (na, eu) = (ApiVersion::V3_1, ApiVersion::V3_2);
    let named = "[profile.main.credentials]\nna = \"shop\"";
    check("", &[], &[], None);
    check("", &[], &[("na", na)], Some("na"));
    check("", &[], &[("default", na)], Some("default"));
    check("", &[], &[("default", na), ("na", na)], Some("na"));
    check("", &[], &[("na", eu), ("default", na)], Some("default"));
    check("", &plain, &[], Some("plain"));
    check("", &plain, &[("na", na)], Some("plain"));
    check("", &european, &[("na", na)], Some("na"));
    check("", &european, &[], None);
    check(named, &[], &[("na", na), ("default", na)], None);
    check(named, &[], &[("na", na), ("shop", na)], Some("shop"));
    check(named, &plain, &[("shop", na)], Some("plain"));
}

#[test]
fn without_a_credential_links_are_made_and_no_file_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = ApiSettings::of_profile(&profile("", &BTreeMap::new()), Some(folder.path()), "0.0.0")
        .expect("settings");
    let access = ApiAccess::new(settings, vec![filled(&[])], Arc::new(SystemClock::new())).expect("access");
    let access = Arc::new(access);
    let tag = PartnerTag::new("demo-20", Marketplace::Us).expect("a tag");
    let context = RequestContext::tagged(Account::new("main"), tag);
    let asins = [Asin::parse("B08N5WRWNW").expect("an ASIN")];
    let node = "172282".parse().expect("a number");
    for (choice, found) in [(SourceChoice::Auto, 1), (SourceChoice::Zero, 1), (SourceChoice::Creators, 0)] {
        let source = products(&access, ZeroSource::new(), &ProductOptions::new(choice));
        let nodes = run(source.browse_nodes(&context, &[node])).expect("an answer");
        let search =
            run(source.search(&context, "kettle")).map(|page| (page.degraded, page.value.search_url));
        let variations =
            run(source.variations(&context, asins[0])).map(|page| (page.degraded, page.value.product_url));
        assert_eq!(nodes.found().len(), found, "{choice}");
        if found == 0 {
            for error in [search.expect_err("no credential"), variations.expect_err("no credential")] {
                assert_eq!(error.reason(), Some("no_credential"));
            }
        } else {
            let shop = "https://www.amazon.com";
            let page = &nodes.found()[0].1;
            let node = (page.degraded, page.value.url.clone());
            assert_eq!(node, (None, Some(format!("{shop}/b?node=172282&tag=demo-20"))));
            assert_eq!(search.expect("a page"), (None, Some(format!("{shop}/s?k=kettle&tag=demo-20"))));
            let product = (None, Some(format!("{shop}/dp/B08N5WRWNW?tag=demo-20")));
            assert_eq!(variations.expect("a page"), product);
        }
        let batch = run(source.get_items(&context, &asins)).expect("an answer");
        assert_eq!(batch.found().len(), found, "{choice}");
        assert!(batch.found().iter().all(|(_, item)| item.source == Source::Zero && item.degraded.is_none()));
    }
    let left: Vec<PathBuf> = std::fs::read_dir(folder.path())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    assert_eq!(left, [] as [&Path; 0]);
}
