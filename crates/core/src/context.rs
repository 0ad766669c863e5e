//! For whom a request is made, and how long it may take.

use std::collections::BTreeMap;
use std::fmt;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use crate::{BoxFuture, Error, ErrorKind, Marketplace, PartnerTag, Result};

/// One Associates account. Amazon counts quota per account, and eligibility per account and shop.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Account(Arc<str>);

impl Account {
    /// An account by the name the user gave it.
    pub fn new(name: &str) -> Self {
        Self(name.into())
    }

    /// The account's name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Which offers an answer may hold (Creators API, `condition`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Condition {
    /// New and used.
    #[default]
    Any,
    /// New only.
    New,
}

/// Who goes first when there is not enough quota for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Priority {
    /// Nobody waits for the answer.
    Bulk,
    /// Somebody does.
    #[default]
    Interactive,
}

/// A flag by which a caller takes a request back. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Cancellation(Arc<CancelState>);

#[derive(Debug, Default)]
struct CancelState {
    cancelled: AtomicBool,
    waiters: Mutex<Waiters>,
}

/// Those who wait for the cancellation, by number, so that each can change its waker and leave.
#[derive(Debug, Default)]
struct Waiters {
    ever: u64,
    wakers: BTreeMap<u64, Waker>,
}

impl CancelState {
    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Acquire)
    }

    fn waiters(&self) -> MutexGuard<'_, Waiters> {
        self.waiters.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Cancellation {
    /// Takes the request back and wakes all who wait for that. Cannot be undone.
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::Release);
        let wakers = std::mem::take(&mut self.0.waiters().wakers);
        // Not under the lock: a waker may run its task at once, and the task may drop its wait.
        wakers.into_values().for_each(Waker::wake);
    }

    /// Completes when the request is taken back; at once if it already was. For a `select` beside what takes its time.
    ///
    /// ```
    /// use futures_util::FutureExt;
    /// use linkwright_core::Cancellation;
    ///
    /// let cancellation = Cancellation::default();
    /// let mut cancelled = cancellation.cancelled();
    /// assert_eq!((&mut cancelled).now_or_never(), None);
    /// cancellation.cancel();
    /// assert_eq!(cancelled.now_or_never(), Some(()));
    /// ```
    pub fn cancelled(&self) -> BoxFuture<'static, ()> {
        Box::pin(Cancelled { state: Arc::clone(&self.0), number: None })
    }

    /// Whether the request was taken back.
    pub fn is_cancelled(&self) -> bool {
        self.0.is_cancelled()
    }

    /// Stops an operation that was cancelled.
    ///
    /// # Errors
    /// Kind `Cancelled`.
    pub fn check(&self, operation: &'static str) -> Result<()> {
        if self.is_cancelled() {
            return Err(Error::new(ErrorKind::Cancelled, operation, "cancelled by the caller"));
        }
        Ok(())
    }
}

/// One wait for a cancellation.
struct Cancelled {
    state: Arc<CancelState>,
    /// Its number among the waiters, once it was polled.
    number: Option<u64>,
}

impl Future for Cancelled {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<()> {
        let state = Arc::clone(&self.state);
        let mut waiters = state.waiters();
        // Under the lock: whoever cancels after this look takes the lock later and finds the waker.
        if state.is_cancelled() {
            return Poll::Ready(());
        }
        let number = *self.number.get_or_insert_with(|| {
            waiters.ever += 1;
            waiters.ever
        });
        let earlier = waiters.wakers.insert(number, task.waker().clone());
        // In this order, as in `drop`.
        drop(waiters);
        drop(earlier);
        Poll::Pending
    }
}

impl Drop for Cancelled {
    fn drop(&mut self) {
        if let Some(number) = self.number {
            // The waker is dropped after the lock is free: that may drop a task, and with it another wait.
            let waker = self.state.waiters().wakers.remove(&number);
            drop(waker);
        }
    }
}

/// For whom a request is made, and how long it may take. All of it that changes an answer is part of a cache's key.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RequestContext {
    /// The account that asks.
    pub account: Account,
    /// The shop that is asked.
    pub marketplace: Marketplace,
    /// The tag on every link of the answer; `None` for untagged links. Its shop is always `marketplace`.
    tag: Option<PartnerTag>,
    /// The preferred language, as `de_DE`.
    pub language: Option<String>,
    /// The preferred currency, as an ISO 4217 code.
    pub currency: Option<String>,
    /// Which offers count.
    pub condition: Condition,
    /// The latest moment for an answer, on the clock's [`monotonic`](crate::Clock::monotonic) scale.
    pub deadline: Option<Duration>,
    /// Who goes first.
    pub priority: Priority,
    /// How the caller takes the request back.
    pub cancellation: Cancellation,
}

impl RequestContext {
    /// A request to one shop with untagged links, any condition, no deadline, interactive.
    pub fn untagged(account: Account, marketplace: Marketplace) -> Self {
        Self {
            account,
            marketplace,
            tag: None,
            language: None,
            currency: None,
            condition: Condition::default(),
            deadline: None,
            priority: Priority::default(),
            cancellation: Cancellation::default(),
        }
    }

    /// A request to the tag's own shop, with that tag on every link.
    pub fn tagged(account: Account, tag: PartnerTag) -> Self {
        Self { tag: Some(tag.clone()), ..Self::untagged(account, tag.marketplace()) }
    }

    /// The same request to the tag's own shop, with that tag on every link.
    #[must_use]
    pub fn with_tag(self, tag: PartnerTag) -> Self {
        Self { marketplace: tag.marketplace(), tag: Some(tag), ..self }
    }

    /// The tag on every link of the answer, if the request's shop is still the tag's own.
    pub fn tag(&self) -> Option<&PartnerTag> {
        self.tag.as_ref().filter(|tag| tag.marketplace() == self.marketplace)
    }
}
