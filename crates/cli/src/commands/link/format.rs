//! How a link is printed: bare, as HTML, as Markdown, as JSON.

use std::collections::BTreeMap;

use clap::ValueEnum;
use linkwright_sdk::zero::{CountryLinks, Linked, link_text};
use serde::Serialize;

use crate::failure::{CommandResult, ErrorJson, Failure};
use crate::output::Output;
use crate::targets::{Given, Part};

/// How a link is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Format {
    /// The address alone
    #[default]
    Url,
    /// An anchor with `rel="sponsored nofollow"`
    Html,
    /// A Markdown link
    Markdown,
    /// JSON Lines with the tag, shop and page
    Json,
}

/// Prints links in one format.
#[derive(Debug)]
pub(super) struct LinkFormatter {
    format: Format,
    label: Option<String>,
    new_tab: bool,
    language: Option<String>,
}

#[derive(Serialize)]
struct LinkJson<'a> {
    format: u8,
    input: &'a str,
    url: &'a str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    asin: Option<String>,
    marketplace: &'static str,
    tag: Option<&'a str>,
    left_whole: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    moved_from: Option<&'static str>,
}

#[derive(Serialize)]
struct FailedJson<'a> {
    format: u8,
    input: &'a str,
    error: ErrorJson<'a>,
}

/// A line that asks for nothing is answered with nothing, in its place.
#[derive(Serialize)]
struct BlankJson {
    format: u8,
    input: &'static str,
}

#[derive(Serialize)]
struct CountryMapJson<'a> {
    format: u8,
    input: &'a str,
    default: &'a str,
    countries: &'a BTreeMap<&'static str, String>,
}

impl LinkFormatter {
    pub(super) fn new(
        format: Format,
        label: Option<String>,
        new_tab: bool,
        language: Option<String>,
    ) -> Self {
        Self { format, label, new_tab, language }
    }

    pub(super) fn format(&self, input: &str, linked: &Linked) -> String {
        match self.format {
            Format::Url => linked.url.clone(),
            Format::Html => self.html(linked),
            Format::Markdown => self.markdown(linked),
            Format::Json => to_json(&LinkJson {
                format: 1,
                input,
                url: &linked.url,
                kind: linked.page.kind(),
                asin: linked.page.asin().map(|asin| asin.to_string()),
                marketplace: linked.marketplace.code(),
                tag: linked.tag.as_deref(),
                left_whole: linked.left_whole,
                moved_from: linked.moved_from.map(|shop| shop.code()),
            }),
        }
    }

    /// Keeps the place of a blank line in the stream.
    pub(super) fn blank(&self, output: &mut Output) -> CommandResult<()> {
        match self.format {
            Format::Json => output.json_line(&BlankJson { format: 1, input: "" }),
            Format::Url | Format::Html | Format::Markdown => output.line(""),
        }
    }

    /// What stands in the stream for a line that cannot be linked: the line itself, byte by byte, so that nothing is lost;
    /// in JSON, the error.
    pub(super) fn failed(
        &self,
        given: &Given<'_>,
        failure: &Failure,
        output: &mut Output,
    ) -> CommandResult<()> {
        match self.format {
            Format::Json => {
                output.json_line(&FailedJson { format: 1, input: given.text, error: failure.json(None) })
            }
            Format::Url | Format::Html | Format::Markdown => self.pass_on(given, output),
        }
    }

    /// Passes on a line, or the next part of one that is too long to be read whole.
    pub(super) fn pass_on(&self, given: &Given<'_>, output: &mut Output) -> CommandResult<()> {
        if self.format == Format::Json {
            return Ok(());
        }
        output.part(given.raw)?;
        match given.part {
            Part::Whole | Part::Rest { last: true } => output.line_done(),
            Part::Start | Part::Rest { last: false } => Ok(()),
        }
    }

    /// The label: the author's, or one that names Amazon and says that the link is paid, if it is.
    fn label(&self, linked: &Linked) -> String {
        match &self.label {
            Some(label) => label.clone(),
            None => {
                let text = link_text(linked.marketplace, self.language.as_deref());
                if linked.tag.is_some() { text.label } else { text.unpaid_label() }.to_owned()
            }
        }
    }

    /// `noopener` goes with a new tab. No `noreferrer`: Amazon wants to see where its visitors come from.
    fn html(&self, linked: &Linked) -> String {
        let rel = if linked.tag.is_some() { "sponsored nofollow" } else { "nofollow" };
        let new_tab = if self.new_tab { (" noopener", r#" target="_blank""#) } else { ("", "") };
        let (url, label) = (html_escape(&linked.url), html_escape(&self.label(linked)));
        format!(r#"<a href="{url}" rel="{rel}{}"{}>{label}</a>"#, new_tab.0, new_tab.1)
    }

    fn markdown(&self, linked: &Linked) -> String {
        let mut label = String::new();
        for c in self.label(linked).chars() {
            if matches!(c, '\\' | '[' | ']' | '*' | '_' | '`' | '<' | '>' | '!') {
                label.push('\\');
            }
            label.push(c);
        }
        // Round brackets would end the target; they occur only in links that were left whole.
        let url = linked.url.replace('(', "%28").replace(')', "%29").replace(' ', "%20");
        format!("[{label}]({url})")
    }
}

/// `{"format":1,"input":…,"default":URL,"countries":{"DE":URL}}`
pub(super) fn country_map(input: &str, links: &CountryLinks) -> String {
    to_json(&CountryMapJson { format: 1, input, default: &links.default, countries: &links.countries })
}

fn to_json(value: &impl Serialize) -> String {
    // Only maps with keys that are no texts fail, and there are none here.
    serde_json::to_string(value).unwrap_or_default()
}

fn html_escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            _ => escaped.push(c),
        }
    }
    escaped
}
