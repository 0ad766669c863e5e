//! Faults to come: what goes wrong, at which service, how often.

use std::time::Duration;

use serde::Deserialize;

use crate::message::{Cut, Reply};
use crate::refusal::{Denied, Unauthorized};
use crate::scripted::{CatalogueError, TokenError};

/// The part of the emulator a fault is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Service {
    #[default]
    Catalogue,
    Token,
    /// Where files are downloaded from.
    Download,
}

/// What goes wrong.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Fault {
    /// An answer of 5xx before anything is looked at.
    Broken(u16),
    /// An error in place of any answer.
    CatalogueError(Box<CatalogueError>),
    TokenError(TokenError),
    /// A 401 of this reason, whatever the token.
    Unauthorized(Unauthorized),
    /// A 403 of this reason.
    Denied(Denied),
    /// A 400 over this field of the body, however it is.
    Invalid(String),
    /// A 429; seconds to wait in the header and in the body.
    Throttled {
        header: Option<u64>,
        body: Option<u64>,
    },
    /// Time passes before the reply, or in its middle.
    Slow {
        before: Duration,
        within: Duration,
    },
    /// The connection ends early.
    Cut(Cut),
    /// The reply is not what it should be.
    Malformed(Malformed),
}

/// How a body is spoilt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Malformed {
    /// Text that was never JSON.
    #[default]
    Invalid,
    /// JSON whose members have the wrong types.
    Types,
    /// The first half of the JSON, as a whole reply.
    Truncated,
    /// A page of a proxy, with its media type.
    Html,
    /// Nothing at all.
    Empty,
}

impl Malformed {
    /// Spoils a reply. Its status stays.
    pub(crate) fn spoil(self, reply: &mut Reply) {
        match self {
            Self::Invalid => reply.body = b"{\"itemsResult\": oops".to_vec(),
            Self::Types => {
                reply.body =
                    br#"{"itemsResult":{"items":"none"},"errors":{"code":7},"access_token":7,"expires_in":"soon"}"#.to_vec();
            }
            Self::Truncated => reply.body.truncate(reply.body.len() / 2),
            Self::Html => {
                reply.body = b"<!doctype html><title>Emulated proxy</title><p>Service unavailable".to_vec();
                for (name, value) in &mut reply.headers {
                    if *name == "content-type" {
                        "text/html".clone_into(value);
                    }
                }
            }
            Self::Empty => reply.body.clear(),
        }
    }
}

#[derive(Debug)]
struct Pending {
    service: Service,
    /// The only operation it strikes, as the last part of its address.
    operation: Option<String>,
    fault: Fault,
    left: u64,
}

/// Faults in the order they were asked for. Each is used up by the requests it strikes.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    pending: Vec<Pending>,
    /// The operation of the request that is being answered.
    operation: String,
}

impl Faults {
    /// Strikes the next `count` requests of a service, or of one operation of it.
    pub(crate) fn add(&mut self, service: Service, operation: Option<String>, fault: Fault, count: u64) {
        if count > 0 {
            self.pending.push(Pending { service, operation, fault, left: count });
        }
    }

    /// Takes note of the operation that the next strikes are for.
    pub(crate) fn begin(&mut self, path: &str) {
        path.rsplit('/').next().unwrap_or_default().clone_into(&mut self.operation);
    }

    /// The first fault that `choose` wants, which is used up once.
    pub(crate) fn take<T>(&mut self, service: Service, choose: impl Fn(&Fault) -> Option<T>) -> Option<T> {
        let (position, found) = self
            .pending
            .iter()
            .enumerate()
            .filter(|(_, pending)| pending.service == service)
            .filter(|(_, pending)| pending.operation.as_ref().is_none_or(|only| *only == self.operation))
            .find_map(|(position, pending)| Some((position, choose(&pending.fault)?)))?;
        let pending = &mut self.pending[position];
        pending.left -= 1;
        if pending.left == 0 {
            self.pending.remove(position);
        }
        Some(found)
    }

    /// How many strikes are still to come.
    pub(crate) fn left(&self) -> u64 {
        self.pending.iter().map(|pending| pending.left).fold(0, u64::saturating_add)
    }
}
