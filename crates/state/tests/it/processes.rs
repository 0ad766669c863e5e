//! Several real processes on one file.
//!
//! The test program starts itself again, told by a variable to be a worker; the workers all begin at once and print what
//! they got.

use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use linkwright_state::{Pace, Slot, SqliteState, State};
use linkwright_testkit::ManualClock;

use crate::support::{Folder, MINUTE};

const PATH: &str = "LINKWRIGHT_TEST_STATE_PATH";
const WORKER: &str = "LINKWRIGHT_TEST_STATE_WORKER";
const PROCESSES: usize = 4;
const ROUNDS: usize = 25;
const PACE: Pace = Pace::every(Duration::from_millis(1500));

fn start(folder: &Folder, worker: usize) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "processes::worker", "--nocapture", "--test-threads=1"])
        .env(PATH, folder.path("state/state.sqlite"))
        .env(WORKER, worker.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// The values of the worker's lines `NAME VALUE`.
fn values<'a>(output: &'a str, name: &str) -> Vec<&'a str> {
    output.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(' ')).collect()
}

#[test]
fn processes_share_values_and_paces() {
    let folder = Folder::new();
    let workers: Vec<Child> = (0..PROCESSES).map(|number| start(&folder, number)).collect();
    let outputs: Vec<String> = workers
        .into_iter()
        .map(|worker| {
            let output = worker.wait_with_output().unwrap();
            let (out, err) =
                (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
            assert!(output.status.success(), "a worker failed:\n{out}\n{err}");
            out.into_owned()
        })
        .collect();
    let all = |name| outputs.iter().flat_map(|output| values(output, name)).collect::<Vec<_>>();

    let mut won: Vec<usize> = all("won").iter().map(|round| round.parse().unwrap()).collect();
    won.sort_unstable();
    assert_eq!(won, (0..ROUNDS).collect::<Vec<_>>(), "each round has one winner");

    // All clocks stand still at the same time, so the slots are the first so many, each once.
    let mut slots: Vec<u128> = all("slot").iter().map(|slot| slot.parse().unwrap()).collect();
    slots.sort_unstable();
    let expected: Vec<u128> = (0..u32::try_from(PROCESSES * ROUNDS).unwrap())
        .map(|number| (PACE.interval * number).as_millis())
        .collect();
    assert_eq!(slots, expected);

    let files = std::fs::read_dir(folder.path("state")).unwrap().count();
    assert!(files <= 4, "something was moved aside");
}

/// The work of one process; nothing where this is not one of the workers, as when all tests run.
#[test]
#[allow(clippy::disallowed_methods, reason = "how a worker of this test is told what it is")]
fn worker() {
    let (Some(path), Some(number)) = (std::env::var_os(PATH), std::env::var_os(WORKER)) else { return };
    let number = number.into_string().unwrap();
    let state = SqliteState::open(path, Arc::new(ManualClock::new()));
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    // On a line of its own, after what the test harness has begun to write.
    println!();
    runtime.block_on(async {
        for round in 0..ROUNDS {
            let key = format!("round/{round}");
            if state.compare_and_set(&key, None, number.as_bytes(), MINUTE).await.unwrap() {
                println!("won {round}");
            }
            assert!(state.get(&key).await.unwrap().is_some(), "round {round} has no winner");
            match state.reserve("pace", PACE, Duration::from_secs(3600)).await.unwrap() {
                Slot::In(wait) => println!("slot {}", wait.as_millis()),
                Slot::TooFarAhead(wait) => panic!("a slot after {wait:?}"),
            }
        }
    });
}

#[test]
fn a_process_that_is_killed_leaves_a_sound_file() {
    let folder = Folder::new();
    // From before the file is made to the midst of the writing.
    for suffix in [".lock", "", "-wal", "-wal", "-wal", "-wal"] {
        let mut workers: Vec<Child> = (0..2).map(|number| start(&folder, number)).collect();
        let sign = folder.path(&format!("state/state.sqlite{suffix}"));
        // A worker that ended was faster than the look at the file.
        while !sign.exists() && workers[0].try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        for worker in &mut workers {
            worker.kill().unwrap();
            worker.wait().unwrap();
        }
        let state = SqliteState::open(folder.path("state/state.sqlite"), Arc::new(ManualClock::new()));
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            state.put("key", b"1", MINUTE).await.unwrap();
            assert_eq!(state.get("key").await.unwrap().as_deref(), Some(&b"1"[..]));
        });
        assert_eq!(state.moved_aside(), None);
        drop(state);
        std::fs::remove_dir_all(folder.path("state")).unwrap();
    }
}
