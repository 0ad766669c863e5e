//! The link to the shop's own page of a search, and what the search was for.

use crate::projection::LinkCode;
use crate::validation_search::{SearchItems, Term};

/// What was searched for, in words: the keywords, or the other terms.
pub(crate) fn what_for(asked: &SearchItems) -> String {
    let keywords = asked.terms.iter().find(|(term, _)| *term == Term::Keywords);
    if let Some((_, keywords)) = keywords {
        return keywords.clone();
    }
    let terms: Vec<&str> = asked.terms.iter().map(|(_, text)| text.as_str()).collect();
    terms.join(" ")
}

/// The shop's page of the search, as the documentation's sample has it.
pub(crate) fn search_url(asked: &SearchItems) -> String {
    let common = &asked.common;
    let mut refinements = Vec::new();
    if let Some(id) = &asked.browse_node_id {
        refinements.push(format!("n:{id}"));
    }
    if !asked.out_of_stock_too {
        refinements.push("p_n_availability:-1".to_owned());
    }
    let mut url = format!("https://{}/s?k={}", common.marketplace.host(), encoded(&what_for(asked)));
    if !refinements.is_empty() {
        url.push_str(&format!("&rh={}", encoded(&refinements.join(","))));
    }
    url.push_str(&format!("&tag={}&linkCode={}", common.partner_tag, LinkCode::SearchItems.as_str()));
    if let Some(language) = common.language {
        url.push_str(&format!("&language={language}"));
    }
    url
}

/// The form encoding of queries.
fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b' ' => encoded.push('+'),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                encoded.push(char::from(byte));
            }
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    encoded
}
