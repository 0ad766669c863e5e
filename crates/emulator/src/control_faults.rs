//! The endpoints of `/_emulator/` that make the next requests fail.

use std::time::Duration;

use serde_json::json;

use crate::control_bodies::{Answer, Because, Complaint, CutAt, Fail, How, Invalid, Place, Slow, Throttle};
use crate::control_reader::{members, parsed, take};
use crate::emulator::Emulator;
use crate::fault::{Fault, Service};
use crate::message::Cut;
use crate::operation::Operation;
use crate::refusal::{Denied, Unauthorized};
use crate::scripted::{CatalogueError, TokenError};

/// Faults that strike the next requests.
pub(crate) fn strike(emulator: &mut Emulator, name: &str, body: &[u8]) -> Answer {
    let mut details = members(body)?;
    let count: u64 = take(&mut details, "count")?.unwrap_or(1);
    let service = take(&mut details, "service")?.unwrap_or(Service::Catalogue);
    let operation: Option<String> = take::<Option<String>>(&mut details, "operation")?.flatten();
    let fault = match name {
        "throttle" => {
            let asked: Throttle = parsed(details)?;
            Fault::Throttled { header: asked.retry_after, body: asked.retry_after_seconds }
        }
        "fail" => match parsed::<Fail>(details)?.status {
            status @ 500..=599 => Fault::Broken(status),
            other => return Err(Complaint(400, format!("`status` must be from 500 to 599: `{other}`"))),
        },
        "error" if service == Service::Download => {
            return Err(Complaint(400, "downloads fail by `fail` and `throttle`".to_owned()));
        }
        "error" if service == Service::Token => {
            let asked: TokenError = parsed(details)?;
            asked.complaint().map_or(Ok(()), |complaint| Err(Complaint(400, complaint)))?;
            Fault::TokenError(asked)
        }
        "error" => {
            let asked: CatalogueError = parsed(details)?;
            asked.complaint().map_or(Ok(()), |complaint| Err(Complaint(400, complaint)))?;
            Fault::CatalogueError(Box::new(asked))
        }
        "unauthorized" => Fault::Unauthorized(parsed::<Because<Unauthorized>>(details)?.reason),
        "denied" => Fault::Denied(parsed::<Because<Denied>>(details)?.reason),
        "invalid" => Fault::Invalid(parsed::<Invalid>(details)?.field),
        "slow" => {
            let asked: Slow = parsed(details)?;
            let time = Duration::from_millis(asked.milliseconds);
            match asked.r#where {
                Place::Before => Fault::Slow { before: time, within: Duration::ZERO },
                Place::Body => Fault::Slow { before: Duration::ZERO, within: time },
            }
        }
        "cut" => {
            let asked: CutAt = parsed(details)?;
            Fault::Cut(match (asked.r#where, asked.at_byte) {
                (None, Some(bytes)) => Cut::At(bytes),
                (Some(_), Some(_)) => {
                    return Err(Complaint(400, "`where` and `at_byte` exclude each other".to_owned()));
                }
                (None | Some(Place::Before), None) => Cut::Before,
                (Some(Place::Body), None) => Cut::Within,
            })
        }
        _ => Fault::Malformed(parsed::<How>(details)?.how),
    };
    if let Some(name) = operation.as_deref().filter(|name| !is_operation(name)) {
        let known: Vec<&str> = Operation::all().map(Operation::name).collect();
        return Err(Complaint(400, format!("no such operation: `{name}`; there are {}", known.join(", "))));
    }
    if operation.is_some() && service != Service::Catalogue {
        return Err(Complaint(400, "`operation` is for the catalogue only".to_owned()));
    }
    if service != Service::Catalogue
        && matches!(fault, Fault::Unauthorized(_) | Fault::Denied(_) | Fault::Invalid(_))
    {
        return Err(Complaint(400, format!("`{name}` is for the catalogue only")));
    }
    emulator.state.faults.add(service, operation, fault, count);
    Ok(json!({ "ok": true, "faults_left": emulator.state.faults.left() }))
}

fn is_operation(name: &str) -> bool {
    Operation::all().any(|operation| operation.name() == name)
}
