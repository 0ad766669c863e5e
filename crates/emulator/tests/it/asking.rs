//! An emulator with a clock that only the test moves, and requests as a client makes them.

use linkwright_core::{ApiVersion, Marketplace, Timestamp, TokenService};
use linkwright_emulator::{EmulatedCredential, Emulator, Reply, Request, Settings};
use serde_json::{Value, json};

/// Some moment.
pub(crate) const START: Timestamp = Timestamp::from_unix_seconds(1_800_000_000);

/// An emulator and the time.
pub(crate) struct Asking {
    pub(crate) emulator: Emulator,
    pub(crate) now: Timestamp,
}

impl Asking {
    pub(crate) fn new() -> Self {
        Self::of(Settings::default())
    }

    pub(crate) fn of(settings: Settings) -> Self {
        Self { emulator: Emulator::new(settings), now: START }
    }

    pub(crate) fn ask(&mut self, request: &Request) -> Reply {
        self.emulator.answer(self.now, request)
    }

    /// A token of this version, asked for as the official SDK does.
    pub(crate) fn token(&mut self, version: ApiVersion) -> String {
        let reply = self.ask(&token_request(&EmulatedCredential::of(version)));
        assert_eq!(reply.status, 200, "{:?}", reply.json_body());
        reply.json_body()["access_token"].as_str().unwrap().to_owned()
    }

    /// getItems in a shop, with the shop's own tag and a fresh token of version 3.x.
    pub(crate) fn get_items(&mut self, shop: Marketplace, ids: &[&str], resources: &[&str]) -> Reply {
        let body = json!({ "itemIds": ids, "partnerTag": self.emulator.tag(shop), "resources": resources });
        self.get_items_with(shop, &body)
    }

    /// getItems in a shop with this body.
    pub(crate) fn get_items_with(&mut self, shop: Marketplace, body: &Value) -> Reply {
        self.call("getItems", shop, body)
    }

    /// An operation of the catalogue with this body and a fresh token of version 3.x.
    pub(crate) fn call(&mut self, operation: &str, shop: Marketplace, body: &Value) -> Reply {
        let version = ApiVersion::of(TokenService::LoginWithAmazon, shop.region_group().unwrap());
        let token = self.token(version);
        let mut request = catalogue_request(shop, &token, body);
        request.path = format!("/catalog/v1/{operation}");
        self.ask(&request)
    }

    /// An operation of the catalogue, with the shop's own tag beside these fields.
    pub(crate) fn call_with_tag(&mut self, operation: &str, shop: Marketplace, fields: &Value) -> Reply {
        let mut body = json!({ "partnerTag": self.emulator.tag(shop) });
        body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        self.call(operation, shop, &body)
    }

    /// Something of `/_emulator/` that must succeed.
    #[track_caller]
    pub(crate) fn control(&mut self, name: &str, body: Value) -> Value {
        let reply = self.ask(&Request::post(format!("/_emulator/{name}"), body.to_string()));
        assert_eq!(reply.status, 200, "{name} {body}: {:?}", reply.json_body());
        reply.json_body()
    }
}

/// A request for a token as the official SDK makes it.
pub(crate) fn token_request(credential: &EmulatedCredential) -> Request {
    let (id, secret) = (&credential.id, credential.secret.expose());
    match credential.version.token_service() {
        TokenService::LoginWithAmazon => Request::post(
            "/auth/o2/token",
            json!({
                "grant_type": "client_credentials", "client_id": id, "client_secret": secret,
                "scope": "creatorsapi::default",
            })
            .to_string(),
        )
        .with_header("Content-Type", "application/json"),
        TokenService::Cognito => Request::post(
            "/oauth2/token",
            format!(
                "grant_type=client_credentials&client_id={id}&client_secret={secret}&scope=creatorsapi%2Fdefault"
            ),
        )
        .with_header("Content-Type", "application/x-www-form-urlencoded"),
    }
}

/// A getItems request with a token of 3.x, or with one of 2.x and its suffix.
pub(crate) fn catalogue_request(shop: Marketplace, authorization: &str, body: &Value) -> Request {
    Request::post("/catalog/v1/getItems", body.to_string())
        .with_header("Content-Type", "application/json")
        .with_header("x-marketplace", shop.host())
        .with_header("Authorization", format!("Bearer {authorization}"))
}
