//! Where a credential and a token may go.

use linkwright_core::{ApiVersion, ErrorKind};
use linkwright_creators::{CreatorsClient, Endpoints};

use crate::support::{Script, World, all_items, asins, context, credential, request};

#[test]
fn only_https_or_this_machine_itself() {
    let table = [
        ("https://creatorsapi.amazon", true),
        ("https://proxy.example.org:8443/amazon", true),
        ("http://127.0.0.1:8080", true),
        ("http://[::1]:8080", true),
        ("http://localhost:8080", true),
        ("http://creatorsapi.amazon", false),
        ("http://127.0.0.1@example.org", false),
        ("http://localhost.example.org", false),
        ("http://user:hunter2@localhost", false),
        ("https://user@example.org", false),
        ("https://example.org?to=elsewhere", false),
        ("ftp://localhost", false),
        ("creatorsapi.amazon", false),
        ("", false),
    ];
    let world = World::new(Script::with_token(all_items));
    for (address, good) in table {
        for setting in ["api_endpoint", "token_endpoint"] {
            let mut settings = world.settings(credential(ApiVersion::V3_1));
            match setting {
                "api_endpoint" => settings.endpoints.api = address.to_owned(),
                _ => settings.endpoints.token = Some(address.to_owned()),
            }
            let made = CreatorsClient::new(settings);
            assert_eq!(made.is_ok(), good, "{setting} {address}");
            if let Err(error) = made {
                assert_eq!(error.kind(), ErrorKind::ConfigInvalid);
                assert_eq!(error.context_value("setting"), Some(setting));
                let plain = error.reason() == Some("insecure_endpoint");
                assert_eq!(
                    plain,
                    ["http://creatorsapi.amazon", "http://localhost.example.org"].contains(&address)
                );
                assert!(!error.message().contains("hunter2"), "{error}");
            }
        }
    }
}

#[tokio::test]
async fn endpoints_can_be_others() {
    let table = [
        (None, None, "https://api.amazon.com/auth/o2/token"),
        (Some("http://127.0.0.1:1/token"), None, "http://127.0.0.1:1/token"),
        (Some("http://127.0.0.1:1/token"), Some("http://127.0.0.1:2/token"), "http://127.0.0.1:2/token"),
    ];
    for (for_all, for_version, expected) in table {
        let script = Script::with_token(all_items);
        let world = World::new(script.clone());
        let mut settings = world.settings(credential(ApiVersion::V3_1));
        settings.endpoints = Endpoints::default();
        settings.endpoints.api = "http://127.0.0.1:3/".to_owned();
        settings.endpoints.token = for_all.map(str::to_owned);
        settings.endpoints.token_of =
            for_version.map(|address: &str| (ApiVersion::V3_1, address.to_owned())).into_iter().collect();
        assert!(!settings.endpoints.is_amazon());
        CreatorsClient::new(settings).unwrap().get_items(&context(), &request(&asins(1))).await.unwrap();
        let asked: Vec<String> = script.asked().into_iter().map(|request| request.url).collect();
        assert_eq!(asked, [expected, "http://127.0.0.1:3/catalog/v1/getItems"]);
    }
}

#[test]
fn amazons_own_api_is_known_by_its_host() {
    for (api, is_amazon) in [
        ("https://creatorsapi.amazon", true),
        ("https://creatorsapi.amazon/", true),
        ("https://CREATORSAPI.amazon:443", true),
        ("https://creatorsapi.amazon.example", false),
        ("http://127.0.0.1:8080", false),
        ("https://creatorsapi.example", false),
        ("no address", false),
    ] {
        let mut endpoints = Endpoints::default();
        api.clone_into(&mut endpoints.api);
        assert_eq!(endpoints.is_amazon(), is_amazon, "{api}");
    }
}
