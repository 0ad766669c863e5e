//! A marker in the place of the secret, and a search for it in all that the program says and leaves behind.

use std::path::{Path, PathBuf};

use linkwright_emulator::{HostThread, Settings};
use linkwright_sdk::core::{ApiVersion, Secret};
use linkwright_testkit::Sentinel;
use serde_json::json;

use crate::support::Program;

/// How tokens of version 3.x begin, which are secrets as well.
const TOKEN: &str = "Atc|";

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

#[test]
fn neither_the_secret_nor_a_token_is_said_or_left_anywhere() {
    let sentinel = Sentinel::new(31);
    let secret = marker(&sentinel);
    let settings = Settings::default().secret(ApiVersion::V3_1, Secret::new(secret.clone()));
    let emulator = HostThread::start(settings).expect("a free port");
    let ready = emulator.ready();
    let (id, api) = (ready.credential.id.as_str(), ready.api.as_str());
    let program = Program::new();
    let files = [
        ("credential.txt", format!("id={id}\nsecret={secret}\nversion=3.1\n")),
        ("credentials.csv", format!("Credential ID,Credential Secret,Version\n{id},{secret},3.1\n")),
        ("broken.csv", format!("Some,Thing\n{secret},{secret},{secret}\n")),
        ("twisted.txt", format!("id={secret}\nsecret={id}\nversion={secret}\n")),
        ("alone.txt", format!("{secret}\n")),
    ];
    for (name, text) in &files {
        std::fs::write(program.home().join(name), text).expect("a writable home");
    }
    let mut searched = 0;
    let mut run = |script: &str| {
        for logged in ["", "-vvv", "-vvv --log-format json", "--json"] {
            let script = script.replace("linkwright ", &format!("linkwright {logged} "));
            let mut command = program.shell(&script);
            command.env("LINKWRIGHT_API_ENDPOINT", api).env("LINKWRIGHT_TOKEN_ENDPOINT", &ready.token);
            command.env("LINKWRIGHT_TAG", &ready.tag);
            let output = command.output().expect("bash runs");
            for (stream, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
                sentinel.assert_absent(&format!("{stream} of `{script}`"), bytes);
                let text = String::from_utf8_lossy(bytes);
                assert!(!text.contains(TOKEN), "{stream} of `{script}` holds a token: {text}");
                assert!(!text.contains("panicked"), "`{script}`: {text}");
                searched += bytes.len();
            }
        }
    };
    for script in [
        "linkwright credential add < credential.txt",
        "linkwright credential add other --api-version 3.2 --id amzn1.application-oa2-client.00 < alone.txt",
        "linkwright credential add --api-version 2.1 < credential.txt",
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
        "LINKWRIGHT_PROXY=http://me:pass@127.0.0.1:9 linkwright items B0EMU00000",
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
        run("linkwright credential verify na --timeout 2s");
    }
    run("linkwright credential remove imported --yes");
    assert!(searched > 100_000, "hardly anything was logged: {searched} bytes");

    let mut left = Vec::new();
    files_below(program.home(), &mut left);
    let own = |path: &PathBuf| files.iter().any(|(name, _)| path.ends_with(name));
    let left: Vec<PathBuf> = left.into_iter().filter(|path| !own(path)).collect();
    let has = |ending: &str| left.iter().any(|path| path.display().to_string().ends_with(ending));
    assert!(has("credentials.age") && has("identity.txt") && has("state.sqlite3"), "{left:?}");
    for path in left {
        let bytes = std::fs::read(&path).expect("a readable file");
        sentinel.assert_absent(&path.display().to_string(), &bytes);
        let holds_token = bytes.windows(TOKEN.len()).any(|window| window == TOKEN.as_bytes());
        assert!(!holds_token, "{} holds a token", path.display());
    }
}
