//! A writer killed at any instant: readers find what it wrote last or the write it was in, never neither.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;

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

/// Temporary files in the folders a writer writes in, which are there only inside a write.
fn temporary_files(folder: &Path) -> BTreeSet<PathBuf> {
    let entries = ["data", "keys"].into_iter().filter_map(|name| std::fs::read_dir(folder.join(name)).ok());
    let paths = entries.flatten().flatten().map(|entry| entry.path());
    paths.filter(|path| path.to_string_lossy().contains(".new-")).collect()
}

/// When a writer is killed. The steps are looks into its folders: a clock would tell nothing of how far it is, and what
/// the two processes do between two steps is the system's choice, so a kill hits a write by luck and is counted.
#[derive(Clone, Copy)]
enum Instant {
    /// After so many looks, wherever it is.
    Looks(u32),
    /// So many looks after a temporary file was seen: a write has begun, and may have ended by the time of the kill.
    InWrite { looks_later: u32 },
}

impl Instant {
    /// Half of each. A look takes some microseconds, a write some hundred to some thousand.
    fn random(random: &mut fastrand::Rng) -> Self {
        if random.bool() {
            Self::Looks(random.u32(0..1000))
        } else {
            Self::InWrite { looks_later: random.u32(0..8) }
        }
    }

    fn wait(self, folder: &Path, writer: &mut Writer, old: &BTreeSet<PathBuf>) {
        let looks = match self {
            Self::Looks(looks) => looks,
            Self::InWrite { looks_later } => {
                while temporary_files(folder).is_subset(old) {
                    assert_eq!(writer.child.try_wait().unwrap(), None, "the writer ended by itself");
                }
                looks_later
            }
        };
        for _ in 0..looks {
            temporary_files(folder);
        }
    }
}

/// Kills there are at least, kills inside a write that there must be among them, and kills after which a test gives up
/// on that. On a disk, which a write waits for, one kill in two hits a write; where the file system is memory, one in
/// forty, so that the last number is far from what is needed.
const KILLS: usize = 40;
const INSIDE: usize = 3;
const MOST_KILLS: usize = 2000;

#[tokio::test]
async fn killed_at_any_instant_the_file_is_old_or_new() {
    let place = Place::new();
    let folder = place.folder.path();
    let mut random = fastrand::Rng::with_seed(7);
    let mut last = 1;
    store_in(folder).create(&name("main"), example(last)).await.unwrap();
    let (mut kills, mut inside, mut after_rename) = (0, 0, 0);
    while kills < KILLS || inside < INSIDE {
        assert!(kills < MOST_KILLS, "of {kills} kills only {inside} hit an unfinished write");
        let old = temporary_files(folder);
        let mut writer = Writer::start(folder, last + 1);
        if random.bool() {
            writer.wait_for("wrote");
            last += 1;
        }
        Instant::random(&mut random).wait(folder, &mut writer, &old);
        let said = writer.kill().unwrap_or(last);
        inside += usize::from(!temporary_files(folder).is_subset(&old));
        let stored = store_in(folder).get_current(&name("main")).await;
        let found = number_of(&stored.unwrap_or_else(|error| panic!("kill {kills}: {error:?}")).set);
        assert!(
            found == said || found == said + 1,
            "kill {kills}: said to have written {said}, found {found}"
        );
        after_rename += usize::from(found == said + 1);
        last = found;
        kills += 1;
    }
    println!(
        "{kills} kills, {inside} before the rename, {after_rename} between it and the word, {last} writes"
    );

    // Whatever they left behind, the next write removes.
    store_in(folder).overwrite(&name("main"), example(last + 1)).await.unwrap();
    assert_eq!(place.data_files(), ["credentials.age", "credentials.age.lock"]);
    let stored = store_in(folder).get_current(&name("main")).await.unwrap();
    assert_eq!(stored.set, example(last + 1));
}

#[tokio::test]
async fn killed_in_its_first_write_nothing_stands_in_the_way_of_the_next() {
    let mut random = fastrand::Rng::with_seed(11);
    let (mut kills, mut inside, mut absent) = (0, 0, 0);
    while kills < KILLS || inside < INSIDE || absent == 0 {
        assert!(kills < MOST_KILLS, "of {kills} kills {inside} hit an unfinished write, {absent} the first");
        let place = Place::new();
        let folder = place.folder.path();
        let mut writer = Writer::start(folder, 1);
        Instant::random(&mut random).wait(folder, &mut writer, &BTreeSet::new());
        let said = writer.kill();
        inside += usize::from(!temporary_files(folder).is_empty());
        let store = store_in(folder);
        match store.get_current(&name("main")).await {
            Ok(stored) => {
                let found = number_of(&stored.set);
                assert!(found == said.unwrap_or(0) || found == said.unwrap_or(0) + 1, "kill {kills}");
            }
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::NotFound, "kill {kills}: {error:?}");
                assert_eq!(said, None, "kill {kills}: a credential was lost");
                absent += 1;
            }
        }
        store.overwrite(&name("main"), example(100)).await.unwrap();
        assert_eq!(store.get_current(&name("main")).await.unwrap().set, example(100));
        assert_eq!(place.data_files(), ["credentials.age", "credentials.age.lock"]);
        let keys: Vec<_> = std::fs::read_dir(place.path("keys")).unwrap().collect();
        assert!((1..=2).contains(&keys.len()), "{keys:?}");
        kills += 1;
    }
    println!("{kills} kills, {inside} inside a write, {absent} before the file was there");
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
