//! From gzip (RFC 1952) to what is in it, in constant memory. A file may be several gzip files in a row.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use linkwright_core::{Error, ErrorKind, Result};

use super::place::failed;
use super::{DownloadOptions, OPERATION};

/// How much is unpacked at once.
const BUFFER: usize = 256 * 1024;

/// Unpacks one file into another and answers how many bytes came of it. `each` is told from time to time how many packed
/// ones are done with.
pub(super) fn unpack(
    (packed, packed_path): (&File, &Path),
    (plain, plain_path): (&mut File, &Path),
    options: &DownloadOptions,
    mut each: impl FnMut(u64) -> Result<()>,
) -> Result<u64> {
    let done = Cell::new(0);
    let mut decoder = MultiGzDecoder::new(Counted { file: packed, done: &done });
    let mut buffer = vec![0; BUFFER];
    let mut bytes = 0_u64;
    loop {
        each(done.get())?;
        let read = decoder.read(&mut buffer).map_err(|error| unreadable(packed_path, error))?;
        if read == 0 {
            return Ok(bytes);
        }
        bytes += read as u64;
        if bytes > options.max_unpacked_bytes {
            let message =
                format!("unpacked, the file is larger than allowed: `{}` bytes", options.max_unpacked_bytes);
            return Err(Error::new(ErrorKind::Corrupt, OPERATION, message)
                .with_hint("allow more by `max_unpacked_bytes`, or fetch it as it is"));
        }
        plain.write_all(&buffer[..read]).map_err(|error| failed("write", plain_path, error))?;
    }
}

fn unreadable(path: &Path, error: io::Error) -> Error {
    match error.kind() {
        // The decoder's words for what is no gzip, or a damaged or truncated one.
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
            Error::new(ErrorKind::Corrupt, OPERATION, "the file cannot be unpacked: it is no whole gzip")
                .with_hint("fetch it as it is, without unpacking")
                .with_source(error)
        }
        _ => failed("read", path, error),
    }
}

/// Counts what is read.
struct Counted<'a> {
    file: &'a File,
    done: &'a Cell<u64>,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.done.set(self.done.get() + read as u64);
        Ok(read)
    }
}
