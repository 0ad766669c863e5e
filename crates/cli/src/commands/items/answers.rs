//! Asks for products one chunk after another, and prints the answers in the order of the targets.

use std::sync::Arc;

use linkwright_sdk::core::{
    Asin, Batch, Error, ErrorKind, GetItems, Item, ItemView, Marketplace, MissingReason, PRICE_DISCLAIMER,
    ProductSource, ProductSourceExt as _, RequestContext, Resources,
};

use super::card;
use super::wanted::Wanted;
use crate::asking::same_request;
use crate::exit::{Count, Outcome};
use crate::failure::{CommandResult, Failure};
use crate::json::{ItemJson, MissingJson, MissingLine, json_text};
use crate::notices::Notices;
use crate::output::Output;
use crate::runtime::Runtime;
use crate::world::World;

/// What happens to products one chunk after another.
pub(super) struct Answers {
    pub(super) source: Arc<dyn ProductSource>,
    pub(super) notices: Arc<Notices>,
    pub(super) resources: Resources,
    pub(super) runtime: Runtime,
    pub(super) stream: bool,
    pub(super) count: Count,
    /// Whether less than asked for counts as no answer.
    pub(super) fail_on_degraded: bool,
    /// Each item as JSON text: a map of values would put the keys into another order.
    items_json: Vec<String>,
    missing_json: Vec<MissingJson>,
    first: bool,
    /// Whether a card with an offer was printed, whose words must follow.
    disclaimer_due: bool,
}

impl Answers {
    pub(super) fn new(
        source: Arc<dyn ProductSource>,
        notices: Arc<Notices>,
        resources: Resources,
        runtime: Runtime,
    ) -> Self {
        Self {
            source,
            notices,
            resources,
            runtime,
            stream: false,
            count: Count::default(),
            fail_on_degraded: false,
            items_json: Vec::new(),
            missing_json: Vec::new(),
            first: true,
            disclaimer_due: false,
        }
    }

    /// Answers what was gathered, shop by shop, and prints it in the order it was asked for.
    pub(super) fn answer(
        &mut self,
        chunk: &mut Vec<Wanted>,
        world: &World,
        output: &mut Output,
    ) -> CommandResult<()> {
        let wanted = std::mem::take(chunk);
        // One request for each shop and tag, as a source answers one at a time.
        let mut batches: Vec<(&RequestContext, Batch<Item>)> = Vec::new();
        for first in &wanted {
            if batches.iter().any(|(known, _)| same_request(known, &first.context)) {
                continue;
            }
            let alike = wanted.iter().filter(|one| same_request(&one.context, &first.context));
            let query = GetItems::new(alike.map(|one| one.asin)).with_resources(self.resources);
            let asins = query.asins.clone();
            let answered = self.runtime.block_on(self.source.run(&first.context, query));
            // A request that is refused as a whole takes no other one's products along, nor those answered before.
            let batch = answered
                .unwrap_or_else(|error| Batch::collect(asins, |_| Err(MissingReason::Failed(error.clone()))));
            batches.push((&first.context, batch));
        }
        self.notices.say(output);
        let now = world.clock.now();
        for one in &wanted {
            let shop = one.context.marketplace;
            let batch =
                batches.iter().find(|(known, _)| same_request(known, &one.context)).map(|(_, batch)| batch);
            match batch.and_then(|batch| batch.get(one.asin)) {
                Some(item) => {
                    self.count.answered();
                    if item.degraded.is_some() && self.fail_on_degraded {
                        self.count.degraded();
                    }
                    self.print(shop, &ItemView::new(item, now), output)?;
                }
                None => {
                    let failure = batch.map_or_else(|| not_found(one.asin), |batch| missing(batch, one.asin));
                    self.fail(&one.text, one.place.as_deref(), &failure, output)?;
                }
            }
        }
        Ok(())
    }

    fn print(&mut self, shop: Marketplace, view: &ItemView<'_>, output: &mut Output) -> CommandResult<()> {
        if output.json {
            let json = ItemJson::new(shop, view.clone());
            if self.stream {
                return output.json_line(&json);
            }
            self.items_json.push(json_text(&json.in_document())?);
            return Ok(());
        }
        if !std::mem::take(&mut self.first) {
            output.line("")?;
        }
        self.disclaimer_due |= view.offer.is_some();
        for line in card::lines(view) {
            output.line(&line)?;
        }
        Ok(())
    }

    pub(super) fn fail(
        &mut self,
        text: &str,
        place: Option<&str>,
        failure: &Failure,
        output: &mut Output,
    ) -> CommandResult<()> {
        self.count.failed(failure.kind());
        output.failure_at(place, failure);
        if !output.json {
            return Ok(());
        }
        let missing = MissingJson::new(text, failure);
        if self.stream {
            return output.json_line(&MissingLine::new(missing));
        }
        self.missing_json.push(missing);
        Ok(())
    }

    pub(super) fn finish(self, output: &mut Output) -> CommandResult<Outcome> {
        if self.disclaimer_due {
            output.line("")?;
            output.line(PRICE_DISCLAIMER)?;
        }
        if output.json && !self.stream {
            let (items, missing) = (self.items_json.join(","), json_text(&self.missing_json)?);
            output.line(&format!(r#"{{"format":1,"items":[{items}],"missing":{missing}}}"#))?;
        }
        Ok(self.count.outcome())
    }
}

fn missing(batch: &Batch<Item>, asin: Asin) -> Failure {
    match batch.missing_reason(asin) {
        Some(MissingReason::Failed(error)) => error.clone().into(),
        Some(MissingReason::NotAccessible { .. }) => not_accessible(asin),
        _ => not_found(asin),
    }
}

fn not_accessible(asin: Asin) -> Failure {
    let message = format!("Amazon has this product but does not show it through its API: `{asin}`");
    Error::new(ErrorKind::NotFound, "items.get", message).into()
}

fn not_found(asin: Asin) -> Failure {
    Error::new(ErrorKind::NotFound, "items.get", format!("no such product: `{asin}`")).into()
}
