//! Encrypting and decrypting the whole file, and telling apart why that fails.

use std::io::{self, Write as _};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, Encryptor};
use linkwright_core::{Secret, Timestamp};
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::identity::{self, Keys};
use crate::options::{Access, FileStoreOptions, Protection};
use crate::orphans;

/// What a file needs at least, whatever the options ask: age's own choice for a passphrase on a fast machine.
const SAFE_WORK_FACTOR: u8 = 18;

/// 2^20 rounds take 1 GiB of memory. A file that asks for more would stop the program rather than open.
const MOST_WORK_FACTOR: u8 = 20;

/// Below this a passphrase is hardly stretched at all; tests take it.
const LEAST_WORK_FACTOR: u8 = 10;

/// The head of every age file of version 1.
const AGE_V1: &[u8] = b"age-encryption.org/v1\n";

/// Opens and seals one file.
pub(crate) struct Cipher {
    protection: Protection,
    access: Access,
    work_factor: u8,
    /// The last file that a passphrase opened or sealed. Stretching the passphrase takes most of a second, so a file
    /// that did not change is not opened twice; with the passphrase in memory its content is no greater risk.
    last: Mutex<Option<Opened>>,
}

struct Opened {
    encrypted: Vec<u8>,
    plaintext: Zeroizing<Vec<u8>>,
}

/// What sealing needs, found before anything is written.
pub(crate) enum Sealer<'a> {
    Recipients(Vec<Box<dyn age::Recipient + Send>>),
    Passphrase(&'a Secret),
}

impl Cipher {
    pub(crate) fn new(options: &FileStoreOptions) -> Self {
        Self {
            protection: options.protection.clone(),
            access: options.access,
            work_factor: options.scrypt_work_factor.clamp(LEAST_WORK_FACTOR, MOST_WORK_FACTOR),
            last: Mutex::new(None),
        }
    }

    /// Decrypts a file.
    pub(crate) fn open(&self, encrypted: &[u8]) -> Result<Zeroizing<Vec<u8>>, Failure> {
        match &self.protection {
            Protection::Identity { path, .. } => {
                let decryptor = read_head(encrypted, false)?;
                let keys = identity::load(path, self.access)?;
                let keys = keys.ok_or_else(|| Failure::IdentityMissing { path: path.clone() })?;
                let identities = keys.identities.iter().map(|identity| &**identity as &dyn age::Identity);
                let reader = decryptor.decrypt(identities).map_err(|error| match error {
                    DecryptError::NoMatchingKeys => Failure::IdentityDoesNotFit { path: path.clone() },
                    other => damage_in_head(&other, encrypted),
                });
                read_body(reader?, encrypted.len())
            }
            Protection::Passphrase(passphrase) if passphrase.is_empty() => Err(Failure::PassphraseEmpty),
            Protection::Passphrase(passphrase) => {
                let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(opened) = last.as_ref().filter(|opened| opened.encrypted == encrypted) {
                    return Ok(opened.plaintext.clone());
                }
                let plaintext = self.open_by_passphrase(encrypted, passphrase)?;
                *last = Some(Opened { encrypted: encrypted.to_vec(), plaintext: plaintext.clone() });
                Ok(plaintext)
            }
        }
    }

    fn open_by_passphrase(
        &self,
        encrypted: &[u8],
        passphrase: &Secret,
    ) -> Result<Zeroizing<Vec<u8>>, Failure> {
        let decryptor = read_head(encrypted, true)?;
        let floor = self.work_factor.min(SAFE_WORK_FACTOR);
        if let Some(found) = work_factor_of(encrypted) {
            if found < floor {
                return Err(Failure::WorkFactorTooLow { found, floor });
            }
            if found > MOST_WORK_FACTOR {
                return Err(Failure::WorkFactorTooHigh { found, most: MOST_WORK_FACTOR });
            }
        }
        let mut identity = age::scrypt::Identity::new(secret_string(passphrase));
        identity.set_max_work_factor(MOST_WORK_FACTOR);
        let reader = decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity));
        let reader = reader.map_err(|error| match error {
            DecryptError::DecryptionFailed | DecryptError::NoMatchingKeys => Failure::PassphraseDoesNotFit,
            DecryptError::ExcessiveWork { required, .. } => {
                Failure::WorkFactorTooHigh { found: required, most: MOST_WORK_FACTOR }
            }
            other => damage_in_head(&other, encrypted),
        });
        read_body(reader?, encrypted.len())
    }

    /// Finds what to encrypt to. `make_identity` is told by the file's absence: an identity is made only where there is
    /// nothing yet that another one may have encrypted, neither this file nor one of its neighbours. Says whether one
    /// was made.
    pub(crate) fn sealer(
        &self,
        make_identity: bool,
        credential_file: &Path,
        now: Timestamp,
    ) -> Result<(Sealer<'_>, bool), Failure> {
        match &self.protection {
            Protection::Passphrase(passphrase) if passphrase.is_empty() => Err(Failure::PassphraseEmpty),
            Protection::Passphrase(passphrase) => Ok((Sealer::Passphrase(passphrase), false)),
            Protection::Identity { path, extra_recipients } => {
                // Before the identity is made, so that a bad recipient leaves nothing behind.
                let extra = identity::parse_recipients(extra_recipients)?;
                let (Keys { mut recipients, .. }, made) = match identity::load(path, self.access)? {
                    Some(keys) => (keys, false),
                    None if make_identity => {
                        orphans::refuse_if_any(credential_file, path)?;
                        match identity::create(path, credential_file, now)? {
                            Some(keys) => (keys, true),
                            // Another store with the same identity was faster.
                            None => {
                                let keys = identity::load(path, self.access)?;
                                (keys.ok_or_else(|| Failure::IdentityMissing { path: path.clone() })?, false)
                            }
                        }
                    }
                    None => return Err(Failure::IdentityMissing { path: path.clone() }),
                };
                recipients.extend(extra);
                Ok((Sealer::Recipients(recipients), made))
            }
        }
    }

    /// Encrypts a file.
    pub(crate) fn seal(
        &self,
        sealer: &Sealer<'_>,
        plaintext: Zeroizing<Vec<u8>>,
    ) -> Result<Vec<u8>, Failure> {
        match sealer {
            Sealer::Recipients(recipients) => {
                encrypt(recipients.iter().map(|recipient| &**recipient as &dyn age::Recipient), &plaintext)
            }
            Sealer::Passphrase(passphrase) => {
                let mut recipient = age::scrypt::Recipient::new(secret_string(passphrase));
                // Set, because age would measure this machine, and a busy one makes a weaker file.
                recipient.set_work_factor(self.work_factor);
                let encrypted = encrypt(std::iter::once(&recipient as &dyn age::Recipient), &plaintext)?;
                let opened = Opened { encrypted: encrypted.clone(), plaintext };
                *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(opened);
                Ok(encrypted)
            }
        }
    }
}

fn secret_string(secret: &Secret) -> SecretString {
    SecretString::from(secret.expose().to_owned())
}

fn encrypt<'a>(
    recipients: impl Iterator<Item = &'a dyn age::Recipient>,
    plaintext: &[u8],
) -> Result<Vec<u8>, Failure> {
    // Recipients of the kinds parsed here always go together.
    let encryptor = Encryptor::with_recipients(recipients)
        .map_err(|_| Failure::Recipient { position: 1, why: "does not go together with the others" })?;
    let mut encrypted = Vec::with_capacity(plaintext.len() + 4096);
    let written = encryptor.wrap_output(&mut encrypted).and_then(|mut writer| {
        writer.write_all(plaintext)?;
        writer.finish().map(|_| ())
    });
    written.expect("writing into memory does not fail");
    Ok(encrypted)
}

/// Reads the head, and refuses a file that was protected the other way.
fn read_head(encrypted: &[u8], want_passphrase: bool) -> Result<Decryptor<&[u8]>, Failure> {
    let decryptor = Decryptor::new_buffered(encrypted).map_err(|error| damage_in_head(&error, encrypted))?;
    if decryptor.is_scrypt() != want_passphrase {
        return Err(Failure::OtherProtection { file_has_passphrase: !want_passphrase });
    }
    Ok(decryptor)
}

fn damage_in_head(error: &DecryptError, encrypted: &[u8]) -> Failure {
    match error {
        DecryptError::UnknownFormat => Failure::NewerAge,
        _ if encrypted.starts_with(AGE_V1) => Failure::Damaged,
        _ => Failure::NotAge,
    }
}

fn read_body(mut reader: impl io::Read, most: usize) -> Result<Zeroizing<Vec<u8>>, Failure> {
    // The plaintext is shorter than the file, so the buffer never grows and leaves no copy behind.
    let mut plaintext = Zeroizing::new(Vec::with_capacity(most));
    reader.read_to_end(&mut plaintext).map_err(|_| Failure::Damaged)?;
    Ok(plaintext)
}

/// The scrypt work factor a file names in its head: the last word of its line `-> scrypt SALT FACTOR`.
fn work_factor_of(encrypted: &[u8]) -> Option<u8> {
    let line = encrypted.strip_prefix(AGE_V1)?.split(|byte| *byte == b'\n').next()?;
    let mut words = std::str::from_utf8(line).ok()?.split(' ');
    match (words.next(), words.next(), words.next(), words.next()) {
        (Some("->"), Some("scrypt"), Some(_salt), Some(factor)) => factor.parse().ok(),
        _ => None,
    }
}
