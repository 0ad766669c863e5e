//! A writer killed at any instant: readers find what it wrote last or the write it was in, never neither.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use linkwright_core::{CredentialStoreExt as _, ErrorKind};
use linkwright_store_file::FileStore;

use crate::locking::RunningClock;
use crate::support::{Place, example, name, number_of};

/// How the child is told the folder it writes in, and the number it begins with.
const FOLDER: &str = "LINKWRIGHT_TEST_WRITER_FOLDER";
const FIRST: &str = "LINKWRIGHT_TEST_WRITER_FIRST";

fn store_in(folder: &Path) -> FileStore {
    let identity = linkwright_store_file::Protection::identity(folder.join("keys/identity.txt"));
    let file = folder.join("data/credentials.age");
    FileStore::new(linkwright_store_file::FileStoreOptions::new(
        file,
        identity,
        Arc::new(RunningClock::new()),
    ))
}

/// Not a test but the child's part: writes one number after the other and says which it has written.
#[tokio::test]
#[ignore = "not a test"] // tidy: allow(ignored-test) the tests beside it start it in a process of its own
#[allow(clippy::disallowed_methods, reason = "the way a test tells its child what to do")]
async fn writer() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let first: u64 = std::env::var(FIRST).unwrap().parse().unwrap();
    let store = store_in(Path::new(&folder));
    let mut out = std::io::stdout();
    writeln!(out, "\nready").unwrap();
    for number in first.. {
        store.overwrite(&name("main"), example(number)).await.unwrap();
        writeln!(out, "wrote {number}").unwrap();
        out.flush().unwrap();
    }
}

/// A running writer; killed when dropped, so that a failed test leaves none behind.
struct Writer {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Writer {
    /// Started, and as far as its first word.
    fn start(folder: &Path, first: u64) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "killed::writer", "--ignored", "--nocapture", "--test-threads=1"])
            .env(FOLDER, folder)
            .env(FIRST, first.to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        let mut writer = Self { child, lines };
        writer.wait_for("ready");
        writer
    }

    fn wait_for(&mut self, beginning: &str) {
        let mut line = String::new();
        while !line.starts_with(beginning) {
            line.clear();
            assert_ne!(self.lines.read_line(&mut line).unwrap(), 0, "the writer ended by itself");
        }
    }

    /// Kills it (SIGKILL on Unix), and gives the last number it said to have written.
    fn kill(mut self) -> Option<u64> {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        let mut rest = String::new();
        self.lines.read_to_string(&mut rest).unwrap();
        rest.lines().rev().find_map(|line| line.strip_prefix("wrote ")?.parse().ok())
    }
}

/// Some instant of the writer's next few writes: each takes a few milliseconds.
fn wait_for_some_instant(random: &mut fastrand::Rng) {
    std::thread::sleep(Duration::from_micros(random.u64(0..12_000)));
}

#[tokio::test]
async fn killed_at_any_instant_the_file_is_old_or_new() {
    const KILLS: usize = 60;
    let place = Place::new();
    let mut random = fastrand::Rng::with_seed(7);
    let mut last = 1;
    store_in(place.folder.path()).create(&name("main"), example(last)).await.unwrap();
    let mut in_flight_survived = 0;
    for kill in 0..KILLS {
        let mut writer = Writer::start(place.folder.path(), last + 1);
        if random.bool() {
            writer.wait_for("wrote");
            last += 1;
        }
        wait_for_some_instant(&mut random);
        let said = writer.kill().unwrap_or(last);
        let stored = store_in(place.folder.path()).get_current(&name("main")).await;
        let found = number_of(&stored.unwrap_or_else(|error| panic!("kill {kill}: {error:?}")).set);
        assert!(
            found == said || found == said + 1,
            "kill {kill}: said to have written {said}, found {found}"
        );
        in_flight_survived += usize::from(found == said + 1);
        last = found;
    }
    println!("{KILLS} kills, {in_flight_survived} between the rename and the word, {last} writes");

    // Whatever they left behind, the next write removes.
    store_in(place.folder.path()).overwrite(&name("main"), example(last + 1)).await.unwrap();
    assert_eq!(place.data_files(), ["credentials.age", "credentials.age.lock"]);
    let stored = store_in(place.folder.path()).get_current(&name("main")).await.unwrap();
    assert_eq!(stored.set, example(last + 1));
}

#[tokio::test]
async fn killed_in_its_first_write_nothing_stands_in_the_way_of_the_next() {
    const KILLS: usize = 30;
    let mut random = fastrand::Rng::with_seed(11);
    let (mut absent, mut present) = (0, 0);
    for kill in 0..KILLS {
        let place = Place::new();
        let writer = Writer::start(place.folder.path(), 1);
        std::thread::sleep(Duration::from_micros(random.u64(0..6_000)));
        let said = writer.kill();
        let store = store_in(place.folder.path());
        match store.get_current(&name("main")).await {
            Ok(stored) => {
                let found = number_of(&stored.set);
                assert!(found == said.unwrap_or(0) || found == said.unwrap_or(0) + 1, "kill {kill}");
                present += 1;
            }
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::NotFound, "kill {kill}: {error:?}");
                assert_eq!(said, None, "kill {kill}: a credential was lost");
                absent += 1;
            }
        }
        store.overwrite(&name("main"), example(100)).await.unwrap();
        assert_eq!(store.get_current(&name("main")).await.unwrap().set, example(100));
        assert_eq!(place.data_files(), ["credentials.age", "credentials.age.lock"]);
        let keys: Vec<_> = std::fs::read_dir(place.path("keys")).unwrap().collect();
        assert!((1..=2).contains(&keys.len()), "{keys:?}");
    }
    println!("{KILLS} kills, {absent} before the file was there, {present} after");
}

#[tokio::test]
async fn what_a_killed_writer_leaves_is_removed_and_nothing_else() {
    let place = Place::new();
    place.store().create(&name("main"), example(1)).await.unwrap();
    for file in [".credentials.age.new-Ab12Cd", ".credentials.age.new-", ".credentials.ages", "notes"] {
        std::fs::write(place.path("data").join(file), "half").unwrap();
    }
    std::fs::create_dir(place.path("data/.credentials.age.new-folder")).unwrap();
    place.store().overwrite(&name("main"), example(2)).await.unwrap();
    assert_eq!(
        place.data_files(),
        [
            ".credentials.age.new-folder",
            ".credentials.ages",
            "credentials.age",
            "credentials.age.lock",
            "notes"
        ]
    );
}
