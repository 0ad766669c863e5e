//! The made-up credentials: one a version, the same in every run, of the shape the real ones have.

use linkwright_core::{ApiVersion, Secret, TokenService};

use crate::random::Random;

/// The seed of all credentials. Not the items' seed: scripts may keep a credential while they vary the items.
const SEED: u64 = 0x6c69_6e6b;

const HEX: &[u8] = b"0123456789abcdef";
const LOWER: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// A credential that the emulator accepts at the token service of its version.
#[derive(Debug, Clone)]
pub struct EmulatedCredential {
    /// The credential's id.
    pub id: String,
    /// The credential's secret.
    pub secret: Secret,
    /// The credential's version.
    pub version: ApiVersion,
}

impl EmulatedCredential {
    /// The made-up credential of this version, the same in every run.
    ///
    /// Prefixes of Login with Amazon are from third parties' documentation; lengths are the general shape of both
    /// services, which Amazon does not state for this API.
    pub fn of(version: ApiVersion) -> Self {
        let mut random = Random::new(SEED, version.as_str());
        let (id, secret) = match version.token_service() {
            TokenService::LoginWithAmazon => (
                format!("amzn1.application-oa2-client.{}", random.text(HEX, 32)),
                format!("amzn1.oa2-cs.v1.{}", random.text(HEX, 64)),
            ),
            TokenService::Cognito => (random.text(LOWER, 26), random.text(LOWER, 51)),
        };
        Self { id, secret: Secret::new(secret), version }
    }
}
