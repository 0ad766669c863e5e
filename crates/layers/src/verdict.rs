//! What the service said of an account, as it is kept between calls and processes.
//!
//! The form of the kept bytes, and nothing about when they are read or written.

use linkwright_core::{Account, Error, ErrorKind, Marketplace, Reason, Retry, Timestamp};
use serde::{Deserialize, Serialize};

/// The number of the form below. A state holding another is not understood, and so holds no verdict.
const FORMAT: u32 = 1;

/// The longest text of somebody else's that is kept, in bytes, so that a value stays far below what a state takes.
const LONGEST_TEXT: usize = 500;

/// How many verdicts are kept of one account and shop: one of all tags, and those of single tags. An account has at most
/// a hundred tags (Associates Central), and rarely several that are refused.
const MOST_VERDICTS: usize = 32;

/// A refusal of everything an account asks in one shop, or of everything with one tag.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verdict {
    /// The kind of the service's error: `PermissionDenied` or `Unauthenticated`.
    pub kind: ErrorKind,
    /// The service's own code for it, as `AssociateNotEligible`.
    pub code: Option<String>,
    /// The error's message.
    pub message: String,
    /// The error's hint.
    pub hint: Option<String>,
    /// When it was first given.
    pub since: Timestamp,
    /// When the service is asked again.
    pub next_probe: Timestamp,
    /// Which credential it was given to, if that is known: with another one it does not hold.
    pub identity: Option<String>,
    /// The tag it holds for; `None` for all.
    pub tag: Option<String>,
}

impl Verdict {
    /// The context's key for the time since when the verdict holds.
    pub const SINCE: &'static str = "since";

    /// The context's key for the time of the next probe.
    pub const NEXT_PROBE: &'static str = "next_probe";

    /// The context's key that says that nobody was asked, with the value `yes`.
    pub const FROM_VERDICT: &'static str = "from_verdict";

    /// Why answers are degraded while this holds.
    pub fn reason(&self) -> Option<Reason> {
        Reason::of(&self.bare_error("eligibility"))
    }

    /// The error that stands for the service's own while this holds: of its kind, with its code, message and hint, and
    /// with the times in the context. To be retried after the next probe.
    pub(crate) fn error(&self, operation: &'static str, now: Timestamp) -> Error {
        let error = self
            .bare_error(operation)
            .with_retry(Retry::After(self.next_probe.since(now)))
            .with_context(Self::SINCE, self.since.to_string())
            .with_context(Self::NEXT_PROBE, self.next_probe.to_string())
            .with_context(Self::FROM_VERDICT, "yes");
        match &self.hint {
            Some(hint) => error.with_hint(hint.clone()),
            None => error,
        }
    }

    fn bare_error(&self, operation: &'static str) -> Error {
        let error = Error::new(self.kind, operation, self.message.clone());
        match &self.code {
            Some(code) => error.with_context(Error::CODE, code.clone()),
            None => error,
        }
    }

    /// Whether it is about the same thing, so that its beginning is the other's.
    pub(crate) fn goes_on_from(&self, other: &Self) -> bool {
        (self.kind, &self.code, &self.tag) == (other.kind, &other.code, &other.tag)
    }
}

/// The key in the state. Amazon's verdict is per account and shop: that is inferred from how its users describe it.
pub(crate) fn key(account: &Account, marketplace: Marketplace) -> String {
    format!("eligibility/{account}/{}", marketplace.code())
}

/// All verdicts on one account in one shop.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Verdicts(pub(crate) Vec<Verdict>);

impl Verdicts {
    /// The verdict that holds for requests with this tag.
    pub(crate) fn of(&self, tag: Option<&str>) -> Option<&Verdict> {
        self.0.iter().find(|verdict| verdict.tag.is_none() || verdict.tag.as_deref() == tag)
    }

    /// Puts it in the place of the one for the same tag or tags.
    pub(crate) fn set(&mut self, verdict: Verdict) {
        self.0.retain(|kept| kept.tag != verdict.tag);
        if self.0.len() >= MOST_VERDICTS {
            self.0.remove(0);
        }
        self.0.push(verdict);
    }

    /// Takes out all that hold for requests with this tag.
    pub(crate) fn lift(&mut self, tag: Option<&str>) {
        self.0.retain(|verdict| verdict.tag.is_some() && verdict.tag.as_deref() != tag);
    }

    /// Reads what [`to_bytes`](Self::to_bytes) wrote; `None` if it is of another form.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let kept: Kept = serde_json::from_slice(bytes).ok()?;
        let verdicts = kept.verdicts.into_iter().map(KeptVerdict::into_verdict).collect::<Option<_>>()?;
        (kept.format == FORMAT).then_some(Self(verdicts))
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let verdicts = self.0.iter().map(KeptVerdict::from_verdict).collect();
        // Texts, numbers and lists of them always have a JSON form.
        serde_json::to_vec(&Kept { format: FORMAT, verdicts }).unwrap_or_default()
    }
}

#[derive(Serialize, Deserialize)]
struct Kept {
    format: u32,
    verdicts: Vec<KeptVerdict>,
}

#[derive(Serialize, Deserialize)]
struct KeptVerdict {
    kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    message: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    /// Milliseconds since the Unix epoch, as the next.
    since: i64,
    next_probe: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    identity: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tag: Option<String>,
}

impl KeptVerdict {
    fn from_verdict(verdict: &Verdict) -> Self {
        Self {
            kind: verdict.kind.as_str().to_owned(),
            code: verdict.code.as_deref().map(shortened),
            message: shortened(&verdict.message),
            hint: verdict.hint.as_deref().map(shortened),
            since: verdict.since.as_unix_millis(),
            next_probe: verdict.next_probe.as_unix_millis(),
            identity: verdict.identity.clone(),
            tag: verdict.tag.clone(),
        }
    }

    fn into_verdict(self) -> Option<Verdict> {
        let kinds = [ErrorKind::PermissionDenied, ErrorKind::Unauthenticated];
        Some(Verdict {
            kind: kinds.into_iter().find(|kind| kind.as_str() == self.kind)?,
            code: self.code,
            message: self.message,
            hint: self.hint,
            since: Timestamp::from_unix_millis(self.since),
            next_probe: Timestamp::from_unix_millis(self.next_probe),
            identity: self.identity,
            tag: self.tag,
        })
    }
}

fn shortened(text: &str) -> String {
    text[..text.floor_char_boundary(LONGEST_TEXT)].to_owned()
}
