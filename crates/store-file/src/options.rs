//! What a caller decides about the file: where it lies, what opens it, and how it is treated.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use linkwright_core::{Clock, Secret};

/// What encrypts the file, and so who can read it.
#[derive(Debug, Clone)]
pub enum Protection {
    /// A key in a file of its own: an age identity file, or an SSH private key (Ed25519 or RSA) without passphrase.
    ///
    /// If neither this file nor the credential file is there, the first write makes an age identity here, readable by
    /// its owner alone. Beside a credential file that is there, an identity is never made. Neither is one while a
    /// neighbour of the two, another file of age's, is opened by no identity that lies there: the missing one may be its
    /// own, and a new one would stand in the way of the back-up.
    Identity {
        /// Where the key lies. Not beside the credential file if the two are backed up together.
        path: PathBuf,
        /// Whoever else can open the file: lines `age1…`, `ssh-ed25519 …` or `ssh-rsa …`. They hold from the next
        /// write on, and so does leaving one out.
        extra_recipients: Vec<String>,
    },
    /// A passphrase, stretched with scrypt.
    Passphrase(Secret),
}

impl Protection {
    /// An identity file and nobody else.
    pub fn identity(path: impl Into<PathBuf>) -> Self {
        Self::Identity { path: path.into(), extra_recipients: Vec::new() }
    }
}

/// Whether the store writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Access {
    /// Reads and writes. What lies on a read-only mount can be read all the same.
    #[default]
    ReadWrite,
    /// Never writes, and trusts whoever put the file there: for secrets that Kubernetes, Docker or systemd mounts.
    ReadOnly,
}

/// How a [`FileStore`](crate::FileStore) is set up. Nothing in it is looked at before the first call needs it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct FileStoreOptions {
    /// The credential file. Its folder is made at the first write, for its owner alone.
    pub path: PathBuf,
    /// What opens it.
    pub protection: Protection,
    /// Whether the store writes; [`Access::ReadWrite`] unless changed.
    pub access: Access,
    /// How many revisions of one name are kept, the current and the pending one included, which are never dropped; 10
    /// unless changed.
    pub keep_revisions: usize,
    /// How long a write waits while another process writes; 10 seconds unless changed.
    pub lock_timeout: Duration,
    /// The scrypt work factor for a passphrase: 2 to the power of this many rounds, 18 unless changed.
    ///
    /// Taken as at least 10 and at most 20 (which is 1 GiB of memory). Files of a lower factor are refused, except that
    /// 18 is always enough. A lower number than 18 is for tests.
    pub scrypt_work_factor: u8,
    /// Dates the changes, and measures the wait for another process.
    pub clock: Arc<dyn Clock>,
}

impl FileStoreOptions {
    /// All but these three as said on the fields.
    pub fn new(path: impl Into<PathBuf>, protection: Protection, clock: Arc<dyn Clock>) -> Self {
        Self {
            path: path.into(),
            protection,
            access: Access::default(),
            keep_revisions: 10,
            lock_timeout: Duration::from_secs(10),
            scrypt_work_factor: 18,
            clock,
        }
    }
}
