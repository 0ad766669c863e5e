//! The key file: an age identity file or an SSH private key, read or made.

use std::path::Path;

use age::secrecy::ExposeSecret as _;
use linkwright_core::Timestamp;
use zeroize::Zeroizing;

use crate::access_rule::Purpose;
use crate::disk;
use crate::failure::{Failure, Role};
use crate::options::Access;

/// The keys of an identity file: what opens, and what it is encrypted to.
pub(crate) struct Keys {
    pub(crate) identities: Vec<Box<dyn age::Identity + Send + Sync>>,
    pub(crate) recipients: Vec<Box<dyn age::Recipient + Send>>,
}

/// Reads the keys, if the file is there.
pub(crate) fn load(path: &Path, access: Access) -> Result<Option<Keys>, Failure> {
    let Some(bytes) = disk::read(path, Role::Identity, Purpose::Read(access))? else { return Ok(None) };
    let unusable = |why| Failure::IdentityUnusable { path: path.to_owned(), why };
    let keys = if bytes.trim_ascii_start().starts_with(b"-----BEGIN") {
        ssh_keys(bytes.trim_ascii_start())
    } else {
        age_keys(&bytes)
    };
    keys.map(Some).map_err(unusable)
}

fn age_keys(bytes: &[u8]) -> Result<Keys, &'static str> {
    // The error names a line number only, but in words of another program.
    let file =
        age::IdentityFile::from_buffer(bytes).map_err(|_| "holds a line that is not a key of age's")?;
    let recipients = file.to_recipients().map_err(|_| "holds a key that nothing can be encrypted to")?;
    let identities = file.into_identities().map_err(|_| "holds a key that cannot be used")?;
    if identities.is_empty() {
        return Err("holds no key");
    }
    Ok(Keys { identities, recipients })
}

fn ssh_keys(bytes: &[u8]) -> Result<Keys, &'static str> {
    const KIND: &str = "is an SSH key of a kind age does not know";
    let key =
        age::ssh::Identity::from_buffer(bytes, None).map_err(|_| "is not a complete SSH private key")?;
    match &key {
        age::ssh::Identity::Unencrypted(_) => {}
        age::ssh::Identity::Encrypted(_) => return Err("is an SSH key with a passphrase"),
        age::ssh::Identity::Unsupported(_) => return Err(KIND),
    }
    let recipient = age::ssh::Recipient::try_from(key.clone()).map_err(|_| KIND)?;
    Ok(Keys { identities: vec![Box::new(key)], recipients: vec![Box::new(recipient)] })
}

/// Makes a new identity file, and gives its keys; `None` if somebody else made one meanwhile.
///
/// The text is what `age-keygen` writes, so that age reads it.
pub(crate) fn create(path: &Path, credential_file: &Path, now: Timestamp) -> Result<Option<Keys>, Failure> {
    let identity = age::x25519::Identity::generate();
    let recipient = identity.to_public();
    let secret = identity.to_string();
    let text = Zeroizing::new(format!(
        "# created: {now}\n# public key: {recipient}\n# opens: {}\n# Keep a copy of this file in a safe place: without it \
         nobody can read that file.\n{}\n",
        // A line break in a path must not begin a line of its own.
        credential_file.display().to_string().escape_debug(),
        secret.expose_secret(),
    ));
    let created = disk::create(path, Role::Identity, text.as_bytes())?;
    Ok(created.then(|| Keys { identities: vec![Box::new(identity)], recipients: vec![Box::new(recipient)] }))
}

/// Reads the lines of further recipients.
pub(crate) fn parse_recipients(lines: &[String]) -> Result<Vec<Box<dyn age::Recipient + Send>>, Failure> {
    let parse = |(index, line): (usize, &String)| {
        recipient(line.trim()).map_err(|why| Failure::Recipient { position: index + 1, why })
    };
    lines.iter().enumerate().map(parse).collect()
}

/// One recipient. What is wrong is said without the line: it may be a private key by mistake.
fn recipient(line: &str) -> Result<Box<dyn age::Recipient + Send>, &'static str> {
    use age::ssh::ParseRecipientKeyError as Ssh;

    if line.starts_with("AGE-SECRET-KEY-") || line.starts_with("-----BEGIN") {
        return Err("is a private key");
    }
    if line.starts_with("age1") {
        let parsed: Result<age::x25519::Recipient, _> = line.parse();
        return match parsed {
            Ok(recipient) => Ok(Box::new(recipient)),
            Err(_) => Err("begins with `age1` and is not an X25519 key of age's"),
        };
    }
    match line.parse::<age::ssh::Recipient>() {
        Ok(recipient) => Ok(Box::new(recipient)),
        Err(Ssh::RsaModulusTooSmall) => Err("is an RSA key of fewer than 2048 bits"),
        Err(Ssh::RsaModulusTooLarge) => Err("is an RSA key of more bits than age takes"),
        Err(Ssh::Unsupported(_) | Ssh::Ignore) => Err("is an SSH key of a kind age does not know"),
        Err(_) => Err("is not a public key"),
    }
}
