//! How tokens are kept, shared and forgotten.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU16, AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::FutureExt;
use linkwright_core::{ApiVersion, Clock, CredentialSet, ErrorKind, Retry, Revision, Secret, Stored};
use linkwright_creators::CreatorsClient;
use linkwright_http::{Request, Response, Transport};
use linkwright_state::State;

use crate::support::{
    BrokenState, ID, Script, StuckState, World, all_items, answer, asins, context, credential, header,
    is_call, request, token,
};

/// Gives a new token at each request, by number, for this long.
fn numbered(lifetime: u64) -> Arc<Script> {
    let given = AtomicUsize::new(0);
    Script::new(move |request| {
        if is_call(request) {
            return Ok(all_items(request));
        }
        let number = given.fetch_add(1, Ordering::Relaxed) + 1;
        Ok(token(&format!("token-{number}"), lifetime))
    })
}

async fn call(client: &CreatorsClient) -> linkwright_core::Result<()> {
    client.get_items(&context(), &request(&asins(1))).await.map(drop)
}

fn last_token(script: &Script) -> String {
    let calls = script.calls();
    header(calls.last().unwrap(), "authorization").unwrap().strip_prefix("Bearer ").unwrap().to_owned()
}

#[tokio::test]
async fn one_token_serves_until_shortly_before_its_end() {
    let script = numbered(3600);
    let world = World::new(script.clone());
    let client = world.client();
    // Seconds since the last call, and the token used then.
    for (pause, expected) in
        [(0, "token-1"), (3539, "token-1"), (1, "token-2"), (3539, "token-2"), (100_000, "token-3")]
    {
        world.clock.advance(Duration::from_secs(pause));
        call(&client).await.unwrap();
        assert_eq!(last_token(&script), expected, "after {pause}");
    }
}

#[tokio::test]
async fn however_many_wait_one_asks() {
    let script = numbered(3600).closed();
    let client = World::new(script.clone()).client();
    let waiting: Vec<_> = (0..50)
        .map(|_| {
            let client = Arc::clone(&client);
            tokio::spawn(async move { call(&client).await })
        })
        .collect();
    settle().await;
    assert_eq!(script.asked().len(), 1);
    script.gate.add_permits(1000);
    for task in waiting {
        task.await.unwrap().unwrap();
    }
    assert_eq!((script.token_requests(), script.calls().len()), (1, 50));
}

/// Lets every task run until all wait.
async fn settle() {
    for _ in 0..1000 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn who_asks_and_goes_away_strands_nobody() {
    let script = numbered(3600).closed();
    let client = World::new(script.clone()).client();
    let first = {
        let client = Arc::clone(&client);
        tokio::spawn(async move { call(&client).await })
    };
    settle().await;
    let others: Vec<_> = (0..5)
        .map(|_| {
            let client = Arc::clone(&client);
            tokio::spawn(async move { call(&client).await })
        })
        .collect();
    settle().await;
    first.abort();
    settle().await;
    assert_eq!(script.token_requests(), 2, "the next one took the place");
    script.gate.add_permits(1000);
    for task in others {
        task.await.unwrap().unwrap();
    }
    assert_eq!(script.token_requests(), 2);
}

#[tokio::test]
async fn those_who_waited_share_a_failure_and_later_ones_do_not() {
    let script = Script::new(|_| Ok(answer(503, ""))).closed();
    let client = World::new(script.clone()).client();
    let waiting: Vec<_> = (0..50)
        .map(|_| {
            let client = Arc::clone(&client);
            tokio::spawn(async move { call(&client).await })
        })
        .collect();
    settle().await;
    script.gate.add_permits(1000);
    for task in waiting {
        assert_eq!(task.await.unwrap().unwrap_err().kind(), ErrorKind::Unavailable);
    }
    assert_eq!(script.token_requests(), 1);
    call(&client).await.unwrap_err();
    assert_eq!(script.token_requests(), 2);
}

#[tokio::test]
async fn a_token_that_cannot_be_replaced_serves_to_its_end() {
    let well = Arc::new(AtomicBool::new(true));
    let script = {
        let well = Arc::clone(&well);
        Script::new(move |request| {
            Ok(match (is_call(request), well.load(Ordering::Relaxed)) {
                (true, _) => all_items(request),
                (false, true) => token("token-1", 3600),
                (false, false) => answer(503, ""),
            })
        })
    };
    let world = World::new(script.clone());
    let client = world.client();
    call(&client).await.unwrap();
    well.store(false, Ordering::Relaxed);
    world.clock.advance(Duration::from_secs(3541));
    call(&client).await.unwrap();
    call(&client).await.unwrap();
    assert_eq!(script.token_requests(), 2, "not asked at every call");
    world.clock.advance(Duration::from_secs(10));
    call(&client).await.unwrap();
    assert_eq!(script.token_requests(), 3);
    world.clock.advance(Duration::from_secs(49));
    assert_eq!(call(&client).await.unwrap_err().kind(), ErrorKind::Unavailable);
}

#[tokio::test]
async fn while_one_replaces_a_token_early_others_go_on_with_it() {
    let script = numbered(3600);
    let world = World::new(script.clone());
    let client = world.client();
    call(&client).await.unwrap();
    world.clock.advance(Duration::from_secs(3550));
    script.gate.forget_permits(tokio::sync::Semaphore::MAX_PERMITS);
    let tasks: Vec<_> = (0..5)
        .map(|_| {
            let client = Arc::clone(&client);
            tokio::spawn(async move { call(&client).await })
        })
        .collect();
    settle().await;
    assert_eq!((script.token_requests(), script.calls().len()), (2, 5), "one replaces, four call");
    script.gate.add_permits(1000);
    for task in tasks {
        task.await.unwrap().unwrap();
    }
}

/// How long a token lives that the service says this of, in seconds.
#[tokio::test]
async fn a_lifetime_that_is_missing_is_an_hour() {
    for (member, lives) in [
        ("", 3600),
        (r#","expires_in":null"#, 3600),
        (r#","expires_in":100"#, 100),
        (r#","expires_in":"100""#, 100),
        (r#","expires_in":100.0"#, 100),
        (r#","expires_in":-1"#, 3600),
        (r#","expires_in":1e12"#, 24 * 3600),
    ] {
        let body = format!(r#"{{"access_token":"t"{member}}}"#);
        let world = World::new(Script::new(move |_| Ok(answer(200, &body))));
        let stored = Stored::new(credential(ApiVersion::V3_1), Revision::new("1"), None);
        let token = world.client().exchange_token(&context(), &stored).await.unwrap();
        let now = linkwright_core::Clock::now(&world.clock);
        assert_eq!(token.expires_at().since(now), Duration::from_secs(lives), "{member}");
    }
}

#[tokio::test]
async fn a_token_the_api_refuses_is_forgotten_everywhere() {
    let status = Arc::new(AtomicU16::new(200));
    let given = AtomicUsize::new(0);
    let script = {
        let status = Arc::clone(&status);
        Script::new(move |request| {
            Ok(match (is_call(request), status.load(Ordering::Relaxed)) {
                (true, 200) => all_items(request),
                (true, status) => answer(status, r#"{"reason":"TokenExpired"}"#),
                (false, _) => token(&format!("token-{}", given.fetch_add(1, Ordering::Relaxed) + 1), 3600),
            })
        })
    };
    let world = World::new(script.clone());
    let client = world.client();
    call(&client).await.unwrap();
    status.store(401, Ordering::Relaxed);
    let error = call(&client).await.unwrap_err();
    assert_eq!((error.kind(), error.retry()), (ErrorKind::Unauthenticated, Retry::Now));
    // The second time the token is new, and asking a third time would not help.
    let error = call(&client).await.unwrap_err();
    assert_eq!((error.kind(), error.retry()), (ErrorKind::Unauthenticated, Retry::Never));
    status.store(200, Ordering::Relaxed);
    // Another process finds none of the two.
    call(&world.client()).await.unwrap();
    assert_eq!(last_token(&script), "token-3");
}

#[tokio::test]
async fn a_token_another_process_fetched_meanwhile_is_not_forgotten() {
    let refusing = Script::new(|request| {
        Ok(match is_call(request) {
            true => answer(401, r#"{"reason":"InvalidToken"}"#),
            false => token("token-of-ours", 3600),
        })
    });
    let ours = World::new(refusing);
    let beside =
        || World { clock: ours.clock.clone(), state: Arc::clone(&ours.state), script: numbered(3600) };
    let (client, stored) =
        (ours.client(), Stored::new(credential(ApiVersion::V3_1), Revision::new("1"), None));
    client.exchange_token(&context(), &stored).await.unwrap();
    // Ours has a token in hand; another process replaces what is in the state.
    beside().client().exchange_token(&context(), &stored).await.unwrap();
    call(&client).await.unwrap_err();
    let third = beside();
    call(&third.client()).await.unwrap();
    assert_eq!(third.script.token_requests(), 0);
}

/// Refuses the first token. The first call is answered only when the gate is opened.
#[derive(Debug)]
struct SlowToRefuse {
    calls: AtomicUsize,
    tokens: AtomicUsize,
    gate: tokio::sync::Semaphore,
}

#[async_trait::async_trait]
impl Transport for SlowToRefuse {
    async fn send(&self, request: Request) -> linkwright_core::Result<Response> {
        if !is_call(&request) {
            return Ok(token(&format!("token-{}", self.tokens.fetch_add(1, Ordering::Relaxed) + 1), 3600));
        }
        if self.calls.fetch_add(1, Ordering::Relaxed) == 0 {
            self.gate.acquire().await.unwrap().forget();
        }
        Ok(match header(&request, "authorization") {
            Some("Bearer token-1") => answer(401, r#"{"reason":"TokenExpired"}"#),
            _ => all_items(&request),
        })
    }
}

#[tokio::test]
async fn a_late_refusal_of_the_former_token_does_not_cost_the_present_one() {
    let service = Arc::new(SlowToRefuse {
        calls: AtomicUsize::new(0),
        tokens: AtomicUsize::new(0),
        gate: tokio::sync::Semaphore::new(0),
    });
    let mut settings = World::new(numbered(3600)).settings(credential(ApiVersion::V3_1));
    settings.transport = Arc::clone(&service) as _;
    // Otherwise the present one would be found again there.
    settings.state = Arc::new(BrokenState);
    let client = Arc::new(CreatorsClient::new(settings).unwrap());
    let stored = Stored::new(credential(ApiVersion::V3_1), Revision::new("1"), None);
    client.exchange_token(&context(), &stored).await.unwrap();
    let late = {
        let client = Arc::clone(&client);
        tokio::spawn(async move { call(&client).await })
    };
    settle().await;
    call(&client).await.unwrap_err();
    call(&client).await.unwrap();
    assert_eq!(service.tokens.load(Ordering::Relaxed), 2);
    service.gate.add_permits(1);
    late.await.unwrap().unwrap_err();
    call(&client).await.unwrap();
    assert_eq!(service.tokens.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn processes_share_a_token_of_the_same_credential_and_place_only() {
    let secret = |secret: &str| CredentialSet::new(ID, Secret::new(secret), ApiVersion::V3_1);
    let id = |id: &str| CredentialSet::new(id, Secret::new("hush"), ApiVersion::V3_1);
    let table = [
        ("the same", secret("hush"), None, true),
        ("another secret", secret("hush2"), None, false),
        ("another id", id("amzn1.application-oa2-client.f"), None, false),
        (
            "another version of the same region",
            CredentialSet::new("x", Secret::new("hush"), ApiVersion::V2_1),
            None,
            false,
        ),
        ("another service", secret("hush"), Some("https://127.0.0.1/token"), false),
    ];
    for (what, set, endpoint, shared) in table {
        let first = World::new(numbered(3600));
        call(&first.client()).await.unwrap();
        let second =
            World { clock: first.clock.clone(), state: Arc::clone(&first.state), script: numbered(3600) };
        let mut settings = second.settings(set);
        settings.endpoints.token = endpoint.map(str::to_owned);
        call(&CreatorsClient::new(settings).unwrap()).await.unwrap();
        assert_eq!(second.script.token_requests(), usize::from(!shared), "{what}");
    }
}

/// What is written to the state opens for nobody without the credential, nor elsewhere, nor after a change.
#[tokio::test]
async fn a_sealed_token_that_was_moved_or_changed_is_as_good_as_absent() {
    let recorder = Arc::new(RecordingState::default());
    let with_state = |secret: &str, endpoint: Option<&str>| {
        let world = World { state: Arc::clone(&recorder) as _, ..World::new(numbered(3600)) };
        let mut settings = world.settings(CredentialSet::new(ID, Secret::new(secret), ApiVersion::V3_1));
        settings.endpoints.token = endpoint.map(str::to_owned);
        (world, CreatorsClient::new(settings).unwrap())
    };
    let (world, client) = with_state("hush", None);
    call(&client).await.unwrap();
    let sealed = recorder.value().unwrap();
    assert!(!contains(&sealed, b"token-1") && !contains(&sealed, b"hush"));
    assert!(!recorder.keys().iter().any(|key| key.contains("hush") || key.contains(ID)));
    drop(world);

    let flipped = |at: usize| {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        changed
    };
    let mut table = vec![
        ("as it was".to_owned(), sealed.clone(), "hush", None, true),
        ("with another secret".to_owned(), sealed.clone(), "hush2", None, false),
        ("at another service".to_owned(), sealed.clone(), "hush", Some("https://example.org/token"), false),
        ("empty".to_owned(), Vec::new(), "hush", None, false),
        ("cut".to_owned(), sealed[..10].to_vec(), "hush", None, false),
        ("without its end".to_owned(), sealed[..sealed.len() - 1].to_vec(), "hush", None, false),
    ];
    for at in [0, 1, 12, 13, 20, 21, sealed.len() - 1] {
        table.push((format!("changed at {at}"), flipped(at), "hush", None, false));
    }
    for (what, value, secret, endpoint, opens) in table {
        recorder.answer_always(Some(value));
        let (world, client) = with_state(secret, endpoint);
        call(&client).await.unwrap();
        assert_eq!(world.script.token_requests() == 0, opens, "{what}");
    }
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

/// A state of one value, whatever the key.
#[derive(Debug, Default)]
struct RecordingState {
    value: std::sync::Mutex<Option<Vec<u8>>>,
    keys: std::sync::Mutex<Vec<String>>,
}

impl RecordingState {
    fn value(&self) -> Option<Vec<u8>> {
        self.value.lock().unwrap().clone()
    }

    fn answer_always(&self, value: Option<Vec<u8>>) {
        *self.value.lock().unwrap() = value;
    }

    fn keys(&self) -> Vec<String> {
        self.keys.lock().unwrap().clone()
    }
}

#[async_trait::async_trait]
impl State for RecordingState {
    fn info(&self) -> linkwright_state::StateInfo {
        linkwright_state::StateInfo::new("recording", "")
    }

    async fn get(&self, key: &str) -> linkwright_core::Result<Option<Vec<u8>>> {
        self.keys.lock().unwrap().push(key.to_owned());
        Ok(self.value())
    }

    async fn put(&self, key: &str, value: &[u8], _: Duration) -> linkwright_core::Result<()> {
        self.keys.lock().unwrap().push(key.to_owned());
        self.answer_always(Some(value.to_vec()));
        Ok(())
    }

    async fn compare_and_set(
        &self,
        _: &str,
        _: Option<&[u8]>,
        value: &[u8],
        _: Duration,
    ) -> linkwright_core::Result<bool> {
        self.answer_always(Some(value.to_vec()));
        Ok(true)
    }

    async fn remove(&self, _: &str) -> linkwright_core::Result<bool> {
        self.answer_always(None);
        Ok(true)
    }

    async fn reserve(
        &self,
        _: &str,
        _: linkwright_state::Pace,
        _: Duration,
    ) -> linkwright_core::Result<linkwright_state::Slot> {
        Ok(linkwright_state::Slot::In(Duration::ZERO))
    }
}

#[tokio::test]
async fn without_a_state_each_process_keeps_its_own_token() {
    let world = World { state: Arc::new(BrokenState), ..World::new(numbered(3600)) };
    let client = world.client();
    call(&client).await.unwrap();
    call(&client).await.unwrap();
    assert_eq!(world.script.token_requests(), 1);
}

#[tokio::test]
async fn a_state_that_does_not_answer_holds_no_token_back() {
    let world = World { state: Arc::new(StuckState), ..World::new(numbered(3600)) };
    let client = world.client();
    let mut context = context();
    context.deadline = Some(world.clock.monotonic() + Duration::from_secs(1));
    let (asked, stored) =
        (request(&asins(1)), Stored::new(credential(ApiVersion::V3_1), Revision::new("1"), None));
    for on_purpose in [false, true, false] {
        let mut work = Box::pin(async {
            match on_purpose {
                true => client.exchange_token(&context, &stored).await.map(drop),
                false => client.get_items(&context, &asked).await.map(drop),
            }
        });
        let answer = loop {
            if let Some(answer) = (&mut work).now_or_never() {
                break answer;
            }
            world.clock.advance(Duration::from_millis(50));
        };
        assert!(answer.is_ok(), "{answer:?}");
    }
    assert_eq!(world.script.token_requests(), 2);
}

#[tokio::test]
async fn a_token_asked_for_on_purpose_serves_the_next_call() {
    let script = numbered(3600);
    let world = World::new(script.clone());
    let client = world.client();
    call(&client).await.unwrap();
    let stored = Stored::new(credential(ApiVersion::V3_1), Revision::new("1"), None);
    client.exchange_token(&context(), &stored).await.unwrap();
    call(&client).await.unwrap();
    assert_eq!((script.token_requests(), last_token(&script).as_str()), (2, "token-2"));
}
