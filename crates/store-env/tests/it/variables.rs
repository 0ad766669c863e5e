//! Which variables are read, and what is said about wrong ones.

use linkwright_core::{ApiVersion, CredentialStore as _, ErrorKind};
use linkwright_store_env::EnvStore;

use crate::support::{SECRET, check_refused, listed, name, store};

#[tokio::test]
async fn three_variables_are_a_credential() {
    for (version, expected) in
        [("3.1", ApiVersion::V3_1), ("v2.2", ApiVersion::V2_2), (" V3.3 ", ApiVersion::V3_3)]
    {
        for (stem, asked) in [
            ("X", "default"),
            ("X_DEFAULT", "default"),
            ("X_SHOP_EU", "shop-eu"),
            ("X_SHOP_EU", "shop.eu"),
            ("X_SHOP_EU", "shop_eu"),
            ("X_ID", "id"),
            ("X_SECRET_FILE", "secret-file"),
        ] {
            let variables = ["_ID", "_SECRET", "_VERSION"].map(|end| format!("{stem}{end}"));
            let [id, secret, version_variable] = variables.each_ref().map(String::as_str);
            let store = store(&[(id, " an-id\n"), (secret, " hush-hush-hush "), (version_variable, version)]);
            let stored = store.get(&name(asked), None).await.unwrap();
            assert_eq!(stored.set.id(), "an-id", "{stem}");
            assert_eq!(stored.set.secret().expose(), "hush-hush-hush");
            assert_eq!(stored.set.api_version(), expected);
            assert_eq!(stored.set.label(), None);
            assert_eq!(stored.revision.as_str(), "environment");
            assert_eq!(stored.changed_at, None);
        }
    }
}

#[tokio::test]
async fn nothing_set_is_not_found_and_empty_counts_as_not_set() {
    let empty = [("X_ID", ""), ("X_SECRET", ""), ("X_VERSION", ""), ("X_ID_FILE", "")];
    for variables in
        [&[][..], &empty, &[("X_LABEL", "a label"), ("Y_ID", "1"), ("X_NAME", "n"), ("XX_ID", "1")]]
    {
        let store = store(variables);
        check_refused(&store, "default", ErrorKind::NotFound, &["no credential of that name: `default`"])
            .await;
        assert_eq!(listed(&store).await, [""; 0]);
    }
}

#[tokio::test]
async fn a_part_of_a_credential_is_refused_and_the_missing_variables_are_named() {
    for (variables, missing, hint) in [
        (&[("X_ID", "i")][..], "`X_SECRET`, `X_VERSION`", "set X_SECRET, or X_SECRET_FILE"),
        (&[("X_SECRET", SECRET)], "`X_ID`, `X_VERSION`", "set X_ID, or X_ID_FILE"),
        (&[("X_VERSION", "3.1")], "`X_ID`, `X_SECRET`", "set X_ID"),
        (
            &[("X_ID", "i"), ("X_SECRET", SECRET), ("X_VERSION", "")],
            "not set or empty: `X_VERSION`",
            "set X_VERSION",
        ),
        (&[("X_ID", ""), ("X_SECRET", SECRET), ("X_VERSION", "3.1")], "`X_ID`", "set X_ID"),
    ] {
        let store = store(variables);
        check_refused(&store, "default", ErrorKind::ConfigInvalid, &["set in part", missing, hint]).await;
        // It is there, in part: whoever lists should see it.
        assert_eq!(listed(&store).await, ["default"]);
    }
    let named = store(&[("X_SHOP_ID", "i"), ("X_SHOP_SECRET", SECRET)]);
    check_refused(&named, "shop", ErrorKind::ConfigInvalid, &["`X_SHOP_VERSION`"]).await;
    check_refused(&named, "default", ErrorKind::NotFound, &[]).await;
}

#[tokio::test]
async fn contradictions_are_refused_without_a_value_being_shown() {
    let sound = [("X_ID", "i"), ("X_SECRET", SECRET), ("X_VERSION", "3.1")];
    for (more, texts) in [
        (&[("X_VERSION", SECRET)][..], &["none of the versions 2.1, ", "`X_VERSION`"][..]),
        (&[("X_SECRET_FILE", "/nowhere/hush")], &["given twice", "`X_SECRET`, `X_SECRET_FILE`", "unset one"]),
        (&[("X_LABEL", "l"), ("X_LABEL_FILE", "/nowhere")], &["`X_LABEL`, `X_LABEL_FILE`"]),
        (
            &[("X_DEFAULT_ID", "i")],
            &["the default credential is given twice: `X`, `X_DEFAULT`", "begin with X_DEFAULT_"],
        ),
    ] {
        check_refused(&store(&[&sound, more].concat()), "default", ErrorKind::ConfigInvalid, texts).await;
    }
}

#[tokio::test]
async fn what_cannot_be_an_id_or_a_secret_is_refused_as_everywhere() {
    const ID: &str = "amzn1.application-oa2-client.hush";
    for (id, secret, what, variable) in [
        ("i", "hush hush", "the secret holds a blank or a control character", "X_SECRET"),
        ("i", "hush\nhush\n", "the secret holds a blank or a control character", "X_SECRET"),
        ("i", "hush\u{7}hush", "the secret holds a blank or a control character", "X_SECRET"),
        ("i", " \n", "the secret is missing", "X_SECRET"),
        ("i", "****", "the secret is masked", "X_SECRET"),
        ("i", ID, "the id stands where the secret should be", "X_SECRET"),
        ("hush-hush", " hush-hush ", "the id stands where the secret should be", "X_SECRET"),
        ("hush hush", SECRET, "the id holds a blank or a control character", "X_ID"),
        (" ", SECRET, "the id is missing", "X_ID"),
        ("amzn1.oa2-cs.v1.hush", SECRET, "the secret stands where the id should be", "X_ID"),
    ] {
        let store = store(&[("X_ID", id), ("X_SECRET", secret), ("X_VERSION", "3.1")]);
        let texts = [what, &format!("`{variable}`"), "copy the value once more"];
        check_refused(&store, "default", ErrorKind::ConfigInvalid, &texts).await;
    }
}

#[tokio::test]
async fn labels_and_exact_names() {
    let sound =
        [("X_A_B_ID", "i"), ("X_A_B_SECRET", SECRET), ("X_A_B_VERSION", "3.1"), ("X_A_B_LABEL", "日本")];
    let plain = store(&sound);
    assert_eq!(listed(&plain).await, ["a_b"]);
    assert_eq!(plain.get(&name("a-b"), None).await.unwrap().set.label(), Some("日本"));

    let exact = store(&[&sound[..], &[("X_A_B_NAME", "a.b")]].concat());
    assert_eq!(listed(&exact).await, ["a.b"]);
    exact.get(&name("a.b"), None).await.unwrap();
    check_refused(&exact, "a-b", ErrorKind::NotFound, &[]).await;

    for wrong in ["a+b", "c", "hush hush", "A.B"] {
        let wrong = store(&[&sound[..], &[("X_A_B_NAME", wrong)]].concat());
        check_refused(&wrong, "a.b", ErrorKind::ConfigInvalid, &["not hold a spelling", "`X_A_B_NAME`"])
            .await;
        assert_eq!(listed(&wrong).await, ["a_b"]);
    }
}

#[tokio::test]
async fn the_list_has_each_name_once_and_no_stranger() {
    let store = store(&[
        ("X_ID", "1"),
        ("X_SECRET", SECRET),
        ("X_SHOP_ID", "1"),
        ("X_SHOP_VERSION", "3.1"),
        ("X_FILES_SECRET_FILE", "/nowhere"),
        ("X__ID", "1"),
        ("X_lower_ID", "1"),
        ("X_ID_ID", "1"),
        ("X_OTHER", "1"),
        ("XSHOP_ID", "1"),
        ("X_EMPTY_ID", ""),
        ("PATH", "/bin"),
    ]);
    assert_eq!(listed(&store).await, ["default", "files", "id", "shop"]);
}

#[tokio::test]
async fn the_default_prefix_is_the_documented_one() {
    let variables = |name: &str| match name {
        "LINKWRIGHT_CREDENTIAL_ID" => Some("i".to_owned()),
        "LINKWRIGHT_CREDENTIAL_SECRET" => Some(SECRET.to_owned()),
        "LINKWRIGHT_CREDENTIAL_VERSION" => Some("3.1".to_owned()),
        _ => None,
    };
    let store = EnvStore::new(EnvStore::DEFAULT_PREFIX, std::sync::Arc::new(variables), Vec::new());
    assert_eq!(store.info().to_string(), "env:LINKWRIGHT_CREDENTIAL");
    assert_eq!(store.get(&name(EnvStore::DEFAULT_NAME), None).await.unwrap().set.id(), "i");
}
