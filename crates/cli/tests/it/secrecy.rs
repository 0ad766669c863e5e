//! A marker in the place of the secret, and a search for it in all that the program says and leaves behind. The tokens that
//! were given out are searched for as well.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use linkwright_emulator::{HostThread, Settings};
use linkwright_sdk::core::{ApiVersion, Secret};
use linkwright_testkit::Sentinel;
use serde_json::json;

use crate::support::Program;

/// The marker without the signs around it, which no credential of Amazon's has.
fn marker(sentinel: &Sentinel) -> String {
    let inner = sentinel.text().split('"').nth(1).and_then(|text| text.split('\\').next());
    inner.expect("the sentinel's core stands between a quote and a backslash").to_owned()
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            files_below(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// Beginning, middle and end of every token that was given out: what breaks one seldom breaks all three.
fn pieces_of_tokens(emulator: &HostThread) -> BTreeSet<String> {
    const LENGTH: usize = 24;
    let tokens = emulator.with_emulator(|emulator| emulator.issued_tokens());
    let pieces = tokens.iter().flat_map(|token| {
        let last = token.len() - LENGTH;
        [0, last / 2, last].map(|start| token[start..start + LENGTH].to_owned())
    });
    pieces.collect()
}

/// A credential's version, and what does not go with it.
struct Kind {
    version: ApiVersion,
    /// Another version of the same service, and an id that may be one of it.
    sibling: &'static str,
    sibling_id: &'static str,
    /// A version of the other service.
    other: &'static str,
    /// How many tokens are given out at least.
    tokens: usize,
}

#[test]
fn neither_a_secret_nor_a_token_of_login_with_amazon_is_said_or_left_anywhere() {
    let sibling_id = "amzn1.application-oa2-client.00";
    check(&Kind { version: ApiVersion::V3_1, sibling: "3.2", sibling_id, other: "2.1", tokens: 10 });
}

#[test]
fn neither_a_secret_nor_a_token_of_cognito_is_said_or_left_anywhere() {
    let sibling_id = "5f3k2m1n0pq9r8s7t6u5v4w3x2";
    check(&Kind { version: ApiVersion::V2_1, sibling: "2.2", sibling_id, other: "3.1", tokens: 10 });
}

fn check(kind: &Kind) {
    let Kind { version, sibling, sibling_id, other, tokens } = kind;
    let sentinel = Sentinel::new(31);
    let secret = marker(&sentinel);
    let settings = Settings::default().api_version(*version).secret(*version, Secret::new(secret.clone()));
    let emulator = HostThread::start(settings).expect("a free port");
    let ready = emulator.ready();
    let (id, api) = (ready.credential.id.as_str(), ready.api.as_str());
    let program = Program::new();
    let files = [
        ("credential.txt", format!("id={id}\nsecret={secret}\nversion={version}\n")),
        ("credentials.csv", format!("Credential ID,Credential Secret,Version\n{id},{secret},{version}\n")),
        ("broken.csv", format!("Some,Thing\n{secret},{secret},{secret}\n")),
        ("twisted.txt", format!("id={secret}\nsecret={id}\nversion={secret}\n")),
        ("alone.txt", format!("{secret}\n")),
    ];
    for (name, text) in &files {
        std::fs::write(program.home().join(name), text).expect("a writable home");
    }
    let mut said: Vec<(String, Vec<u8>)> = Vec::new();
    let mut run = |script: &str| {
        for logged in ["", "-vvv", "-vvv --log-format json", "--json"] {
            let script = script.replace("linkwright ", &format!("linkwright {logged} "));
            let mut command = program.shell(&script);
            command.env("LINKWRIGHT_API_ENDPOINT", api).env("LINKWRIGHT_TOKEN_ENDPOINT", &ready.token);
            command.env("LINKWRIGHT_TAG", &ready.tag);
            let output = command.output().expect("bash runs");
            for (stream, bytes) in [("stdout", output.stdout), ("stderr", output.stderr)] {
                let place = format!("{stream} of `{script}`");
                sentinel.assert_absent(&place, &bytes);
                let text = String::from_utf8_lossy(&bytes);
                assert!(!text.contains("panicked"), "`{script}`: {text}");
                assert!(!text.contains("s3same"), "{place} holds the proxy's password: {text}");
                said.push((place, bytes));
            }
        }
    };
    for script in [
        "linkwright credential add < credential.txt",
        &format!("linkwright credential add other --api-version {sibling} --id {sibling_id} < alone.txt"),
        &format!("linkwright credential add --api-version {other} < credential.txt"),
        "linkwright credential add x < twisted.txt",
        "linkwright credential import credentials.csv imported",
        "linkwright credential import broken.csv",
        "linkwright credential import twisted.txt",
        "linkwright credential list",
        "linkwright credential show na",
        "linkwright credential verify na",
        "linkwright credential verify other",
        "linkwright items B0EMU00000 B0EMU00001",
        "linkwright items B0EMU00002 --resources full",
        "linkwright search tea --all --refine",
        "linkwright variations B0EMUP1000 --all",
        "linkwright browse-nodes 284507",
        "linkwright feeds get us_standardized_deals.xml.gz",
        "linkwright reports get demo-report-2025.tsv.gz --gunzip",
        "linkwright call getItems '{\"itemIds\": [\"B0EMU00000\"]}' --pretty",
        "linkwright call getFeed '{\"feedName\": \"us_standardized_deals.xml.gz\"}'",
        "LINKWRIGHT_PROXY=http://me:s3same@127.0.0.1:9 linkwright items B0EMU00000",
        "LINKWRIGHT_API_ENDPOINT=https://api.invalid LINKWRIGHT_PROXY=http://me:s3same@127.0.0.1:9 \
         linkwright items B0EMU00000 --timeout 1s",
        // What comes from the threads that keep the state.
        "echo damaged > .local/state/linkwright/state.sqlite3; linkwright items B0EMU00000",
    ] {
        run(script);
    }
    for (fault, body) in [
        ("credentials", json!({"accepted": false})),
        ("fail", json!({"status": 500, "count": 8, "service": "token"})),
        ("malformed", json!({"how": "html", "count": 8, "service": "token"})),
        ("malformed", json!({"how": "types", "count": 8, "service": "token"})),
        ("cut", json!({"where": "body", "count": 8, "service": "token"})),
        ("unauthorized", json!({"reason": "InvalidToken", "count": 8})),
        ("throttle", json!({"count": 8})),
        ("eligibility", json!({"eligible": false})),
    ] {
        emulator.control("reset", &json!({})).expect("a reset");
        emulator.control("tokens", &json!({"action": "forget"})).expect("no token is known");
        emulator.control(fault, &body).expect("a fault");
        run("linkwright items B0EMU00000 --probe --timeout 2s");
        run("linkwright call getItems '{\"itemIds\": [\"B0EMU00000\"]}' --probe --timeout 2s");
        run("linkwright feeds get us_standardized_deals.xml.gz --timeout 2s");
        run("linkwright credential verify na --timeout 2s");
    }
    run("linkwright credential remove imported --yes");

    let searched: usize = said.iter().map(|(_, bytes)| bytes.len()).sum();
    assert!(searched > 100_000, "hardly anything was logged: {searched} bytes");
    // From a thread that keeps the state, from a crate that logs another way, and from one that talks to the service.
    for expected in ["the state file was damaged", "starting new connection", "asked for a token"] {
        let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
        let found =
            said.iter().any(|(place, bytes)| place.contains("-vvv") && text(bytes).contains(expected));
        assert!(found, "never said, so never searched: {expected}");
    }

    let mut left = Vec::new();
    files_below(program.home(), &mut left);
    let own = |path: &PathBuf| files.iter().any(|(name, _)| path.ends_with(name));
    let left: Vec<PathBuf> = left.into_iter().filter(|path| !own(path)).collect();
    let has = |ending: &str| left.iter().any(|path| path.display().to_string().ends_with(ending));
    assert!(has("credentials.age") && has("identity.txt") && has("state.sqlite3"), "{left:?}");
    for path in left {
        let bytes = std::fs::read(&path).expect("a readable file");
        let place = path.display().to_string();
        sentinel.assert_absent(&place, &bytes);
        said.push((place, bytes));
    }
    let issued = emulator.with_emulator(|emulator| emulator.issued_tokens().len());
    assert!(issued >= *tokens, "only {issued} tokens were given out");
    let pieces = pieces_of_tokens(&emulator);
    for (place, bytes) in said {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!pieces.iter().any(|piece| text.contains(piece.as_str())), "{place} holds a token");
    }
}
