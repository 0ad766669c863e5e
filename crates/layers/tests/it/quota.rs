//! The pace: who goes when, and who is told that it takes too long.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{join, join_all, join3};
use linkwright_core::{
    Account, Clock, ErrorKind, Marketplace, PartnerTag, ProductSourceExt, RequestContext, Retry,
};
use linkwright_layers::Quota;
use linkwright_state::{Bounded, MemoryState, Pace, State};
use linkwright_testkit::ManualClock;

use crate::drive::run;
use crate::failing_state::FailingState;
use crate::script::{Script, asins, context, only_error, seconds};
use crate::stuck::Stuck;

const PACE: Pace = Pace::every(Duration::from_millis(1500));

/// When each of these requests was answered, all made at once, in the order they were made.
fn times(clock: &ManualClock, quotas: &[&Quota], contexts: &[RequestContext]) -> Vec<Duration> {
    let calls = quotas.iter().zip(contexts).map(|(quota, context)| async {
        quota.get_items(context, &asins(0..3)).await.unwrap();
        clock.monotonic()
    });
    run(clock, join_all(calls))
}

fn quota(clock: &ManualClock, state: &Arc<dyn State>, pace: Option<Pace>) -> (Arc<Script>, Quota) {
    let inner = Script::slow(clock, Duration::ZERO);
    (inner.clone(), Quota::new(inner, Arc::clone(state), Arc::new(clock.clone()), pace))
}

fn memory(clock: &ManualClock) -> Arc<dyn State> {
    Arc::new(MemoryState::new(Arc::new(clock.clone())))
}

#[test]
fn calls_follow_one_another_in_order_also_from_another_process() {
    let clock = ManualClock::new();
    let state = memory(&clock);
    let (one, two) = (quota(&clock, &state, Some(PACE)).1, quota(&clock, &state, Some(PACE)).1);
    let contexts = vec![context(); 4];
    let waited = times(&clock, &[&one, &two, &one, &two], &contexts);
    assert_eq!(waited, [0.0, 1.5, 3.0, 4.5].map(seconds));
}

#[test]
fn each_account_has_a_pace_of_its_own_whatever_the_shop() {
    let clock = ManualClock::new();
    let (_, quota) = quota(&clock, &memory(&clock), Some(PACE));
    let tag = |text, shop| PartnerTag::new(text, shop).unwrap();
    let us = RequestContext::tagged(Account::new("a"), tag("demo-20", Marketplace::Us));
    let de = RequestContext::tagged(Account::new("a"), tag("demo-21", Marketplace::De));
    let other = RequestContext::tagged(Account::new("b"), tag("demo-20", Marketplace::Us));
    assert_eq!(times(&clock, &[&quota; 3], &[us, de, other]), [0.0, 1.5, 0.0].map(seconds));
}

#[test]
fn without_a_pace_nothing_waits() {
    let clock = ManualClock::new();
    let (_, quota) = quota(&clock, &memory(&clock), None);
    assert_eq!(times(&clock, &[&quota; 3], &vec![context(); 3]), [Duration::ZERO; 3]);
}

#[test]
fn a_turn_beyond_the_deadline_is_refused_at_once_and_takes_nobody_s_place() {
    let clock = ManualClock::new();
    let (inner, quota) = quota(&clock, &memory(&clock), Some(PACE));
    let mut hurried = context();
    hurried.deadline = Some(seconds(1.0));
    let (patient, keys) = (context(), asins(0..2));
    let (first, refused, third) = run(&clock, async {
        join3(
            quota.get_items(&patient, &keys),
            async { (quota.get_items(&hurried, &keys).await.unwrap(), clock.monotonic()) },
            async { (quota.get_items(&patient, &keys).await.unwrap(), clock.monotonic()) },
        )
        .await
    });
    assert_eq!(first.unwrap().found().len(), 2);
    let error = only_error(&refused.0);
    assert_eq!((error.kind(), error.retry()), (ErrorKind::RateLimited, Retry::After(seconds(1.5))));
    assert_eq!(refused.1, Duration::ZERO);
    assert_eq!((third.0.found().len(), third.1), (2, seconds(1.5)));
    assert_eq!(inner.calls(), 2);
}

#[test]
fn without_a_state_the_pace_is_kept_in_this_process() {
    let clock = ManualClock::new();
    let state: Arc<dyn State> = Arc::new(FailingState);
    let (_, quota) = quota(&clock, &state, Some(PACE));
    assert_eq!(times(&clock, &[&quota; 3], &vec![context(); 3]), [0.0, 1.5, 3.0].map(seconds));
}

#[test]
fn a_state_that_does_not_answer_keeps_nobody_from_asking_in_time() {
    let clock = ManualClock::new();
    let mut context = context();
    context.deadline = Some(seconds(1.0));
    let bounded: Arc<dyn State> = Arc::new(Bounded::new(Arc::new(Stuck), Arc::new(clock.clone())));
    let (_, patient) = quota(&clock, &bounded, Some(PACE));
    assert_eq!(times(&clock, &[&patient], std::slice::from_ref(&context)), [Bounded::LIMIT]);
    let stuck: Arc<dyn State> = Arc::new(Stuck);
    let (inner, quota) = quota(&clock, &stuck, Some(PACE));
    let batch = run(&clock, quota.get_items(&context, &asins(0..1))).unwrap();
    assert_eq!((only_error(&batch).kind(), inner.calls()), (ErrorKind::Timeout, 0));
    assert_eq!(clock.monotonic(), seconds(1.0));
}

#[test]
fn nothing_asked_pays_nothing() {
    let clock = ManualClock::new();
    let (_, quota) = quota(&clock, &memory(&clock), Some(PACE));
    run(&clock, quota.get_items(&context(), &[])).unwrap();
    assert_eq!(times(&clock, &[&quota], &[context()]), [Duration::ZERO]);
}

#[test]
fn a_request_taken_back_while_it_waits_is_not_made() {
    let clock = ManualClock::new();
    let (inner, quota) = quota(&clock, &memory(&clock), Some(PACE));
    let (taken_back, keys) = (context(), asins(0..1));
    run(&clock, quota.get_items(&context(), &keys)).unwrap();
    let (answer, ()) = run(&clock, async {
        join(quota.get_items(&taken_back, &keys), async {
            clock.sleep(seconds(1.0)).await;
            taken_back.cancellation.cancel();
        })
        .await
    });
    assert_eq!(answer.unwrap_err().kind(), ErrorKind::Cancelled);
    assert_eq!((inner.calls(), clock.monotonic()), (1, seconds(1.0)));
}
