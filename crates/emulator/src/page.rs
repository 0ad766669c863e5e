//! The page at `/`: what the emulator offers, what happens in it, and buttons for its faults.
//!
//! All that is known when it is asked for is in its text; the script fills in what changes. It loads nothing else.

use std::hash::{BuildHasher as _, RandomState};

use serde_json::json;

use crate::emulator::Emulator;
use crate::message::{Behaviour, Reply, Request};
use crate::own_address::own_address;
use crate::page_commands::{Command, commands};
use crate::same_origin;
use crate::scripted;

const HTML: &str = include_str!("page/page.html");
const STYLE: &str = include_str!("page/page.css");
const SCRIPT: &str = include_str!("page/page.js");

/// Rows of the table of requests: always there, so that nothing moves when requests come.
const LOG_ROWS: usize = 8;

/// Answers a request for the page, or for an icon that browsers ask for; `None` if it is for neither.
pub(crate) fn answer(emulator: &Emulator, request: &Request) -> Option<Reply> {
    match (request.method.as_str(), request.path.as_str()) {
        ("GET" | "HEAD", "/") => Some(match same_origin::objection_to_page(request) {
            Some(objection) => Reply::json(403, &json!({ "error": objection })),
            None => page(emulator, request),
        }),
        ("GET" | "HEAD", "/favicon.ico") => Some(Reply {
            status: 204,
            headers: Vec::new(),
            body: Vec::new(),
            behaviour: Behaviour::default(),
        }),
        _ => None,
    }
}

fn page(emulator: &Emulator, request: &Request) -> Reply {
    // Nobody outside can know it: no text that got into the page by mistake could run.
    let keys = RandomState::new();
    let nonce = format!("{:016x}{:016x}", keys.hash_one(0), keys.hash_one(1));
    let ready = emulator.ready(&own_address(request));
    let commands = commands(&ready);
    let facts = [
        ("API", ready.api.as_str()),
        ("Token service", ready.token.as_str()),
        ("Credential ID", ready.credential.id.as_str()),
        ("Credential secret (made up)", ready.credential.secret.as_str()),
        ("Version", ready.credential.version),
        ("Partner tag", ready.tag.as_str()),
        ("Marketplace", ready.shop().host()),
    ];
    let facts = facts.iter().enumerate().map(|(number, (name, value))| fact(number, name, value));
    let commands = commands.iter().enumerate().map(|(number, command)| block(number, command));
    let row = "<tr><td></td><td></td><td></td><td></td><td></td></tr>\n";
    // The style and the script are put in before what comes from outside: nothing in that is replaced again.
    let mut html = HTML.to_owned();
    for (name, value) in [
        ("style", STYLE),
        ("script", SCRIPT),
        ("nonce", &nonce),
        ("facts", &facts.collect::<String>()),
        ("commands", &commands.collect::<String>()),
        ("errors", &errors()),
        ("log_rows", &row.repeat(LOG_ROWS)),
    ] {
        html = html.replace(&format!("{{{{{name}}}}}"), value);
    }
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self'; \
         img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    Reply {
        status: 200,
        headers: vec![
            ("content-type", "text/html; charset=utf-8".to_owned()),
            ("content-security-policy", policy),
            ("cache-control", "no-store".to_owned()),
            ("referrer-policy", "no-referrer".to_owned()),
            ("x-content-type-options", "nosniff".to_owned()),
        ],
        body: html.into_bytes(),
        behaviour: Behaviour::default(),
    }
}

/// A name and a value that can be copied.
fn fact(number: usize, name: &str, value: &str) -> String {
    let (name, value) = (escaped(name), escaped(value));
    format!(
        "<div><dt>{name}</dt><dd class=\"copied\"><code id=\"fact-{number}\">{value}</code>\
         <button type=\"button\" class=\"copy\" data-of=\"fact-{number}\" aria-label=\"Copy {name}\">Copy</button></dd></div>\n"
    )
}

/// A command that can be copied, with how often its operation was called.
fn block(number: usize, command: &Command) -> String {
    let title = escaped(command.title);
    let calls = command.operation.map_or_else(String::new, |operation| {
        let name = escaped(operation);
        format!("<span data-operation=\"{name}\">0 calls</span>")
    });
    format!(
        "<div class=\"command\"><h3>{title} {calls}</h3><div class=\"copied\"><pre id=\"command-{number}\">{}</pre>\
         <button type=\"button\" class=\"copy\" data-of=\"command-{number}\" aria-label=\"Copy: {title}\">Copy</button></div></div>\n",
        escaped(&command.text)
    )
}

/// The documented errors as choices; those of the token service last.
fn errors() -> String {
    let choices = scripted::choices().into_iter().map(|(label, body)| {
        format!("<option value=\"{}\">{}</option>\n", escaped(&body.to_string()), escaped(&label))
    });
    choices.collect()
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', "&#39;")
}
