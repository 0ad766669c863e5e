//! Changing a file of profiles: what its owner wrote stays as it was.

use std::path::PathBuf;

use linkwright_sdk::core::{ErrorKind, Marketplace, PartnerTag};
use linkwright_sdk::{ConfigPath, NewProfile, ProfileFile};

use crate::support::file;

const TEXT: &str = "\
# My shops.
format = 1
default = \"main\"

# The blog.
[profile.main] # since 2019
language = \"de_DE\" # for readers at home
marketplace = \"de\"

[profile.main.tags]
gb = \"blog-21\" # Britain
de = { default = \"blog0-21\", own = [\"blog-*-21\"] }

[profile.garden]
geo = \"leave-to-onelink\"
";

#[test]
fn a_change_touches_its_own_value_only() {
    #[track_caller]
    fn check(setting: &str, text: &str, old: &str, new: &str) {
        let mut changed = file(TEXT);
        changed.set("main", setting, text).expect("a good change");
        assert_eq!(changed.text(), TEXT.replace(old, new), "{setting} = {text:?}");
        assert!(old.is_empty() || TEXT.contains(old), "{old:?} is in the text");
    }
    check("marketplace", "us", "marketplace = \"de\"", "marketplace = \"us\"");
    check("language", "en_GB", "\"de_DE\" #", "\"en_GB\" #");
    check("language", "", "language = \"de_DE\" # for readers at home\n", "");
    check("geo", "by-country", "marketplace = \"de\"\n", "marketplace = \"de\"\ngeo = \"by-country\"\n");
    // The owner's own name for the shop stays, and so does what stands beside a tag.
    check("tags.uk", "other-21", "gb = \"blog-21\" #", "gb = \"other-21\" #");
    check("tags.co.uk", "other-21", "gb = \"blog-21\" #", "gb = \"other-21\" #");
    check("tags.de", "other-21", "default = \"blog0-21\"", "default = \"other-21\"");
    check("tags.de", "", "{ default = \"blog0-21\", own", "{ own");
    check("tags.uk", "", "gb = \"blog-21\" # Britain\n", "");
    check("tags.fr", "blog-21", "\"blog-*-21\"] }\n", "\"blog-*-21\"] }\nfr = \"blog-21\"\n");
    check(
        "credentials.eu",
        "blog",
        "\"blog-*-21\"] }\n",
        "\"blog-*-21\"] }\n\n[profile.main.credentials]\neu = \"blog\"\n",
    );
    check("store", "file:k", "marketplace = \"de\"\n", "marketplace = \"de\"\nstore = \"file:k\"\n");
    // What is not there can be removed.
    check("tags.fr", "", "", "");
    check("ascsubtag", "", "", "");
}

#[test]
fn a_refused_change_changes_nothing() {
    #[track_caller]
    fn check(profile: &str, setting: &str, text: &str, kind: ErrorKind, message: &str) {
        let mut changed = file(TEXT);
        let error = changed.set(profile, setting, text).expect_err(setting);
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.message().starts_with(message), "{error}");
        assert_eq!(changed.text(), TEXT);
    }
    check(
        "mian",
        "marketplace",
        "us",
        ErrorKind::NotFound,
        "no profile of that name: `mian`; known: garden, main",
    );
    check(
        "main",
        "colour",
        "red",
        ErrorKind::ConfigInvalid,
        "unknown setting: `colour`; known: marketplace, ",
    );
    check("main", "tags", "x", ErrorKind::ConfigInvalid, "unknown setting: `tags`; known: ");
    check(
        "main",
        "marketplace",
        "atlantis",
        ErrorKind::ConfigInvalid,
        "`marketplace`: no Amazon shop of that name: `atlantis`",
    );
    check("main", "missing-tag", "perhaps", ErrorKind::ConfigInvalid, "`missing-tag`: no policy");
    check("main", "credentials", "x", ErrorKind::ConfigInvalid, "unknown setting: `credentials`; known: ");
    check(
        "main",
        "credentials.us",
        "x",
        ErrorKind::ConfigInvalid,
        "`profile.main.credentials`: no region group of that name: `us`",
    );
    check("main", "proxy", "http://a:b@c", ErrorKind::ConfigInvalid, "`proxy` holds a password");
    check("main", "geo", "perhaps", ErrorKind::ConfigInvalid, "`geo`: no such way");
    check(
        "main",
        "tags.xx",
        "a-21",
        ErrorKind::ConfigInvalid,
        "`tags.xx`: no Amazon shop of that name: `xx`",
    );
    check("main", "tags.fr", "a tag", ErrorKind::ConfigInvalid, "not a tag: `a tag`");
    check(
        "main",
        "tags.za",
        "a-21",
        ErrorKind::ConfigInvalid,
        "www.amazon.co.za has no Associates programme",
    );
}

#[test]
fn a_profile_is_added_at_the_end_and_the_first_is_the_default() {
    let mut made = file("# Mine.\n");
    let tags = vec![PartnerTag::new("a-20", Marketplace::Us).expect("a tag")];
    made.create("main", &NewProfile { marketplace: Some(Marketplace::Us), tags }).expect("made");
    made.create("second", &NewProfile::default()).expect("made");
    assert_eq!(made.default_name(), Some("main"));
    assert_eq!(made.names().collect::<Vec<_>>(), ["main", "second"]);
    for part in [
        "# Mine.\n",
        "format = 1\n",
        "default = \"main\"\n",
        "[profile.main]\nmarketplace = \"us\"\n",
        "[profile.main.tags]\nus = \"a-20\"\n",
        "[profile.second]\n",
    ] {
        assert!(made.text().contains(part), "{part:?} is not in:\n{}", made.text());
    }
    let before = made.text().to_owned();
    let error = made.create("main", &NewProfile::default()).expect_err("it is there");
    assert_eq!((error.kind(), error.context_value("reason")), (ErrorKind::Conflict, Some("profile_exists")));
    for name in ["", "a b", "a.b", "ä", "a\nb", &"x".repeat(65)] {
        let error = made.create(name, &NewProfile::default()).expect_err(name);
        assert_eq!(error.kind(), ErrorKind::RequestInvalid, "{name:?}");
    }
    assert_eq!(made.text(), before);
    made.set_default("second").expect("it is there");
    assert_eq!(made.text(), before.replace("default = \"main\"", "default = \"second\""));
    assert_eq!(made.set_default("third").expect_err("it is not there").kind(), ErrorKind::NotFound);
}

#[test]
fn an_only_profile_needs_no_default() {
    assert_eq!(file("").default_name(), None);
    assert_eq!(file("[profile.one]\n").default_name(), Some("one"));
    assert_eq!(file("[profile.one]\n[profile.two]\n").default_name(), None);
    assert_eq!(file("default = \"two\"\n[profile.one]\n[profile.two]\n").default_name(), Some("two"));
}

#[test]
fn what_is_saved_is_what_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = ConfigPath { path: folder.path().join("new/config.toml"), explicit: false, named_by: "HOME" };
    let mut made = ProfileFile::load(&at).expect("an empty one");
    assert!(!made.exists());
    assert_eq!((made.text(), made.names().count()), ("", 0));
    made.create("main", &NewProfile::default()).expect("made");
    made.save().expect("saved");
    let read = ProfileFile::load(&at).expect("it is there");
    assert!(read.exists());
    assert_eq!(read.text(), made.text());
    assert_eq!(read.path(), at.path);
}

#[test]
fn a_named_file_must_be_there() {
    let at =
        ConfigPath { path: PathBuf::from("not-there.toml"), explicit: true, named_by: "LINKWRIGHT_CONFIG" };
    let error = ProfileFile::load(&at).expect_err("it is not there");
    assert_eq!(error.kind(), ErrorKind::ConfigInvalid);
    assert_eq!(error.message(), "no such file: `not-there.toml`, named by LINKWRIGHT_CONFIG");
    assert_eq!(error.context_value("reason"), Some("config_missing"));
    assert!(!ProfileFile::load_or_new(&at).expect("for making it").exists());
    let folder = tempfile::tempdir().expect("a folder");
    let at = ConfigPath { path: folder.path().to_owned(), explicit: true, named_by: "--config" };
    let error = ProfileFile::load(&at).expect_err("it is a folder");
    assert_eq!(error.kind(), ErrorKind::ConfigInvalid);
    assert!(error.message().starts_with("a folder, not a file of profiles: "), "{error}");
}
