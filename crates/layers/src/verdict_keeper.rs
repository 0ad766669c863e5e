//! What is known of refusals, and what an answer adds to it: for one call by itself. The layer over sources is
//! [`Eligibility`](crate::Eligibility); calls that are no query ask here too.

use std::fmt::Debug;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use linkwright_core::{
    Account, Clock, Error, ErrorKind, Marketplace, Reason, RequestContext, Result, Retry, Timestamp,
    error_chain,
};
use linkwright_state::State;

use crate::Jitter;
use crate::answers::{is_of_a_store, refusal};
use crate::verdict::{Verdict, Verdicts, key};
use crate::wait::{Ended, cancelled, past_deadline, time_left, within, within_context};

/// Says which credential a request would be made with.
#[async_trait]
pub trait AccessIdentity: Debug + Send + Sync + 'static {
    /// A text that changes with the credential, as its store's revision; `None` if nothing is known. Kept in the state,
    /// so never a secret and nothing a secret can be guessed from.
    ///
    /// # Errors
    /// Whatever reading the credential fails with; it counts as unchanged.
    async fn identity(&self, context: &RequestContext) -> Result<Option<String>>;
}

/// Whether a verdict keeps from asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Probe {
    /// Until its next probe is due.
    #[default]
    WhenDue,
    /// Never: the service is asked each time, and what it says is kept.
    Always,
}

/// Keeps a refusal that holds for the whole account (not eligible, tag not accepted, access denied, credential not
/// accepted) in the state, and answers with an equal error without asking, until
///
/// - the next probe is due: then one caller of all processes asks, and the others go on being answered meanwhile;
/// - the credential is another one, by [`AccessIdentity`];
/// - [`Probe::Always`] was chosen.
///
/// An answer that is no refusal lifts the verdict. Without a state that can be reached, everything is asked, after one
/// warning.
#[derive(Debug)]
pub struct VerdictKeeper {
    state: Arc<dyn State>,
    clock: Arc<dyn Clock>,
    identity: Arc<dyn AccessIdentity>,
    probe: Probe,
    interval: Duration,
    jitter: Jitter,
    warned: AtomicBool,
}

/// Whether to ask.
enum Decision {
    Ask(Permission),
    Refuse(Verdict),
}

/// That the service may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Permission {
    /// Nothing speaks against it.
    Free,
    /// There is a verdict that an answer would lift.
    DespiteVerdict,
    /// What processes share cannot be reached, so that nothing can be learnt either.
    Unknown,
}

/// What an answer says of the account.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// The service answers this account.
    Answered,
    /// It refuses everything this account asks.
    Refused(Reason, Error),
    /// Neither: it was not reached, or not asked.
    Unknown,
}

impl Outcome {
    /// That something is not there, too, is an answer.
    pub(crate) fn of_error(error: &Error) -> Self {
        match refusal(error) {
            Some(reason) => Self::Refused(reason, error.clone()),
            None if error.kind() == ErrorKind::NotFound && !is_of_a_store(error) => Self::Answered,
            None => Self::Unknown,
        }
    }
}

impl VerdictKeeper {
    /// The usual time from a refusal to the next probe. Eligibility depends on sales that take days to count, so hours
    /// lose nothing.
    pub const INTERVAL: Duration = Duration::from_secs(6 * 3600);

    /// The most a refusal is kept that may not be the service's last word: a credential that cannot be told from the one
    /// put in its place, or whose token may only have expired; a denial without a code of Amazon's, as a proxy on the way
    /// gives.
    pub const SHORT_INTERVAL: Duration = Duration::from_secs(15 * 60);

    /// By how much an interval is longer or shorter by chance.
    const SPREAD: f64 = 0.25;

    /// How long a probe may take before another caller makes one: a probe's process may have died.
    const PROBE_LEASE: Duration = Duration::from_secs(5 * 60);

    /// How long a verdict is kept that nobody asks about.
    const LIFETIME: Duration = Duration::from_secs(7 * 24 * 3600);

    /// How often a change of the state is tried again that somebody else came before.
    const TRIES: usize = 4;

    /// Keeps what is said of accounts in `state`.
    pub fn new(state: Arc<dyn State>, clock: Arc<dyn Clock>, identity: Arc<dyn AccessIdentity>) -> Self {
        Self {
            state,
            clock,
            identity,
            probe: Probe::default(),
            interval: Self::INTERVAL,
            jitter: Jitter::random(),
            warned: AtomicBool::new(false),
        }
    }

    /// The same with this answer to when is asked.
    #[must_use]
    pub fn with_probe(self, probe: Probe) -> Self {
        Self { probe, ..self }
    }

    /// The same with this time from a refusal to the next probe.
    #[must_use]
    pub fn with_interval(self, interval: Duration) -> Self {
        Self { interval, ..self }
    }

    /// The same with intervals of this randomness.
    #[must_use]
    pub fn with_jitter(self, jitter: Jitter) -> Self {
        Self { jitter, ..self }
    }

    /// Does the work, unless the service refused this account and it is not yet time to ask again; and learns from how it
    /// ends.
    ///
    /// # Errors
    /// The service's refusal, as it is remembered, with the times in its context; `Timeout`, `Cancelled`; and what the work
    /// fails with.
    pub async fn guard<T>(
        &self,
        context: &RequestContext,
        operation: &'static str,
        work: impl Future<Output = Result<T>> + Send,
    ) -> Result<T> {
        let permission = self.admit(context, operation).await?;
        let answer = work.await;
        let outcome = match &answer {
            Ok(_) => Outcome::Answered,
            Err(error) => Outcome::of_error(error),
        };
        self.settle(context, permission, &outcome).await;
        answer
    }

    /// Whether the service may be asked, within the request's bounds; the error to answer with if not.
    pub(crate) async fn admit(
        &self,
        context: &RequestContext,
        operation: &'static str,
    ) -> Result<Permission> {
        context.cancellation.check(operation)?;
        match within(&*self.clock, time_left(&*self.clock, context), context, self.decide(context)).await {
            Ended::Done(Ok(Decision::Ask(permission))) => Ok(permission),
            Ended::Done(Ok(Decision::Refuse(verdict))) => Err(verdict.error(operation, self.clock.now())),
            Ended::Done(Err(error)) => {
                self.warn(&error);
                Ok(Permission::Unknown)
            }
            Ended::Cancelled => Err(cancelled(operation)),
            Ended::TimeUp => Err(past_deadline(operation)),
        }
    }

    /// Learns from an answer, as far as there is time: it is given in time, remembered or not.
    pub(crate) async fn settle(&self, context: &RequestContext, permission: Permission, outcome: &Outcome) {
        let changes = match (permission, outcome) {
            (Permission::Unknown, _) | (_, Outcome::Unknown) => false,
            // As a rule there is nothing to change.
            (Permission::Free, Outcome::Answered) => false,
            (Permission::DespiteVerdict, Outcome::Answered) | (_, Outcome::Refused(..)) => true,
        };
        if !changes {
            return;
        }
        let left = time_left(&*self.clock, context);
        let learning = self.learn(context, outcome);
        if let Ended::Done(Err(error)) = within(&*self.clock, left, context, learning).await {
            self.warn(&error);
        }
    }

    /// Whether to ask; if a verdict was in the way, only after its next probe was moved, so that nobody else asks too.
    async fn decide(&self, context: &RequestContext) -> Result<Decision> {
        const FREE: Decision = Decision::Ask(Permission::Free);
        let key = key(&context.account, context.marketplace);
        let tag = context.tag().map(|tag| tag.as_str());
        let mut last = None;
        for _ in 0..Self::TRIES {
            let Some(bytes) = self.state.get(&key).await? else { return Ok(FREE) };
            let mut verdicts = Verdicts::from_bytes(&bytes).unwrap_or_default();
            let Some(verdict) = verdicts.of(tag).cloned() else { return Ok(FREE) };
            if self.probe == Probe::Always {
                return Ok(Decision::Ask(Permission::DespiteVerdict));
            }
            let now = self.clock.now();
            let replaced = self.replacing_identity(context, &verdict).await;
            if !self.is_due(&verdict, now) && replaced.is_none() {
                return Ok(Decision::Refuse(verdict));
            }
            let identity = replaced.or_else(|| verdict.identity.clone());
            verdicts.set(Verdict { next_probe: now.plus(Self::PROBE_LEASE), identity, ..verdict.clone() });
            let moved = verdicts.to_bytes();
            if self.state.compare_and_set(&key, Some(&bytes), &moved, Self::LIFETIME).await? {
                tracing::info!(account = %context.account, marketplace = context.marketplace.code(), "probing");
                return Ok(Decision::Ask(Permission::DespiteVerdict));
            }
            last = Some(verdict);
        }
        // Others were quicker each time, so one of them is asking.
        Ok(last.map_or(FREE, Decision::Refuse))
    }

    /// A probe further ahead than any that was ever set means that the clock was set back.
    fn is_due(&self, verdict: &Verdict, now: Timestamp) -> bool {
        let longest = self.interval.max(Self::PROBE_LEASE).mul_f64(1.0 + Self::SPREAD);
        verdict.next_probe <= now || verdict.next_probe.since(now) > longest
    }

    /// The present credential's identity, if the verdict was given to another one.
    async fn replacing_identity(&self, context: &RequestContext, verdict: &Verdict) -> Option<String> {
        let given_to = verdict.identity.as_deref()?;
        let present = self.identity(context).await?;
        (present != given_to).then_some(present)
    }

    /// The present credential's identity, if it can be read within the request's bounds.
    async fn identity(&self, context: &RequestContext) -> Option<String> {
        let reading = self.identity.identity(context);
        within_context(&*self.clock, context, "credential.identity", reading).await.ok().flatten()
    }

    /// Keeps or lifts a verdict by what the service answered. What is neither a refusal nor an answer changes nothing.
    async fn learn(&self, context: &RequestContext, outcome: &Outcome) -> Result<()> {
        let key = key(&context.account, context.marketplace);
        let tag = context.tag().map(|tag| tag.as_str());
        let identity = match outcome {
            Outcome::Refused(..) => self.identity(context).await,
            _ => None,
        };
        for _ in 0..Self::TRIES {
            let bytes = self.state.get(&key).await?;
            let mut verdicts = bytes.as_deref().and_then(Verdicts::from_bytes).unwrap_or_default();
            match outcome {
                Outcome::Unknown => return Ok(()),
                Outcome::Answered if verdicts.of(tag).is_none() => return Ok(()),
                Outcome::Answered => verdicts.lift(tag),
                Outcome::Refused(reason, error) => {
                    let verdict = self.verdict(tag, *reason, error, identity.clone());
                    let earlier = verdicts.0.iter().find(|earlier| verdict.goes_on_from(earlier));
                    let since = earlier.map_or(verdict.since, |earlier| earlier.since);
                    verdicts.set(Verdict { since, ..verdict });
                }
            }
            let new = verdicts.to_bytes();
            if self.state.compare_and_set(&key, bytes.as_deref(), &new, Self::LIFETIME).await? {
                return Ok(());
            }
        }
        // So many others wrote at the same time that one of them said what this one would.
        Ok(())
    }

    fn verdict(&self, tag: Option<&str>, reason: Reason, error: &Error, identity: Option<String>) -> Verdict {
        let now = self.clock.now();
        let doubtful = match reason {
            // Only the token service judges a credential (`invalid_client`); what the API says of a token may be its bad day.
            Reason::Credential => {
                let judged = matches!(error.code(), None | Some("invalid_client"));
                identity.is_none() || error.retry() != Retry::Never || !judged
            }
            Reason::Denied => error.code().is_none(),
            _ => false,
        };
        let interval = if doubtful { self.interval.min(Self::SHORT_INTERVAL) } else { self.interval };
        let spread = 1.0 + Self::SPREAD * (2.0 * self.jitter.fraction() - 1.0);
        let wait = interval.mul_f64(spread);
        Verdict {
            kind: error.kind(),
            code: error.code().map(str::to_owned),
            message: error.message().to_owned(),
            hint: error.hint().map(str::to_owned),
            since: now,
            next_probe: now.plus(if doubtful { wait.min(Self::SHORT_INTERVAL) } else { wait }),
            identity,
            tag: tag.filter(|_| reason == Reason::Associate).map(str::to_owned),
        }
    }

    fn warn(&self, error: &Error) {
        if !self.warned.swap(true, Ordering::Relaxed) {
            let state = self.state.info();
            let (error, hint) = (error_chain(error), error.hint());
            tracing::warn!(error, hint, %state, "refusals of the service are not remembered");
        }
    }
}

/// Forgets all verdicts on an account in a shop, as after a check that went well; says whether there were any.
///
/// # Errors
/// As [`State::remove`].
pub async fn clear(state: &dyn State, account: &Account, marketplace: Marketplace) -> Result<bool> {
    state.remove(&key(account, marketplace)).await
}

/// The verdicts on an account in a shop, also those whose next probe is due: that on all its tags, and those on single
/// ones.
///
/// # Errors
/// As [`State::get`].
pub async fn verdicts(
    state: &dyn State,
    account: &Account,
    marketplace: Marketplace,
) -> Result<Vec<Verdict>> {
    let bytes = state.get(&key(account, marketplace)).await?;
    Ok(bytes.as_deref().and_then(Verdicts::from_bytes).unwrap_or_default().0)
}
