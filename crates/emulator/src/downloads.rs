//! Where files are downloaded from: temporary addresses, and what the store behind them answers.
//!
//! It behaves like S3 behind a pre-signed address, which the SDK's texts describe: no token, an address that is a secret
//! for as long as it lives, ranges, and errors in XML. How long it lives is a guess.

use std::collections::VecDeque;
use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

use linkwright_core::Timestamp;

use crate::byte_range::{Part, part};
use crate::emulator::Emulator;
use crate::http_date::http_date;
use crate::message::{Behaviour, Reply, Request};
use crate::offered_file::OfferedFile;
use crate::offered_files::FileId;

/// How such an address begins.
pub(crate) const PREFIX: &str = "/downloads/";

/// How long an address lives. Nobody states it; pre-signed addresses live for minutes.
const LIFETIME: Duration = Duration::from_secs(15 * 60);

/// More are not remembered: the oldest ends early. A client needs one a file.
const REMEMBERED: usize = 1000;

/// The addresses that were given out.
#[derive(Debug, Default)]
pub(crate) struct Downloads {
    granted: VecDeque<Grant>,
    /// Its keys are the process's own: nobody outside can tell the next address.
    keys: RandomState,
    given: u64,
}

#[derive(Debug)]
struct Grant {
    path: String,
    query: String,
    file: FileId,
    expires_at: Timestamp,
}

impl Downloads {
    /// A new address of a file, without scheme and host.
    pub(crate) fn grant(&mut self, now: Timestamp, file: FileId) -> String {
        let mut word = || {
            self.given += 1;
            format!("{:016x}", self.keys.hash_one(self.given))
        };
        let path = format!("{PREFIX}{}{}/{}", word(), word(), file.name);
        let query =
            format!("X-Emulator-Expires={}&X-Emulator-Signature={}{}", LIFETIME.as_secs(), word(), word());
        let address = format!("{path}?{query}");
        if self.granted.len() == REMEMBERED {
            self.granted.pop_front();
        }
        self.granted.push_back(Grant { path, query, file, expires_at: now.plus(LIFETIME) });
        address
    }

    fn find(&self, request: &Request) -> Option<&Grant> {
        self.granted.iter().find(|grant| grant.path == request.path && grant.query == request.query)
    }
}

/// The path as it may be shown: what opens the file is left out.
pub(crate) fn shown_path(path: &str) -> String {
    match path.strip_prefix(PREFIX).and_then(|rest| rest.split_once('/')) {
        Some((_, name)) => format!("{PREFIX}…/{name}"),
        None => path.to_owned(),
    }
}

/// Answers a request for a file.
pub(crate) fn answer(emulator: &mut Emulator, now: Timestamp, request: &Request) -> Reply {
    // A pre-signed address opens the file by itself; S3 refuses a second proof, and here a token has leaked.
    if request.header("authorization").is_some() {
        return error(400, "InvalidArgument", "Only one auth mechanism allowed");
    }
    let Emulator { files, state, shelf, settings, .. } = emulator;
    let Some(grant) = state.downloads.find(request).filter(|_| request.method == "GET") else {
        return error(403, "SignatureDoesNotMatch", "The address is not one that was given out");
    };
    if grant.expires_at <= now {
        return error(403, "AccessDenied", "Request has expired");
    }
    let name = grant.file.name.clone();
    let Some(file) = files.file(&grant.file, &state.changes, shelf, settings.seed) else {
        return error(404, "NoSuchKey", "The specified key does not exist.");
    };
    let reply = serve(&file, request);
    state.changes.downloaded(&name);
    reply
}

fn serve(file: &OfferedFile, request: &Request) -> Reply {
    let (etag, modified) = (file.etag(), http_date(file.modified));
    if let Some(wanted) = request.header("if-match").filter(|wanted| *wanted != etag && *wanted != "*") {
        return error(412, "PreconditionFailed", &format!("The file is not {wanted} any more"));
    }
    // A range of a file that has changed would be a piece of another file (RFC 9110 §13.1.5).
    let unchanged = request.header("if-range").is_none_or(|known| known == etag || known == modified);
    let asked = part(request.header("range").filter(|_| unchanged), file.bytes.len());
    let total = file.size();
    let (status, body, range) = match asked {
        Part::Whole => (200, file.bytes.to_vec(), None),
        Part::Bytes(range) => {
            let header = format!("bytes {}-{}/{total}", range.start, range.end - 1);
            (206, file.bytes.get(range).unwrap_or_default().to_vec(), Some(header))
        }
        Part::Unsatisfiable => {
            let mut reply = error(416, "InvalidRange", "The requested range is not satisfiable");
            reply.headers.push(("content-range", format!("bytes */{total}")));
            return reply;
        }
    };
    let mut headers = vec![
        // No `Content-Encoding`: what is compressed is the file, not its way here.
        ("content-type", "application/gzip".to_owned()),
        ("accept-ranges", "bytes".to_owned()),
        ("etag", etag),
        ("last-modified", modified),
    ];
    headers.extend(range.map(|range| ("content-range", range)));
    Reply { status, headers, body, behaviour: Behaviour::default() }
}

/// An error as S3 words it.
pub(crate) fn error(status: u16, code: &str, message: &str) -> Reply {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{}</Message></Error>",
        message.replace('&', "&amp;").replace('<', "&lt;")
    );
    Reply {
        status,
        headers: vec![("content-type", "application/xml".to_owned())],
        body: body.into_bytes(),
        behaviour: Behaviour::default(),
    }
}
