//! Categories and pages go through the layers below as products do: ten a call, repeated by key, one turn a call.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use futures_util::future::join;
use linkwright_core::{
    Answer, Batch, BrowseNodeId, BrowseNodeResources, Clock, Error, ErrorKind, GetBrowseNodes, MissingReason,
    ProductSource, ProductSourceExt, RequestContext, Result, Retry,
};
use linkwright_layers::{AccessIdentity, Coalesced, Eligibility, Jitter, Quota, Retried, Timed, verdicts};
use linkwright_state::{MemoryState, Pace, State};
use linkwright_testkit::ManualClock;

use crate::drive::run;
use crate::script::{
    FoundNode, Script, answered, asin, context, error, found, node_found, nodes, not_eligible, seconds,
    throttled,
};

fn memory(clock: &ManualClock) -> Arc<dyn State> {
    Arc::new(MemoryState::new(Arc::new(clock.clone())))
}

fn unavailable() -> MissingReason {
    MissingReason::Failed(error(ErrorKind::Unavailable).with_retry(Retry::Now))
}

fn sizes(inner: &Script) -> Vec<usize> {
    inner.asked_nodes().iter().map(Vec::len).collect()
}

#[test]
fn many_are_calls_of_ten_each_of_which_pays() {
    let clock = ManualClock::new();
    let inner = Script::by_node(|_, id| node_found(id));
    let pace = Some(Pace::every(Duration::from_millis(1500)));
    let quota = Quota::new(inner.clone(), memory(&clock), Arc::new(clock.clone()), pace);
    let coalesced = Coalesced::new(Arc::new(quota), Arc::new(clock.clone()));
    let mut asked = nodes(0..25);
    asked.extend(nodes(0..3));
    let batch = run(&clock, coalesced.browse_nodes(&context(), &asked)).unwrap();
    let order: Vec<BrowseNodeId> = batch.found().iter().map(|(id, _)| *id).collect();
    assert_eq!(order, nodes(0..25));
    assert_eq!((sizes(&inner), clock.monotonic()), (vec![10, 10, 5], seconds(3.0)));
}

#[test]
fn what_is_being_asked_for_is_not_asked_for_again() {
    #[track_caller]
    fn check(one: GetBrowseNodes, two: GetBrowseNodes, calls: &[usize]) {
        let clock = ManualClock::new();
        let inner = Script::slow(&clock, seconds(1.0));
        let coalesced = Coalesced::new(inner.clone(), Arc::new(clock.clone()));
        let context = context();
        let (one, two) = run(&clock, join(coalesced.run(&context, one), coalesced.run(&context, two)));
        assert!(one.unwrap().missing().is_empty() && two.unwrap().missing().is_empty());
        assert_eq!(sizes(&inner), calls);
        assert!(format!("{coalesced:?}").contains("browse_nodes_in_flight: 0"), "{coalesced:?}");
    }
    let some = |range| GetBrowseNodes::new(nodes(range));
    let names_only = |range| some(range).with_resources(BrowseNodeResources::NONE);
    check(some(0..3), some(0..3), &[3]);
    check(some(0..3), some(2..5), &[3, 2]);
    check(some(0..3), names_only(0..3), &[3]);
    check(names_only(0..3), some(0..3), &[3, 3]);
}

#[test]
fn a_refused_account_is_not_asked_with_the_rest() {
    let clock = ManualClock::new();
    let inner = Script::new(|_, _, query| Box::pin(std::future::ready(query.failed(not_eligible()))));
    let coalesced = Coalesced::new(inner.clone(), Arc::new(clock.clone()));
    let batch = run(&clock, coalesced.browse_nodes(&context(), &nodes(0..500))).unwrap();
    assert_eq!(batch.missing().len(), 500);
    assert!(inner.calls() <= 5, "{} calls", inner.calls());
}

#[test]
fn only_those_that_may_succeed_are_asked_again() {
    let clock = ManualClock::new();
    let ids = nodes(0..4);
    let inner = {
        let ids = ids.clone();
        Script::by_node(move |call, id| match (call, ids.iter().position(|known| *known == id)) {
            (1, Some(1)) => Err(unavailable()),
            (_, Some(2)) => Err(MissingReason::NotFound),
            (_, Some(3)) => Err(MissingReason::Failed(not_eligible())),
            _ => node_found(id),
        })
    };
    let retried = Retried::new(inner.clone(), Arc::new(clock.clone())).with_jitter(Jitter::fixed(0.0));
    let batch = run(&clock, retried.browse_nodes(&context(), &ids)).unwrap();
    assert_eq!(inner.asked_nodes(), [ids.clone(), vec![ids[1]]]);
    let came: Vec<bool> = batch.iter().map(|(_, answer)| answer.is_ok()).collect();
    assert_eq!(came, [true, true, false, false]);
}

#[test]
fn a_failure_of_the_whole_is_one_of_every_category() {
    let clock = ManualClock::new();
    let inner = Script::new(|number, _, query| {
        let answer = match number {
            1 => Err(error(ErrorKind::Unavailable).with_retry(Retry::Now)),
            _ => answered(query, found),
        };
        Box::pin(std::future::ready(answer))
    });
    let retried = Retried::new(inner, Arc::new(clock.clone()));
    let batch = run(&clock, retried.browse_nodes(&context(), &nodes(0..2))).unwrap();
    assert_eq!(batch.found().len(), 2);
}

/// What a query without keys is answered after these failures; how many calls, and after how long.
#[track_caller]
fn check_pages(errors: &[Error], expected: Result<(), ErrorKind>, calls: usize, after: f64) {
    for is_search in [true, false] {
        let clock = ManualClock::new();
        let errors = errors.to_vec();
        let inner = Script::new(move |number, _, query| {
            let answer = match errors.get(number - 1) {
                Some(error) => Err(error.clone()),
                None => answered(query, found),
            };
            Box::pin(std::future::ready(answer))
        });
        let pace = Some(Pace::every(seconds(1.0)));
        let quota = Quota::new(inner.clone(), memory(&clock), Arc::new(clock.clone()), pace);
        let retried = Retried::new(Arc::new(quota), Arc::new(clock.clone())).with_jitter(Jitter::fixed(0.0));
        let source = Coalesced::new(Arc::new(retried), Arc::new(clock.clone()));
        let answer = if is_search {
            run(&clock, source.search(&context(), "kettle")).map(drop)
        } else {
            run(&clock, source.variations(&context(), asin(0))).map(drop)
        };
        assert_eq!(answer.map_err(|error| error.kind()), expected, "search: {is_search}");
        assert_eq!((inner.calls(), clock.monotonic()), (calls, seconds(after)), "search: {is_search}");
    }
}

#[test]
fn a_page_is_asked_for_again_as_a_whole_and_every_attempt_pays() {
    check_pages(&[], Ok(()), 1, 0.0);
    check_pages(&[throttled(2)], Ok(()), 2, 2.0);
    check_pages(&[throttled(2), error(ErrorKind::Unavailable).with_retry(Retry::Now)], Ok(()), 3, 3.0);
    check_pages(&[not_eligible()], Err(ErrorKind::PermissionDenied), 1, 0.0);
    check_pages(&[error(ErrorKind::NotFound)], Err(ErrorKind::NotFound), 1, 0.0);
}

#[test]
fn an_attempt_has_its_bound() {
    let clock = ManualClock::new();
    let timed = Timed::new(Script::slow(&clock, seconds(9.0)), Arc::new(clock.clone()), seconds(2.0));
    let batch = run(&clock, timed.browse_nodes(&context(), &nodes(0..2))).unwrap();
    let timeout = |reason: &MissingReason| matches!(reason, MissingReason::Failed(error) if error.kind() == ErrorKind::Timeout);
    assert!(batch.missing().iter().all(|(_, reason)| timeout(reason)), "{batch:?}");
    assert_eq!((batch.missing().len(), clock.monotonic()), (2, seconds(2.0)));
    let variations = run(&clock, timed.variations(&context(), asin(0)));
    assert_eq!(variations.unwrap_err().kind(), ErrorKind::Timeout);
}

#[derive(Debug)]
struct OneCredential;

#[async_trait]
impl AccessIdentity for OneCredential {
    async fn identity(&self, _: &RequestContext) -> Result<Option<String>> {
        Ok(Some("1".to_owned()))
    }
}

/// What is learnt of a refused account when the first probe is answered so: whether the verdict still holds.
#[track_caller]
fn check_learnt(answer: Result<Answer>, holds: bool) {
    let clock = ManualClock::new();
    let state = memory(&clock);
    let inner = Script::new(move |number, _, query| {
        let answer = if number == 1 { query.failed(not_eligible()) } else { answer.clone() };
        Box::pin(std::future::ready(answer))
    });
    let shared: Arc<dyn Clock> = Arc::new(clock.clone());
    let source = Eligibility::new(inner.clone(), state.clone(), shared, Arc::new(OneCredential));
    let ask = || run(&clock, source.call(&context(), GetBrowseNodes::new(nodes(0..2)).into()));
    let refused = |answer: Result<Answer>| match answer {
        Ok(Answer::BrowseNodes(batch)) => matches!(
            batch.missing().first(),
            Some((_, MissingReason::Failed(error))) if error.code() == Some("AssociateNotEligible")
        ),
        _ => false,
    };
    assert!(refused(ask()), "the service refuses");
    assert!(refused(ask()), "the verdict does");
    assert_eq!(inner.calls(), 1);
    clock.advance(Duration::from_secs(24 * 3600));
    drop(ask());
    assert_eq!(inner.calls(), 2, "the probe");
    let context = context();
    let kept = run(&clock, verdicts(&*state, &context.account, context.marketplace)).unwrap();
    assert_eq!(!kept.is_empty(), holds);
}

#[test]
fn every_kind_of_answer_lifts_a_verdict_and_no_failure_does() {
    let batch = |answer: fn(BrowseNodeId) -> FoundNode| {
        Ok(Answer::BrowseNodes(Batch::collect(nodes(0..2), |id| answer(*id))))
    };
    check_learnt(batch(node_found), false);
    check_learnt(batch(|_| Err(MissingReason::NotFound)), false);
    check_learnt(batch(|_| Err(unavailable())), true);
    check_learnt(batch(|_| Err(MissingReason::Failed(not_eligible()))), true);
    check_learnt(answered(linkwright_core::SearchItems::new("kettle").into(), found), false);
    check_learnt(answered(linkwright_core::GetVariations::new(asin(0)).into(), found), false);
    check_learnt(Err(error(ErrorKind::NotFound)), false);
    check_learnt(Err(error(ErrorKind::Unavailable)), true);
    check_learnt(Err(Error::new(ErrorKind::NotFound, "store.get", "no such credential")), true);
}
