//! One attempt's bound, and the deadline's.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join;
use linkwright_core::{Clock, ErrorKind, ProductSourceExt, Retry};
use linkwright_layers::Timed;
use linkwright_testkit::ManualClock;

use crate::drive::run;
use crate::script::{Script, asins, context, only_error, seconds};

/// Takes `takes`, may take 30 s, and the deadline is that far ahead: whether it fails, and after how long it ends.
fn check(takes: f64, deadline: Option<f64>, fails: bool, ends_after: f64) {
    let clock = ManualClock::new();
    clock.advance(Duration::from_secs(1000));
    let began = clock.monotonic();
    let inner = Script::slow(&clock, seconds(takes));
    let timed = Timed::new(inner, Arc::new(clock.clone()), Timed::ATTEMPT);
    let mut context = context();
    context.deadline = deadline.map(|after| began + seconds(after));
    let batch = run(&clock, timed.get_items(&context, &asins(0..3))).unwrap();
    let row = format!("takes {takes}, deadline {deadline:?}");
    assert_eq!(clock.monotonic() - began, seconds(ends_after), "{row}");
    assert_eq!(batch.len(), 3, "{row}");
    if fails {
        let error = only_error(&batch);
        assert_eq!((error.kind(), error.retry()), (ErrorKind::Timeout, Retry::Now), "{row}");
    } else {
        assert_eq!(batch.found().len(), 3, "{row}");
    }
}

#[test]
fn an_attempt_ends_at_its_bound_or_at_the_deadline() {
    check(29.0, None, false, 29.0);
    check(30.0, None, false, 30.0);
    check(31.0, None, true, 30.0);
    check(3.0, Some(5.0), false, 3.0);
    check(6.0, Some(5.0), true, 5.0);
    check(31.0, Some(60.0), true, 30.0);
    check(0.0, Some(0.0), true, 0.0);
}

#[test]
fn a_search_that_takes_too_long_is_an_error() {
    let clock = ManualClock::new();
    let timed = Timed::new(Script::slow(&clock, seconds(60.0)), Arc::new(clock.clone()), seconds(10.0));
    let error = run(&clock, timed.search(&context(), "kettle")).unwrap_err();
    assert_eq!((error.kind(), clock.monotonic()), (ErrorKind::Timeout, seconds(10.0)));
}

#[test]
fn a_request_taken_back_does_not_wait() {
    let clock = ManualClock::new();
    let timed = Timed::new(Script::slow(&clock, seconds(60.0)), Arc::new(clock.clone()), seconds(30.0));
    let context = context();
    let keys = asins(0..1);
    let (answer, ()) = run(&clock, async {
        join(timed.get_items(&context, &keys), async {
            clock.sleep(seconds(2.0)).await;
            context.cancellation.cancel();
        })
        .await
    });
    assert_eq!(answer.unwrap_err().kind(), ErrorKind::Cancelled);
    assert_eq!(clock.monotonic(), seconds(2.0));
}
