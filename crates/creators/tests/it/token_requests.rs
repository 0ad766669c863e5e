//! What is sent to the token services: exact bytes, for all six versions.

use linkwright_core::{ApiVersion, CredentialSet, ErrorKind, Secret};
use linkwright_creators::TokenRequest;

use crate::support::{Script, World, all_items, asins, body, context, credential, header, request};

const OLD_ID: &str = "5f3k2m1n0pq9r8s7t6u5v4w3x2";
const NEW_ID: &str = "amzn1.application-oa2-client.0123456789abcdef0123456789abcdef";

#[tokio::test]
async fn each_version_asks_its_own_service_in_its_own_form() {
    let form = |_| {
        let scope = "creatorsapi%2Fdefault";
        format!(
            "grant_type=client_credentials&client_id={OLD_ID}&client_secret=a%2Bb%2F%22%C3%A9%3D+c&scope={scope}"
        )
    };
    let json = |_| {
        format!(
            r#"{{"grant_type":"client_credentials","client_id":"{NEW_ID}","client_secret":"a+b/\"é= c","scope":"creatorsapi::default"}}"#
        )
    };
    let table: [(ApiVersion, &str, &str, String, &str, &str); 6] = [
        (
            ApiVersion::V2_1,
            "https://creatorsapi.auth.us-east-1.amazoncognito.com/oauth2/token",
            "application/x-www-form-urlencoded",
            form(()),
            "us",
            "Bearer token-1, Version 2.1",
        ),
        (
            ApiVersion::V2_2,
            "https://creatorsapi.auth.eu-south-2.amazoncognito.com/oauth2/token",
            "application/x-www-form-urlencoded",
            form(()),
            "de",
            "Bearer token-1, Version 2.2",
        ),
        (
            ApiVersion::V2_3,
            "https://creatorsapi.auth.us-west-2.amazoncognito.com/oauth2/token",
            "application/x-www-form-urlencoded",
            form(()),
            "jp",
            "Bearer token-1, Version 2.3",
        ),
        (
            ApiVersion::V3_1,
            "https://api.amazon.com/auth/o2/token",
            "application/json",
            json(()),
            "us",
            "Bearer token-1",
        ),
        (
            ApiVersion::V3_2,
            "https://api.amazon.co.uk/auth/o2/token",
            "application/json",
            json(()),
            "de",
            "Bearer token-1",
        ),
        (
            ApiVersion::V3_3,
            "https://api.amazon.co.jp/auth/o2/token",
            "application/json",
            json(()),
            "jp",
            "Bearer token-1",
        ),
    ];
    for (version, endpoint, content_type, expected, shop, authorization) in table {
        let script = Script::with_token(all_items);
        let world = World::new(script.clone());
        let id = credential(version).id().to_owned();
        let set = CredentialSet::new(id, Secret::new("a+b/\"é= c"), version);
        let client = world.client_of(set);
        let tag = linkwright_core::PartnerTag::new("demo-20", shop.parse().unwrap()).unwrap();
        let context =
            linkwright_core::RequestContext::tagged(linkwright_core::Account::new("main"), tag.clone());
        let mut asked = request(&asins(1));
        asked.audience.partner_tag = tag;
        client.get_items(&context, &asked).await.unwrap();
        let [token, call] = script.asked().try_into().unwrap();
        assert_eq!(token.url, endpoint);
        assert_eq!(header(&token, "content-type"), Some(content_type), "{version}");
        assert_eq!(header(&token, "accept"), Some("application/json"), "{version}");
        assert_eq!(header(&token, "authorization"), None, "{version}");
        assert_eq!(body(&token), expected, "{version}");
        assert_eq!(header(&call, "authorization"), Some(authorization), "{version}");
    }
}

#[test]
fn an_id_of_the_other_service_is_refused_with_the_version_it_probably_is_of() {
    let table = [
        (NEW_ID, ApiVersion::V2_1, Some("3.1")),
        (NEW_ID, ApiVersion::V2_2, Some("3.2")),
        (OLD_ID, ApiVersion::V3_3, Some("2.3")),
        (NEW_ID, ApiVersion::V3_1, None),
        (OLD_ID, ApiVersion::V2_1, None),
        // Of no known shape: that is for Amazon to say.
        ("something-else", ApiVersion::V2_1, None),
    ];
    for (id, version, likely) in table {
        let refused = TokenRequest::new(&CredentialSet::new(id, Secret::new("hush"), version)).err();
        assert_eq!(
            refused.as_ref().and_then(|error| error.context_value("likely_version")),
            likely,
            "{id} {version}"
        );
        if let Some(error) = refused {
            assert_eq!(error.kind(), ErrorKind::Unauthenticated);
            assert_eq!(error.reason(), Some("version_mismatch"));
            assert!(error.hint().unwrap().contains(likely.unwrap()), "{error:?}");
        }
    }
}

#[tokio::test]
async fn a_refused_version_sends_nothing() {
    let script = Script::with_token(all_items);
    let world = World::new(script.clone());
    let client = world.client_of(CredentialSet::new(NEW_ID, Secret::new("hush"), ApiVersion::V2_1));
    let error = client.get_items(&context(), &request(&asins(1))).await.unwrap_err();
    assert_eq!(error.reason(), Some("version_mismatch"));
    assert!(script.asked().is_empty());
}
