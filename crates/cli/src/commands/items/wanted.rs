//! From a text to the product it points at, and for whom it is asked.

use linkwright_sdk::core::{Asin, RequestContext};

use crate::asking::Asker;
use crate::failure::CommandResult;
use crate::pointed::product;
use crate::targets::Given;
use crate::world::World;

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
    several: bool,
    asker: &mut Asker<'_>,
    world: &World,
) -> CommandResult<(Asin, RequestContext, Option<String>)> {
    given.check_length()?;
    let (asin, target) = product(given.text)?;
    let (context, warning) = asker.context(&target, several, world)?;
    Ok((asin, context, warning))
}
