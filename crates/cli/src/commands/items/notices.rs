//! What is said on standard error of products that were answered with less than the API would have given.
//!
//! Once for each cause and shop, however many products it concerns: the answer itself names the reason at each.

use std::sync::{Mutex, PoisonError};

use linkwright_sdk::core::{Asin, Error, Marketplace, Reason, RequestContext};
use linkwright_sdk::layers::{Degradation, DegradationListener, Verdict};

use crate::failure::Failure;
use crate::output::Output;
use crate::printable::without_fraction;

/// How many products of one cause are named.
const MOST_NAMED: usize = 3;

/// Collects degradations while products are asked for, and says them in between.
#[derive(Debug, Default)]
pub(super) struct Notices {
    collected: Mutex<Vec<Notice>>,
    said: Mutex<Vec<(Marketplace, Cause)>>,
}

/// Why products are answered with less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cause {
    NoCredential,
    Degraded(Reason),
}

#[derive(Debug)]
struct Notice {
    marketplace: Marketplace,
    cause: Cause,
    asins: Vec<Asin>,
    error: Option<Error>,
}

impl DegradationListener for Notices {
    fn degraded(&self, context: &RequestContext, degradation: &Degradation) {
        let error = degradation.error.as_ref();
        let cause = match degradation.reason {
            Some(reason) => Cause::Degraded(reason),
            None if error.is_some_and(|error| error.reason() == Some("no_credential")) => Cause::NoCredential,
            // Without a tag the user chose a link without one.
            None => return,
        };
        let marketplace = context.marketplace;
        let mut collected = self.collected.lock().unwrap_or_else(PoisonError::into_inner);
        let known = collected.iter_mut().find(|one| (one.marketplace, one.cause) == (marketplace, cause));
        match known {
            Some(notice) => notice.asins.extend(&degradation.keys),
            None => collected.push(Notice {
                marketplace,
                cause,
                asins: degradation.keys.clone(),
                error: error.cloned(),
            }),
        }
    }
}

impl Notices {
    /// Says what was collected since the last time and was not said before.
    pub(super) fn say(&self, output: &mut Output) {
        let collected = std::mem::take(&mut *self.collected.lock().unwrap_or_else(PoisonError::into_inner));
        for notice in collected {
            let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
            let key = (notice.marketplace, notice.cause);
            // Products are named each time; a cause that holds for all of them, once.
            let of_products = matches!(notice.cause, Cause::Degraded(Reason::Gone | Reason::NotAccessible));
            if !of_products && said.contains(&key) {
                continue;
            }
            said.push(key);
            drop(said);
            notice.say(output);
        }
    }
}

impl Notice {
    fn say(&self, output: &mut Output) {
        let shop = self.marketplace.host();
        match self.cause {
            Cause::NoCredential => output.hint(&format!(
                "links only: no Creators API credential for {shop}; add one with `linkwright credential add`, \
                 or choose links with `--source zero`"
            )),
            Cause::Degraded(Reason::Gone) => output.warning(&format!(
                "{shop} does not know this product, so its link may lead nowhere: {}",
                self.products()
            )),
            Cause::Degraded(Reason::NotAccessible) => output.warning(&format!(
                "{shop} shows this product in the shop but not in the API: {}",
                self.products()
            )),
            Cause::Degraded(_) => {
                let failure = self.error.clone().map(Failure::from);
                let message = failure.as_ref().map_or_else(|| "the API did not answer".to_owned(), Failure::message);
                let mut hints: Vec<String> = failure.iter().flat_map(Failure::hints).cloned().collect();
                hints.extend(self.next_probe());
                let text = format!("links instead of product data from {shop}: {message}");
                output.warning_with_hints(&text, &hints);
            }
        }
    }

    /// When a refusal of the whole account is put to the test again.
    fn next_probe(&self) -> Option<String> {
        let refused = [Reason::NotEligible, Reason::Associate, Reason::Denied, Reason::Credential];
        if !refused.iter().any(|reason| self.cause == Cause::Degraded(*reason)) {
            return None;
        }
        let error = self.error.as_ref()?;
        let known = |key: &str| error.context_value(key).map(without_fraction);
        Some(match (known(Verdict::SINCE), known(Verdict::NEXT_PROBE)) {
            (Some(since), Some(next)) => {
                format!("refused since {since}; asked again after {next}, or at once with `--probe`")
            }
            _ => "asked again by itself in a few hours, or at once with `--probe`".to_owned(),
        })
    }

    fn products(&self) -> String {
        let named: Vec<String> = self.asins.iter().take(MOST_NAMED).map(|asin| format!("`{asin}`")).collect();
        match self.asins.len() - named.len() {
            0 => named.join(", "),
            more => format!("{} and {more} more", named.join(", ")),
        }
    }
}
