//! Several writers of one file.

use std::fs::File;
use std::sync::Arc;
use std::time::{Duration, Instant};

use linkwright_core::{BoxFuture, Clock, CredentialStoreExt as _, ErrorKind, Timestamp};
use linkwright_store_file::FileStore;
use linkwright_testkit::ManualClock;

use crate::support::{Place, check_error, example, name, number_of};

/// A clock that really runs, for waits that really happen.
#[derive(Debug)]
pub(crate) struct RunningClock(Instant);

impl RunningClock {
    #[allow(clippy::disallowed_methods, reason = "two stores that race wait in real time")]
    pub(crate) fn new() -> Self {
        Self(Instant::now())
    }
}

impl Clock for RunningClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_seconds(1_767_225_600).plus(self.0.elapsed())
    }

    fn monotonic(&self) -> Duration {
        self.0.elapsed()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_stores_that_race_nothing_is_lost_and_one_wins_each_round() {
    const ROUNDS: u64 = 25;
    let place = Place::new();
    let store = || {
        let mut options = place.options();
        options.clock = Arc::new(RunningClock::new());
        options.lock_timeout = Duration::from_secs(60);
        options.keep_revisions = 1000;
        FileStore::new(options)
    };
    // The first round also races for making the identity.
    let (one, other) = (Arc::new(store()), Arc::new(store()));
    let creations = [(&one, 1), (&other, 2)].map(|(store, number)| {
        let store = Arc::clone(store);
        tokio::spawn(async move { store.create(&name("main"), example(number)).await })
    });
    let mut created = 0;
    for creation in creations {
        created += u64::from(creation.await.unwrap().is_ok());
    }
    assert_eq!(created, 1);

    for round in 1..=ROUNDS {
        let start = one.get_current(&name("main")).await.unwrap().revision;
        let updates = [(&one, 2 * round), (&other, 2 * round + 1)].map(|(store, number)| {
            let (store, start) = (Arc::clone(store), start.clone());
            tokio::spawn(async move {
                // A name of their own at the same time: written into the same file.
                store.create(&name(&format!("n{number}")), example(number)).await.unwrap();
                (number, store.update(&name("main"), example(number), &start).await)
            })
        });
        let mut winners = Vec::new();
        for update in updates {
            match update.await.unwrap() {
                (number, Ok(_)) => winners.push(number),
                (_, Err(error)) => assert_eq!(error.kind(), ErrorKind::Conflict, "{error:?}"),
            }
        }
        assert_eq!(winners.len(), 1, "round {round}");
        assert_eq!(number_of(&other.get_current(&name("main")).await.unwrap().set), winners[0]);
    }
    let listed = one.list_all().await.unwrap().len() as u64;
    assert_eq!(listed, 1 + 2 * ROUNDS, "a write was lost");
}

#[tokio::test]
async fn a_lock_held_too_long_is_named_and_reads_do_not_wait_for_it() {
    let place = Place::new();
    let clock = ManualClock::new();
    let mut options = place.options();
    options.clock = Arc::new(clock.clone());
    options.lock_timeout = Duration::from_secs(5);
    let store = FileStore::new(options);
    store.create(&name("main"), example(1)).await.unwrap();

    let lock_path = place.path("data/credentials.age.lock");
    let holder = File::open(&lock_path).unwrap();
    holder.lock().unwrap();
    assert_eq!(store.get_current(&name("main")).await.unwrap().set, example(1));

    let main = name("main");
    let write = store.overwrite(&main, example(2));
    let time_passes = async {
        loop {
            clock.advance(Duration::from_millis(100));
            tokio::task::yield_now().await;
        }
    };
    let written = tokio::select! {
        written = write => written,
        () = time_passes => unreachable!("time passes for ever"),
    };
    let lock = lock_path.display().to_string();
    let error =
        check_error(written, ErrorKind::Unavailable, &["another process has been writing for `5", &lock]);
    assert_eq!(error.context_value("path"), Some(&*lock));
    assert_eq!(error.context_value("name"), Some("main"));
    assert_ne!(error.retry(), linkwright_core::Retry::Never);

    holder.unlock().unwrap();
    store.overwrite(&name("main"), example(3)).await.unwrap();
    assert!(lock_path.exists(), "the lock file must stay");
}

#[tokio::test]
async fn a_write_that_is_no_longer_waited_for_ends_by_itself() {
    let place = Place::new();
    let store = Arc::new(place.store());
    store.create(&name("main"), example(1)).await.unwrap();
    for number in 2..=20 {
        let main = name("main");
        // Given up at some instant: while it waits, while it writes, or not at all.
        let patience = Duration::from_micros(number * 100);
        drop(tokio::time::timeout(patience, store.overwrite(&main, example(number))).await);
        let seen = number_of(&store.get_current(&name("main")).await.unwrap().set);
        assert!((1..=number).contains(&seen));
    }
    // The next one has its turn, and the last one written is whole.
    store.overwrite(&name("main"), example(21)).await.unwrap();
    assert_eq!(store.get_current(&name("main")).await.unwrap().set, example(21));
}
