//! Every mistake in a file of profiles is named with its file and line.

use std::path::PathBuf;

use linkwright_sdk::ProfileFile;
use linkwright_sdk::core::ErrorKind;

use crate::support::{NAME, file};

#[track_caller]
fn check(text: &[u8], line: usize, message: &str) -> Option<String> {
    let error = ProfileFile::from_bytes(PathBuf::from(NAME), text.to_vec()).expect_err(message);
    assert_eq!(error.kind(), ErrorKind::ConfigInvalid);
    let place = format!("{NAME}:{line}");
    assert_eq!(error.message(), format!("{place}: {message}"));
    assert_eq!(error.context_value("place"), Some(place.as_str()));
    error.hint().map(str::to_owned)
}

#[test]
fn names_that_are_none() {
    #[track_caller]
    fn check_hint(text: &str, line: usize, message: &str, hint: Option<&str>) {
        assert_eq!(check(text.as_bytes(), line, message).as_deref(), hint);
    }
    let settings = "marketplace, missing-tag, language, ascsubtag, catalog, geo, account, store, source, gone, \
                    api-endpoint, token-endpoint, proxy, ca-file, credentials, tags";
    check_hint(
        "[profile.main]\nmarketplce = \"us\"\n",
        2,
        &format!("unknown setting: `marketplce`; known: {settings}"),
        Some("did you mean `marketplace`?"),
    );
    check_hint(
        "[profile.main]\n\ncolour = 1\n",
        3,
        &format!("unknown setting: `colour`; known: {settings}"),
        None,
    );
    check_hint(
        "\nprofiles = 1\n",
        2,
        "unknown setting: `profiles`; known: format, default, profile",
        Some("did you mean `profile`?"),
    );
    check_hint(
        "[profile.main.tags]\nus = { own = [\"a-*\"], defalt = \"a-20\" }\n",
        2,
        "unknown setting: `defalt`; known: default, own",
        Some("did you mean `default`?"),
    );
    check_hint("default = \"x\"\n[profile.main]\n", 1, "the default profile is not in the file: `x`", None);
}

#[test]
fn values_that_are_none() {
    #[track_caller]
    fn check_text(text: &str, line: usize, message: &str) {
        assert_eq!(check(text.as_bytes(), line, message), None);
    }
    check_text("default = 1\n", 1, "`default` must be a text in quotes");
    check_text("profile = 1\n", 1, "`profile` must be a table");
    check_text("[profile]\nmain = 1\n", 2, "`main` must be a table");
    let texts = linkwright_sdk::SETTINGS
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| *name != "tags" && *name != "credentials");
    for setting in texts {
        check_text(
            &format!("[profile.a]\n{setting} = 5\n"),
            2,
            &format!("`{setting}` must be a text in quotes"),
        );
    }
    check_text(
        "[profile.a]\nmissing-tag = \"perhaps\"\n",
        2,
        "`missing-tag`: no policy for a missing tag of that name: `perhaps`; known: error, untagged, nearest-enrolled, search",
    );
    check_text(
        "[profile.a]\ngeo = \"x\"\n",
        2,
        "`geo`: no such way for other countries: `x`; known: by-country, leave-to-onelink",
    );
    check_text(
        "[profile.a]\nsource = \"x\"\n",
        2,
        "`source`: no source of that name: `x`; known: auto, creators, zero",
    );
    check_text(
        "[profile.a]\ngone = \"x\"\n",
        2,
        "`gone`: no such link for a product that is gone: `x`; known: product-link, search-link",
    );
    for setting in ["account", "store", "ca-file"] {
        let message = format!("`{setting}` must not be empty");
        check_text(&format!("[profile.a]\n{setting} = \"\"\n"), 2, &message);
    }
    check_text(
        "[profile.a]\n\napi-endpoint = \"http://api.example\"\n",
        3,
        "`api-endpoint`: plain http is only for this machine itself; write `https://`",
    );
    check_text("[profile.a]\ncredentials = \"a\"\n", 2, "`credentials` must be a table");
    check_text(
        "[profile.a.credentials]\nna = \"a\"\nus = \"b\"\n",
        3,
        "`profile.a.credentials`: no region group of that name: `us`; known: na, eu, fe",
    );
    check_text(
        "[profile.a.credentials]\nna = \"My Key\"\n",
        2,
        "`na`: a credential's name holds only a to z, digits, dots, underscores and hyphens, not, at position 1: `M`",
    );
    check_text("[profile.a]\ntags = \"a-20\"\n", 2, "`tags` must be a table");
    let not_a_tag = "the tag of us must be a text in quotes, or a table with `default` and `own`";
    check_text("[profile.a.tags]\nus = 1\n", 2, not_a_tag);
    check_text("[profile.a.tags]\nus = [\"a-20\"]\n", 2, not_a_tag);
    check_text("[profile.a.tags]\nus = { own = \"a-20\" }\n", 2, "`own` must be a list of tags or patterns");
    check_text(
        "[profile.a.tags]\nus = { own = [\n  \"a-20\",\n  1,\n] }\n",
        4,
        "`own` must be a list of texts in quotes",
    );
    check_text(
        "[profile.a.tags.us]\nown = [\n  \"*\",\n]\n",
        3,
        "not a pattern of tags: `*`; it needs characters of a tag, and `*` for any",
    );
    check_text(
        "[profile.a.tags]\nuk = \"a-21\"\ngb = \"b-21\"\n",
        3,
        "`profile.a.tags`: two entries for uk: `gb`",
    );
    check_text(
        "[profile.a.tags]\ncn = \"a-21\"\n",
        2,
        "www.amazon.cn has no Associates programme, so no tag belongs to it",
    );
}

#[test]
fn texts_that_are_no_toml() {
    assert_eq!(check(b"[profile.main\n", 1, "not TOML: unclosed table, expected `]`"), None);
    assert_eq!(check(b"\n\n[profile.a]\n[profile.a]\n", 4, "not TOML: duplicate key"), None);
    assert_eq!(check(b"format = 1\n# \xff\n", 2, "not UTF-8"), None);
    assert_eq!(check(b"\xff", 1, "not UTF-8"), None);
}

#[test]
fn formats() {
    assert_eq!(file("").names().count(), 0);
    assert_eq!(file("format = 1\n").names().count(), 0);
    let newer = check(b"\nformat = 2\n", 2, "format 2 is newer than this version reads, which is 1");
    assert_eq!(newer.as_deref(), Some("update linkwright"));
    for older in ["0", "-1", "\"1\"", "1.0", "true"] {
        assert_eq!(check(format!("format = {older}\n").as_bytes(), 1, "`format` must be 1"), None);
    }
}

#[test]
fn a_message_is_one_line_whatever_the_file_holds() {
    for text in [
        "a",
        "a =",
        "= 1",
        "[",
        "[[",
        "a = \"\n",
        "a = '''\n",
        "a = {",
        "a = [1,,]",
        "\u{0}",
        "[a]\n[a]\n",
        "a.b = 1\na = 2\n",
    ] {
        let error = ProfileFile::parse(PathBuf::from(NAME), text.to_owned()).expect_err(text);
        assert!(error.message().starts_with(&format!("{NAME}:")), "{text:?}: {error}");
        assert!(!error.message().contains('\n'), "{text:?}: {error}");
    }
}

#[test]
fn secrets_are_refused_and_not_shown() {
    #[track_caller]
    fn check_secret(text: &str, message: &str, hint: Option<&str>) {
        let found = check(text.as_bytes(), 2, message);
        assert!(!message.contains("hunter2"));
        assert_eq!(found.as_deref(), hint);
    }
    check_secret(
        "[profile.a]\nproxy = \"http://me:hunter2@proxy.example\"\n",
        "`proxy` holds a password, which a file of profiles must not",
        Some("remove it here, and set the whole address as the variable `LINKWRIGHT_PROXY`"),
    );
    check_secret(
        "[profile.a]\nstore = \"vault://me:hunter2@vault.example/x\"\n",
        "`store`: a store's address must not hold a user or a password",
        Some(
            "for a file with a passphrase write `?passphrase`, and set LINKWRIGHT_STORE_PASSPHRASE or \
             LINKWRIGHT_STORE_PASSPHRASE_FILE, or be asked on the terminal",
        ),
    );
}
