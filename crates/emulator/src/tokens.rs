//! The tokens that were given out: for which credential, until when, and whether they still count.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use linkwright_core::{ApiVersion, Timestamp, TokenService};
use serde_json::json;

use crate::base64;
use crate::random::Random;

/// How long a token counts (documentation, "Using cURL").
pub(crate) const LIFETIME: Duration = Duration::from_secs(3600);

/// More are not remembered: the oldest is forgotten first. A client that caches its token needs one an hour.
const REMEMBERED: usize = 10_000;

const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// What is known of a token.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Issued {
    pub(crate) version: ApiVersion,
    pub(crate) expires_at: Timestamp,
}

/// All tokens that were given out.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    known: HashMap<String, Issued>,
    in_order: VecDeque<String>,
    issued: u64,
}

impl Tokens {
    /// Gives out a new token.
    pub(crate) fn issue(&mut self, now: Timestamp, version: ApiVersion, client_id: &str) -> String {
        let mut random = Random::new(self.issued, "token");
        self.issued += 1;
        let expires_at = now.plus(LIFETIME);
        let token = match version.token_service() {
            TokenService::LoginWithAmazon => format!("Atc|MQE{}", random.text(LETTERS, 180)),
            TokenService::Cognito => jwt(&mut random, now, expires_at, version, client_id),
        };
        self.known.insert(token.clone(), Issued { version, expires_at });
        self.in_order.push_back(token.clone());
        if self.in_order.len() > REMEMBERED
            && let Some(oldest) = self.in_order.pop_front()
        {
            self.known.remove(&oldest);
        }
        token
    }

    pub(crate) fn find(&self, token: &str) -> Option<Issued> {
        self.known.get(token).copied()
    }

    /// Ends the life of every token at this moment.
    pub(crate) fn expire_all(&mut self, now: Timestamp) {
        for issued in self.known.values_mut() {
            issued.expires_at = issued.expires_at.min(now);
        }
    }

    /// Forgets every token, as if it had never been given out. Later tokens differ from the forgotten ones.
    pub(crate) fn forget_all(&mut self) {
        self.known.clear();
    }

    pub(crate) fn in_order(&self) -> Vec<String> {
        self.in_order.iter().cloned().collect()
    }
}

/// A token that reads like one of Cognito's; its signature is made up.
fn jwt(
    random: &mut Random,
    now: Timestamp,
    expires_at: Timestamp,
    version: ApiVersion,
    client_id: &str,
) -> String {
    let seconds = |moment: Timestamp| moment.as_unix_millis().div_euclid(1000);
    let region = version.token_endpoint().split('.').nth(2).unwrap_or_default();
    let head = json!({ "kid": random.text(LETTERS, 43), "alg": "RS256" });
    let claims = json!({
        "sub": client_id,
        "token_use": "access",
        "scope": version.token_service().scope(),
        "auth_time": seconds(now),
        "iss": format!("https://cognito-idp.{region}.amazonaws.com/{region}_EMULATOR0"),
        "exp": seconds(expires_at),
        "iat": seconds(now),
        "version": 2,
        "jti": random.text(b"0123456789abcdef", 32),
        "client_id": client_id,
    });
    let part = |value: &serde_json::Value| base64::encode_url(value.to_string().as_bytes());
    // 2048 bits of RSA are 256 bytes, which are 342 characters.
    format!("{}.{}.{}", part(&head), part(&claims), random.text(LETTERS, 342))
}
