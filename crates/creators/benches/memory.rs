//! Whether memory stays flat: 32 callers on one client, 100,000 calls, and what the process holds in between.
//!
//! `cargo bench` runs all of it and fails where memory grows; without `--bench`, as in tests, it makes a few calls only.

use std::cell::Cell;
use std::process::ExitCode;

use tokio::runtime::Builder;

#[path = "../tests/it/full_answers.rs"]
#[allow(dead_code, reason = "the tests look closer at what was read")]
mod full_answers;
mod loopback;

use full_answers::OPERATIONS;
use loopback::{Loopback, Ours};

const CALLERS: usize = 32;
const CALLS: usize = 100_000;
const CALLS_IN_TESTS: usize = 320;
const STOPS: usize = 10;

/// What an allocator may still take after the first tenth, in KiB. A leak of 30 bytes a call is above.
const MOST_GROWTH: u64 = 2048;

/// What the process holds in memory, in KiB: `VmRSS` of its status (proc(5)). `None` off Linux.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

#[allow(clippy::print_stdout, reason = "a benchmark says what it measured")]
fn main() -> ExitCode {
    let measures = std::env::args().any(|argument| argument == "--bench");
    let calls = if measures { CALLS } else { CALLS_IN_TESTS };
    let loopback = Loopback::start((OPERATIONS[0].answer)(10).to_string().as_bytes());
    let ours = Ours::new(&loopback);
    let runtime =
        Builder::new_current_thread().enable_all().build().unwrap_or_else(|error| panic!("{error}"));
    let mut held = Vec::new();
    for stop in 1..=STOPS {
        // Whoever is free makes the next call: so many are no multiple of the callers.
        let left = Cell::new(calls / STOPS);
        runtime.block_on(async {
            let callers = (0..CALLERS).map(|_| async {
                while let Some(still_left) = left.get().checked_sub(1) {
                    left.set(still_left);
                    assert_eq!(ours.call().await, 10);
                }
            });
            futures_util::future::join_all(callers).await;
        });
        let Some(kibibytes) = resident() else { continue };
        println!("after {:>6} calls: {kibibytes:>6} KiB resident", calls / STOPS * stop);
        held.push(kibibytes);
    }
    println!("tokens asked for: {}", loopback.tokens());
    let grown = held.last().zip(held.first()).map_or(0, |(last, first)| last.saturating_sub(*first));
    if loopback.tokens() != 1 || (measures && grown > MOST_GROWTH) {
        println!(
            "memory or tokens are not as they should be: {grown} KiB more than after a tenth of the calls"
        );
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
