//! One request for a token, and its answer.
//!
//! The two services take the same four values: Cognito as a form, Login with Amazon as JSON (SDK,
//! `oauth2_token_manager.py`, and the documentation's page "Using cURL").

use std::sync::Arc;
use std::time::Duration;

use linkwright_core::{Clock, CredentialSet, Result, Secret, TokenBodyEncoding};
use linkwright_http::{Body, Request, Response, Transport};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{Token, refusal};
use crate::wire::Number;

pub(super) const OPERATION: &str = "creators.token";

/// A request for a token, as data.
#[derive(Debug)]
pub struct TokenRequest {
    content_type: &'static str,
    body: Zeroizing<Vec<u8>>,
}

impl TokenRequest {
    /// The request for a token by this credential, in the form of its version's service.
    ///
    /// # Errors
    /// `Unauthenticated` with reason `version_mismatch` if the id is plainly of the other service: Amazon would answer no more
    /// than `invalid_client`.
    pub fn new(set: &CredentialSet) -> Result<Self> {
        refusal::check_version(set)?;
        let service = set.api_version().token_service();
        let values = Values {
            grant_type: "client_credentials",
            client_id: set.id(),
            client_secret: set.secret().expose(),
            scope: service.scope(),
        };
        Ok(match service.body_encoding() {
            TokenBodyEncoding::Form => {
                Self { content_type: "application/x-www-form-urlencoded", body: values.to_form() }
            }
            TokenBodyEncoding::Json => Self { content_type: "application/json", body: values.to_json() },
        })
    }

    /// The value of the header `Content-Type`.
    pub fn content_type(&self) -> &'static str {
        self.content_type
    }

    /// The body, which holds the secret.
    pub fn body(&self) -> &Zeroizing<Vec<u8>> {
        &self.body
    }
}

#[derive(Serialize)]
struct Values<'a> {
    grant_type: &'a str,
    client_id: &'a str,
    client_secret: &'a str,
    scope: &'a str,
}

impl Values<'_> {
    /// Room for every byte of a value written in `each` bytes, so that the buffer never grows: growing would leave a copy
    /// of the secret behind.
    fn room(&self, each: usize) -> Zeroizing<Vec<u8>> {
        const AROUND: usize = 128;
        let bytes =
            self.grant_type.len() + self.client_id.len() + self.client_secret.len() + self.scope.len();
        Zeroizing::new(Vec::with_capacity(AROUND + each * bytes))
    }

    fn to_form(&self) -> Zeroizing<Vec<u8>> {
        let mut body = self.room(3);
        let pairs = [
            ("grant_type", self.grant_type),
            ("client_id", self.client_id),
            ("client_secret", self.client_secret),
            ("scope", self.scope),
        ];
        for (name, value) in pairs {
            if !body.is_empty() {
                body.push(b'&');
            }
            body.extend_from_slice(name.as_bytes());
            body.push(b'=');
            encode_form(value, &mut body);
        }
        body
    }

    fn to_json(&self) -> Zeroizing<Vec<u8>> {
        // The longest escape is `\u0000`.
        let mut body = self.room(6);
        // Texts always have a JSON form, and a `Vec` takes all that is written.
        let written = serde_json::to_writer(&mut *body, self);
        debug_assert!(written.is_ok());
        body
    }
}

/// The `application/x-www-form-urlencoded` serializer of the URL standard (§5.2).
fn encode_form(value: &str, body: &mut Vec<u8>) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in value.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'*' | b'-' | b'.' | b'_' => body.push(byte),
            b' ' => body.push(b'+'),
            _ => {
                let digit = |nibble: u8| DIGITS[usize::from(nibble)];
                body.extend_from_slice(&[b'%', digit(byte >> 4), digit(byte & 15)]);
            }
        }
    }
}

/// Asks the token services.
#[derive(Debug)]
pub(crate) struct Exchange {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) timeout: Duration,
}

impl Exchange {
    /// Asks for a token, once.
    pub(crate) async fn ask(&self, set: &CredentialSet, endpoint: &str) -> Result<Token> {
        let TokenRequest { content_type, body } = TokenRequest::new(set)?;
        let request = Request::post(endpoint, Body::Secret(body))
            .with_header("content-type", content_type)
            .with_header("accept", "application/json")
            .with_timeout(self.timeout);
        // A lifetime counts from before the answer was on its way.
        let asked_at = self.clock.now();
        let response =
            self.transport.send(request).await.map_err(|error| refusal::without_answer(&error, endpoint))?;
        tracing::debug!(status = response.status, service = %set.api_version().token_service(), "asked for a token");
        if response.status != 200 {
            return Err(refusal::of(&response, set, endpoint, self.clock.now()));
        }
        let answer = read(&response).map_err(|what| refusal::unreadable(what, endpoint))?;
        let lifetime = answer
            .expires_in
            .and_then(|seconds| seconds.to_u64())
            .map_or(Token::LIFETIME, |seconds| Duration::from_secs(seconds).min(LONGEST_LIFETIME));
        Ok(Token::new(answer.access_token, asked_at.plus(lifetime)))
    }
}

/// Amazon's tokens live an hour; one that claims to outlive a day is asked for again all the same.
const LONGEST_LIFETIME: Duration = Duration::from_secs(24 * 3600);

/// Longer than any token seen (some 1,000 characters), shorter than what servers take as a header field.
const LONGEST_TOKEN: usize = 8 * 1024;

struct Answer {
    access_token: Secret,
    expires_in: Option<Number>,
}

fn read(response: &Response) -> Result<Answer, &'static str> {
    #[derive(Deserialize)]
    struct Members {
        access_token: Option<SecretText>,
        expires_in: Option<Number>,
    }
    let members: Members =
        serde_json::from_slice(&response.body).map_err(|_| "no JSON of the form expected")?;
    let access_token = members.access_token.ok_or("it holds no token")?.0;
    let text = access_token.expose();
    if text.is_empty() || text.len() > LONGEST_TOKEN || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("the token cannot be sent in a header");
    }
    Ok(Answer { access_token, expires_in: members.expires_in })
}

/// A text that is overwritten when dropped.
struct SecretText(Secret);

impl<'de> Deserialize<'de> for SecretText {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(Secret::new(text)))
    }
}

/// For [`refusal`]: the code an OAuth refusal carries (RFC 6749 §5.2), if it looks like one. Whatever else a token
/// service's answer holds is not repeated: it may hold what was sent.
pub(super) fn oauth_code(response: &Response) -> Option<String> {
    #[derive(Deserialize)]
    struct Members {
        error: Option<String>,
    }
    const LONGEST_CODE: usize = 40;
    let code = serde_json::from_slice::<Members>(&response.body).ok()?.error?;
    let plain =
        code.len() <= LONGEST_CODE && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    (plain && !code.is_empty()).then_some(code)
}
