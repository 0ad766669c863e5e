//! Cases about `info`, `capabilities`, `get` and `get_many`. All but one run on read-only stores too.

use linkwright_core::{ApiVersion, CredentialSet, ErrorKind, Secret};

use super::{StoreCase, case, check_current, check_same, example, main_alone, name};
use crate::case::{Outcome, check, check_equal, expect_kind};
use crate::store_fixture::{Seed, StoreFixture};

pub(super) fn cases() -> Vec<StoreCase> {
    vec![
        case!(
            capabilities_are_as_announced,
            [],
            "Capabilities agree with the fixture's, and with each other."
        ),
        case!(info_names_the_scheme, [], "The store says by which scheme it is named."),
        case!(
            absent_name_is_not_found,
            [],
            "Reading a name nobody stored is `NotFound`, in an empty store and beside others."
        ),
        case!(
            names_that_begin_alike_are_told_apart,
            [],
            "A name is not found because a longer or shorter one is there."
        ),
        case!(
            stored_credential_is_read_back,
            [],
            "Id, secret, version and label are read as they were stored, also a missing label."
        ),
        case!(every_version_is_read_back, [], "All six versions survive."),
        case!(
            secrets_of_any_characters_are_read_back,
            [],
            "Quotes, signs that shells and formats read in their own way, and other scripts survive in a secret."
        ),
        case!(
            secrets_with_blanks_are_read_back,
            [write],
            "A store that is written keeps blanks, line breaks and control characters; who takes values from people refuses \
             them."
        ),
        case!(labels_in_any_language_are_read_back, [], "A label is text in any script, also an empty one."),
        case!(
            get_many_answers_each_name_at_its_place,
            [],
            "Absent names and repeated ones leave the others where they are."
        ),
        case!(get_many_of_nothing_is_empty, [], "No names give no answers, and no error."),
        case!(
            damaged_value_is_corrupt_and_not_absent,
            [damage],
            "What is there and cannot be read is `Corrupt`, so that nobody goes on to the next store."
        ),
        case!(
            damaged_value_leaves_others_readable,
            [damage],
            "One damaged credential does not take the others with it."
        ),
    ]
}

async fn capabilities_are_as_announced(fixture: &dyn StoreFixture) -> Outcome {
    let capabilities = fixture.open(&[]).await?.capabilities();
    check_equal("capabilities of the store, against the fixture's", &capabilities, &fixture.capabilities())?;
    for (kind, flag) in [
        ("create_only", capabilities.create_only),
        ("update_if", capabilities.update_if),
        ("pending", capabilities.pending),
        ("restore", capabilities.restore),
    ] {
        check(!flag || capabilities.write, || format!("`{kind}` is a way of writing, but `write` is off"))?;
    }
    check(!capabilities.pending || capabilities.revisions, || {
        "`pending` is on without `revisions`, so a pending revision could not be promoted".to_owned()
    })
}

async fn info_names_the_scheme(fixture: &dyn StoreFixture) -> Outcome {
    let info = fixture.open(&[]).await?.info();
    let valid = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    check(!info.scheme.is_empty() && info.scheme.bytes().all(valid), || {
        format!("a scheme is of lower-case letters, digits and hyphens, found {:?}", info.scheme)
    })
}

async fn absent_name_is_not_found(fixture: &dyn StoreFixture) -> Outcome {
    for seed in [vec![], main_alone().to_vec()] {
        let store = fixture.open(&seed).await?;
        expect_kind("reading an absent name", store.get(&name("absent"), None).await, ErrorKind::NotFound)?;
    }
    Ok(())
}

async fn names_that_begin_alike_are_told_apart(fixture: &dyn StoreFixture) -> Outcome {
    let seed: Vec<Seed> =
        vec![(name("shop.eu"), example(1)), (name("shop.eu-1"), example(2)), (name("0"), example(3))];
    let store = fixture.open(&seed).await?;
    for (name, expected) in &seed {
        check_current(name.as_str(), &*store, name, expected).await?;
    }
    for absent in ["shop", "shop.e", "shop.eu-", "shop.eu-1.", "00"] {
        expect_kind(absent, store.get(&name(absent), None).await, ErrorKind::NotFound)?;
    }
    Ok(())
}

async fn stored_credential_is_read_back(fixture: &dyn StoreFixture) -> Outcome {
    let plain = CredentialSet::new("an-id", Secret::new("a-secret"), ApiVersion::V2_3);
    let seed = [(name("labelled"), example(7)), (name("plain"), plain.clone())];
    let store = fixture.open(&seed).await?;
    check_current("with a label", &*store, &name("labelled"), &example(7)).await?;
    check_current("without a label", &*store, &name("plain"), &plain).await
}

async fn every_version_is_read_back(fixture: &dyn StoreFixture) -> Outcome {
    let seed = ApiVersion::ALL.map(|version| {
        (name(&format!("v{version}")), CredentialSet::new("an-id", Secret::new("a-secret"), version))
    });
    let store = fixture.open(&seed).await?;
    for (name, expected) in &seed {
        check_current(name.as_str(), &*store, name, expected).await?;
    }
    Ok(())
}

async fn secrets_of_any_characters_are_read_back(fixture: &dyn StoreFixture) -> Outcome {
    check_secrets(
        fixture,
        &[
            r#"quotes"double"'single'`back`"#,
            r"backslashes\\\n\u0041C:\path",
            "$HOME${HOME}$(id)%PATH%%41&|;<>#=",
            r#"{"format":1,"secret":"looks-like-a-document"}"#,
            "äöüß€日本語العربية😀",
            "==padding+and/slashes==",
        ],
    )
    .await
}

async fn secrets_with_blanks_are_read_back(fixture: &dyn StoreFixture) -> Outcome {
    // NUL is left out: no command line or variable that such a secret may come through can hold it.
    check_secrets(
        fixture,
        &[" blanks at both ends ", "line\nbreaks\r\nand\ttabs\n", "controls\u{7f}\u{1}\u{1f}\u{2028}"],
    )
    .await
}

async fn check_secrets(fixture: &dyn StoreFixture, secrets: &[&str]) -> Outcome {
    let named = |(position, secret): (usize, &&str)| {
        let set = CredentialSet::new("an-id", Secret::new(*secret), ApiVersion::V3_2);
        (name(&format!("s{position}")), set)
    };
    let seed: Vec<Seed> = secrets.iter().enumerate().map(named).collect();
    let store = fixture.open(&seed).await?;
    for ((name, expected), secret) in seed.iter().zip(secrets) {
        check_same(&format!("{secret:?}"), &store.get(name, None).await?.set, expected)?;
    }
    Ok(())
}

async fn labels_in_any_language_are_read_back(fixture: &dyn StoreFixture) -> Outcome {
    let labels = ["Schöner Laden", "私の店", "متجري", "🛒🛍️", "\"quoted\" \\ and\nbroken", ""];
    let named = |(position, label): (usize, &str)| {
        (name(&format!("l{position}")), example(position).with_label(Some(label.to_owned())))
    };
    let seed: Vec<Seed> = labels.into_iter().enumerate().map(named).collect();
    let store = fixture.open(&seed).await?;
    for (name, expected) in &seed {
        check_current(name.as_str(), &*store, name, expected).await?;
    }
    Ok(())
}

async fn get_many_answers_each_name_at_its_place(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&[(name("a"), example(1)), (name("b"), example(2))]).await?;
    let asked = ["b", "absent", "a", "b"].map(name);
    let answers = store.get_many(&asked).await;
    check_equal("number of answers", &answers.len(), &asked.len())?;
    for (place, (answer, expected)) in answers.into_iter().zip([Some(2), None, Some(1), Some(2)]).enumerate()
    {
        match expected {
            Some(number) => check_same(&format!("place {place}"), &answer?.set, &example(number))?,
            None => {
                let error = expect_kind("the absent name", answer, ErrorKind::NotFound)?;
                check_equal("name in the error's context", &error.context_value("name"), &Some("absent"))?;
            }
        }
    }
    Ok(())
}

async fn get_many_of_nothing_is_empty(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open(&main_alone()).await?;
    check_equal("number of answers", &store.get_many(&[]).await.len(), &0)
}

/// Bytes that are text, but no document; with a secret in them, as damaged documents have.
pub(super) const DAMAGED: &str = r#"{"format":1,"id":"an-id","secret":"a-secr"#;

async fn damaged_value_is_corrupt_and_not_absent(fixture: &dyn StoreFixture) -> Outcome {
    let newer = r#"{"format":99,"sealed":"in a way this version does not know"}"#;
    for document in [DAMAGED, newer, "", "{}"] {
        let store = fixture.open_damaged(&name("main"), document, &[]).await?;
        let error = expect_kind(document, store.get(&name("main"), None).await, ErrorKind::Corrupt)?;
        check_equal("operation", &error.operation(), &"store.get")?;
        check_equal("name in the error's context", &error.context_value("name"), &Some("main"))?;
    }
    Ok(())
}

async fn damaged_value_leaves_others_readable(fixture: &dyn StoreFixture) -> Outcome {
    let store = fixture.open_damaged(&name("broken"), DAMAGED, &main_alone()).await?;
    check_current("beside the damaged one", &*store, &name("main"), &example(1)).await?;
    let mut answers = store.get_many(&["broken", "main"].map(name)).await;
    check_equal("number of answers", &answers.len(), &2)?;
    check_same("beside the damaged one, in get_many", &answers.remove(1)?.set, &example(1))?;
    expect_kind("the damaged one, in get_many", answers.remove(0), ErrorKind::Corrupt)?;
    Ok(())
}
