//! From a text to the product it points at, and for whom it is asked.

use linkwright_sdk::Profile;
use linkwright_sdk::core::{Asin, Error, ErrorKind, PartnerTag, RequestContext};
use linkwright_sdk::zero::{MissingTag, OutboundLink, Page, Target};

use super::ItemsArgs;
use crate::failure::{CommandResult, Failure};
use crate::settings::{self, Tags};
use crate::targets::Given;

/// One product as it was asked for.
pub(super) struct Wanted {
    pub(super) text: String,
    pub(super) place: Option<String>,
    pub(super) asin: Asin,
    pub(super) context: RequestContext,
}

/// The product a text points at, for whom it is asked, and what to say about it beside.
pub(super) fn wanted(
    given: &Given<'_>,
    args: &ItemsArgs,
    several: bool,
    tags: &mut Tags,
    missing_tag: MissingTag,
    profile: &Profile,
) -> CommandResult<(Asin, RequestContext, Option<String>)> {
    given.check_length()?;
    // The hint about words is another command's: items are not searched for here.
    let target = Target::parse(given.text).map_err(|error| Failure::from(error).without_hints())?;
    if matches!(target.page(), Page::Short(_)) {
        let message = format!("a short link does not show where it leads: `{}`", given.text.trim());
        let error = Error::new(ErrorKind::Unsupported, "items.get", message);
        return Err(error.with_hint("open it in a browser and use the long address it leads to").into());
    }
    let Some(asin) = target.page().asin() else {
        return Err(Failure::usage(format!(
            "not a product but a page of this kind: `{}`",
            target.page().kind()
        )));
    };
    tags.for_target(&target, several)?;
    let named = match &target {
        Target::Link { link, .. } => link.marketplace,
        _ => None,
    };
    let wanted = args.marketplace.or(named).unwrap_or_else(|| tags.home());
    let choice = tags.book().choose(wanted, missing_tag)?;
    let pointed_at = named.unwrap_or(wanted);
    let warning = if !choice.marketplace.has_associates() {
        Some(settings::cannot_be_tagged(choice.marketplace))
    } else if choice.marketplace != pointed_at {
        Some(settings::may_not_exist(choice.marketplace, pointed_at))
    } else {
        None
    };
    // The profile's language is a preference; this one is an order.
    if let Some(language) = &args.language {
        OutboundLink::untagged(target.page(), choice.marketplace)
            .with_language(language)
            .map_err(Error::from)?;
    }
    // A link with another tag of the user's own keeps it, as `link` does.
    let own = match &target {
        Target::Link { link, .. } if !tags.explicit && link.marketplace == Some(choice.marketplace) => {
            let tag = link.tag.as_deref().filter(|tag| tags.book().owns(choice.marketplace, tag));
            tag.and_then(|tag| PartnerTag::new(tag, choice.marketplace).ok())
        }
        _ => None,
    };
    let context = match own.as_ref().or(choice.tag) {
        Some(tag) => RequestContext::tagged(profile.account(), tag.clone()),
        None => RequestContext::untagged(profile.account(), choice.marketplace),
    };
    Ok((asin, context, warning))
}

/// Whether two products can be asked for together.
pub(super) fn same_request(one: &RequestContext, other: &RequestContext) -> bool {
    one.marketplace == other.marketplace && one.tag() == other.tag()
}
