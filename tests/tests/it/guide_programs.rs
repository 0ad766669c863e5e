//! The programs of docs/guide/develop-without-access.md, and its commands: each program writes the same page, and on a bad
//! day the same page of links.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use linkwright_core::Timestamp;
use linkwright_emulator::{HostThread, Ready, Settings};
use serde_json::{Value, json};

use crate::interop;

const GUIDE: &str = include_str!("../../../docs/guide/develop-without-access.md");

/// What the programs write, with times as `TIME`.
const WITH_ACCESS: &str = include_str!("../../fixtures/shop-page/with-access.html");
const WITHOUT_ACCESS: &str = include_str!("../../fixtures/shop-page/without-access.html");

/// The example, as the guide starts it, and what is started here.
const BY_CARGO: &str =
    "cargo run --quiet --manifest-path ../linkwright/Cargo.toml -p linkwright-sdk --example shop_page";
const RUST: &str = "shop_page";
const PYTHON: &str = "python shop_page.py";
const NODE: &str = "node shop_page.mjs";

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn text(path: &str) -> String {
    std::fs::read_to_string(repository().join(path)).unwrap()
}

/// A folder with the files of `examples/shop-page`, where all programs are found and packages as well.
struct Folder {
    place: tempfile::TempDir,
    path: OsString,
}

impl Folder {
    #[track_caller]
    fn new() -> Self {
        // Below the folder of npm's packages, where Node looks for them by itself.
        let place = tempfile::tempdir_in(interop::set_up_by_xtask("LINKWRIGHT_TEST_NODE")).unwrap();
        for file in std::fs::read_dir(repository().join("examples/shop-page")).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), place.path().join(file.file_name())).unwrap();
        }
        let python = interop::set_up_by_xtask("LINKWRIGHT_TEST_PYTHON");
        // `cargo test --workspace` builds programs and examples beside the tests.
        let built = std::env::current_exe().unwrap().ancestors().nth(2).unwrap().to_owned();
        for program in ["linkwright", "examples/shop_page"] {
            let program = built.join(program).with_extension(std::env::consts::EXE_EXTENSION);
            assert!(program.exists(), "not built: {}; run `cargo xtask test`", program.display());
        }
        #[allow(clippy::disallowed_methods, reason = "the shell's tools must be found")]
        let usual = std::env::var_os("PATH").unwrap_or_default();
        let ours = [python.parent().unwrap().to_owned(), built.join("examples"), built];
        let path = std::env::join_paths(ours.into_iter().chain(std::env::split_paths(&usual))).unwrap();
        Self { place, path }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    /// Runs a line of shell; gives both streams, and the exit code in a line of its own if it is not 0.
    fn run(&self, script: &str, variables: &BTreeMap<&str, String>) -> String {
        let (mut reader, writer) = std::io::pipe().unwrap();
        let mut command = Command::new("bash");
        command.args(["-c", &script.replace(BY_CARGO, RUST)]).current_dir(self.place.path());
        command.env_clear().env("PATH", &self.path).env("HOME", self.place.path()).env("LC_ALL", "C.UTF-8");
        // The clients would send even loopback addresses through a proxy.
        command.env("no_proxy", "127.0.0.1").env("NO_PROXY", "127.0.0.1").envs(variables);
        command.stdin(Stdio::null()).stdout(writer.try_clone().unwrap()).stderr(writer);
        let mut child = command.spawn().unwrap();
        // It holds writing ends, without which there is no end of reading.
        drop(command);
        let mut output = String::new();
        reader.read_to_string(&mut output).unwrap();
        match child.wait().unwrap().code() {
            Some(0) => output,
            code => format!("{output}[exit {}]\n", code.unwrap_or(-1)),
        }
    }

    /// The page that a program wrote, with every time as `TIME`.
    #[track_caller]
    fn page(&self) -> String {
        let page = std::fs::read_to_string(self.file("page.html")).unwrap();
        let mut pieces = page.split("<summary>as of ");
        let mut steady = pieces.next().unwrap().to_owned();
        for piece in pieces {
            let (time, rest) = piece.split_once('<').unwrap();
            assert!(time.parse::<Timestamp>().is_ok(), "no time: {time}");
            steady.push_str(&format!("<summary>as of TIME<{rest}"));
        }
        steady
    }
}

/// What `linkwright emulator --env-file` writes.
fn variables(ready: &Ready) -> BTreeMap<&'static str, String> {
    BTreeMap::from([
        ("LINKWRIGHT_API_ENDPOINT", ready.api.clone()),
        ("LINKWRIGHT_TOKEN_ENDPOINT", ready.token.clone()),
        ("LINKWRIGHT_CREDENTIAL_ID", ready.credential.id.clone()),
        ("LINKWRIGHT_CREDENTIAL_SECRET", ready.credential.secret.clone()),
        ("LINKWRIGHT_CREDENTIAL_VERSION", ready.credential.version.to_owned()),
        ("LINKWRIGHT_TAG", ready.tag.clone()),
    ])
}

/// Runs a program on a day without faults, changes the emulator, runs it again, and looks at its page. What it says never
/// has the secret.
#[track_caller]
fn check_day(program: &str, fault: &str, body: &Value, expected: &str) {
    let (host, folder) = (HostThread::start(Settings::default()).unwrap(), Folder::new());
    folder.run(program, &variables(&host.ready()));
    assert_eq!(folder.page(), WITH_ACCESS, "{program}");
    std::fs::remove_file(folder.file("page.html")).unwrap();
    host.control(fault, body).unwrap();
    let said = folder.run(program, &variables(&host.ready()));
    assert!(!said.contains("[exit"), "{program}, {fault}: {said}");
    assert!(!said.contains(&host.ready().credential.secret), "{program}, {fault}: {said}");
    assert_eq!(folder.page(), expected, "{program}, {fault} {body}: {said}");
}

#[track_caller]
fn check_program(program: &str) {
    let days = [
        ("eligibility", json!({"eligible": false}), WITHOUT_ACCESS),
        ("throttle", json!({"count": 1, "retry_after": 0, "retry_after_seconds": 0}), WITH_ACCESS),
        ("throttle", json!({"count": 20, "retry_after": 0, "retry_after_seconds": 0}), WITHOUT_ACCESS),
        ("tokens", json!({"action": "expire"}), WITH_ACCESS),
        ("unauthorized", json!({"count": 1, "reason": "TokenExpired"}), WITH_ACCESS),
        ("unauthorized", json!({"count": 20, "reason": "TokenExpired"}), WITHOUT_ACCESS),
    ];
    // Side by side, as some of the clients wait before they try again.
    std::thread::scope(|scope| {
        for (fault, body, expected) in &days {
            scope.spawn(move || check_day(program, fault, body, expected));
        }
    });
    // Before there is a credential, a tag is enough; with a wrong one as well.
    let host = HostThread::start(Settings::default()).unwrap();
    let mut wrong = variables(&host.ready());
    wrong.insert("LINKWRIGHT_CREDENTIAL_SECRET", "wrong".to_owned());
    for variables in [BTreeMap::from([("LINKWRIGHT_TAG", "demo-20".to_owned())]), wrong] {
        let folder = Folder::new();
        let said = folder.run(program, &variables);
        assert_eq!(folder.page(), WITHOUT_ACCESS, "{program}: {said}");
    }
}

#[test]
fn the_rust_program_writes_the_page() {
    check_program(RUST);
}

#[test]
fn the_python_program_writes_the_page() {
    check_program(PYTHON);
}

#[test]
fn the_node_program_writes_the_page() {
    check_program(NODE);
}

#[test]
fn the_program_over_the_command_line_writes_the_page() {
    let asins = "grep -o 'B0EMU[0-9]*' products.json";
    let items = "linkwright items - --resources card,price --catalog products.json --json";
    let program = format!("{asins} | {items} | python page_from_lines.py");
    check_day(&program, "tokens", &json!({"action": "expire"}), WITH_ACCESS);
    check_day(&program, "eligibility", &json!({"eligible": false}), WITHOUT_ACCESS);
}

#[test]
fn a_value_that_is_new_costs_the_python_program_its_data() {
    #[track_caller]
    fn check(program: &str, prices: usize) {
        let items = include_str!("../../interop/strange_items.json");
        let settings = Settings::default().items_json("strange_items.json", items).unwrap();
        let (host, folder) = (HostThread::start(settings).unwrap(), Folder::new());
        let products = r#"[{"asin": "B0STRANGE1"}, {"asin": "B0EMU00001"}]"#;
        std::fs::write(folder.file("products.json"), products).unwrap();
        let said = folder.run(program, &variables(&host.ready()));
        assert_eq!(folder.page().matches("<strong>").count(), prices, "{program}: {said}");
    }
    check(RUST, 2);
    check(NODE, 2);
    check(PYTHON, 0);
}

/// A block of code of the guide: its language, and its lines.
fn blocks() -> Vec<(&'static str, String)> {
    let mut blocks = Vec::new();
    let mut lines = GUIDE.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let block = lines.by_ref().take_while(|line| *line != "```");
            blocks.push((language, block.map(|line| format!("{line}\n")).collect()));
        }
    }
    blocks
}

#[test]
fn the_guide_shows_the_programs_as_they_are() {
    let examples = "examples/shop-page";
    let files = [
        ("rust", "crates/sdk/examples/shop_page.rs".to_owned()),
        ("python", format!("{examples}/shop_page.py")),
        ("javascript", format!("{examples}/shop_page.mjs")),
        ("python", format!("{examples}/page_from_lines.py")),
        ("sh", format!("{examples}/check_page.sh")),
    ];
    let shown: Vec<_> =
        blocks().into_iter().filter(|(language, _)| !language.starts_with("console")).collect();
    assert_eq!(shown.len(), files.len());
    for ((language, block), (expected, path)) in shown.into_iter().zip(files) {
        assert_eq!((language, block), (expected, text(&path)), "{path}");
    }
}

/// The guide's commands with what they print, in order; `true` for those that only this test runs.
fn commands() -> Vec<(bool, String, String)> {
    let mut commands: Vec<(bool, String, String)> = Vec::new();
    for (language, block) in blocks() {
        let ours = match language {
            "console" => false,
            "console,ignore" => true,
            _ => continue,
        };
        for line in block.lines() {
            match (line.strip_prefix("$ "), line.strip_prefix('>'), commands.last_mut()) {
                (Some(command), ..) => commands.push((ours, command.to_owned(), String::new())),
                (None, Some(more), Some((_, command, _))) => {
                    command.push_str(&format!("\n{}", more.strip_prefix(' ').unwrap_or(more)));
                }
                (None, None, Some((.., output))) => output.push_str(&format!("{line}\n")),
                (None, _, None) => panic!("a block begins without a command: {line}"),
            }
        }
    }
    commands
}

#[test]
fn the_commands_of_the_guide_do_what_it_shows() {
    let folder = Folder::new();
    let made_by_commands = ["products.json", "template.html"];
    for name in made_by_commands {
        std::fs::remove_file(folder.file(name)).unwrap();
    }
    let commands = commands();
    assert!(commands.iter().filter(|(ours, ..)| *ours).count() > 15);
    for (ours, command, expected) in &commands {
        let output = folder.run(command, &BTreeMap::new());
        // Shown if a later command fails.
        println!("$ {command}\n{output}");
        // What others print differs in ports and times; the command line's own tests compare it.
        if *ours {
            assert_eq!(output.trim_end(), expected.trim_end(), "$ {command}");
        }
    }
    for name in made_by_commands {
        let written = std::fs::read_to_string(folder.file(name)).unwrap();
        assert_eq!(written, text(&format!("examples/shop-page/{name}")), "the guide makes another {name}");
    }
}
