//! What is asked again, how often, and after how long.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join;
use linkwright_core::{Clock, Error, ErrorKind, MissingReason, ProductSourceExt, Retry};
use linkwright_layers::{Jitter, Retried, RetryPolicy};
use linkwright_testkit::ManualClock;

use crate::drive::run;
use crate::script::{Script, answered, asin, asins, context, error, found, only_error, seconds, throttled};

fn unavailable() -> Error {
    error(ErrorKind::Unavailable).with_retry(Retry::Now)
}

fn token_expired() -> Error {
    error(ErrorKind::Unauthenticated).with_retry(Retry::Now)
}

fn retried(clock: &ManualClock, inner: Arc<Script>, jitter: f64) -> Retried {
    Retried::new(inner, Arc::new(clock.clone())).with_jitter(Jitter::fixed(jitter))
}

/// What is given back in the end.
#[derive(Debug, PartialEq)]
enum End {
    Found,
    Failed(ErrorKind, Retry),
}

/// Fails so, with half the random wait: how many calls, after how long, and what in the end. A search goes the same way.
fn check(row: &str, errors: Vec<Error>, deadline: Option<f64>, calls: usize, after: f64, end: &End) {
    for searches in [false, true] {
        let clock = ManualClock::new();
        let inner = Script::failing_first(errors.clone());
        let retried = retried(&clock, inner.clone(), 0.5);
        let mut context = context();
        context.deadline = deadline.map(seconds);
        let failed = if searches {
            run(&clock, retried.search(&context, "kettle")).err()
        } else {
            let batch = run(&clock, retried.get_items(&context, &asins(0..2))).unwrap();
            assert_eq!(batch.len(), 2, "{row}");
            (!batch.missing().is_empty()).then(|| only_error(&batch))
        };
        let found = failed.map_or(End::Found, |error| End::Failed(error.kind(), error.retry()));
        assert_eq!(&found, end, "{row}, search {searches}");
        assert_eq!(inner.calls(), calls, "{row}, search {searches}");
        assert_eq!(clock.monotonic(), seconds(after), "{row}, search {searches}");
    }
}

#[test]
fn what_may_succeed_is_asked_again_up_to_three_times_in_all() {
    use ErrorKind::{PermissionDenied, RateLimited, Unauthenticated, Unavailable};
    let exhausted = |kind| End::Failed(kind, Retry::Exhausted);
    let as_it_was = |wait| End::Failed(RateLimited, Retry::After(Duration::from_secs(wait)));
    check("at once", vec![], None, 1, 0.0, &End::Found);
    check("never", vec![error(PermissionDenied)], None, 1, 0.0, &End::Failed(PermissionDenied, Retry::Never));
    check("once", vec![unavailable()], None, 2, 0.25, &End::Found);
    check("twice", vec![unavailable(); 2], None, 3, 0.75, &End::Found);
    check("three times", vec![unavailable(); 3], None, 3, 0.75, &exhausted(Unavailable));
    check("throttled", vec![throttled(5)], None, 2, 5.25, &End::Found);
    check("throttled for good", vec![throttled(5); 3], None, 3, 10.75, &exhausted(RateLimited));
    check("throttled for long", vec![throttled(61)], None, 1, 0.0, &as_it_was(61));
    check("as long as may be", vec![throttled(60)], None, 2, 60.0, &End::Found);
    check("beyond the deadline", vec![throttled(5)], Some(5.0), 1, 0.0, &as_it_was(5));
    check("within the deadline", vec![throttled(5)], Some(6.0), 2, 5.25, &End::Found);
    check("token", vec![token_expired()], None, 2, 0.0, &End::Found);
    check("token, twice", vec![token_expired(); 2], None, 2, 0.0, &exhausted(Unauthenticated));
    // Between the two waits it expired anew.
    let again = vec![token_expired(), throttled(2), token_expired()];
    check("token, wait, token", again, None, 4, 2.5, &End::Found);
    check("token, then 5xx", vec![token_expired(), unavailable()], None, 3, 0.5, &End::Found);
    check(
        "then never",
        vec![unavailable(), error(PermissionDenied)],
        None,
        2,
        0.25,
        &End::Failed(PermissionDenied, Retry::Never),
    );
}

#[test]
fn only_keys_that_may_succeed_are_asked_again_and_the_order_stays() {
    let clock = ManualClock::new();
    let inner = Script::by_key(|call, key| match (call, key) {
        (1, key) if key == asin(1) || key == asin(3) => Err(MissingReason::Failed(unavailable())),
        (_, key) if key == asin(2) => Err(MissingReason::NotFound),
        (2, key) if key == asin(3) => Err(MissingReason::Failed(throttled(1))),
        (1, key) if key == asin(4) => Err(MissingReason::Failed(throttled(90))),
        (_, key) => found(key),
    });
    let batch = run(&clock, retried(&clock, inner.clone(), 0.0).get_items(&context(), &asins(0..5))).unwrap();
    assert_eq!(inner.asked(), [asins(0..5), vec![asin(1), asin(3)], vec![asin(3)]]);
    let order: Vec<_> = batch.iter().map(|(key, answer)| (*key, answer.is_ok())).collect();
    let expected: Vec<_> = asins(0..5).into_iter().zip([true, true, false, true, false]).collect();
    assert_eq!(order, expected);
    assert_eq!(clock.monotonic(), seconds(1.0));
    match batch.missing_reason(asin(4)) {
        Some(MissingReason::Failed(error)) => assert_eq!(error.retry(), Retry::After(seconds(90.0))),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_was_found_stays_found_when_a_repetition_fails_as_a_whole() {
    let clock = ManualClock::new();
    let inner = Script::new(|number, _, query| {
        let answer = match number {
            1 => answered(query, |key| match key {
                key if key == asin(0) => found(key),
                key if key == asin(1) => Err(MissingReason::NotFound),
                _ => Err(MissingReason::Failed(unavailable())),
            }),
            _ => Err(error(ErrorKind::RequestInvalid)),
        };
        Box::pin(std::future::ready(answer))
    });
    let batch = run(&clock, retried(&clock, inner, 0.0).get_items(&context(), &asins(0..4))).unwrap();
    assert_eq!(batch.found().iter().map(|(key, _)| *key).collect::<Vec<_>>(), [asin(0)]);
    assert!(matches!(batch.missing_reason(asin(1)), Some(MissingReason::NotFound)));
    for key in [asin(2), asin(3)] {
        match batch.missing_reason(key) {
            Some(MissingReason::Failed(error)) => assert_eq!(error.kind(), ErrorKind::RequestInvalid),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn an_error_after_all_attempts_says_so() {
    let clock = ManualClock::new();
    let inner = Script::failing_first(vec![throttled(2); 3]);
    let batch = run(&clock, retried(&clock, inner, 0.0).get_items(&context(), &asins(0..1))).unwrap();
    let error = only_error(&batch);
    assert_eq!(error.context_value("attempts"), Some("3"));
    assert_eq!(error.context_value("retry_after_seconds"), Some("2"));
}

#[test]
fn the_random_wait_doubles_up_to_its_bound() {
    let clock = ManualClock::new();
    let mut policy = RetryPolicy::default();
    policy.attempts = 9;
    let inner = Script::failing_first(vec![unavailable(); 8]);
    let retried = retried(&clock, inner, 1.0).with_policy(policy);
    run(&clock, retried.get_items(&context(), &asins(0..1))).unwrap();
    // 0.5 + 1 + 2 + 4 + 8 + 16 + 20 + 20
    assert_eq!(clock.monotonic(), seconds(71.5));
}

#[test]
fn without_retries_the_error_is_left_as_it_is() {
    let clock = ManualClock::new();
    let mut policy = RetryPolicy::default();
    policy.attempts = 1;
    let inner = Script::failing_first(vec![unavailable()]);
    let retried = retried(&clock, inner.clone(), 1.0).with_policy(policy);
    let batch = run(&clock, retried.get_items(&context(), &asins(0..1))).unwrap();
    assert_eq!((only_error(&batch).retry(), inner.calls()), (Retry::Now, 1));
}

#[test]
fn a_request_taken_back_while_it_waits_is_not_made_again() {
    let clock = ManualClock::new();
    let inner = Script::failing_first(vec![throttled(10)]);
    let retried = retried(&clock, inner.clone(), 0.0);
    let (context, keys) = (context(), asins(0..1));
    let (answer, ()) = run(&clock, async {
        join(retried.get_items(&context, &keys), async {
            clock.sleep(seconds(3.0)).await;
            context.cancellation.cancel();
        })
        .await
    });
    assert_eq!(answer.unwrap_err().kind(), ErrorKind::Cancelled);
    assert_eq!((inner.calls(), clock.monotonic()), (1, seconds(3.0)));
}

#[test]
fn the_random_wait_is_random() {
    let waits: Vec<Duration> = (0..20)
        .map(|_| {
            let clock = ManualClock::new();
            let inner = Script::failing_first(vec![unavailable(); 2]);
            let retried = Retried::new(inner, Arc::new(clock.clone()));
            run(&clock, retried.get_items(&context(), &asins(0..1))).unwrap();
            clock.monotonic()
        })
        .collect();
    assert!(waits.iter().all(|wait| *wait <= seconds(1.6)), "{waits:?}");
    assert!(waits.iter().any(|wait| wait != &waits[0]), "{waits:?}");
}

#[test]
fn a_key_that_could_not_wait_is_not_said_to_be_tried_to_the_end() {
    let clock = ManualClock::new();
    let inner = Script::by_key(|_, key| {
        let error = if key == asin(0) { throttled(20) } else { unavailable() };
        Err(MissingReason::Failed(error))
    });
    let mut context = context();
    context.deadline = Some(seconds(10.0));
    let batch = run(&clock, retried(&clock, inner, 0.5).get_items(&context, &asins(0..2))).unwrap();
    let retries: Vec<Retry> = batch
        .missing()
        .iter()
        .map(|(_, reason)| match reason {
            MissingReason::Failed(error) => error.retry(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(retries, [Retry::After(seconds(20.0)), Retry::Exhausted]);
}
