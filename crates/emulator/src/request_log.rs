//! The last requests, as far as tests need them: no token, no secret, no unknown header.

use std::collections::VecDeque;

use linkwright_core::Timestamp;
use serde_json::{Map, Value, json};

use crate::downloads;
use crate::message::{Reply, Request};

/// More are of no use to a test, and a server that runs for days must not grow.
const KEPT: usize = 200;

/// Headers whose values are kept as they are.
const SHOWN_HEADERS: &[&str] =
    &["user-agent", "x-marketplace", "content-type", "accept", "accept-encoding", "host", "content-length"];

/// The last requests, oldest first.
#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    entries: VecDeque<Value>,
    written: u64,
}

impl RequestLog {
    pub(crate) fn add(&mut self, now: Timestamp, request: &Request, reply: &Reply) {
        if self.entries.len() == KEPT {
            self.entries.pop_front();
        }
        self.written += 1;
        let headers: Map<String, Value> = request
            .headers
            .iter()
            .map(|(name, value)| {
                let name = name.to_ascii_lowercase();
                let value = match name.as_str() {
                    "authorization" => authorization(value),
                    shown if SHOWN_HEADERS.contains(&shown) => value.clone(),
                    _ => "(not shown)".to_owned(),
                };
                (name, value.into())
            })
            .collect();
        self.entries.push_back(json!({
            "number": self.written,
            "at": now.to_string(),
            "method": request.method,
            "path": downloads::shown_path(&request.path),
            "headers": headers,
            "body": body(&request.body),
            "status": reply.status,
        }));
    }

    pub(crate) fn entries(&self) -> impl ExactSizeIterator<Item = &Value> {
        self.entries.iter()
    }
}

/// The scheme, and what stands behind the token: `Bearer …, Version 2.1`.
fn authorization(value: &str) -> String {
    let scheme = value.split_whitespace().next().unwrap_or_default();
    let scheme = if ["Bearer", "Basic"].contains(&scheme) { scheme } else { "(unknown scheme)" };
    let suffix = value.split_once(',').map_or("", |(_, suffix)| suffix);
    if suffix.is_empty() { format!("{scheme} …") } else { format!("{scheme} …,{suffix}") }
}

/// A body of JSON without secrets; anything else is described by its length.
fn body(bytes: &[u8]) -> Value {
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(mut members)) => {
            for (name, value) in &mut members {
                if name.contains("secret") || name.contains("token") {
                    *value = "(not shown)".into();
                }
            }
            Value::Object(members)
        }
        _ => format!("({} bytes, not shown)", bytes.len()).into(),
    }
}
