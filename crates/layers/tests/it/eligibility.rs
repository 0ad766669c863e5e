//! What is remembered of a refusal, who asks again, and when.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use futures_util::FutureExt;
use futures_util::future::{join, join_all};
use linkwright_core::{
    Account, Clock, Error, ErrorKind, Marketplace, MissingReason, ProductSourceExt, RequestContext, Result,
    Retry,
};
use linkwright_layers::{AccessIdentity, Eligibility, Jitter, Probe, clear, verdicts};
use linkwright_state::{Bounded, MemoryState, State};
use linkwright_testkit::ManualClock;

use crate::drive::run;
use crate::failing_state::FailingState;
use crate::script::{
    Found, Script, asins, context, error, found, not_eligible, only_error, seconds, tagged, throttled,
};
use crate::stuck::Stuck;

const HOUR: Duration = Duration::from_secs(3600);
const MINUTE: Duration = Duration::from_secs(60);

/// The revision of the credential that is configured now; `None` if it cannot be read.
#[derive(Debug)]
struct Credential(Mutex<Option<&'static str>>);

#[async_trait]
impl AccessIdentity for Credential {
    async fn identity(&self, _: &RequestContext) -> Result<Option<String>> {
        let revision = *self.0.lock().unwrap();
        revision.map(|text| Some(text.to_owned())).ok_or_else(|| error(ErrorKind::Unavailable))
    }
}

/// A service that can be told how to answer, with as many processes before it as wanted.
struct World {
    clock: ManualClock,
    state: Arc<dyn State>,
    credential: Arc<Credential>,
    /// What every key is answered.
    says: Arc<Mutex<Option<MissingReason>>>,
    inner: Arc<Script>,
}

impl World {
    fn new(says: Option<Error>) -> Self {
        let clock = ManualClock::new();
        let says = Arc::new(Mutex::new(says.map(MissingReason::Failed)));
        let state = Arc::new(MemoryState::new(Arc::new(clock.clone())));
        let inner = {
            let says = says.clone();
            Script::by_key(move |_, key| -> Found {
                says.lock().unwrap().clone().map_or_else(|| found(key), Err)
            })
        };
        Self { clock, state, credential: Arc::new(Credential(Mutex::new(Some("1")))), says, inner }
    }

    /// A layer of its own over the same state and service.
    fn process(&self) -> Eligibility {
        let clock = Arc::new(self.clock.clone());
        Eligibility::new(self.inner.clone(), self.state.clone(), clock, self.credential.clone())
            .with_jitter(Jitter::fixed(0.5))
    }

    fn say(&self, says: Option<Error>) {
        *self.says.lock().unwrap() = says.map(MissingReason::Failed);
    }

    /// The error a request gets, if it gets one, and how often the service was asked for it.
    fn ask(&self, process: &Eligibility, context: &RequestContext) -> (Option<Error>, usize) {
        let before = self.inner.calls();
        let batch = run(&self.clock, process.get_items(context, &asins(0..3))).unwrap();
        let failed = (!batch.missing().is_empty()).then(|| only_error(&batch));
        (failed, self.inner.calls() - before)
    }

    /// How often the service is asked for a request.
    fn calls_for(&self, process: &Eligibility) -> usize {
        self.ask(process, &context()).1
    }
}

fn coded(kind: ErrorKind, code: &str) -> Error {
    error(kind).with_context(Error::CODE, code)
}

/// After this error, for how long nobody asks. Zero: it is not remembered.
fn check(says: Error, identity: Option<&'static str>, kept: Duration) {
    let world = World::new(Some(says.clone()));
    *world.credential.0.lock().unwrap() = identity;
    let process = world.process();
    let (first, calls) = world.ask(&process, &context());
    assert_eq!((first.map(|error| error.kind()), calls), (Some(says.kind()), 1), "{says:?}");
    if kept > Duration::ZERO {
        world.clock.advance(kept - seconds(1.0));
        let (served, calls) = world.ask(&world.process(), &context());
        let served = served.unwrap();
        assert_eq!(calls, 0, "{says:?}");
        assert_eq!(
            (served.kind(), served.code(), served.message()),
            (says.kind(), says.code(), says.message())
        );
        assert_eq!(linkwright_core::Reason::of(&served), linkwright_core::Reason::of(&says));
        assert_eq!(served.retry(), Retry::After(seconds(1.0)), "{says:?}");
        assert_eq!(served.context_value("from_verdict"), Some("yes"));
        assert_eq!(served.context_value("since"), Some("2026-01-01T00:00:00Z"));
        assert!(served.context_value("next_probe").is_some());
        world.clock.advance(seconds(1.0));
    }
    assert_eq!(world.calls_for(&process), 1, "{says:?}");
}

#[test]
fn only_a_refusal_of_the_account_is_remembered() {
    use ErrorKind::{ConfigInvalid, PermissionDenied, RateLimited, Timeout, Unauthenticated, Unavailable};
    let known = Some("1");
    check(not_eligible(), known, 6 * HOUR);
    check(not_eligible(), None, 6 * HOUR);
    check(coded(PermissionDenied, "InvalidAssociate"), known, 6 * HOUR);
    check(coded(PermissionDenied, "InvalidPartnerTag"), known, 6 * HOUR);
    check(coded(PermissionDenied, "AuthorizationFailed"), known, 6 * HOUR);
    check(error(PermissionDenied), known, 15 * MINUTE);
    check(coded(Unauthenticated, "invalid_client"), known, 6 * HOUR);
    check(coded(Unauthenticated, "invalid_client"), None, 15 * MINUTE);
    check(coded(Unauthenticated, "TokenExpired").with_retry(Retry::Exhausted), known, 15 * MINUTE);
    check(coded(Unauthenticated, "InvalidToken"), known, 15 * MINUTE);
    check(error(RateLimited), known, Duration::ZERO);
    check(error(Timeout), known, Duration::ZERO);
    check(error(Unavailable), known, Duration::ZERO);
    check(error(ConfigInvalid).with_context(Error::REASON, "no_credential"), known, Duration::ZERO);
    check(error(Unauthenticated).with_context(Error::REASON, "no_credential"), known, Duration::ZERO);
    // The credential's own store refused, not the service.
    check(Error::new(PermissionDenied, "store.get", "sealed"), known, Duration::ZERO);
}

#[test]
fn the_interval_is_longer_or_shorter_by_a_quarter_at_most() {
    for (fraction, hours) in [(0.0, 4.5), (1.0, 7.5)] {
        let world = World::new(Some(not_eligible()));
        let process = world.process().with_jitter(Jitter::fixed(fraction));
        assert_eq!(world.calls_for(&process), 1);
        world.clock.advance(HOUR.mul_f64(hours) - seconds(1.0));
        assert_eq!(world.calls_for(&process), 0, "{hours}");
        world.clock.advance(seconds(1.0));
        assert_eq!(world.calls_for(&process), 1, "{hours}");
    }
}

#[test]
fn of_all_callers_and_processes_one_probes() {
    let world = World::new(Some(not_eligible()));
    let (one, two) = (world.process(), world.process());
    assert_eq!(world.calls_for(&one), 1);
    world.clock.advance(6 * HOUR);
    let (keys, context) = (asins(0..3), context());
    let all = (0..100).map(|n| if n % 2 == 0 { &one } else { &two }.get_items(&context, &keys));
    let batches = run(&world.clock, join_all(all));
    assert!(batches.iter().all(|batch| batch.as_ref().unwrap().missing().len() == 3));
    assert_eq!(world.inner.calls(), 2);
    // And not again before the next interval is over.
    world.clock.advance(5 * HOUR);
    assert_eq!((world.calls_for(&one), world.calls_for(&two)), (0, 0));
    world.clock.advance(HOUR);
    assert_eq!((world.calls_for(&two), world.calls_for(&one)), (1, 0));
}

#[test]
fn while_one_probes_slowly_the_others_are_answered_from_the_verdict() {
    let world = World::new(Some(not_eligible()));
    assert_eq!(world.calls_for(&world.process()), 1);
    world.clock.advance(6 * HOUR);
    let slow = Script::slow(&world.clock, seconds(20.0));
    let clock = Arc::new(world.clock.clone());
    let probing = Eligibility::new(slow.clone(), world.state.clone(), clock, world.credential.clone());
    let began = world.clock.monotonic();
    let (keys, context) = (asins(0..3), context());
    let (found, refused) = run(&world.clock, async {
        join(
            async { (probing.get_items(&context, &keys).await.unwrap(), world.clock.monotonic() - began) },
            async { (probing.get_items(&context, &keys).await.unwrap(), world.clock.monotonic() - began) },
        )
        .await
    });
    assert_eq!((found.0.found().len(), found.1), (3, seconds(20.0)));
    assert_eq!((refused.0.missing().len(), refused.1), (3, Duration::ZERO));
    // The probe went well, so the verdict is lifted for all.
    world.say(None);
    assert_eq!((slow.calls(), world.calls_for(&world.process())), (1, 1));
}

#[test]
fn a_probe_that_says_nothing_is_made_again_soon() {
    let world = World::new(Some(not_eligible()));
    let process = world.process();
    assert_eq!(world.calls_for(&process), 1);
    world.clock.advance(6 * HOUR);
    world.say(Some(throttled(1)));
    assert_eq!((world.calls_for(&process), world.calls_for(&process)), (1, 0));
    world.clock.advance(5 * MINUTE);
    assert_eq!(world.calls_for(&process), 1);
    let kept = run(&world.clock, verdicts(&*world.state, &Account::new("main"), Marketplace::Us)).unwrap();
    assert_eq!(kept[0].code.as_deref(), Some("AssociateNotEligible"));
}

#[test]
fn a_verdict_is_lifted_by_any_answer_that_is_none() {
    for says in [None, Some(MissingReason::NotFound), Some(MissingReason::NotAccessible { code: None })] {
        let world = World::new(Some(not_eligible()));
        let process = world.process();
        assert_eq!(world.calls_for(&process), 1);
        world.clock.advance(6 * HOUR);
        world.says.lock().unwrap().clone_from(&says);
        for _ in 0..3 {
            let before = world.inner.calls();
            run(&world.clock, process.get_items(&context(), &asins(0..3))).unwrap();
            assert_eq!(world.inner.calls() - before, 1, "{says:?}");
        }
        let kept =
            run(&world.clock, verdicts(&*world.state, &Account::new("main"), Marketplace::Us)).unwrap();
        assert_eq!(kept, [], "{says:?}");
    }
}

#[test]
fn another_credential_is_tried_at_once_by_one_caller() {
    let world = World::new(Some(coded(ErrorKind::Unauthenticated, "invalid_client")));
    let (one, two) = (world.process(), world.process());
    assert_eq!((world.calls_for(&one), world.calls_for(&two)), (1, 0));
    *world.credential.0.lock().unwrap() = Some("2");
    assert_eq!((world.calls_for(&one), world.calls_for(&two)), (1, 0));
    // One that cannot be read counts as unchanged.
    *world.credential.0.lock().unwrap() = None;
    assert_eq!((world.calls_for(&one), world.calls_for(&two)), (0, 0));
    *world.credential.0.lock().unwrap() = Some("3");
    world.say(None);
    assert_eq!((world.calls_for(&two), world.calls_for(&one)), (1, 1));
}

#[test]
fn a_verdict_on_a_tag_is_not_one_on_another() {
    let world = World::new(Some(coded(ErrorKind::PermissionDenied, "InvalidPartnerTag")));
    let process = world.process();
    assert_eq!(world.ask(&process, &tagged("demo-20")).1, 1);
    assert_eq!(world.ask(&process, &tagged("mysite-20")).1, 1);
    assert_eq!(
        (world.ask(&process, &tagged("demo-20")).1, world.ask(&process, &tagged("mysite-20")).1),
        (0, 0)
    );
    world.clock.advance(6 * HOUR);
    world.say(None);
    assert_eq!(world.ask(&process, &tagged("mysite-20")).1, 1);
    let kept = run(&world.clock, verdicts(&*world.state, &Account::new("main"), Marketplace::Us)).unwrap();
    let tags: Vec<_> = kept.iter().map(|verdict| verdict.tag.as_deref()).collect();
    assert_eq!(tags, [Some("demo-20")]);
    assert_eq!(kept[0].reason(), Some(linkwright_core::Reason::Associate));
}

#[test]
fn a_verdict_on_an_account_is_not_one_on_another_nor_on_another_shop() {
    let world = World::new(Some(not_eligible()));
    let process = world.process();
    let other_account = RequestContext::untagged(Account::new("other"), Marketplace::Us);
    let other_shop = RequestContext::untagged(Account::new("main"), Marketplace::De);
    let calls: Vec<usize> = [context(), other_account, other_shop, context()]
        .iter()
        .map(|context| world.ask(&process, context).1)
        .collect();
    assert_eq!(calls, [1, 1, 1, 0]);
}

#[test]
fn who_says_so_asks_each_time_and_what_is_said_is_kept() {
    let world = World::new(Some(not_eligible()));
    let probing = world.process().with_probe(Probe::Always);
    assert_eq!((world.calls_for(&probing), world.calls_for(&probing)), (1, 1));
    assert_eq!(world.calls_for(&world.process()), 0);
    world.say(None);
    assert_eq!((world.calls_for(&probing), world.calls_for(&world.process())), (1, 1));
}

#[test]
fn a_cleared_verdict_holds_no_longer() {
    let world = World::new(Some(not_eligible()));
    let process = world.process();
    assert_eq!((world.calls_for(&process), world.calls_for(&process)), (1, 0));
    let account = Account::new("main");
    let cleared = |shop| run(&world.clock, clear(&*world.state, &account, shop)).unwrap();
    assert_eq!(
        (cleared(Marketplace::De), cleared(Marketplace::Us), cleared(Marketplace::Us)),
        (false, true, false)
    );
    assert_eq!(world.calls_for(&process), 1);
}

#[test]
fn since_stays_the_first_refusal_of_a_row() {
    let world = World::new(Some(not_eligible()));
    let process = world.process();
    let began = world.clock.now();
    for _ in 0..3 {
        assert_eq!(world.calls_for(&process), 1);
        world.clock.advance(6 * HOUR);
    }
    let kept = run(&world.clock, verdicts(&*world.state, &Account::new("main"), Marketplace::Us)).unwrap();
    assert_eq!((kept.len(), kept[0].since), (1, began));
    world.say(Some(coded(ErrorKind::PermissionDenied, "AuthorizationFailed")));
    assert_eq!(world.calls_for(&process), 1);
    let kept = run(&world.clock, verdicts(&*world.state, &Account::new("main"), Marketplace::Us)).unwrap();
    assert_eq!((kept.len(), kept[0].since), (1, world.clock.now()));
}

#[test]
fn a_search_is_refused_by_the_same_verdict() {
    let world = World::new(Some(not_eligible()));
    let process = world.process();
    assert_eq!(world.calls_for(&process), 1);
    let refused = run(&world.clock, process.search(&context(), "kettle")).unwrap_err();
    assert_eq!((refused.code(), world.inner.calls()), (Some("AssociateNotEligible"), 1));
}

#[test]
fn without_a_state_everything_is_asked() {
    let mut world = World::new(Some(not_eligible()));
    world.state = Arc::new(FailingState);
    let process = world.process();
    assert_eq!((world.calls_for(&process), world.calls_for(&process)), (1, 1));
    world.say(None);
    let (failed, calls) = world.ask(&process, &context());
    assert!(failed.is_none() && calls == 1, "{failed:?}");
}

#[test]
fn nothing_that_is_looked_up_outlasts_the_request() {
    // What is stuck, what the service says, and whether its answer is given.
    for (stuck, says, answered) in [
        ("state", None, false),
        ("bounded state", None, true),
        ("bounded state", Some(not_eligible()), true),
        ("identity", None, true),
        ("identity", Some(not_eligible()), true),
    ] {
        let refused = says.is_some();
        let mut world = World::new(says);
        let clock: Arc<dyn Clock> = Arc::new(world.clock.clone());
        match stuck {
            "state" => world.state = Arc::new(Stuck),
            "bounded state" => world.state = Arc::new(Bounded::new(Arc::new(Stuck), Arc::clone(&clock))),
            _ => {}
        }
        let process = Eligibility::new(world.inner.clone(), world.state.clone(), clock, Arc::new(Stuck));
        let mut context = context();
        context.deadline = Some(seconds(1.0));
        let (error, calls) = world.ask(&process, &context);
        let kind = error.map(|error| error.kind());
        let expected = match (answered, refused) {
            (false, _) => Some(ErrorKind::Timeout),
            (true, false) => None,
            (true, true) => Some(ErrorKind::PermissionDenied),
        };
        assert_eq!((kind, calls), (expected, usize::from(answered)), "{stuck}, refused {refused}");
        assert!(world.clock.monotonic() <= seconds(1.0), "{stuck}, refused {refused}");
    }
}

#[test]
fn a_request_taken_back_does_not_wait_for_the_state() {
    let mut world = World::new(None);
    world.state = Arc::new(Stuck);
    let (process, context, keys) = (world.process(), context(), asins(0..1));
    let mut asked = Box::pin(process.get_items(&context, &keys));
    assert!((&mut asked).now_or_never().is_none());
    context.cancellation.cancel();
    let error = asked.now_or_never().expect("it goes on waiting").unwrap_err();
    assert_eq!((error.kind(), world.inner.calls()), (ErrorKind::Cancelled, 0));
}

#[test]
fn what_cannot_be_understood_holds_no_verdict() {
    let world = World::new(Some(not_eligible()));
    let put = |bytes: &[u8]| run(&world.clock, world.state.put("eligibility/main/us", bytes, HOUR)).unwrap();
    for bytes in [&b"\xff"[..], b"{}", br#"{"format":2,"verdicts":[]}"#] {
        put(bytes);
        assert_eq!((world.calls_for(&world.process()), world.calls_for(&world.process())), (1, 0));
    }
}

#[test]
fn a_clock_set_back_does_not_make_a_verdict_last() {
    let world = World::new(Some(not_eligible()));
    let process = world.process();
    assert_eq!(world.calls_for(&process), 1);
    // Within the lifetime of what is in the state, but before its beginning.
    let kept = run(&world.clock, world.state.get("eligibility/main/us")).unwrap().unwrap();
    world.clock.set_now(linkwright_core::Timestamp::from_unix_seconds(0));
    run(&world.clock, world.state.put("eligibility/main/us", &kept, HOUR)).unwrap();
    assert_eq!(world.calls_for(&process), 1);
}
