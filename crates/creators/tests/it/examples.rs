//! The examples, run as their readers would, against the emulator.

use std::path::PathBuf;
use std::process::Command;

use linkwright_core::Marketplace;
use linkwright_emulator::{HostThread, ItemKind, Settings};

/// Built by `cargo test` together with the tests, into a folder beside theirs.
fn program(name: &str) -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let program = tests.parent().unwrap().parent().unwrap().join("examples").join(name);
    assert!(program.exists(), "not built: {}; run `cargo test` without `--test`", program.display());
    program
}

/// Runs an example with the environment that `linkwright emulator --env-file` writes; gives what it printed.
fn run(host: &HostThread, name: &str, argument: &str) -> String {
    let ready = host.ready();
    let output = Command::new(program(name))
        .arg(argument)
        .env_clear()
        .env("LINKWRIGHT_API_ENDPOINT", &ready.api)
        .env("LINKWRIGHT_TOKEN_ENDPOINT", &ready.token)
        .env("LINKWRIGHT_CREDENTIAL_ID", &ready.credential.id)
        .env("LINKWRIGHT_CREDENTIAL_SECRET", &ready.credential.secret)
        .env("LINKWRIGHT_CREDENTIAL_VERSION", ready.credential.version)
        .env("LINKWRIGHT_TAG", &ready.tag)
        .output()
        .unwrap();
    let (out, error) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(output.status.success(), "{name}: {out}{error}");
    assert!(!out.contains(&ready.credential.secret) && !error.contains(&ready.credential.secret));
    out
}

#[test]
fn every_example_does_what_it_says() {
    let host = HostThread::start(Settings::default()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let [plain, parent, node, words] = host.with_emulator(|emulator| {
        let lists = [
            emulator.asins(Marketplace::Us, ItemKind::Plain, 1),
            emulator.parents(1),
            emulator.browse_nodes(Marketplace::Us),
            emulator.keywords(Marketplace::Us).into_iter().map(str::to_owned).collect(),
        ];
        lists.map(|list| list[0].clone())
    });
    let table = [
        ("first_call", plain.clone(), "https://www.amazon.com/dp/"),
        ("price_box", plain.clone(), " as of "),
        ("search", words, "narrow by SearchIndex: "),
        ("variations", parent, " variations\n"),
        ("browse_nodes", node, " > "),
        ("raw_call", plain, r#"{"itemsResult":"#),
        ("feed", folder.path().display().to_string(), " bytes, "),
    ];
    for (name, argument, expected) in table {
        let out = run(&host, name, &argument);
        assert!(out.contains(expected), "{name} {argument}: {out}");
        let links = out.matches("https://www.amazon.com/").count();
        assert_eq!(out.matches("tag=demo-20").count(), links, "{name}: a link without the tag: {out}");
    }
    let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(files.len(), 1, "the feed and nothing beside it: {files:?}");
}

#[test]
fn the_table_has_every_example() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples");
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(".rs").map(str::to_owned))
        .collect();
    names.sort();
    assert_eq!(
        names,
        ["browse_nodes", "feed", "first_call", "price_box", "raw_call", "search", "variations"]
    );
}
