//! Both token services: what they take, what they give, what they say to mistakes.

use std::time::Duration;

use linkwright_core::{ApiVersion, Marketplace, Secret, TokenService};
use linkwright_emulator::{EmulatedCredential, Request, Settings};
use serde_json::{Value, json};

use crate::asking::{Asking, catalogue_request, token_request};

const FORM: &str = "application/x-www-form-urlencoded";

/// Replaces ID and SECRET by those of a version, and BASIC by both in one.
fn filled(text: &str, version: ApiVersion) -> String {
    let credential = EmulatedCredential::of(version);
    text.replace("ID", &credential.id).replace("SECRET", credential.secret.expose())
}

#[track_caller]
fn check(version: ApiVersion, path: &str, content_type: &str, body: &str, expected: (u16, &str)) {
    let request = Request::post(path, filled(body, version)).with_header("content-type", content_type);
    let reply = Asking::new().ask(&request);
    let answer = reply.json_body();
    let said = answer["error"].as_str().unwrap_or("a token");
    assert_eq!((reply.status, said), expected, "{version} {path} {body}");
    assert_eq!(reply.header("content-type"), Some("application/json"));
}

#[test]
fn each_service_takes_its_own_forms_and_refuses_mistakes() {
    let lwa = |body, expected| check(ApiVersion::V3_1, "/auth/o2/token", "application/json", body, expected);
    let lwa_form = |body, expected| check(ApiVersion::V3_1, "/auth/o2/token", FORM, body, expected);
    let cognito = |body, expected| check(ApiVersion::V2_1, "/oauth2/token", FORM, body, expected);

    lwa(
        r#"{"grant_type":"client_credentials","client_id":"ID","client_secret":"SECRET","scope":"creatorsapi::default"}"#,
        (200, "a token"),
    );
    lwa(
        r#"{"grant_type":"client_credentials","client_id":"ID","client_secret":"wrong","scope":"creatorsapi::default"}"#,
        (401, "invalid_client"),
    );
    lwa(
        r#"{"grant_type":"client_credentials","client_id":"ID","client_secret":"SECRET","scope":"creatorsapi/default"}"#,
        (400, "invalid_scope"),
    );
    lwa(
        r#"{"grant_type":"client_credentials","client_id":"ID","client_secret":"SECRET"}"#,
        (400, "invalid_scope"),
    );
    lwa(
        r#"{"grant_type":"password","client_id":"ID","client_secret":"SECRET"}"#,
        (400, "unsupported_grant_type"),
    );
    lwa(r#"{"client_id":"ID","client_secret":"SECRET"}"#, (400, "invalid_request"));
    lwa(r#"{"grant_type":"client_credentials"}"#, (400, "invalid_request"));
    lwa("not JSON", (400, "invalid_request"));
    lwa_form(
        "grant_type=client_credentials&client_id=ID&client_secret=SECRET&scope=creatorsapi%3A%3Adefault",
        (200, "a token"),
    );

    cognito(
        "grant_type=client_credentials&client_id=ID&client_secret=SECRET&scope=creatorsapi/default",
        (200, "a token"),
    );
    cognito(
        "grant_type=client_credentials&client_id=ID&client_secret=SECRET&scope=creatorsapi%2Fdefault",
        (200, "a token"),
    );
    cognito("grant_type=client_credentials&client_id=ID&client_secret=SECRET", (200, "a token"));
    cognito(
        "grant_type=client_credentials&client_id=ID&client_secret=SECRET&scope=creatorsapi::default",
        (400, "invalid_scope"),
    );
    cognito(
        "grant_type=client_credentials&client_id=ID&client_secret=no&scope=creatorsapi/default",
        (400, "invalid_client"),
    );
    cognito("client_id=ID&client_secret=SECRET", (400, "invalid_request"));
    cognito("grant_type=client_credentials&client_id=%zz", (400, "invalid_request"));
    check(
        ApiVersion::V2_1,
        "/oauth2/token",
        "application/json",
        r#"{"grant_type":"client_credentials"}"#,
        (400, "invalid_request"),
    );
    // A credential of the other kind.
    check(
        ApiVersion::V2_1,
        "/auth/o2/token",
        "application/json",
        r#"{"grant_type":"client_credentials","client_id":"ID","client_secret":"SECRET","scope":"creatorsapi::default"}"#,
        (401, "invalid_client"),
    );
    check(
        ApiVersion::V3_1,
        "/oauth2/token",
        FORM,
        "grant_type=client_credentials&client_id=ID&client_secret=SECRET&scope=creatorsapi/default",
        (400, "invalid_client"),
    );
}

#[test]
fn id_and_secret_may_come_by_http_basic() {
    fn encoded(text: &str) -> String {
        const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let bits: String = text.bytes().map(|byte| format!("{byte:08b}")).collect();
        let groups = bits.as_bytes().chunks(6).map(|group| {
            let group = format!("{:0<6}", std::str::from_utf8(group).unwrap());
            char::from(LETTERS[usize::from_str_radix(&group, 2).unwrap()])
        });
        let text: String = groups.collect();
        format!("{text}{}", "=".repeat((4 - text.len() % 4) % 4))
    }
    for (version, path, scope) in [
        (ApiVersion::V3_2, "/auth/o2/token", "creatorsapi::default"),
        (ApiVersion::V2_3, "/oauth2/token", "creatorsapi/default"),
    ] {
        let basic = format!("Basic {}", encoded(&filled("ID:SECRET", version)));
        let body = format!("grant_type=client_credentials&scope={scope}");
        let request =
            Request::post(path, body).with_header("Content-Type", FORM).with_header("Authorization", basic);
        let mut asking = Asking::new();
        assert_eq!(asking.ask(&request).status, 200, "{version}");
        asking.control("switches", json!({ "lwa_json_only": true }));
        let strict = if version == ApiVersion::V3_2 { 400 } else { 200 };
        assert_eq!(asking.ask(&request).status, strict, "{version}");
    }
}

#[test]
fn tokens_have_the_shape_of_their_service() {
    let mut asking = Asking::new();
    for version in ApiVersion::ALL {
        let answer = asking.ask(&token_request(&EmulatedCredential::of(version))).json_body();
        let token = answer["access_token"].as_str().unwrap();
        assert_eq!(answer["expires_in"], 3600);
        match version.token_service() {
            TokenService::LoginWithAmazon => {
                assert!(token.starts_with("Atc|MQ"), "{token}");
                assert_eq!(answer["token_type"], "bearer");
                assert_eq!(answer["scope"], "creatorsapi::default");
            }
            TokenService::Cognito => {
                assert!(token.starts_with("eyJ"), "{token}");
                assert_eq!(token.split('.').count(), 3);
                assert_eq!(answer["token_type"], "Bearer");
                assert_eq!(answer["scope"], Value::Null);
            }
        }
    }
    let tokens = asking.emulator.issued_tokens();
    let distinct: std::collections::BTreeSet<&String> = tokens.iter().collect();
    assert_eq!((tokens.len(), distinct.len()), (6, 6));
}

#[test]
fn credentials_have_the_shape_of_their_service_and_never_change() {
    for version in ApiVersion::ALL {
        let credential = EmulatedCredential::of(version);
        let secret = credential.secret.expose();
        assert_eq!(TokenService::of_id(&credential.id), Some(version.token_service()), "{version}");
        match version.token_service() {
            TokenService::LoginWithAmazon => {
                assert_eq!((credential.id.len(), secret.len()), (29 + 32, 16 + 64));
                assert!(secret.starts_with("amzn1.oa2-cs.v1."));
            }
            TokenService::Cognito => assert_eq!((credential.id.len(), secret.len()), (26, 51)),
        }
    }
    // Scripts may have written it down.
    assert_eq!(
        EmulatedCredential::of(ApiVersion::V3_1).id,
        "amzn1.application-oa2-client.df5a979e334a97f200ae10f5f3b74858"
    );
}

#[test]
fn an_instance_can_be_that_of_one_region() {
    let mut asking = Asking::of(Settings::default().only_version(ApiVersion::V3_2));
    let status =
        |asking: &mut Asking, version| asking.ask(&token_request(&EmulatedCredential::of(version))).status;
    assert_eq!(status(&mut asking, ApiVersion::V3_2), 200);
    assert_eq!(status(&mut asking, ApiVersion::V3_1), 401);
    assert_eq!(status(&mut asking, ApiVersion::V2_2), 400);
    let ready = asking.emulator.ready("http://127.0.0.1:1");
    assert_eq!((ready.credential.version, ready.marketplace, ready.tag.as_str()), ("3.2", "de", "demo-21"));
}

#[test]
fn a_test_may_bring_its_own_secret() {
    let marker = Secret::new("marker");
    let mut asking = Asking::of(Settings::default().secret(ApiVersion::V3_1, marker.clone()));
    let own = EmulatedCredential { secret: marker, ..EmulatedCredential::of(ApiVersion::V3_1) };
    assert_eq!(asking.ask(&token_request(&own)).status, 200);
    assert_eq!(asking.ask(&token_request(&EmulatedCredential::of(ApiVersion::V3_1))).status, 401);
    let ready = asking.emulator.ready("http://127.0.0.1:1");
    assert_eq!(ready.credential.secret, "marker");
    let shown = format!("{:?} {:?} {:?}", asking.emulator, ready, token_request(&own));
    assert!(!shown.contains("marker"), "{shown}");
}

#[test]
fn a_token_is_good_for_an_hour_of_the_emulators_clock() {
    let mut asking = Asking::new();
    let token = asking.token(ApiVersion::V3_1);
    let body = json!({ "itemIds": ["B0EMU00000"], "partnerTag": "demo-20" });
    let request = catalogue_request(Marketplace::Us, &token, &body);
    asking.now = asking.now.plus(Duration::from_secs(3599));
    assert_eq!(asking.ask(&request).status, 200);
    asking.now = asking.now.plus(Duration::from_secs(1));
    let reply = asking.ask(&request);
    assert_eq!((reply.status, &reply.json_body()["reason"]), (401, &json!("TokenExpired")));
}
