//! The working parts of the layers by themselves, for calls that are no query.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use linkwright_core::{Clock, Error, ErrorKind, ProductSourceExt, RequestContext, Result, Retry};
use linkwright_layers::{
    AccessIdentity, Eligibility, Jitter, PaceKeeper, Probe, Quota, Retrier, RetryPolicy, VerdictKeeper,
    within_attempt,
};
use linkwright_state::{MemoryState, Pace, State};
use linkwright_testkit::ManualClock;

use crate::drive::run;
use crate::script::{Script, asins, context, error, not_eligible, only_error, seconds, throttled};

const OPERATION: &str = "list_feeds";

fn memory(clock: &ManualClock) -> Arc<dyn State> {
    Arc::new(MemoryState::new(Arc::new(clock.clone())))
}

/// Fails with these errors, one after the other: how it ends, after how many attempts and how long.
#[track_caller]
fn check_retries(errors: &[Error], attempts: u32, expected: Result<usize, Retry>, made: usize, after: f64) {
    let clock = ManualClock::new();
    let mut policy = RetryPolicy::default();
    policy.attempts = attempts;
    let retrier = Retrier::new(Arc::new(clock.clone())).with_policy(policy).with_jitter(Jitter::fixed(0.5));
    let count = AtomicUsize::new(0);
    let (context, count) = (context(), &count);
    let attempt = || async move {
        let number = count.fetch_add(1, Ordering::Relaxed);
        errors.get(number).map_or(Ok(number), |error| Err(error.clone()))
    };
    let answer = run(&clock, retrier.run(&context, OPERATION, attempt));
    assert_eq!(answer.map_err(|error| error.retry()), expected);
    assert_eq!((count.load(Ordering::Relaxed), clock.monotonic()), (made, seconds(after)));
}

#[test]
fn a_call_is_made_again_by_the_same_rules() {
    let unavailable = || error(ErrorKind::Unavailable).with_retry(Retry::Now);
    let expired = || error(ErrorKind::Unauthenticated).with_retry(Retry::Now);
    check_retries(&[], 3, Ok(0), 1, 0.0);
    check_retries(&[unavailable()], 3, Ok(1), 2, 0.25);
    check_retries(&[throttled(5)], 3, Ok(1), 2, 5.25);
    check_retries(&[expired()], 3, Ok(1), 2, 0.0);
    check_retries(&[expired(), expired()], 3, Err(Retry::Exhausted), 2, 0.0);
    check_retries(&[not_eligible()], 3, Err(Retry::Never), 1, 0.0);
    check_retries(&[unavailable(), unavailable(), unavailable()], 3, Err(Retry::Exhausted), 3, 0.75);
    check_retries(&[unavailable()], 1, Err(Retry::Now), 1, 0.0);
}

#[test]
fn calls_and_queries_take_turns_of_one_pace() {
    let clock = ManualClock::new();
    let pace = Pace::every(Duration::from_millis(1500));
    let turns = PaceKeeper::new(memory(&clock), Arc::new(clock.clone()), Some(pace));
    assert_eq!(turns.pace(), Some(pace));
    let turns = Arc::new(turns.with_longest_wait(seconds(2.0)));
    let quota = Quota::sharing(Script::slow(&clock, Duration::ZERO), Arc::clone(&turns));
    let context = context();
    let when =
        |done: Result<()>| done.map(|()| clock.monotonic()).map_err(|error| (error.kind(), error.retry()));
    assert_eq!(when(run(&clock, turns.admit(&context, OPERATION))), Ok(seconds(0.0)));
    run(&clock, quota.get_items(&context, &asins(0..1))).unwrap();
    assert_eq!(clock.monotonic(), seconds(1.5));
    assert_eq!(when(run(&clock, turns.admit(&context, OPERATION))), Ok(seconds(3.0)));
    // Two at once: the turn of the second would come too late, and nobody waits for it.
    let both = futures_util::future::join3(
        turns.admit(&context, OPERATION),
        turns.admit(&context, OPERATION),
        turns.admit(&context, OPERATION),
    );
    let kinds = {
        let (one, two, three) = run(&clock, both);
        [one, two, three].map(|done| done.map_err(|error| error.kind()))
    };
    assert_eq!(kinds, [Ok(()), Err(ErrorKind::RateLimited), Err(ErrorKind::RateLimited)]);
    let cancelled = self::context();
    cancelled.cancellation.cancel();
    let unpaced = PaceKeeper::new(memory(&clock), Arc::new(clock.clone()), None);
    assert_eq!(run(&clock, unpaced.admit(&context, OPERATION)).map_err(|error| error.kind()), Ok(()));
    let taken_back = run(&clock, unpaced.admit(&cancelled, OPERATION));
    assert_eq!(taken_back.unwrap_err().kind(), ErrorKind::Cancelled);
}

#[derive(Debug)]
struct OneCredential;

#[async_trait]
impl AccessIdentity for OneCredential {
    async fn identity(&self, _: &RequestContext) -> Result<Option<String>> {
        Ok(Some("1".to_owned()))
    }
}

#[test]
fn what_a_call_is_refused_holds_for_queries_and_the_other_way_round() {
    let clock = ManualClock::new();
    let state = memory(&clock);
    let shared = || -> Arc<dyn Clock> { Arc::new(clock.clone()) };
    let keeper = || VerdictKeeper::new(state.clone(), shared(), Arc::new(OneCredential));
    let (verdicts, context) = (keeper(), context());
    let refused = verdicts.guard(&context, OPERATION, async { Err::<(), _>(not_eligible()) });
    assert_eq!(run(&clock, refused).unwrap_err().context_value("from_verdict"), None);
    let inner = Script::slow(&clock, Duration::ZERO);
    let source = Eligibility::new(inner.clone(), state.clone(), shared(), Arc::new(OneCredential));
    let batch = run(&clock, source.get_items(&context, &asins(0..1))).unwrap();
    let error = only_error(&batch);
    assert_eq!(
        (error.context_value("from_verdict"), error.origin(), inner.calls()),
        (Some("yes"), "script", 0)
    );
    let again = run(&clock, verdicts.guard(&context, OPERATION, async { Ok(1) })).unwrap_err();
    assert_eq!((again.code(), again.operation()), (Some("AssociateNotEligible"), OPERATION));
    // Who asks all the same and is answered, asks for all.
    let probing = keeper().with_probe(Probe::Always);
    assert_eq!(run(&clock, probing.guard(&context, OPERATION, async { Ok(2) })).unwrap(), 2);
    let batch = run(&clock, source.get_items(&context, &asins(0..1))).unwrap();
    assert_eq!((batch.found().len(), inner.calls()), (1, 1));
}

#[test]
fn an_attempt_ends_in_its_time_or_the_request_s() {
    #[track_caller]
    fn check(takes: f64, attempt: f64, deadline: Option<f64>, expected: Result<(), ErrorKind>, after: f64) {
        let clock = ManualClock::new();
        let mut context = context();
        context.deadline = deadline.map(seconds);
        let work = async {
            clock.sleep(seconds(takes)).await;
            Ok(())
        };
        let done = run(&clock, within_attempt(&clock, &context, OPERATION, seconds(attempt), work));
        assert_eq!(done.map_err(|error| error.kind()), expected);
        assert_eq!(clock.monotonic(), seconds(after));
    }
    check(1.0, 2.0, None, Ok(()), 1.0);
    check(3.0, 2.0, None, Err(ErrorKind::Timeout), 2.0);
    check(3.0, 5.0, Some(1.0), Err(ErrorKind::Timeout), 1.0);
    check(0.0, 5.0, Some(0.0), Err(ErrorKind::Timeout), 0.0);
}
