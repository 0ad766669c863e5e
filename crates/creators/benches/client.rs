//! What a call costs beside the network: one of getItems for ten products with all resources, to a service on this machine
//! that answers at once.
//!
//! - `client_cpu`: the time the client's own thread computes for a call, system calls included. Connection and token are
//!   there already.
//! - `client_32_callers`: how long 32 calls at once take, by the clock on the wall.
//!
//! Baseline in the same run: a program that does no more than `reqwest` and `serde_json::Value` on the same bytes.

use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tokio::runtime::{Builder, Runtime};

#[path = "loopback/floor.rs"]
mod floor;
#[path = "../tests/it/full_answers.rs"]
#[allow(dead_code, reason = "the tests look closer at what was read")]
mod full_answers;
mod loopback;

use floor::Floor;
use full_answers::OPERATIONS;
use loopback::{Loopback, Ours};

const CALLERS: u64 = 32;

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap_or_else(|error| panic!("{error}"))
}

/// An answer of getItems with ten products that have every member there is, some 55 KB.
fn ten_full_items() -> Vec<u8> {
    (OPERATIONS[0].answer)(10).to_string().into_bytes()
}

/// How long this thread has been computing.
#[cfg(unix)]
fn thread_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or_default())
}

/// How long this program runs: other systems do not say it of a thread in the same way.
#[cfg(not(unix))]
#[allow(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn thread_time() -> Duration {
    static STARTED: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    STARTED.get_or_init(Instant::now).elapsed()
}

fn cpu_of_a_call(criterion: &mut Criterion) {
    let body = ten_full_items();
    let loopback = Loopback::start(&body);
    let ours = Ours::new(&loopback);
    let floor = Floor::new(&loopback);
    let runtime = runtime();
    assert_eq!(runtime.block_on(async { (ours.call().await, floor.call().await) }), (10, 10));

    let mut group = criterion.benchmark_group("client_cpu");
    group.throughput(Throughput::Bytes(body.len() as u64));
    group.bench_function("linkwright_creators", |bench| {
        bench.iter_custom(|count| measured(&runtime, count, async || ours.call().await));
    });
    group.bench_function("baseline_reqwest_value", |bench| {
        bench.iter_custom(|count| measured(&runtime, count, async || floor.call().await));
    });
    group.finish();
    assert_eq!(loopback.tokens(), 1);
}

/// How long the thread computes for so many calls, one after another.
fn measured(runtime: &Runtime, count: u64, call: impl AsyncFn() -> usize) -> Duration {
    let started = thread_time();
    runtime.block_on(async {
        for _ in 0..count {
            assert_eq!(call().await, 10);
        }
    });
    thread_time() - started
}

fn callers_at_once(criterion: &mut Criterion) {
    let loopback = Loopback::start(&ten_full_items());
    let ours = Ours::new(&loopback);
    let floor = Floor::new(&loopback);
    let runtime = runtime();

    let mut group = criterion.benchmark_group("client_32_callers");
    group.throughput(Throughput::Elements(CALLERS));
    group.bench_function("linkwright_creators", |bench| {
        bench.iter_custom(|rounds| at_once(&runtime, rounds, async || ours.call().await));
    });
    group.bench_function("baseline_reqwest_value", |bench| {
        bench.iter_custom(|rounds| at_once(&runtime, rounds, async || floor.call().await));
    });
    group.finish();
    assert_eq!(loopback.tokens(), 1, "callers at once asked for more than one token");
}

/// How long all callers together take for so many calls each.
#[allow(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn at_once(runtime: &Runtime, rounds: u64, call: impl AsyncFn() -> usize) -> Duration {
    let started = Instant::now();
    runtime.block_on(async {
        let callers = (0..CALLERS).map(|_| async {
            for _ in 0..rounds {
                assert_eq!(call().await, 10);
            }
        });
        futures_util::future::join_all(callers).await;
    });
    started.elapsed()
}

criterion_group!(benches, cpu_of_a_call, callers_at_once);
criterion_main!(benches);
