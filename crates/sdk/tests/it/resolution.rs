//! Which value counts: a flag's, else a variable's, else the file's, else the one that is built in.

use linkwright_sdk::core::{ErrorKind, Marketplace, RegionGroup};
use linkwright_sdk::zero::MissingTag;
use linkwright_sdk::{Geo, Origin, Profile};

use crate::support::{NAME, file, variables};

const TEXT: &str = "\
format = 1
default = \"main\"

[profile.main]
marketplace = \"de\"
missing-tag = \"untagged\"
language = \"de_DE\"
ascsubtag = \"mark\"
catalog = \"own/products.csv\"
geo = \"leave-to-onelink\"
account = \"shop\"
store = \"file:own/keys.age\"
source = \"zero\"
gone = \"search-link\"
api-endpoint = \"http://localhost:8080\"
token-endpoint = \"https://tokens.example/token\"
proxy = \"http://proxy.example:3128\"
ca-file = \"own/ca.pem\"

[profile.main.credentials]
eu = \"blog-eu\"

[profile.main.tags]
de = { default = \"a-21\", own = [\"a-*-21\"] }
us = \"a-20\"

[profile.garden]
marketplace = \"uk\"
";

/// All settings with their origins, one a line.
#[track_caller]
fn resolved(named: Option<&str>, set: &[(&str, &str)]) -> Vec<String> {
    let profile = Profile::resolve(&file(TEXT), named, &variables(set)).expect("it resolves");
    let mut lines = Vec::new();
    let mut add = |name: &str, value: Option<(String, &Origin)>| {
        lines.extend(value.map(|(value, origin)| format!("{name} = {value} ({origin})")));
    };
    add("profile", profile.name.as_ref().map(|name| (name.value.clone(), &name.origin)));
    add("marketplace", profile.marketplace.as_ref().map(|shop| (shop.value.to_string(), &shop.origin)));
    add("missing-tag", Some((profile.missing_tag.value.to_string(), &profile.missing_tag.origin)));
    add("language", profile.language.as_ref().map(|text| (text.value.clone(), &text.origin)));
    add("ascsubtag", profile.ascsubtag.as_ref().map(|text| (text.value.clone(), &text.origin)));
    add("catalog", profile.catalog.as_ref().map(|path| (path.value.display().to_string(), &path.origin)));
    add("geo", Some((profile.geo.value.to_string(), &profile.geo.origin)));
    add("account", profile.account.as_ref().map(|text| (text.value.clone(), &text.origin)));
    add("store", profile.store.as_ref().map(|text| (text.value.clone(), &text.origin)));
    add("source", Some((profile.source.value.to_string(), &profile.source.origin)));
    add("gone", Some((profile.gone.value.to_string(), &profile.gone.origin)));
    let endpoints = [("api-endpoint", &profile.api_endpoint), ("token-endpoint", &profile.token_endpoint)];
    for (name, endpoint) in endpoints {
        add(name, endpoint.as_ref().map(|address| (address.value.to_string(), &address.origin)));
    }
    add("proxy", profile.proxy.as_ref().map(|proxy| (proxy.value.to_string(), &proxy.origin)));
    add("ca-file", profile.ca_file.as_ref().map(|path| (path.value.display().to_string(), &path.origin)));
    for (group, name) in &profile.credentials {
        add(&format!("credentials.{group}"), Some((name.value.to_string(), &name.origin)));
    }
    for (shop, tags) in &profile.tags {
        let tag = tags.value.default.as_ref().map_or("-", |tag| tag.as_str());
        add(&format!("tags.{shop}"), Some((format!("{tag} +{}", tags.value.own.len()), &tags.origin)));
    }
    for bare in &profile.bare_tags {
        add("tag", Some((bare.value.clone(), &bare.origin)));
    }
    lines
}

#[test]
fn the_file_alone() {
    let expected = [
        "profile = main (config.toml:2)",
        "marketplace = de (config.toml:5)",
        "missing-tag = untagged (config.toml:6)",
        "language = de_DE (config.toml:7)",
        "ascsubtag = mark (config.toml:8)",
        "catalog = own/products.csv (config.toml:9)",
        "geo = leave-to-onelink (config.toml:10)",
        "account = shop (config.toml:11)",
        "store = file:own/keys.age (config.toml:12)",
        "source = zero (config.toml:13)",
        "gone = search-link (config.toml:14)",
        "api-endpoint = http://localhost:8080 (config.toml:15)",
        "token-endpoint = https://tokens.example/token (config.toml:16)",
        "proxy = http://proxy.example:3128 (config.toml:17)",
        "ca-file = own/ca.pem (config.toml:18)",
        "credentials.eu = blog-eu (config.toml:21)",
        "tags.us = a-20 +0 (config.toml:25)",
        "tags.de = a-21 +1 (config.toml:24)",
    ];
    assert_eq!(resolved(None, &[]), expected);
    // An empty variable is none.
    assert_eq!(
        resolved(None, &[("LINKWRIGHT_PROFILE", ""), ("LINKWRIGHT_TAG", ""), ("LINKWRIGHT_GEO", "")]),
        expected
    );
}

#[test]
fn variables_override_the_file_one_by_one() {
    #[track_caller]
    fn check(variable: &'static str, value: &str, line: &str) {
        let before = resolved(None, &[]);
        let after = resolved(None, &[(variable, value)]);
        let changed: Vec<&String> = after.iter().filter(|line| !before.contains(line)).collect();
        assert_eq!(changed, [line], "{variable}={value}");
    }
    check("LINKWRIGHT_MARKETPLACE", "amazon.fr", "marketplace = fr (LINKWRIGHT_MARKETPLACE)");
    check("LINKWRIGHT_MISSING_TAG", "search", "missing-tag = search (LINKWRIGHT_MISSING_TAG)");
    check("LINKWRIGHT_LANGUAGE", "en_GB", "language = en_GB (LINKWRIGHT_LANGUAGE)");
    check("LINKWRIGHT_ASCSUBTAG", "other", "ascsubtag = other (LINKWRIGHT_ASCSUBTAG)");
    check("LINKWRIGHT_CATALOG", "mine.csv", "catalog = mine.csv (LINKWRIGHT_CATALOG)");
    check("LINKWRIGHT_GEO", "by-country", "geo = by-country (LINKWRIGHT_GEO)");
    check("LINKWRIGHT_ACCOUNT", "other", "account = other (LINKWRIGHT_ACCOUNT)");
    check("LINKWRIGHT_STORE", "env:,file:x", "store = env:,file:x (LINKWRIGHT_STORE)");
    check("LINKWRIGHT_SOURCE", "creators", "source = creators (LINKWRIGHT_SOURCE)");
    check(
        "LINKWRIGHT_API_ENDPOINT",
        "https://x.example/",
        "api-endpoint = https://x.example/ (LINKWRIGHT_API_ENDPOINT)",
    );
    check(
        "LINKWRIGHT_TOKEN_ENDPOINT",
        "http://127.0.0.1:1/t",
        "token-endpoint = http://127.0.0.1:1/t (LINKWRIGHT_TOKEN_ENDPOINT)",
    );
    check(
        "LINKWRIGHT_PROXY",
        "socks5h://me:hunter2@p.example:9",
        "proxy = socks5h://…@p.example:9 (LINKWRIGHT_PROXY)",
    );
    check("LINKWRIGHT_CA_FILE", "ca.pem", "ca-file = ca.pem (LINKWRIGHT_CA_FILE)");
    // The file's tag and patterns stay the user's own: the variable only says which tag is written.
    check("LINKWRIGHT_TAG", "de=b-21", "tags.de = b-21 +2 (LINKWRIGHT_TAG)");
    check("LINKWRIGHT_TAG", "fr=b-21", "tags.fr = b-21 +0 (LINKWRIGHT_TAG)");
    check("LINKWRIGHT_TAG", "b-21", "tag = b-21 (LINKWRIGHT_TAG)");
}

#[test]
fn a_profile_is_named_by_flag_then_variable_then_file() {
    #[track_caller]
    fn check(named: Option<&str>, set: &[(&str, &str)], first: &str) {
        assert_eq!(resolved(named, set)[0], first);
    }
    let garden = [("LINKWRIGHT_PROFILE", "garden")];
    check(None, &[], "profile = main (config.toml:2)");
    check(None, &garden, "profile = garden (LINKWRIGHT_PROFILE)");
    check(Some("main"), &garden, "profile = main (command line)");
    assert_eq!(
        resolved(None, &garden)[1..],
        [
            "marketplace = uk (config.toml:28)",
            "missing-tag = error (built in)",
            "geo = by-country (built in)",
            "source = auto (built in)",
            "gone = product-link (built in)"
        ]
    );
}

#[test]
fn without_a_file_there_are_the_built_in_values() {
    let profile = Profile::resolve(&file(""), None, &variables(&[])).expect("it resolves");
    assert_eq!((profile.name, profile.marketplace, profile.language), (None, None, None));
    assert_eq!((profile.missing_tag.value, profile.missing_tag.origin), (MissingTag::Error, Origin::BuiltIn));
    assert_eq!((profile.geo.value, profile.geo.origin), (Geo::ByCountry, Origin::BuiltIn));
    assert!(profile.tags.is_empty());
}

#[test]
fn a_profile_that_cannot_be_found_or_chosen() {
    #[track_caller]
    fn check(text: &str, named: Option<&str>, kind: ErrorKind, message: &str, hint: Option<&str>) {
        let error = Profile::resolve(&file(text), named, &variables(&[])).expect_err(message);
        assert_eq!((error.kind(), error.message(), error.hint()), (kind, message, hint));
    }
    let missing = ErrorKind::NotFound;
    check("", Some("main"), missing, "no profile of that name: `main`; known: none yet", None);
    check(
        TEXT,
        Some("gardne"),
        missing,
        "no profile of that name: `gardne`; known: garden, main",
        Some("did you mean `garden`?"),
    );
    check(
        "[profile.a]\n[profile.b]\n",
        None,
        ErrorKind::ConfigInvalid,
        &format!("several profiles and no default in `{NAME}`"),
        Some("name one of: a, b"),
    );
}

#[test]
fn a_variable_that_cannot_be_read_is_named() {
    #[track_caller]
    fn check(variable: &'static str, value: &str) {
        let error =
            Profile::resolve(&file(TEXT), None, &variables(&[(variable, value)])).expect_err(variable);
        assert_eq!(error.kind(), ErrorKind::ConfigInvalid);
        assert!(error.message().starts_with(&format!("environment variable `{variable}`: ")), "{error}");
        assert!(error.message().contains(&format!("`{value}`")), "{error}");
        assert_eq!(error.context_value("variable"), Some(variable));
    }
    check("LINKWRIGHT_MARKETPLACE", "atlantis");
    check("LINKWRIGHT_MISSING_TAG", "perhaps");
    check("LINKWRIGHT_GEO", "nowhere");
    check("LINKWRIGHT_TAG", "a/b");
    check("LINKWRIGHT_SOURCE", "paapi");
}

#[test]
fn the_tags_are_those_links_are_written_with() {
    let set = [("LINKWRIGHT_TAG", "us=env-20")];
    let profile = Profile::resolve(&file(TEXT), None, &variables(&set)).expect("it resolves");
    let book = profile.tag_book();
    assert_eq!(book.default_for(Marketplace::Us).map(|tag| tag.as_str()), Some("env-20"));
    assert_eq!(book.default_for(Marketplace::De).map(|tag| tag.as_str()), Some("a-21"));
    assert!(book.owns(Marketplace::De, "a-blog-21"));
    assert!(!book.owns(Marketplace::De, "b-21"));
    // The file's tag is no longer written, but still recognised as the user's own.
    assert!(book.owns(Marketplace::Us, "a-20") && book.owns(Marketplace::Us, "env-20"));
    assert_eq!(profile.account().as_str(), "shop");
}

#[test]
fn an_address_that_cannot_be_used_is_refused_without_being_shown() {
    #[track_caller]
    fn check(variable: &'static str, value: &str, message: &str) {
        let error =
            Profile::resolve(&file(TEXT), None, &variables(&[(variable, value)])).expect_err(variable);
        assert_eq!(error.kind(), ErrorKind::ConfigInvalid);
        assert_eq!(error.message(), format!("environment variable `{variable}`: {message}"));
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    }
    check("LINKWRIGHT_API_ENDPOINT", "api.example", "not an address: relative URL without a base");
    check(
        "LINKWRIGHT_API_ENDPOINT",
        "http://127.0.0.1@api.example/",
        "an address may not hold a user or a password",
    );
    check(
        "LINKWRIGHT_API_ENDPOINT",
        "http://api.example",
        "plain http is only for this machine itself; write `https://`",
    );
    check(
        "LINKWRIGHT_TOKEN_ENDPOINT",
        "ftp://api.example",
        "an address is `https://…`, not of this scheme: `ftp`",
    );
    check(
        "LINKWRIGHT_TOKEN_ENDPOINT",
        "https://api.example/?a=hunter2",
        "an address ends with its path, without `?` and `#`",
    );
    check(
        "LINKWRIGHT_PROXY",
        "me:hunter2@proxy",
        "not a proxy of a known kind; known: http, https, socks5, socks5h",
    );
    check("LINKWRIGHT_PROXY", "hunter2", "not a proxy's address; write it as `http://HOST:PORT`");
    check("LINKWRIGHT_PROXY", "http://proxy/hunter2", "a proxy's address has no more than a host and a port");
    check("LINKWRIGHT_STORE", "keys.age", "a store's address begins with its kind and a colon");
    check(
        "LINKWRIGHT_STORE",
        "env:,vault://me:hunter2@vault.example/x",
        "a store's address must not hold a user or a password",
    );
    check("LINKWRIGHT_STORE", "file:x?passphrase=hunter2", "a store's address must not hold a secret");
}

#[test]
fn a_region_group_without_a_credential_of_its_own_has_the_one_of_its_name() {
    let profile = Profile::resolve(&file(TEXT), None, &variables(&[])).expect("it resolves");
    let named = |group| profile.credential(group).to_string();
    assert_eq!(RegionGroup::ALL.map(named), ["na", "blog-eu", "fe"]);
    assert_eq!(
        Profile::resolve(&file(""), None, &variables(&[])).expect("it resolves").account().as_str(),
        "default"
    );
}
