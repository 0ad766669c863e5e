//! The six versions and what follows from them.

use linkwright_core::{ApiVersion, Error, ErrorKind, RegionGroup, TokenBodyEncoding, TokenService};

#[test]
fn every_version_has_its_own_row() {
    use RegionGroup::{Europe, FarEast, NorthAmerica};
    use TokenService::{Cognito, LoginWithAmazon};
    // As the official SDK has it, written out a second time on purpose.
    let expected = [
        (
            "2.1",
            NorthAmerica,
            Cognito,
            "https://creatorsapi.auth.us-east-1.amazoncognito.com/oauth2/token",
            ", Version 2.1",
        ),
        (
            "2.2",
            Europe,
            Cognito,
            "https://creatorsapi.auth.eu-south-2.amazoncognito.com/oauth2/token",
            ", Version 2.2",
        ),
        (
            "2.3",
            FarEast,
            Cognito,
            "https://creatorsapi.auth.us-west-2.amazoncognito.com/oauth2/token",
            ", Version 2.3",
        ),
        ("3.1", NorthAmerica, LoginWithAmazon, "https://api.amazon.com/auth/o2/token", ""),
        ("3.2", Europe, LoginWithAmazon, "https://api.amazon.co.uk/auth/o2/token", ""),
        ("3.3", FarEast, LoginWithAmazon, "https://api.amazon.co.jp/auth/o2/token", ""),
    ];
    assert_eq!(ApiVersion::ALL.len(), expected.len());
    for (version, (text, group, service, endpoint, suffix)) in ApiVersion::ALL.into_iter().zip(expected) {
        assert_eq!(version.as_str(), text);
        assert_eq!(version.to_string(), text);
        assert_eq!(version.region_group(), group, "{text}");
        assert_eq!(version.token_service(), service, "{text}");
        assert_eq!(version.token_endpoint(), endpoint, "{text}");
        assert_eq!(version.authorization_suffix(), suffix, "{text}");
        assert_eq!(ApiVersion::of(service, group), version, "{text}");
    }
}

#[test]
fn services_differ_in_scope_and_encoding() {
    assert_eq!(TokenService::Cognito.scope(), "creatorsapi/default");
    assert_eq!(TokenService::Cognito.body_encoding(), TokenBodyEncoding::Form);
    assert_eq!(TokenService::LoginWithAmazon.scope(), "creatorsapi::default");
    assert_eq!(TokenService::LoginWithAmazon.body_encoding(), TokenBodyEncoding::Json);
}

#[test]
fn versions_are_read_as_people_write_them() {
    for text in ["3.1", "v3.1", "V3.1", " 3.1\n"] {
        assert_eq!(text.parse(), Ok(ApiVersion::V3_1), "{text:?}");
    }
    for version in ApiVersion::ALL {
        assert_eq!(version.to_string().parse(), Ok(version));
    }
}

#[test]
fn an_unknown_version_lists_the_known_ones() {
    for text in ["", "3", "3.4", "2.10", "vv3.1", "v", "3.1.0", "3,1", "٣.١"] {
        let error = text.parse::<ApiVersion>().unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("no API version of that name: `{text}`; known: 2.1, 2.2, 2.3, 3.1, 3.2, 3.3")
        );
    }
    let converted = Error::from("4.1".parse::<ApiVersion>().unwrap_err());
    assert_eq!(converted.kind(), ErrorKind::RequestInvalid);
    assert!(converted.hint().is_some());
}

#[test]
fn a_secret_pasted_as_version_is_not_repeated() {
    let error = "amzn1.oa2-cs.v1.0123456789abcdef".parse::<ApiVersion>().unwrap_err();
    assert_eq!(error.to_string(), "no API version of that name; known: 2.1, 2.2, 2.3, 3.1, 3.2, 3.3");
    assert!(!format!("{error:?}").contains("oa2"));
}

#[test]
fn ids_tell_their_service_by_their_shape() {
    let cases = [
        (
            "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef",
            Some(TokenService::LoginWithAmazon),
        ),
        ("amzn1.application-oa2-client.", Some(TokenService::LoginWithAmazon)),
        ("1example23456789abcdefghij", Some(TokenService::Cognito)),
        // One character short, one too many, and one in upper case: the shape tells nothing.
        ("1example23456789abcdefghi", None),
        ("1example23456789abcdefghijk", None),
        ("1Example23456789abcdefghij", None),
        ("", None),
        ("amzn1.application-oa2", None),
    ];
    for (id, service) in cases {
        assert_eq!(TokenService::of_id(id), service, "{id}");
    }
}
