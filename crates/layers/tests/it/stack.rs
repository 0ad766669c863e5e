//! All layers together, in their order.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use linkwright_core::{
    Clock, MissingReason, ProductSource, ProductSourceExt, Reason, RequestContext, Result, Source,
};
use linkwright_layers::{AccessIdentity, Coalesced, Eligibility, Fallback, Jitter, Quota, Retried, Timed};
use linkwright_state::{MemoryState, Pace, State};
use linkwright_testkit::ManualClock;

use crate::drive::run;
use crate::script::{Script, asins, context, error, found, link, not_eligible, seconds};

#[derive(Debug)]
struct Unknown;

#[async_trait]
impl AccessIdentity for Unknown {
    async fn identity(&self, _: &RequestContext) -> Result<Option<String>> {
        Ok(None)
    }
}

fn stack(clock: &ManualClock, inner: Arc<Script>) -> Fallback {
    let state: Arc<dyn State> = Arc::new(MemoryState::new(Arc::new(clock.clone())));
    let clock: Arc<dyn Clock> = Arc::new(clock.clone());
    let source: Arc<dyn ProductSource> = Arc::new(Timed::new(inner, clock.clone(), Timed::ATTEMPT));
    let pace = Some(Pace::every(Duration::from_millis(1500)));
    let source = Arc::new(Quota::new(source, state.clone(), clock.clone(), pace));
    let source = Arc::new(Retried::new(source, clock.clone()).with_jitter(Jitter::fixed(0.0)));
    let source = Arc::new(Coalesced::new(source, clock.clone()));
    let source = Arc::new(Eligibility::new(source, state, clock, Arc::new(Unknown)));
    Fallback::new(source, Script::by_key(|_, key| link(key, None)))
}

#[test]
fn the_pace_holds_for_every_attempt() {
    let clock = ManualClock::new();
    // The second and the third call fail once each.
    let inner = Script::by_key(|call, key| match call {
        2 | 3 => Err(MissingReason::Failed(
            error(linkwright_core::ErrorKind::Unavailable).with_retry(linkwright_core::Retry::Now),
        )),
        _ => found(key),
    });
    let batch = run(&clock, stack(&clock, inner.clone()).get_items(&context(), &asins(0..30))).unwrap();
    assert!(batch.found().iter().all(|(_, item)| item.source == Source::Creators), "{batch:?}");
    assert_eq!((batch.found().len(), inner.calls()), (30, 5));
    assert_eq!(clock.monotonic(), seconds(6.0));
}

#[test]
fn an_account_without_access_gets_links_and_is_asked_no_more() {
    let clock = ManualClock::new();
    let inner = Script::by_key(|_, _| Err(MissingReason::Failed(not_eligible())));
    let stack = stack(&clock, inner.clone());
    for _ in 0..3 {
        let batch = run(&clock, stack.get_items(&context(), &asins(0..3))).unwrap();
        assert_eq!(batch.found().len(), 3);
        assert!(batch.found().iter().all(|(_, item)| item.degraded == Some(Reason::NotEligible)));
    }
    assert_eq!(inner.calls(), 1);
}

#[test]
fn a_deadline_too_short_for_the_pace_gives_links_in_time() {
    let clock = ManualClock::new();
    let inner = Script::slow(&clock, Duration::ZERO);
    let mut context = context();
    context.deadline = Some(seconds(4.0));
    let batch = run(&clock, stack(&clock, inner.clone()).get_items(&context, &asins(0..100))).unwrap();
    let throttled = batch.found().iter().filter(|(_, item)| item.degraded == Some(Reason::Throttled)).count();
    // Calls at 0 s, 1.5 s and 3 s; the others are not waited for.
    assert_eq!((batch.found().len(), throttled, inner.calls()), (100, 70, 3));
    assert!(clock.monotonic() <= seconds(4.0));
}
