//! Files of credentials as people make them, with names and values at random: none shows its secret.

use linkwright_sdk::import_credentials;
use linkwright_tests::fuzzing;
use proptest::prelude::*;
use proptest::sample::select;

/// A secret in the shape of either token service.
fn secret() -> impl Strategy<Value = String> {
    prop_oneof!["amzn1\\.oa2-cs\\.v1\\.[0-9a-f]{64}", "[a-z]{4}[0-9][a-z0-9]{46}"]
}

/// A name of a column: a good one, or any words.
fn name() -> impl Strategy<Value = String> {
    let good =
        select(vec!["Credential ID", "client_id", "Credential Secret", "secret", "Version", "Name", ""]);
    prop_oneof![good.prop_map(str::to_owned), "[A-Za-z ]{1,12}", "[^\\n]{0,8}"]
}

proptest! {
    #[test]
    fn no_table_shows_its_secret(
        names in prop::collection::vec(name(), 1..5),
        separator in select(vec![",", ";", "\t", ", ", ":", "="]),
        quoted in any::<bool>(),
        secret in secret(),
        at in 0..6_usize,
        rows in 0..3_usize,
        value in "[ -~]{0,12}",
    ) {
        let cell = |text: &str| if quoted { format!("\"{text}\"") } else { text.to_owned() };
        let row = |number: usize| {
            let cells = (0..names.len()).map(|place| if (place + number) % 5 == at { cell(&secret) } else { cell(&value) });
            cells.collect::<Vec<_>>().join(separator)
        };
        let mut lines = vec![names.iter().map(|name| cell(name)).collect::<Vec<_>>().join(separator)];
        lines.extend((0..rows).map(row));
        if at == 5 {
            lines.insert(0, secret.clone());
        }
        let text = lines.join("\r\n");
        match import_credentials(text.as_bytes()) {
            Ok(import) => {
                let names = format!("{:?}{:?}", import.taken, import.not_taken);
                prop_assert!(!names.contains(&secret), "{names}");
            }
            Err(error) => prop_assert!(!format!("{error:?}").contains(&secret), "{error:?}"),
        }
        fuzzing::credential_import(text.replace(&secret, "hunter2").as_bytes());
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        fuzzing::credential_import(&bytes);
    }
}
