//! A store's address as people write it: `file:PATH?identity=PATH`, `env:PREFIX`.
//!
//! Says nothing about which kinds of stores there are; that is the registry's.

use linkwright_core::{Error, ErrorKind, Result};

/// A store's address, taken apart: `SCHEME:LOCATION`, and options behind a `?` as in web addresses.
///
/// `%2C`, `%3F` and the like stand for the characters that would end a part.
///
/// ```
/// use linkwright_sdk::StoreUri;
///
/// let uri = StoreUri::parse("file:keys/amazon.age?identity=keys/me.txt&read-only")?;
/// assert_eq!((uri.scheme(), uri.location()), ("file", "keys/amazon.age"));
/// assert_eq!(uri.options()[0], ("identity".to_owned(), Some("keys/me.txt".to_owned())));
/// assert!(StoreUri::parse("vault://me:hunter2@vault.example/secret").is_err());
/// # Ok::<(), linkwright_sdk::core::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreUri {
    scheme: String,
    location: String,
    options: Vec<(String, Option<String>)>,
}

/// Options whose value would be a secret. Without a value, such a name asks for the accepted ways.
const SECRET_OPTIONS: [&str; 8] =
    ["passphrase", "password", "passwd", "pass", "secret", "token", "secret-id", "secret_id"];

impl StoreUri {
    /// Reads one address.
    ///
    /// # Errors
    /// `ConfigInvalid` for a text without a scheme, and for a password or a private key in it. The text itself is never
    /// shown.
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        // Before anything of it may be shown: a key's own text in place of the path of its file.
        if holds_private_key(&decoded(text)?) {
            return Err(invalid("a store's address must not hold a private key")
                .with_hint("put the key into a file of its own, and write `file:PATH?identity=KEYFILE`"));
        }
        let (scheme, rest) = text.split_once(':').ok_or_else(no_scheme)?;
        let mut letters = scheme.chars();
        let named = letters.next().is_some_and(|first| first.is_ascii_alphabetic())
            && letters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
        // One letter is a drive of Windows: `C:\credentials`.
        if !named || scheme.len() == 1 {
            return Err(no_scheme());
        }
        let (location, query) = match rest.split_once('?') {
            Some((location, query)) => (location, Some(query)),
            None => (rest, None),
        };
        let authority = location.strip_prefix("//").map(|rest| rest.split('/').next().unwrap_or_default());
        if authority.is_some_and(|authority| authority.contains('@')) {
            return Err(holds_secret("a store's address must not hold a user or a password"));
        }
        let mut options = Vec::new();
        for option in query.into_iter().flat_map(|query| query.split('&')).filter(|option| !option.is_empty())
        {
            let (name, value) = match option.split_once('=') {
                Some((name, value)) => (decoded(name)?, Some(decoded(value)?)),
                None => (decoded(option)?, None),
            };
            if value.is_some() && SECRET_OPTIONS.contains(&name.to_ascii_lowercase().as_str()) {
                return Err(holds_secret("a store's address must not hold a secret"));
            }
            options.push((name, value));
        }
        Ok(Self { scheme: scheme.to_ascii_lowercase(), location: decoded(location)?, options })
    }

    /// Reads addresses separated by commas, in the order in which the stores are asked.
    ///
    /// # Errors
    /// As [`parse`](Self::parse); also for an empty list.
    pub fn parse_list(text: &str) -> Result<Vec<Self>> {
        let uris: Vec<Self> =
            text.split(',').filter(|part| !part.trim().is_empty()).map(Self::parse).collect::<Result<_>>()?;
        if uris.is_empty() { Err(no_scheme()) } else { Ok(uris) }
    }

    /// What kind of store it is, in lower case.
    pub fn scheme(&self) -> &str {
        &self.scheme
    }

    /// What stands between the scheme's colon and the options.
    pub fn location(&self) -> &str {
        &self.location
    }

    /// The options in the order they were written, each with its value if it has one.
    pub fn options(&self) -> &[(String, Option<String>)] {
        &self.options
    }
}

/// How the keys of age and of SSH begin. age writes upper case; its format allows lower case too.
fn holds_private_key(text: &str) -> bool {
    let text = text.to_ascii_uppercase();
    text.contains("AGE-SECRET-KEY-") || text.contains("-----BEGIN")
}

fn no_scheme() -> Error {
    invalid("a store's address begins with its kind and a colon").with_hint("a file is written `file:PATH`")
}

fn holds_secret(message: &'static str) -> Error {
    invalid(message).with_hint(
        "for a file with a passphrase write `?passphrase`, and set LINKWRIGHT_STORE_PASSPHRASE or \
         LINKWRIGHT_STORE_PASSPHRASE_FILE, or be asked on the terminal",
    )
}

fn invalid(message: &'static str) -> Error {
    Error::new(ErrorKind::ConfigInvalid, "store.open", message)
}

/// Takes off percent-encoding. A `%` that encodes nothing stands for itself: paths may hold it.
fn decoded(text: &str) -> Result<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let digit = |byte: &u8| char::from(*byte).to_digit(16);
        let encoded = match after {
            [high, low, ..] if *first == b'%' => digit(high).zip(digit(low)),
            _ => None,
        };
        match encoded.map(|(high, low)| u8::try_from(high * 16 + low)) {
            Some(Ok(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).map_err(|_| invalid("a store's address is not UTF-8 once its `%` are taken off"))
}
