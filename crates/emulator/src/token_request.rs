//! Reads a request for a token: JSON, a form, or a form with HTTP Basic. Judges nothing.

use serde_json::Value;

use crate::base64;
use crate::message::Request;

/// What a request for a token says.
#[derive(Default)]
pub(crate) struct TokenRequest {
    pub(crate) grant_type: Option<String>,
    pub(crate) scope: Option<String>,
    pub(crate) client_id: Option<String>,
    pub(crate) client_secret: Option<String>,
    /// Whether the body was JSON.
    pub(crate) is_json: bool,
    /// Whether id and secret came by HTTP Basic.
    pub(crate) is_basic: bool,
}

impl TokenRequest {
    /// Reads a request; `None` if the body is neither JSON nor a form, or not what its media type says.
    pub(crate) fn read(request: &Request) -> Option<Self> {
        let mut read = match request.media_type().as_str() {
            "application/json" => Self::from_json(&request.body)?,
            "application/x-www-form-urlencoded" => Self::from_form(&request.body)?,
            _ => return None,
        };
        if let Some((id, secret)) = request.header("authorization").and_then(basic) {
            read.is_basic = true;
            read.client_id = Some(id);
            read.client_secret = Some(secret);
        }
        Some(read)
    }

    fn from_json(body: &[u8]) -> Option<Self> {
        let value: Value = serde_json::from_slice(body).ok()?;
        let object = value.as_object()?;
        let text = |name: &str| object.get(name).and_then(Value::as_str).map(str::to_owned);
        Some(Self {
            grant_type: text("grant_type"),
            scope: text("scope"),
            client_id: text("client_id"),
            client_secret: text("client_secret"),
            is_json: true,
            is_basic: false,
        })
    }

    fn from_form(body: &[u8]) -> Option<Self> {
        let mut read = Self::default();
        for pair in std::str::from_utf8(body).ok()?.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let field = match name {
                "grant_type" => &mut read.grant_type,
                "scope" => &mut read.scope,
                "client_id" => &mut read.client_id,
                "client_secret" => &mut read.client_secret,
                _ => continue,
            };
            *field = Some(unescape(value)?);
        }
        Some(read)
    }
}

/// The id and secret of `Basic …` (RFC 7617).
fn basic(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.split_once(' ')?;
    let text = String::from_utf8(base64::decode(encoded.trim())?).ok()?;
    let (id, secret) = text.split_once(':')?;
    scheme.eq_ignore_ascii_case("basic").then(|| (id.to_owned(), secret.to_owned()))
}

/// A form's value without its escapes; `None` if one of them is broken.
fn unescape(value: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
                let (high, low) = (digit(rest.next())?, digit(rest.next())?);
                u8::try_from(high * 16 + low).ok()?
            }
            plain => plain,
        });
    }
    String::from_utf8(bytes).ok()
}
