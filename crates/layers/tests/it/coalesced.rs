//! How many calls are made for what several ask.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::future::{join, join_all, join3};
use linkwright_core::{
    Clock, ErrorKind, GetItems, MissingReason, ProductSourceExt, RequestContext, Resources, Retry,
};
use linkwright_layers::Coalesced;
use linkwright_testkit::ManualClock;

use crate::drive::run;
use crate::script::{
    Script, answered, asin, asins, context, error, found, not_eligible, only_error, seconds, tagged,
};

fn coalesced(clock: &ManualClock, inner: &Arc<Script>) -> Coalesced {
    Coalesced::new(inner.clone(), Arc::new(clock.clone()))
}

#[test]
fn a_thousand_products_are_a_hundred_calls_four_at_once() {
    let clock = ManualClock::new();
    let (flying, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let inner = {
        let (clock, flying, most) = (clock.clone(), flying.clone(), most.clone());
        Script::new(move |_, _, query| {
            let (clock, flying, most) = (clock.clone(), flying.clone(), most.clone());
            Box::pin(async move {
                most.fetch_max(flying.fetch_add(1, Ordering::Relaxed) + 1, Ordering::Relaxed);
                clock.sleep(seconds(1.0)).await;
                flying.fetch_sub(1, Ordering::Relaxed);
                answered(query, found)
            })
        })
    };
    let keys = asins(0..1000);
    let coalesced = coalesced(&clock, &inner);
    let batch = run(&clock, coalesced.get_items(&context(), &keys)).unwrap();
    let order: Vec<_> = batch.found().iter().map(|(key, _)| *key).collect();
    assert_eq!(order, keys);
    assert_eq!(inner.sizes(), vec![10; 100]);
    assert_eq!((most.load(Ordering::Relaxed), clock.monotonic()), (4, seconds(25.0)));
    assert!(format!("{coalesced:?}").contains("products_in_flight: 0"), "{coalesced:?}");
}

#[test]
fn the_number_of_calls_at_once_is_a_setting() {
    let clock = ManualClock::new();
    let inner = Script::slow(&clock, seconds(1.0));
    let coalesced = coalesced(&clock, &inner).with_concurrency(NonZeroUsize::MIN);
    run(&clock, coalesced.get_items(&context(), &asins(0..35))).unwrap();
    assert_eq!((inner.sizes(), clock.monotonic()), (vec![10, 10, 10, 5], seconds(4.0)));
}

/// All of them at the same time: how many products each call asks for.
fn check(row: &str, asked: &[(RequestContext, GetItems)], calls: &[usize]) {
    let clock = ManualClock::new();
    let inner = Script::slow(&clock, seconds(1.0));
    let coalesced = coalesced(&clock, &inner);
    let all = asked.iter().map(|(context, request)| coalesced.run(context, request.clone()));
    for (answer, (_, request)) in run(&clock, join_all(all)).into_iter().zip(asked) {
        let answer = answer.unwrap();
        let expected: Vec<_> = GetItems::new(request.asins.clone()).asins;
        assert!(expected.iter().all(|asin| answer.get(asin).is_some()), "{row}: {answer:?}");
    }
    assert_eq!(inner.sizes(), calls, "{row}");
    // Afterwards nothing is kept.
    run(&clock, coalesced.get_items(&context(), &[asin(0)])).unwrap();
    assert_eq!(inner.calls(), calls.len() + 1, "{row}");
}

#[test]
fn what_is_being_asked_for_is_not_asked_for_again() {
    let items = |range| GetItems::new(asins(range));
    let full = |range| items(range).with_resources(Resources::FULL);
    let mut german = context();
    german.language = Some("de_DE".to_owned());
    let mut euro = context();
    euro.currency = Some("EUR".to_owned());
    let twice = GetItems::new([asin(0), asin(1), asin(0)]);
    check("repeated in one request", &[(context(), twice)], &[2]);
    check("the same", &[(context(), items(0..1)), (context(), items(0..1))], &[1]);
    check("many callers", &vec![(context(), items(0..10)); 50], &[10]);
    check("overlapping", &[(context(), items(0..3)), (context(), items(2..5))], &[3, 2]);
    check("across calls", &[(context(), items(0..20)), (context(), items(5..15))], &[10, 10]);
    check("more resources first", &[(context(), full(0..2)), (context(), items(0..2))], &[2]);
    check("fewer resources first", &[(context(), items(0..2)), (context(), full(0..2))], &[2, 2]);
    check("another tag", &[(context(), items(0..1)), (tagged("mysite-20"), items(0..1))], &[1, 1]);
    check("another language", &[(context(), items(0..1)), (german, items(0..1))], &[1, 1]);
    check("another currency", &[(context(), items(0..1)), (euro, items(0..1))], &[1, 1]);
}

/// One caller begins a call of 4 s, another joins it after 1 s; the first is gone after 2 s. How it goes for the second.
async fn join_and_leave(
    coalesced: &Coalesced,
    clock: &ManualClock,
    first: &RequestContext,
    second: &RequestContext,
    leave: impl Future<Output = ()>,
) -> (linkwright_core::Result<usize>, linkwright_core::Result<usize>, Duration) {
    let keys = asins(0..3);
    let begins = async { coalesced.get_items(first, &keys).await.map(|batch| batch.found().len()) };
    let joins = async {
        clock.sleep(seconds(1.0)).await;
        let answer = coalesced.get_items(second, &keys).await.map(|batch| batch.found().len());
        (answer, clock.monotonic())
    };
    let (first, (second, after), ()) = join3(begins, joins, leave).await;
    (first, second, after)
}

#[test]
fn who_joined_a_call_is_not_hurt_when_its_first_caller_takes_it_back() {
    let clock = ManualClock::new();
    let inner = Script::slow(&clock, seconds(4.0));
    let coalesced = coalesced(&clock, &inner);
    let (first, second) = (context(), context());
    let leave = async {
        clock.sleep(seconds(2.0)).await;
        first.cancellation.cancel();
    };
    let (one, two, after) = run(&clock, join_and_leave(&coalesced, &clock, &first, &second, leave));
    assert_eq!(one.unwrap_err().kind(), ErrorKind::Cancelled);
    assert_eq!((two.unwrap(), after, inner.calls()), (3, seconds(4.0), 1));
}

#[test]
fn who_joined_a_call_is_not_hurt_by_its_first_caller_s_shorter_deadline() {
    let clock = ManualClock::new();
    // As the layers below: bounded by the deadline of the call's own context.
    let inner = {
        let clock = clock.clone();
        Script::new(move |_, context, query| {
            let (clock, deadline) = (clock.clone(), context.deadline);
            Box::pin(async move {
                let left = deadline.map_or(Duration::MAX, |deadline| deadline - clock.monotonic());
                clock.sleep(left.min(seconds(4.0))).await;
                if left < seconds(4.0) {
                    return query.failed(error(ErrorKind::Timeout).with_retry(Retry::Now));
                }
                answered(query, found)
            })
        })
    };
    let coalesced = coalesced(&clock, &inner);
    let (mut first, second) = (context(), context());
    first.deadline = Some(seconds(2.0));
    let nothing = std::future::ready(());
    let (one, two, after) = run(&clock, join_and_leave(&coalesced, &clock, &first, &second, nothing));
    assert_eq!(one.unwrap(), 0);
    // It joined, the call ended at 2 s, and its own took 4 s.
    assert_eq!((two.unwrap(), after, inner.calls()), (3, seconds(6.0), 2));
}

#[test]
fn who_joined_a_call_does_not_wait_beyond_an_own_deadline() {
    let clock = ManualClock::new();
    let inner = Script::slow(&clock, seconds(4.0));
    let coalesced = coalesced(&clock, &inner);
    let (first, mut second) = (context(), context());
    second.deadline = Some(seconds(3.0));
    let nothing = std::future::ready(());
    let (one, two, after) = run(&clock, join_and_leave(&coalesced, &clock, &first, &second, nothing));
    assert_eq!((one.unwrap(), two.unwrap(), after, inner.calls()), (3, 0, seconds(3.0), 1));
}

#[test]
fn a_call_nobody_waits_for_is_taken_back() {
    let clock = ManualClock::new();
    let inner = Script::slow(&clock, seconds(4.0));
    let coalesced = coalesced(&clock, &inner);
    let context = context();
    let keys = asins(0..3);
    let (answer, ()) = run(&clock, async {
        join(coalesced.get_items(&context, &keys), async {
            clock.sleep(seconds(1.0)).await;
            context.cancellation.cancel();
        })
        .await
    });
    assert_eq!(answer.unwrap_err().kind(), ErrorKind::Cancelled);
    assert_eq!(clock.sleepers(), 0);
    assert!(format!("{coalesced:?}").contains("products_in_flight: 0"), "{coalesced:?}");
}

#[test]
fn one_failed_call_does_not_lose_the_others() {
    let clock = ManualClock::new();
    let inner = Script::by_key(|call, key| match call {
        2 => Err(MissingReason::Failed(error(ErrorKind::Unavailable))),
        _ => found(key),
    });
    let batch = run(&clock, coalesced(&clock, &inner).get_items(&context(), &asins(0..30))).unwrap();
    assert_eq!((batch.found().len(), batch.missing().len(), inner.calls()), (20, 10, 3));
}

#[test]
fn an_account_that_is_refused_is_not_asked_for_again_with_the_rest() {
    let clock = ManualClock::new();
    let inner = {
        let clock = clock.clone();
        Script::new(move |_, _, query| {
            let clock = clock.clone();
            Box::pin(async move {
                clock.sleep(seconds(1.0)).await;
                query.failed(not_eligible())
            })
        })
    };
    let batch = run(&clock, coalesced(&clock, &inner).get_items(&context(), &asins(0..1000))).unwrap();
    assert_eq!(batch.missing().len(), 1000);
    assert_eq!(only_error(&batch).code(), Some("AssociateNotEligible"));
    assert!(inner.calls() <= 5, "{} calls", inner.calls());
}

#[test]
fn a_wrong_request_is_an_error_of_the_whole() {
    let clock = ManualClock::new();
    let inner = Script::failing_first(vec![error(ErrorKind::RequestInvalid); 9]);
    let answer = run(&clock, coalesced(&clock, &inner).get_items(&context(), &asins(0..30)));
    assert_eq!(answer.unwrap_err().kind(), ErrorKind::RequestInvalid);
}

/// Many threads, many callers of the same few products, and a third of them leave before they have an answer: whoever
/// stays is answered, and nothing is left behind.
#[test]
fn callers_on_many_threads_come_and_go() {
    let clock = ManualClock::new();
    let inner = Script::new(|_, _, query| {
        Box::pin(async move {
            for _ in 0..fastrand::u32(0..6) {
                tokio::task::yield_now().await;
            }
            answered(query, found)
        })
    });
    let coalesced = Arc::new(coalesced(&clock, &inner));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).build().unwrap();
    runtime.block_on(async {
        let callers: Vec<_> = (0..64).map(|_| tokio::spawn(come_and_go(Arc::clone(&coalesced)))).collect();
        for caller in callers {
            caller.await.unwrap();
        }
    });
    assert!(format!("{coalesced:?}").contains("products_in_flight: 0"), "{coalesced:?}");
}

async fn come_and_go(coalesced: Arc<Coalesced>) {
    for _ in 0..100 {
        let first = fastrand::usize(0..30);
        let keys = asins(first..first + fastrand::usize(1..25));
        let context = context();
        let leave = async {
            for _ in 0..fastrand::u32(0..4) {
                tokio::task::yield_now().await;
            }
            if fastrand::u32(0..3) == 0 {
                context.cancellation.cancel();
            }
        };
        let (answer, ()) = join(coalesced.get_items(&context, &keys), leave).await;
        match answer {
            Ok(batch) => assert_eq!(batch.found().len(), keys.len(), "{batch:?}"),
            Err(error) => assert_eq!(error.kind(), ErrorKind::Cancelled),
        }
    }
}
