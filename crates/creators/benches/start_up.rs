//! From the start of a process to its printed answer: `linkwright items` with a kept token, beside a program that does one
//! call with `reqwest` and `serde_json::Value` and a token from nowhere. Ten products with every member there is.
//!
//! `cargo xtask bench start-up` builds the command line and runs this. Without `--bench`, as in tests, only the baseline is
//! run, once.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use tokio::runtime::Builder;

#[path = "loopback/floor.rs"]
mod floor;
#[path = "../tests/it/full_answers.rs"]
#[allow(dead_code, reason = "the tests look closer at what was read")]
mod full_answers;
#[allow(dead_code, reason = "the client is measured elsewhere")]
mod loopback;

use floor::Floor;
use full_answers::OPERATIONS;
use loopback::{Loopback, asked};

/// Enough for a median that does not move between two runs.
const ROUNDS: usize = 200;
const WARM_UP: usize = 10;

/// By this argument the program is the baseline itself.
const AS_FLOOR: &str = "--floor";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, mode, address] = arguments.as_slice()
        && mode == AS_FLOOR
    {
        return be_the_floor(address);
    }
    let loopback = Loopback::start((OPERATIONS[0].answer)(10).to_string().as_bytes());
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
    let mut floor = floor_program(&loopback);
    if !arguments.iter().any(|argument| argument == "--bench") {
        once(&mut floor);
        return ExitCode::SUCCESS;
    }
    let mut ours = ours_program(&loopback, folder.path());
    let (mut of_ours, mut of_floor) = (Vec::new(), Vec::new());
    for round in 0..WARM_UP + ROUNDS {
        // Alternating, so that a slow second of the machine hits both.
        let (a, b) = (once(&mut ours), once(&mut floor));
        if round >= WARM_UP {
            of_ours.push(a);
            of_floor.push(b);
        }
    }
    report(median(&mut of_ours), median(&mut of_floor), loopback.tokens());
    ExitCode::SUCCESS
}

#[allow(clippy::print_stdout, reason = "the program that is measured prints its answer")]
fn be_the_floor(address: &str) -> ExitCode {
    let runtime =
        Builder::new_current_thread().enable_all().build().unwrap_or_else(|error| panic!("{error}"));
    let floor = Floor::at(address);
    println!("{}", runtime.block_on(floor.call()));
    ExitCode::SUCCESS
}

fn floor_program(loopback: &Loopback) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap_or_else(|error| panic!("{error}")));
    command.args([AS_FLOOR, &loopback.address]);
    command
}

/// The command line beside this program, with everything it keeps in a folder of its own.
fn ours_program(loopback: &Loopback, folder: &Path) -> Command {
    let own: PathBuf = std::env::current_exe().unwrap_or_else(|error| panic!("{error}"));
    let program = own.ancestors().nth(2).map(|release| release.join("linkwright")).unwrap_or_default();
    assert!(program.exists(), "not built: {}; run `cargo xtask bench start-up`", program.display());
    let mut command = Command::new(program);
    command.arg("items").args(asked().1.asins.iter().map(ToString::to_string)).arg("--json");
    command
        .env_clear()
        .env("HOME", folder)
        .env("LINKWRIGHT_API_ENDPOINT", &loopback.address)
        .env("LINKWRIGHT_TOKEN_ENDPOINT", format!("{}/token", loopback.address))
        .env("LINKWRIGHT_CREDENTIAL_ID", "amzn1.application-oa2-client.0f")
        .env("LINKWRIGHT_CREDENTIAL_SECRET", "hush")
        .env("LINKWRIGHT_CREDENTIAL_VERSION", "3.1")
        .env("LINKWRIGHT_TAG", "demo-20");
    command
}

#[allow(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn once(program: &mut Command) -> Duration {
    program.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let started = Instant::now();
    let output = program.output().unwrap_or_else(|error| panic!("{error}"));
    let took = started.elapsed();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !output.stdout.is_empty() && error.is_empty(), "{error}");
    took
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}

#[allow(clippy::print_stdout, reason = "a benchmark says what it measured")]
fn report(ours: Duration, floor: Duration, tokens: usize) {
    println!("from start to printed answer, median of {ROUNDS} runs each, alternating");
    println!("reqwest + Value   {:>7.3} ms", floor.as_secs_f64() * 1e3);
    println!("linkwright items  {:>7.3} ms", ours.as_secs_f64() * 1e3);
    println!("ratio             {:>7.2}", ours.as_secs_f64() / floor.as_secs_f64());
    println!("tokens asked for  {tokens:>7}");
}
