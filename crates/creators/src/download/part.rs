//! What has come of a file so far, on the disk. Everything here waits for the disk.

use std::fs::{self, File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use linkwright_core::{Error, ErrorKind, Result};
use md5::{Digest, Md5};

use super::blocking::Stop;
use super::md5_sum::Md5Sum;
use super::place::{Place, failed, open, remove};
use super::{Download, DownloadOptions, DownloadStage, OPERATION, unpack};

/// How much is read at once.
const BUFFER: usize = 256 * 1024;

/// The beginning of a file, and of which version of it.
#[derive(Debug)]
pub(super) struct Part {
    place: Place,
    /// `NAME.part`, locked for as long as it is open, and at its end.
    file: File,
    wanted: Download,
    /// The file server's name for the version this is the beginning of; without one nothing can be added to it later.
    etag: Option<String>,
    hash: Md5,
    length: u64,
}

/// The part, for one work at a time.
pub(super) fn lock(part: &Mutex<Part>) -> MutexGuard<'_, Part> {
    part.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Part {
    /// Opens what an earlier run left of this very file, or begins with nothing.
    pub(super) fn open(place: Place, wanted: Download, private: bool, stop: &Stop) -> Result<Self> {
        let file = open_locked(&place.part(), private)?;
        let etag = read_version(&place.version(), wanted);
        let mut part = Self { place, file, wanted, etag, hash: Md5::new(), length: 0 };
        if part.etag.is_none() {
            part.start_over(None)?;
        } else {
            part.read_to_end(stop)?;
        }
        if part.length > wanted.size {
            part.start_over(None)?;
        }
        Ok(part)
    }

    pub(super) fn length(&self) -> u64 {
        self.length
    }

    pub(super) fn etag(&self) -> Option<&str> {
        self.etag.as_deref()
    }

    pub(super) fn md5(&self) -> Md5Sum {
        Md5Sum(self.hash.clone().finalize().into())
    }

    /// Forgets what came; what comes next is of this version.
    pub(super) fn start_over(&mut self, etag: Option<String>) -> Result<()> {
        let path = self.place.part();
        // In this order: at no moment do bytes of one version stand beside the name of another.
        self.file.set_len(0).map_err(|error| failed("write", &path, error))?;
        self.file.rewind().map_err(|error| failed("write", &path, error))?;
        (self.hash, self.length) = (Md5::new(), 0);
        let version = self.place.version();
        match &etag {
            Some(etag) => fs::write(&version, version_text(self.wanted, etag))
                .map_err(|error| failed("write", &version, error))?,
            None => remove(&version)?,
        }
        self.etag = etag;
        Ok(())
    }

    pub(super) fn append(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).map_err(|error| failed("write", &self.place.part(), error))?;
        self.hash.update(bytes);
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// Leaves nothing behind.
    pub(super) fn discard(&mut self) -> Result<()> {
        remove(&self.place.version())?;
        remove(&self.place.part())
    }

    /// Puts the file to its place, unpacked if that is asked for. Answers where it is and how large.
    pub(super) fn finish(&mut self, options: &DownloadOptions, stop: &Stop) -> Result<(PathBuf, u64)> {
        let bytes = if options.unpack {
            let bytes = self.unpack(options, stop);
            if bytes.as_ref().is_err_and(|error| error.kind() == ErrorKind::Corrupt) {
                // Sum and size are right, so it would be no other the next time.
                self.discard()?;
            }
            let bytes = bytes?;
            remove(&self.place.part())?;
            bytes
        } else {
            self.place.put(&self.file, &self.place.part())?;
            self.length
        };
        remove(&self.place.version())?;
        Ok((self.place.target().to_owned(), bytes))
    }

    fn unpack(&mut self, options: &DownloadOptions, stop: &Stop) -> Result<u64> {
        let (packed, path) = (self.place.part(), self.place.plain());
        self.file.rewind().map_err(|error| failed("read", &packed, error))?;
        let mut plain = open(&path, options.private)?;
        let total = self.wanted.size;
        let unpacked = plain.set_len(0).map_err(|error| failed("write", &path, error)).and_then(|()| {
            let each = |done| {
                if let Some(progress) = &options.progress {
                    progress.advanced(DownloadStage::Unpacking, done, total);
                }
                stop.check()
            };
            let bytes = unpack::unpack((&self.file, &packed), (&mut plain, &path), options, each)?;
            self.place.put(&plain, &path)?;
            Ok(bytes)
        });
        if unpacked.is_err() {
            remove(&path)?;
        }
        unpacked
    }

    fn read_to_end(&mut self, stop: &Stop) -> Result<()> {
        let mut buffer = vec![0; BUFFER];
        loop {
            stop.check()?;
            let read = self.file.read(&mut buffer);
            let read = read.map_err(|error| failed("read", &self.place.part(), error))?;
            if read == 0 {
                return Ok(());
            }
            self.hash.update(&buffer[..read]);
            self.length += read as u64;
        }
    }
}

fn version_text(wanted: Download, etag: &str) -> String {
    format!("md5 {}\nsize {}\netag {etag}\n", wanted.md5, wanted.size)
}

/// The ETag, where what is there is the beginning of the wanted file.
fn read_version(path: &Path, wanted: Download) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let etag = text.lines().last()?.strip_prefix("etag ")?;
    // Compared whole, so that a text that was cut off, or of a later form, counts as none.
    (text == version_text(wanted, etag)).then(|| etag.to_owned())
}

/// Opens the part for this process alone.
fn open_locked(path: &Path, private: bool) -> Result<File> {
    // Between opening and locking, whoever had it may have put it to its target: then it is no part any more. As often as
    // that may happen in a row before something else is wrong.
    const TRIES: usize = 5;
    for _ in 0..TRIES {
        let file = open(path, private)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => break,
            // A file system without locks.
            Err(TryLockError::Error(error)) => {
                tracing::debug!(%error, "a download cannot be locked");
            }
        }
        if is_at(&file, path) {
            return Ok(file);
        }
    }
    let message = format!("this file is being fetched already: `{}`", path.display());
    Err(Error::new(ErrorKind::Conflict, OPERATION, message)
        .with_context("path", path.display().to_string())
        .with_hint("wait for the other download, or choose another target"))
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |metadata: &fs::Metadata| (metadata.dev(), metadata.ino());
    matches!((file.metadata(), fs::metadata(path)), (Ok(open), Ok(there)) if id(&open) == id(&there))
}

/// Windows has no number for a file that can be asked for without more.
#[cfg(not(unix))]
fn is_at(_file: &File, path: &Path) -> bool {
    path.exists()
}
