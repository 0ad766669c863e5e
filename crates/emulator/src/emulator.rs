//! The state machine: which part of it a request is for, and the state that the parts share.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use linkwright_core::{Marketplace, TagSuffix, Timestamp};

use crate::counters::Counters;
use crate::fault::{Fault, Faults, Service};
use crate::made_up::ItemKind;
use crate::message::{Reply, Request};
use crate::pace::Pace;
use crate::ready::{Ready, ReadyCredential};
use crate::refusal::Refusal;
use crate::request_log::RequestLog;
use crate::settings::Settings;
use crate::shelf::{ItemState, Shelf};
use crate::switches::Switches;
use crate::tokens::Tokens;
use crate::{catalogue, control, token_service};

/// How many ASINs the ready line names.
const READY_ASINS: usize = 12;

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
    pub(crate) pace: PaceState,
    /// Items whose state was changed.
    pub(crate) items: BTreeMap<String, ItemState>,
    /// Their hashes: only how many differ is asked for.
    pub(crate) tokens_seen: BTreeSet<u64>,
}

/// The pace: as the settings say until somebody says otherwise.
#[derive(Debug, Default)]
pub(crate) struct PaceState {
    /// The rate that replaces the settings' one.
    pub(crate) rate: Option<Option<f64>>,
    pub(crate) bucket: Option<Pace>,
    /// Whether a 429 says when to come back.
    pub(crate) says_when: bool,
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
            in_flight: 0,
        }
    }

    /// Answers a request that came at this time. The time must not go back between calls.
    pub fn answer(&mut self, now: Timestamp, request: &Request) -> Reply {
        let now = now.plus(self.state.advanced);
        if let Some(name) = request.path.strip_prefix("/_emulator/") {
            return control::answer(self, now, name, request);
        }
        let token_service = token_service::service_at(&request.path);
        let service = if token_service.is_some() { Service::Token } else { Service::Catalogue };
        let faults = &mut self.state.faults;
        let slow = faults.take(service, |fault| match fault {
            Fault::Slow { before, within } => Some((*before, *within)),
            _ => None,
        });
        let spoilt = faults.take(service, |fault| match fault {
            Fault::Cut(_) | Fault::Malformed(_) => Some(fault.clone()),
            _ => None,
        });
        let broken = faults.take(service, |fault| match fault {
            Fault::Broken(status) => Some(*status),
            _ => None,
        });
        let throttled = faults.take(service, |fault| match fault {
            // The catalogue throttles late: after it knows whom.
            Fault::Throttled { header, body } if service == Service::Token => Some((*header, *body)),
            _ => None,
        });
        let mut reply = match (broken, throttled, token_service) {
            (Some(status), _, None) => Refusal::Broken(status).reply(&self.state.switches),
            (Some(status), _, Some(_)) => {
                token_service::error(status, "server_error", "An error was asked for")
            }
            (None, Some((header, _)), _) => {
                let mut reply = token_service::error(429, "slow_down", "Too many requests");
                reply.headers.extend(header.map(|seconds| ("retry-after", seconds.to_string())));
                reply
            }
            (None, None, Some(which)) => token_service::answer(self, now, which, request),
            (None, None, None) => catalogue::answer(self, now, request),
        };
        self.count(service, &reply);
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

    fn count(&mut self, service: Service, reply: &Reply) {
        let counters = &mut self.counters;
        let statuses = match service {
            Service::Token => {
                counters.token_requests += 1;
                &mut counters.token_statuses
            }
            Service::Catalogue => {
                counters.calls += 1;
                counters.throttled += u64::from(reply.status == 429);
                &mut counters.statuses
            }
        };
        *statuses.entry(reply.status).or_default() += 1;
    }

    /// What a script must know, for an emulator behind this address (`http://127.0.0.1:8080`).
    pub fn ready(&self, address: &str) -> Ready {
        let credential = self.settings.credential();
        let shop = self.settings.shop();
        let service = credential.version.token_service();
        Ready {
            event: "ready",
            format: 1,
            api: address.to_owned(),
            token: format!("{address}{}", token_service::path_of(service)),
            credential: ReadyCredential {
                id: credential.id,
                secret: credential.secret.expose().to_owned(),
                version: credential.version.as_str(),
            },
            tag: self.tag(shop),
            marketplace: shop.code(),
            asins: self.asins(shop, ItemKind::Plain, READY_ASINS),
        }
    }

    /// The account's tag in a shop: `demo-20`, `demo-21` or `demo-22`.
    pub fn tag(&self, shop: Marketplace) -> String {
        format!("demo-{}", shop.tag_suffix().map_or(20, TagSuffix::number))
    }

    /// The first `count` made-up ASINs of a kind that are sold in a shop.
    pub fn asins(&self, shop: Marketplace, kind: ItemKind, count: usize) -> Vec<String> {
        self.shelf.made_up_asins(shop, kind).take(count).collect()
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
        let pace = &mut self.state.pace;
        let Some(rate) = pace.rate.unwrap_or(self.settings.pace) else { return Ok(()) };
        let bucket = pace.bucket.get_or_insert_with(|| Pace::new(rate, now));
        bucket.take(now).map_err(|seconds| {
            let seconds = pace.says_when.then_some(seconds);
            Refusal::Throttled { header: seconds, body: seconds }
        })
    }
}
