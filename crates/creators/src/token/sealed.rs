//! A token as other processes may find it: sealed, so that only who can read the credential can read it.
//!
//! `format (1) | nonce (12) | ChaCha20-Poly1305 of (expiry in Unix milliseconds, 8 bytes, and the token) | tag (16)`.
//! The key is derived from the credential's secret by HKDF-SHA256. Endpoint, id and version are bound in as associated data, so that a
//! sealed token moved to another place does not open there.

use linkwright_core::{CredentialSet, Error, ErrorKind, Result, Secret, Timestamp};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, Prk, Salt};
use ring::rand::{SecureRandom, SystemRandom};
use zeroize::Zeroizing;

use super::Token;
use crate::fingerprint::hash;

const FORMAT: u8 = 1;
const EXPIRY_LENGTH: usize = 8;

/// Seals and opens the tokens of one credential at one token service.
pub(crate) struct TokenSeal {
    key: LessSafeKey,
    bound_to: Vec<u8>,
    state_key: String,
}

impl TokenSeal {
    /// Derives the key, which no input can make fail: if it does, the fault is ours.
    pub(crate) fn new(set: &CredentialSet, endpoint: &str) -> Result<Self> {
        let place = hash(&[endpoint, set.id(), set.api_version().as_str()]);
        let root: Prk =
            Salt::new(HKDF_SHA256, b"linkwright token v1").extract(set.secret().expose().as_bytes());
        let info: [&[u8]; 1] = [b"seal"];
        let derived = root.expand(&info, &CHACHA20_POLY1305).map_err(|_| {
            Error::new(ErrorKind::Internal, "creators.token", "no key could be derived from the credential")
        })?;
        let key = UnboundKey::from(derived);
        let mut bound_to = vec![FORMAT];
        bound_to.extend_from_slice(place.as_bytes());
        Ok(Self { key: LessSafeKey::new(key), bound_to, state_key: format!("token/{place}") })
    }

    /// Where the sealed token is kept. Tells nothing of the secret, and is the same after the secret was changed.
    pub(crate) fn state_key(&self) -> &str {
        &self.state_key
    }

    /// `None` if the system has no randomness to give.
    pub(crate) fn seal(&self, token: &Token) -> Option<Vec<u8>> {
        let mut nonce = [0; NONCE_LEN];
        SystemRandom::new().fill(&mut nonce).ok()?;
        let text = token.text.expose().as_bytes();
        let mut content =
            Zeroizing::new(Vec::with_capacity(EXPIRY_LENGTH + text.len() + CHACHA20_POLY1305.tag_len()));
        content.extend_from_slice(&token.expires_at.as_unix_millis().to_be_bytes());
        content.extend_from_slice(text);
        let unique = Nonce::assume_unique_for_key(nonce);
        self.key.seal_in_place_append_tag(unique, Aad::from(&self.bound_to), &mut *content).ok()?;
        let mut sealed = Vec::with_capacity(1 + NONCE_LEN + content.len());
        sealed.push(FORMAT);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(&content);
        Some(sealed)
    }

    /// `None` for whatever was not sealed by this credential for this place: another's, damaged, of a newer format.
    pub(crate) fn open(&self, sealed: &[u8]) -> Option<Token> {
        let (&FORMAT, rest) = sealed.split_first()? else { return None };
        let (nonce, content) = rest.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut content = Zeroizing::new(content.to_vec());
        let opened = self.key.open_in_place(nonce, Aad::from(&self.bound_to), &mut content).ok()?;
        let (expiry, text) = opened.split_first_chunk::<EXPIRY_LENGTH>()?;
        let text = std::str::from_utf8(text).ok()?;
        Some(Token::new(Secret::new(text), Timestamp::from_unix_millis(i64::from_be_bytes(*expiry))))
    }
}
