//! Names, masks and the guard against a version of the other service.

use linkwright_core::{
    ApiVersion, CredentialName, CredentialNameError, CredentialSet, CredentialValueError, Error, ErrorKind,
    Secret, TokenService,
};
use proptest::prelude::*;

#[test]
fn good_names_stay_as_they_are() {
    let longest = "a".repeat(64);
    for text in ["a", "0", "main", "shop.eu-1", "a_b", "a.b.c", "a-", "a.", longest.as_str()] {
        let name: CredentialName = text.parse().unwrap();
        assert_eq!(name.as_str(), text);
        assert_eq!(name.to_string(), text);
        assert_eq!(CredentialName::try_from(text), Ok(name));
    }
}

#[test]
fn bad_names_are_refused_for_their_reason() {
    use CredentialNameError as E;
    let too_long = "a".repeat(65);
    let cases = [
        ("", E::Empty),
        (too_long.as_str(), E::TooLong { length: 65 }),
        ("Main", E::Character { character: 'M', position: 1 }),
        ("a b", E::Character { character: ' ', position: 2 }),
        ("a/b", E::Character { character: '/', position: 2 }),
        ("a\\b", E::Character { character: '\\', position: 2 }),
        ("a\0", E::Character { character: '\0', position: 2 }),
        ("a\n", E::Character { character: '\n', position: 2 }),
        ("a%2e", E::Character { character: '%', position: 2 }),
        ("c:", E::Character { character: ':', position: 2 }),
        ("straße", E::Character { character: 'ß', position: 5 }),
        ("../../etc/passwd", E::Character { character: '/', position: 3 }),
        (".", E::FirstCharacter { character: '.' }),
        ("..", E::FirstCharacter { character: '.' }),
        (".hidden", E::FirstCharacter { character: '.' }),
        ("-rf", E::FirstCharacter { character: '-' }),
        ("_x", E::FirstCharacter { character: '_' }),
        ("a..b", E::TwoDots),
        ("a..", E::TwoDots),
    ];
    for (text, reason) in cases {
        assert_eq!(text.parse::<CredentialName>(), Err(reason), "{text:?}");
        assert_eq!(Error::from(reason).kind(), ErrorKind::RequestInvalid);
    }
}

#[test]
fn a_refusal_shows_one_character_and_never_the_text() {
    let error = "HUSH-hush".parse::<CredentialName>().unwrap_err();
    assert!(!error.to_string().contains("HUSH"), "{error}");
    let control = "a\u{1b}[2J".parse::<CredentialName>().unwrap_err();
    assert!(!control.to_string().contains('\u{1b}'), "a terminal would obey it: {control:?}");
}

#[test]
fn at_most_half_of_an_id_is_shown() {
    let cases = [
        ("", "…"),
        ("short", "…"),
        ("fifteen-letters", "…"),
        ("sixteen-letters!", "sixt…ers!"),
        ("amzn1.application-oa2-client.0123456789abcdef", "amzn…cdef"),
        ("äöüßäöüßäöüßäöüß", "äöüß…äöüß"),
    ];
    for (id, masked) in cases {
        let set = CredentialSet::new(id, Secret::new("s"), ApiVersion::V2_1);
        assert_eq!(set.masked_id(), masked, "{id}");
    }
}

#[test]
fn an_id_of_the_other_service_is_noticed() {
    let lwa_id = "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef";
    let cognito_id = "1example23456789abcdefghij";
    let cases = [
        (lwa_id, ApiVersion::V2_2, Some(TokenService::LoginWithAmazon)),
        (lwa_id, ApiVersion::V3_2, None),
        (cognito_id, ApiVersion::V3_1, Some(TokenService::Cognito)),
        (cognito_id, ApiVersion::V2_3, None),
        ("made-up", ApiVersion::V2_1, None),
        ("made-up", ApiVersion::V3_1, None),
    ];
    for (id, version, contradicting) in cases {
        let set = CredentialSet::new(id, Secret::new("s"), version);
        assert_eq!(set.service_contradicting_version(), contradicting, "{id} {version}");
    }
}

#[test]
fn changing_one_part_leaves_the_others() {
    let set =
        CredentialSet::new("id", Secret::new("old"), ApiVersion::V2_1).with_label(Some("Shop".to_owned()));
    let rotated = set.clone().with_secret(Secret::new("new"));
    assert_eq!((rotated.id(), rotated.label(), rotated.secret().expose()), ("id", Some("Shop"), "new"));
    assert_ne!(rotated, set);
    assert_eq!(rotated.with_label(None).label(), None);
}

proptest! {
    #[test]
    fn an_accepted_name_stays_inside_its_folder(text in "[a-z0-9./_\\\\-]{0,70}") {
        if let Ok(name) = CredentialName::try_from(text.as_str()) {
            let path = std::path::Path::new("/store").join(name.as_str());
            prop_assert_eq!(path.parent(), Some(std::path::Path::new("/store")));
            prop_assert!(path.components().all(|part| part != std::path::Component::ParentDir));
        }
    }
}

#[test]
fn ids_and_secrets_are_trimmed_and_refused_for_their_reason() {
    use CredentialValueError as E;

    #[track_caller]
    fn check_id(text: &str, expected: Result<&str, E>) {
        assert_eq!(CredentialSet::checked_id(text), expected, "{text:?}");
    }
    #[track_caller]
    fn check_secret(text: &str, expected: Result<&str, E>) {
        assert_eq!(CredentialSet::checked_secret(text, "the-id"), expected, "{text:?}");
    }
    check_id(" \u{a0}the-id\r\n", Ok("the-id"));
    check_id("amzn1.application-oa2-client.0f", Ok("amzn1.application-oa2-client.0f"));
    check_id("", Err(E::IdMissing));
    check_id(" \t\n", Err(E::IdMissing));
    check_id("amzn1.oa2-cs.v1.hush", Err(E::IdIsSecret));
    check_id(" amzn1.oa2-cs.v1.hush hush", Err(E::IdIsSecret));
    for key in ["AKIAIOSFODNN7EXAMPLE", "ASIAIOSFODNN7EXAMPLE\n"] {
        check_id(key, Err(E::IdOfRetiredApi));
    }
    check_id("AKIA", Ok("AKIA"));
    check_id("AKIAiosfodnn7example", Ok("AKIAiosfodnn7example"));
    check_id("two words", Err(E::IdBlank));
    check_id("a\u{2028}b", Err(E::IdBlank));
    check_id("a\0b", Err(E::IdBlank));

    check_secret("\thush\n", Ok("hush"));
    check_secret("a+b/c==*", Ok("a+b/c==*"));
    check_secret("amzn1.oa2-cs.v1.hush", Ok("amzn1.oa2-cs.v1.hush"));
    // As long as an id of Cognito's, and of the same characters.
    check_secret("5f3k2m1n0pq9r8s7t6u5v4w3x2", Ok("5f3k2m1n0pq9r8s7t6u5v4w3x2"));
    check_secret("", Err(E::SecretMissing));
    check_secret("  ", Err(E::SecretMissing));
    check_secret(" the-id ", Err(E::SecretIsId));
    check_secret("amzn1.application-oa2-client.0f", Err(E::SecretIsId));
    for masked in ["****", "hush...", "••••", "hu…sh", "●"] {
        check_secret(masked, Err(E::SecretMasked));
    }
    for version in ["3.1", "v2.3", " 3.2\n"] {
        check_secret(version, Err(E::SecretIsVersion));
    }
    check_secret("4.0", Ok("4.0"));
    check_secret("hush hush", Err(E::SecretBlank));
    check_secret("hush\nhush", Err(E::SecretBlank));
    check_secret("hush\u{1b}[0m", Err(E::SecretBlank));
    assert_eq!(CredentialSet::checked_secret("", ""), Err(E::SecretMissing));
    assert!(
        CredentialSet::looks_like_secret(" amzn1.oa2-cs.v1.x") && !CredentialSet::looks_like_secret("amzn1")
    );
}
