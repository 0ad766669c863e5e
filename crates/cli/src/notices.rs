//! What is said on standard error of answers with less than the API would have given.
//!
//! Once for each cause and shop, however many products it concerns: the answer itself names the reason at each.

use std::sync::{Mutex, PoisonError};

use linkwright_sdk::core::{Asin, BrowseNodeId, Error, Marketplace, Reason, RequestContext};
use linkwright_sdk::layers::{Degradation, DegradationListener, Verdict};

use crate::failure::Failure;
use crate::output::Output;

/// How many products or categories of one cause are named.
const MOST_NAMED: usize = 3;

/// Collects degradations while products are asked for, and says them in between.
#[derive(Debug, Default)]
pub(crate) struct Notices {
    /// Whether to say where credentials were looked for: only somebody who named a place is surprised that it has none.
    explain: bool,
    collected: Mutex<Vec<Notice>>,
    said: Mutex<Vec<(Marketplace, Cause)>>,
    /// The page that is asked for, if others came before it: no link takes its place.
    later_page: Mutex<Option<u32>>,
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
    /// What takes the place of an answer, in words.
    instead: &'static str,
    /// What was asked for.
    what: &'static str,
    cause: Cause,
    /// The products or categories that are concerned.
    keys: Vec<String>,
    error: Option<Error>,
    explain: bool,
    later_page: Option<u32>,
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
        let asins = degradation.keys.iter().map(Asin::to_string);
        let keys = asins.chain(degradation.browse_nodes.iter().map(BrowseNodeId::to_string));
        let mut collected = self.collected.lock().unwrap_or_else(PoisonError::into_inner);
        let known = collected.iter_mut().find(|one| (one.marketplace, one.cause) == (marketplace, cause));
        match known {
            Some(notice) => notice.keys.extend(keys),
            None => collected.push(Notice {
                marketplace,
                instead: instead_of(degradation.operation),
                what: if degradation.browse_nodes.is_empty() { "product" } else { "category" },
                cause,
                keys: keys.collect(),
                error: error.cloned(),
                explain: self.explain,
                later_page: *self.later_page.lock().unwrap_or_else(PoisonError::into_inner),
            }),
        }
    }
}

/// What takes the place of an operation's answer, in words.
fn instead_of(operation: &str) -> &'static str {
    match operation {
        "search_items" => "a link to the search instead of products",
        "get_variations" => "a link to the product instead of its variations",
        "get_browse_nodes" => "links instead of categories",
        _ => "links instead of product data",
    }
}

impl Notices {
    pub(crate) fn new(explain: bool) -> Self {
        Self { explain, ..Self::default() }
    }

    /// Tells which page is asked for next, if others came before it.
    pub(crate) fn expect_page(&self, later: Option<u32>) {
        *self.later_page.lock().unwrap_or_else(PoisonError::into_inner) = later;
    }

    /// Says what was collected since the last time and was not said before.
    pub(crate) fn say(&self, output: &mut Output) {
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
            Cause::NoCredential => {
                let message = self.error.as_ref().filter(|_| self.explain).map(Error::message);
                let why = message.map_or_else(String::new, |message| format!(" ({message})"));
                output.reason(&format!(
                    "links only: no Creators API credential for {shop}{why}; add one with \
                     `linkwright credential add`, or choose links with `--source zero`"
                ));
            }
            Cause::Degraded(Reason::Gone) => output.warning(&format!(
                "{shop} gives nothing for this {} by its API, and may not have it: {}",
                self.what,
                self.named()
            )),
            Cause::Degraded(Reason::NotAccessible) => output.warning(&format!(
                "{shop} shows this {} in the shop but not in the API: {}",
                self.what,
                self.named()
            )),
            Cause::Degraded(_) => {
                let failure = self.error.clone().map(Failure::from);
                let message =
                    failure.as_ref().map_or_else(|| "the API did not answer".to_owned(), Failure::message);
                let mut hints: Vec<String> = failure.iter().flat_map(Failure::hints).cloned().collect();
                if self.probed_later() {
                    hints.push("asked again by itself after a while, or at once with `--probe`".to_owned());
                }
                let text = match self.later_page {
                    Some(page) => format!("page {page} was not answered by {shop}: {message}"),
                    None => format!("{} from {shop}: {message}", self.instead),
                };
                output.warning_with_hints(&text, &hints);
            }
        }
    }

    /// That a refusal of the whole account is put to the test again by itself. Of one that was given before, the failure
    /// says when.
    fn probed_later(&self) -> bool {
        let refused = [Reason::NotEligible, Reason::Associate, Reason::Denied, Reason::Credential];
        let known =
            self.error.as_ref().is_some_and(|error| error.context_value(Verdict::NEXT_PROBE).is_some());
        !known && refused.iter().any(|reason| self.cause == Cause::Degraded(*reason))
    }

    fn named(&self) -> String {
        let named: Vec<String> = self.keys.iter().take(MOST_NAMED).map(|key| format!("`{key}`")).collect();
        match self.keys.len() - named.len() {
            0 => named.join(", "),
            more => format!("{} and {more} more", named.join(", ")),
        }
    }
}
