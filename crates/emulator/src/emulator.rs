//! The state machine: which part of it a request is for, and the state that the parts share.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use linkwright_core::{Asin, Marketplace, Timestamp, TokenService};

use crate::counters::Counters;
use crate::downloads::Downloads;
use crate::fault::{Fault, Faults, Service};
use crate::message::{Reply, Request};
use crate::offered_files::{FileChanges, OfferedFiles};
use crate::operation::Operation;
use crate::quota::Quota;
use crate::refusal::Refusal;
use crate::request_log::RequestLog;
use crate::settings::Settings;
use crate::shelf::{ItemState, Lookup, Shelf};
use crate::switches::Switches;
use crate::tokens::Tokens;
use crate::{catalogue, control, downloads, page, token_service};

/// A Creators API without sockets: a request and the time in, a reply out.
///
/// ```
/// use linkwright_core::Timestamp;
/// use linkwright_emulator::{Emulator, Request, Settings};
///
/// let mut emulator = Emulator::new(Settings::default());
/// let reply = emulator.answer(Timestamp::from_unix_seconds(0), &Request::post("/catalog/v1/getItems", "{}"));
/// assert_eq!(reply.status, 401);
/// assert_eq!(reply.json_body()["reason"], "MissingCredential");
/// ```
#[derive(Debug)]
pub struct Emulator {
    pub(crate) settings: Settings,
    pub(crate) shelf: Shelf,
    pub(crate) tokens: Tokens,
    pub(crate) state: State,
    pub(crate) counters: Counters,
    pub(crate) log: RequestLog,
    /// Kept over a reset: they follow from the seed, and take their time to make.
    pub(crate) files: OfferedFiles,
    in_flight: u64,
}

/// What `/_emulator/` changes, and `/_emulator/reset` puts back.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) switches: Switches,
    pub(crate) faults: Faults,
    /// The shops in which the account may not use the API.
    pub(crate) not_eligible: BTreeSet<Marketplace>,
    /// The shops whose programme the account has not joined.
    pub(crate) not_associated: BTreeSet<Marketplace>,
    pub(crate) credentials_refused: bool,
    pub(crate) tags: Tags,
    /// How far the clock was put forward.
    pub(crate) advanced: Duration,
    pub(crate) quota: Quota,
    /// Whether the account was granted no feeds, and no reports.
    pub(crate) feeds_refused: bool,
    pub(crate) reports_refused: bool,
    pub(crate) downloads: Downloads,
    /// Feeds and reports that were changed, or are listed wrongly.
    pub(crate) changes: FileChanges,
    /// Items whose state was changed.
    pub(crate) items: BTreeMap<String, ItemState>,
    /// Their hashes: only how many differ is asked for.
    pub(crate) tokens_seen: BTreeSet<u64>,
}

/// Which tags belong to the emulated account.
#[derive(Debug, Default)]
pub(crate) struct Tags {
    /// Accepted in every shop, beside the account's own.
    pub(crate) also: BTreeSet<String>,
    pub(crate) any: bool,
}

impl Emulator {
    /// An emulator in which nothing has happened yet.
    pub fn new(settings: Settings) -> Self {
        Self {
            shelf: Shelf::new(settings.seed, settings.given.clone()),
            settings,
            tokens: Tokens::default(),
            state: State::default(),
            counters: Counters::default(),
            log: RequestLog::default(),
            files: OfferedFiles::default(),
            in_flight: 0,
        }
    }

    /// Answers a request that came at this time. The time must not go back between calls.
    pub fn answer(&mut self, now: Timestamp, request: &Request) -> Reply {
        let now = now.plus(self.state.advanced);
        if let Some(name) = request.path.strip_prefix("/_emulator/") {
            return control::answer(self, now, name, request);
        }
        if let Some(page) = page::answer(self, request) {
            return page;
        }
        let token_service = token_service::service_at(&request.path);
        let service = match token_service {
            Some(_) => Service::Token,
            None if request.path.starts_with(downloads::PREFIX) => Service::Download,
            None => Service::Catalogue,
        };
        let faults = &mut self.state.faults;
        faults.begin(&request.path);
        let slow = faults.take(service, |fault| match fault {
            Fault::Slow { before, within } => Some((*before, *within)),
            _ => None,
        });
        let spoilt = faults.take(service, |fault| match fault {
            Fault::Cut(_) | Fault::Malformed(_) => Some(fault.clone()),
            _ => None,
        });
        let instead = faults.take(service, |fault| match fault {
            // The catalogue throttles late: after it knows whom.
            Fault::Throttled { .. } if service == Service::Catalogue => None,
            Fault::Broken(_) | Fault::Throttled { .. } | Fault::CatalogueError(_) | Fault::TokenError(_) => {
                Some(fault.clone())
            }
            _ => None,
        });
        let mut reply = match (service, instead) {
            (_, Some(fault)) => self.failure(&fault, service, token_service),
            (Service::Download, None) => downloads::answer(self, now, request),
            (Service::Catalogue | Service::Token, None) => match token_service {
                Some(which) => token_service::answer(self, now, which, request),
                None => catalogue::answer(self, now, request),
            },
        };
        self.count(service, request, &reply);
        match spoilt {
            Some(Fault::Cut(cut)) => reply.behaviour.cut = Some(cut),
            Some(Fault::Malformed(how)) => how.spoil(&mut reply),
            _ => {}
        }
        if let Some((before, within)) = slow {
            reply.behaviour.wait_before = before;
            reply.behaviour.wait_within = within;
        }
        self.log.add(now, request, &reply);
        reply
    }

    /// What is answered in place of any answer.
    fn failure(&self, fault: &Fault, service: Service, token_service: Option<TokenService>) -> Reply {
        let switches = &self.state.switches;
        let which = token_service.unwrap_or(TokenService::LoginWithAmazon);
        let mut reply = match (fault, service) {
            (Fault::CatalogueError(error), _) => error.reply(switches),
            (Fault::TokenError(error), _) => error.reply(which),
            (Fault::Throttled { .. }, Service::Download) => {
                downloads::error(503, "SlowDown", "Please reduce your request rate.")
            }
            (Fault::Throttled { .. }, _) => token_service::error(429, "slow_down", "Too many requests"),
            (Fault::Broken(status), Service::Catalogue) => Refusal::Broken(*status).reply(switches),
            (Fault::Broken(status), Service::Token) => {
                token_service::error(*status, "server_error", "An error was asked for")
            }
            (Fault::Broken(status), Service::Download) => {
                downloads::error(*status, "InternalError", "An error was asked for")
            }
            // The others strike later, or change a reply that is there.
            _ => Refusal::Broken(500).reply(switches),
        };
        if let Fault::Throttled { header: Some(seconds), .. } = fault {
            reply.headers.push(("retry-after", seconds.to_string()));
        }
        reply
    }

    fn count(&mut self, service: Service, request: &Request, reply: &Reply) {
        let counters = &mut self.counters;
        let statuses = match service {
            Service::Token => {
                counters.token_requests += 1;
                &mut counters.token_statuses
            }
            Service::Download => {
                counters.downloads += 1;
                if matches!(reply.status, 200 | 206) {
                    counters.download_bytes += u64::try_from(reply.body.len()).unwrap_or(0);
                }
                &mut counters.download_statuses
            }
            Service::Catalogue => {
                counters.calls += 1;
                if let Some(operation) = Operation::at(&request.path) {
                    *counters.operations.entry(operation.name()).or_default() += 1;
                }
                counters.throttled += u64::from(reply.status == 429);
                &mut counters.statuses
            }
        };
        *statuses.entry(reply.status).or_default() += 1;
    }

    /// What the API tells of an id in a shop, with the changes that were asked for.
    pub(crate) fn look_up(&self, id: &str, shop: Marketplace) -> Lookup {
        let changed = self.state.items.get(&id.to_ascii_uppercase()).copied().unwrap_or(ItemState::Normal);
        match (changed, self.shelf.look_up(id, shop)) {
            (ItemState::Gone, _) => Lookup::Unknown,
            (ItemState::NotAccessible, Lookup::Found { .. }) => Lookup::NotAccessible,
            (_, lookup) => lookup,
        }
    }

    /// Whether an item was made to be gone, or not told of.
    pub(crate) fn is_withdrawn(&self, asin: Asin) -> bool {
        self.state.items.get(asin.as_str()).is_some_and(|state| *state != ItemState::Normal)
    }

    /// What happened since the start or the last reset.
    pub fn counters(&self) -> Counters {
        let mut counters = self.counters.clone();
        counters.tokens_seen = u64::try_from(self.state.tokens_seen.len()).unwrap_or(u64::MAX);
        counters
    }

    /// The last 10,000 tokens that were given out, oldest first, also those before a reset: for tests that look for them
    /// where they must not be.
    pub fn issued_tokens(&self) -> Vec<String> {
        self.tokens.in_order()
    }

    /// Forgets everything that happened and was changed, except the tokens' spellings: a new token is always another one.
    pub(crate) fn reset(&mut self) {
        self.tokens.forget_all();
        self.state = State::default();
        self.counters = Counters::default();
        self.log = RequestLog::default();
    }

    /// Takes note of a connection.
    pub(crate) fn connection_opened(&mut self) {
        self.counters.connections += 1;
    }

    /// Takes note of a request that begins to be answered.
    pub(crate) fn request_begins(&mut self) {
        self.in_flight += 1;
        self.counters.most_at_once = self.counters.most_at_once.max(self.in_flight);
    }

    /// Takes note of a request whose answer is on its way.
    pub(crate) fn request_ends(&mut self) {
        self.in_flight = self.in_flight.saturating_sub(1);
    }

    /// Takes one call out of the account's allowance.
    pub(crate) fn take_call(&mut self, now: Timestamp) -> Result<(), Refusal> {
        self.state.quota.take(self.settings.limits, now)
    }
}
