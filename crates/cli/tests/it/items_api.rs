//! `linkwright items` with the Creators API behind it: the real program against the emulator, over real sockets.

use linkwright_emulator::{HostThread, Settings};
use serde_json::{Value, json};

use crate::support::Program;

/// The program with an emulator to ask, and the variables that lead there.
struct Shop {
    program: Program,
    emulator: HostThread,
}

/// What a run of `items --json` said.
struct Answered {
    json: Value,
    stderr: String,
    code: Option<i32>,
}

impl Shop {
    fn open() -> Self {
        Self {
            program: Program::new(),
            emulator: HostThread::start(Settings::default()).expect("a free port"),
        }
    }

    /// Runs a script with the variables set, and gives back both streams by themselves.
    fn run(&self, script: &str) -> (String, String, Option<i32>) {
        let ready = self.emulator.ready();
        let mut command = self.program.shell(script);
        command
            .env("LINKWRIGHT_API_ENDPOINT", &ready.api)
            .env("LINKWRIGHT_TOKEN_ENDPOINT", &ready.token)
            .env("LINKWRIGHT_CREDENTIAL_ID", &ready.credential.id)
            .env("LINKWRIGHT_CREDENTIAL_SECRET", &ready.credential.secret)
            .env("LINKWRIGHT_CREDENTIAL_VERSION", ready.credential.version)
            .env("LINKWRIGHT_TAG", &ready.tag);
        let output = command.output().expect("bash runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (text(&output.stdout), text(&output.stderr), output.status.code())
    }

    fn items(&self, arguments: &str) -> Answered {
        let asins = self.emulator.ready().asins[..3].join(" ");
        let (stdout, stderr, code) = self.run(&format!("linkwright items {asins} --json {arguments}"));
        let json = serde_json::from_str(&stdout).unwrap_or(Value::Null);
        Answered { json, stderr, code }
    }

    fn control(&self, name: &str, body: Value) {
        self.emulator.control(name, &body).expect("the emulator takes it");
    }

    fn counter(&self, name: &str) -> u64 {
        let counters =
            serde_json::to_value(self.emulator.with_emulator(|emulator| emulator.counters().clone()));
        counters.expect("counters are JSON")[name].as_u64().unwrap_or_else(|| panic!("no counter `{name}`"))
    }
}

impl Answered {
    /// Source and reason of each item.
    fn sources(&self) -> Vec<(&str, Option<&str>)> {
        let items = self.json["items"].as_array().map(Vec::as_slice).unwrap_or_default();
        let reason = |item: &'_ Value| item["degraded"]["reason"].as_str().map(str::to_owned);
        items
            .iter()
            .map(|item| (item["source"].as_str().unwrap_or_default(), reason(item)))
            .map(|(source, reason)| (source, reason.map(|text| &*text.leak())))
            .collect()
    }
}

const DATA: [(&str, Option<&str>); 3] = [("creators", None); 3];

fn links(reason: &'static str) -> [(&'static str, Option<&'static str>); 3] {
    [("zero", Some(reason)); 3]
}

#[test]
fn access_is_lost_and_comes_back_without_anybody_doing_anything_else() {
    let shop = Shop::open();
    let first = shop.items("");
    assert_eq!((first.sources(), first.code), (DATA.to_vec(), Some(0)), "{}", first.stderr);
    assert_eq!((shop.counter("token_requests"), shop.counter("calls")), (1, 1));
    let item = &first.json["items"][0];
    for member in ["title", "image", "byline", "fetched_at", "expires"] {
        assert!(item[member].is_string(), "{member} in {item}");
    }
    for member in ["price", "amount", "currency", "availability", "as_of", "expires", "disclaimer"] {
        assert!(item["offer"][member].is_string(), "{member} in {item}");
    }

    shop.control("eligibility", json!({"eligible": false}));
    let lost = shop.items("");
    assert_eq!((lost.sources(), lost.code), (links("not_eligible").to_vec(), Some(0)), "{}", lost.stderr);
    assert!(lost.stderr.contains("links instead of product data"), "{}", lost.stderr);
    assert_eq!(shop.counter("calls"), 2);

    // Other processes know, and ask no more.
    for _ in 0..3 {
        assert_eq!(shop.items("").sources(), links("not_eligible"));
    }
    assert_eq!(shop.counter("calls"), 2);
    assert_eq!(shop.items("--fail-on degraded").code, Some(3));
    let (stdout, stderr, code) = shop.run("linkwright items B0EMU00000 --source creators");
    assert_eq!((stdout.as_str(), code), ("", Some(4)), "{stderr}");
    assert_eq!(shop.counter("calls"), 2);

    shop.control("eligibility", json!({"eligible": true}));
    assert_eq!(shop.items("").sources(), links("not_eligible"), "the next probe is hours away");
    assert_eq!(shop.items("--probe").sources(), DATA);
    assert_eq!(shop.items("").sources(), DATA);
    assert_eq!((shop.counter("token_requests"), shop.counter("calls")), (1, 4));
}

#[test]
fn what_one_server_said_does_not_hold_for_another() {
    let mut shop = Shop::open();
    shop.control("eligibility", json!({"eligible": false}));
    assert_eq!(shop.items("").sources(), links("not_eligible"));
    shop.emulator = HostThread::start(Settings::default()).expect("a free port");
    assert_eq!(shop.items("").sources(), DATA);
}

#[test]
fn a_thousand_products_are_a_hundred_calls_and_one_token() {
    let shop = Shop::open();
    let script = "seq -f 'B0EMU%05g' 0 999 | linkwright items - --json";
    for (run, calls) in [(1, 100), (2, 200)] {
        let (stdout, stderr, code) = shop.run(script);
        assert_eq!(code, Some(0), "{stderr}");
        let asins: Vec<String> = stdout
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).expect("a line of JSON"))
            .map(|item| item["asin"].as_str().unwrap_or_default().to_owned())
            .collect();
        let expected: Vec<String> = (0..1000).map(|number| format!("B0EMU{number:05}")).collect();
        assert_eq!(asins, expected, "every product in its order");
        assert_eq!((shop.counter("calls"), shop.counter("token_requests")), (calls, 1), "run {run}");
    }
}

#[test]
fn a_request_that_is_refused_takes_no_other_products_along() {
    let shop = Shop::open();
    // All ten calls of the first hundred.
    shop.control("invalid", json!({"field": "resources", "count": 10}));
    let script = "seq -f 'B0EMU%05g' 0 299 | linkwright items - --json > answers; echo $?; \
                  grep -c detailPageURL answers; grep -c '\"missing\"' answers";
    let (stdout, stderr, _) = shop.run(script);
    assert_eq!(stdout, "3\n200\n100\n", "{stderr}");
}

#[test]
fn a_store_that_cannot_be_read_is_not_amazons_refusal() {
    let shop = Shop::open();
    let (_, stderr, code) = shop.run("linkwright credential add na --no-verify < /dev/null");
    assert_eq!(code, Some(2), "{stderr}");
    for (damage, said) in [
        ("chmod 644 .local/share/linkwright/credentials.age", "chmod 600"),
        (
            "chmod 600 .local/share/linkwright/credentials.age; : > .local/share/linkwright/identity.txt",
            "identity",
        ),
        ("rm .local/share/linkwright/identity.txt", "identity"),
    ] {
        let add = "printf 'id=x1234567890\\nsecret=y1234567890\\nversion=3.1\\n' > c; test -e .local/share/linkwright/credentials.age || linkwright credential add --no-verify < c";
        let items = "env -u LINKWRIGHT_CREDENTIAL_ID -u LINKWRIGHT_CREDENTIAL_SECRET -u LINKWRIGHT_CREDENTIAL_VERSION linkwright items B0EMU00000 --json";
        let (stdout, stderr, code) = shop.run(&format!("({add}) 2> /dev/null; {damage}; {items}"));
        assert!(stdout.contains(r#""degraded":{"reason":"store"}"#), "{damage}: {stdout} {stderr}");
        assert_eq!(code, Some(0), "{damage}: {stderr}");
        assert!(stderr.contains(said) && !stderr.contains("--probe"), "{damage}: {stderr}");
    }
}

#[test]
fn offline_asks_nobody() {
    let shop = Shop::open();
    let connections = |shop: &Shop| shop.counter("connections");
    assert_eq!(shop.items("--offline").sources(), [("zero", None); 3]);
    for script in [
        "linkwright --offline items B0EMU00000 --source creators",
        "linkwright --offline credential verify",
        "printf '%s\\n' id=offline secret=none version=3.1 | linkwright --offline credential add x",
    ] {
        let (stdout, stderr, _) = shop.run(script);
        assert_eq!(connections(&shop), 0, "{script}: {stdout} {stderr}");
    }
    assert_eq!(shop.items("").sources(), DATA);
    assert!(connections(&shop) > 0, "connections are counted");
}

/// What the emulator is told, what `items` then answers, what it says, and the exit code of `--source creators`.
struct Bad {
    fault: (&'static str, Value),
    reason: &'static str,
    said: &'static str,
    code_alone: i32,
}

#[test]
fn every_bad_day_of_the_service_leaves_links_and_says_why() {
    let bad = |control: &'static str,
               body: Value,
               reason: &'static str,
               said: &'static str,
               code_alone: i32| Bad { fault: (control, body), reason, said, code_alone };
    let days = [
        bad("eligibility", json!({"eligible": false}), "not_eligible", "10 qualified sales", 4),
        bad("fail", json!({"status": 500, "count": 100}), "unavailable", "500", 5),
        bad("fail", json!({"status": 503, "count": 100}), "unavailable", "503", 5),
        bad("fail", json!({"status": 503, "count": 100, "service": "token"}), "unavailable", "503", 5),
        bad("throttle", json!({"count": 100}), "throttled", "fewer calls", 5),
        bad("throttle", json!({"count": 100, "retry_after": 3600}), "throttled", "fewer calls", 5),
        bad("cut", json!({"where": "before", "count": 100}), "unavailable", "connection broke", 5),
        bad("cut", json!({"where": "body", "count": 100}), "unavailable", "broke off", 5),
        bad("malformed", json!({"how": "invalid", "count": 100}), "unavailable", "cannot be read", 5),
        bad("malformed", json!({"how": "truncated", "count": 100}), "unavailable", "cannot be read", 5),
        bad("malformed", json!({"how": "types", "count": 100}), "unavailable", "cannot be read", 5),
        bad("malformed", json!({"how": "html", "count": 100}), "unavailable", "cannot be read", 5),
        bad("malformed", json!({"how": "empty", "count": 100}), "unavailable", "cannot be read", 5),
        bad("slow", json!({"milliseconds": 60_000, "count": 100}), "timeout", "no answer within", 5),
        bad("unauthorized", json!({"reason": "InvalidToken", "count": 100}), "credential", "credential", 4),
        bad("associate", json!({"linked": false}), "associate", "tag", 4),
        bad("denied", json!({"reason": "AuthorizationFailed", "count": 100}), "denied", "may not do this", 4),
        bad("credentials", json!({"accepted": false}), "credential", "credential", 4),
    ];
    // Side by side: most of the time is waiting before another try.
    let wrong: String = std::thread::scope(|scope| {
        let running: Vec<_> = days.iter().map(|day| scope.spawn(|| day.wrong())).collect();
        running.into_iter().map(|day| day.join().expect("a day was tried")).collect()
    });
    assert!(wrong.is_empty(), "{wrong}");
}

impl Bad {
    /// What is not as expected.
    fn wrong(&self) -> String {
        let shop = Shop::open();
        let (control, body) = &self.fault;
        shop.control(control, body.clone());
        // Only where nothing else ends the waiting: on a busy machine it may end another try first.
        let timeout = if *control == "slow" { "--timeout 2s" } else { "" };
        let answered = shop.items(timeout);
        let (_, stderr, code) = shop.run(&format!("linkwright items B0EMU00000 --source creators {timeout}"));
        let holds = answered.sources() == links(self.reason)
            && answered.code == Some(0)
            && answered.stderr.to_lowercase().contains(self.said)
            && code == Some(self.code_alone);
        match holds {
            true => String::new(),
            false => {
                let sources = answered.sources();
                format!("{control} {body}: {sources:?}\n{}{code:?} {stderr}\n", answered.stderr)
            }
        }
    }
}
