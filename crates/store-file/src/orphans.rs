//! Whether a missing key may be one that is lost: then no other is made in its place.
//!
//! Who makes a key where one was lost shuts out its back-up: restoring that would take the new key away from what was
//! written with it. The store's own file tells nothing, it is a new one; so its neighbours are asked. A file that no
//! key here opens is an orphan, and its key may be the one that is missing.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use age::Decryptor;

use crate::disk::folder_of;
use crate::failure::Failure;
use crate::identity;
use crate::options::Access;
use crate::write_lock::lock_path;

/// Larger files are no keys: an RSA key of 16384 bits takes 13 KB.
const LARGEST_KEY: u64 = 16 * 1024;

/// The head names the recipients, each with some hundred bytes; an RSA key takes up to 3 KB.
const LARGEST_HEAD: u64 = 1024 * 1024;

/// How files of age begin, whatever their version.
const AGE: &[u8] = b"age-encryption.org/";

/// Refuses to make a key at `identity` if there is an orphan beside it or beside the new credential file.
pub(crate) fn refuse_if_any(credential_file: &Path, identity: &Path) -> Result<(), Failure> {
    let folders = [folder_of(identity), folder_of(credential_file)];
    // Stores before keys: another process makes the key first, and the store that it opens afterwards.
    let stores: Vec<PathBuf> =
        folders.iter().flat_map(|folder| files_in(folder)).filter(|path| is_store(path)).collect();
    if stores.is_empty() {
        return Ok(());
    }
    let keys: Vec<Box<dyn age::Identity + Send + Sync>> =
        folders.iter().flat_map(|folder| files_in(folder)).flat_map(|path| keys_in(&path)).collect();
    match stores.into_iter().find(|store| is_orphan(store, &keys)) {
        Some(orphan) => Err(Failure::Orphan { orphan, identity: identity.to_owned() }),
        None => Ok(()),
    }
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| std::fs::metadata(path).is_ok_and(|metadata| metadata.is_file()))
        .collect();
    // The message names the first, and should name the same each time.
    files.sort();
    files
}

/// By its name, or by the lock file that every store which was written here has.
fn is_store(path: &Path) -> bool {
    path.extension().is_some_and(|end| end.eq_ignore_ascii_case("age")) || lock_path(path).exists()
}

fn keys_in(path: &Path) -> Vec<Box<dyn age::Identity + Send + Sync>> {
    let small = std::fs::metadata(path).is_ok_and(|metadata| metadata.len() <= LARGEST_KEY);
    let loaded = if small && !is_store(path) { identity::load(path, Access::ReadOnly) } else { Ok(None) };
    // Most files are no keys, and that is no fault of theirs.
    loaded.ok().flatten().map_or_else(Vec::new, |keys| keys.identities)
}

/// Whether a file was encrypted to a key, and to none of these. What cannot be read might be.
fn is_orphan(store: &Path, keys: &[Box<dyn age::Identity + Send + Sync>]) -> bool {
    let mut head = Vec::new();
    let read = File::open(store).and_then(|file| file.take(LARGEST_HEAD).read_to_end(&mut head));
    if read.is_err() {
        return true;
    }
    // Armoured, or of another program: nothing this crate wrote.
    if !head.starts_with(AGE) {
        return false;
    }
    match Decryptor::new_buffered(&head[..]) {
        Ok(decryptor) if decryptor.is_scrypt() => false,
        Ok(decryptor) => decryptor.decrypt(keys.iter().map(|key| &**key as &dyn age::Identity)).is_err(),
        // Damaged, or of a newer format. A back-up may be whole, and want its key.
        Err(_) => true,
    }
}
