//! From a text on the command line to what it points at: a product, or a category.

use linkwright_sdk::core::{Asin, BrowseNodeId, Error, ErrorKind};
use linkwright_sdk::zero::{Page, Target};

use crate::failure::{CommandResult, Failure};

/// The product a text points at.
pub(crate) fn product(text: &str) -> CommandResult<(Asin, Target<'_>)> {
    // The hint about words is another command's: items are not searched for here.
    let target = Target::parse(text).map_err(|error| Failure::from(error).without_hints())?;
    if matches!(target.page(), Page::Short(_)) {
        return Err(short_link(text));
    }
    let Some(asin) = target.page().asin() else {
        return Err(Failure::usage(format!(
            "not a product but a page of this kind: `{}`",
            target.page().kind()
        )));
    };
    Ok((asin, target))
}

/// What to say of a link that only Amazon can follow.
fn short_link(text: &str) -> Failure {
    let message = format!("a short link does not show where it leads: `{}`", text.trim());
    let error = Error::new(ErrorKind::Unsupported, "items.get", message);
    error.with_hint("open it in a browser and use the long address it leads to").into()
}

/// The category a text points at: its number, or a link to its page or its bestsellers.
pub(crate) fn browse_node(text: &str) -> CommandResult<(BrowseNodeId, Target<'_>)> {
    let trimmed = text.trim();
    // Before links: some numbers of categories look like ISBNs.
    if !trimmed.is_empty() && trimmed.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok((trimmed.parse()?, Target::Page(Page::BrowseNode(trimmed.into()))));
    }
    let target = Target::parse(text).map_err(|error| match error.context_value("reason") {
        Some("words") => not_a_category(trimmed),
        _ => Failure::from(error),
    })?;
    match target.page() {
        Page::Short(_) => Err(short_link(text)),
        Page::BrowseNode(id) => Ok((id.parse()?, target)),
        // `electronics/172282`: the number stands last.
        Page::Bestsellers(Some(place)) => match place.rsplit('/').next().map(str::parse) {
            Some(Ok(id)) => Ok((id, target)),
            _ => Err(not_a_category(trimmed)),
        },
        other => Err(Failure::usage(format!("not a category but a page of this kind: `{}`", other.kind()))),
    }
}

fn not_a_category(text: &str) -> Failure {
    Failure::usage(format!("not a category's number or an Amazon link to one: `{text}`"))
        .with_hint("the number stands in the address of the category's page, as in `…/b?node=172282`")
}
