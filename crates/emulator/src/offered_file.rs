//! A file that can be downloaded: compressed once, with what a list says of it.

use std::io::Write as _;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use linkwright_core::Timestamp;
use md5::{Digest as _, Md5};

/// A compressed file.
#[derive(Debug, Clone)]
pub(crate) struct OfferedFile {
    pub(crate) bytes: Arc<[u8]>,
    /// In lower-case hexadecimal, as lists give it.
    pub(crate) md5: String,
    pub(crate) modified: Timestamp,
}

impl OfferedFile {
    /// Compresses a text. The same text means the same bytes: the header names neither a time nor a file.
    pub(crate) fn compress(text: &str, modified: Timestamp) -> Self {
        let mut encoder = GzEncoder::new(Vec::with_capacity(text.len() / 4), Compression::fast());
        // Nothing that is written to memory fails.
        let written = encoder.write_all(text.as_bytes()).and_then(|()| encoder.finish());
        let bytes: Arc<[u8]> = written.unwrap_or_default().into();
        let md5 = hexadecimal(&Md5::digest(&bytes));
        Self { bytes, md5, modified }
    }

    /// The validator by which a download is gone on with. Simple uploads to S3 have the MD5 there.
    pub(crate) fn etag(&self) -> String {
        format!("\"{}\"", self.md5)
    }

    pub(crate) fn size(&self) -> u64 {
        u64::try_from(self.bytes.len()).unwrap_or(u64::MAX)
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_written_in_lower_case_hexadecimal() {
        // RFC 1321, appendix A.5.
        assert_eq!(hexadecimal(&Md5::digest(b"message digest")), "f96b697d7cb7938d525a2f31aaf161d0");
        assert_eq!(hexadecimal(&[0, 10, 255]), "000aff");
    }
}
