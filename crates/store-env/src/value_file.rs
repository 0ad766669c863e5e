//! A file that holds one value, as secrets are mounted into containers.
//!
//! Links are followed and owners not asked for: Kubernetes mounts links, Docker files of root's, and whoever sets this
//! process's variables could set the value itself. Only what every user may write is refused.

use std::fs::{File, Metadata};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use linkwright_core::Timestamp;
use zeroize::Zeroizing;

use crate::failure::Failure;

/// As much as any store takes of a whole credential.
const MOST_BYTES: usize = 65_536;

/// A value, and when its file was written.
pub(crate) struct FromFile {
    pub(crate) value: Zeroizing<String>,
    pub(crate) written: Written,
}

/// When a file was written: what tells one rotation from the next without looking at the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Written {
    /// Nanoseconds since the Unix epoch; zero where the file system does not say.
    pub(crate) nanoseconds: u128,
}

impl Written {
    fn of(metadata: &Metadata) -> Self {
        let since_epoch = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Self { nanoseconds: since_epoch.map_or(0, |time| time.as_nanos()) }
    }

    /// The same as a point in time.
    pub(crate) fn moment(self) -> Option<Timestamp> {
        let milliseconds = i64::try_from(self.nanoseconds / 1_000_000).ok()?;
        (milliseconds != 0).then(|| Timestamp::from_unix_millis(milliseconds))
    }
}

/// When the file was written, without opening it.
pub(crate) fn written(path: &Path) -> Option<Written> {
    std::fs::metadata(path).ok().map(|metadata| Written::of(&metadata))
}

/// Reads the value: all of the file but one line break at its end.
pub(crate) fn read(variable: &str, path: PathBuf) -> Result<FromFile, Failure> {
    let variable = || variable.to_owned();
    let refused = |why| Failure::FileRefused { variable: variable(), path: path.clone(), why };
    let failed = |cause| Failure::File { variable: variable(), path: path.clone(), cause };
    // Asked before it is opened: opening a named pipe would wait for its writer.
    if !std::fs::metadata(&path).map_err(failed)?.is_file() {
        return Err(refused("is not a regular file"));
    }
    let file = File::open(&path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if writable_by_all(&metadata) {
        return Err(Failure::FileWritableByAll { variable: variable(), path });
    }
    // All at once and one more, so that the buffer never grows and leaves a copy behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(MOST_BYTES + 1));
    file.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() > MOST_BYTES {
        return Err(refused("is larger than 64 KiB"));
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| refused("is not text in UTF-8"))?;
    let value = text.strip_suffix('\n').map_or(text, |line| line.strip_suffix('\r').unwrap_or(line));
    if value.is_empty() {
        return Err(refused("is empty"));
    }
    Ok(FromFile { value: Zeroizing::new(value.to_owned()), written: Written::of(&metadata) })
}

#[cfg(unix)]
fn writable_by_all(metadata: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    const WRITE_FOR_WORLD: u32 = 0o002;
    metadata.mode() & WRITE_FOR_WORLD != 0
}

/// Other systems grant rights in ways a mode does not tell.
#[cfg(not(unix))]
fn writable_by_all(_metadata: &Metadata) -> bool {
    false
}
