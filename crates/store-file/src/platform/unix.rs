//! Files with owners and permissions.

use std::fs::{DirBuilder, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

use rustix::fs::{OFlags, StatVfsMountFlags, fstatvfs};

use crate::access_rule::{Facts, Ownership};

/// Opens a file to read it, behind a link too, and says whether there was a link.
///
/// Never waits, as opening a named pipe would.
pub(crate) fn open_to_read(path: &Path) -> io::Result<(File, Facts)> {
    let open =
        |flags: OFlags| OpenOptions::new().read(true).custom_flags(flags.bits().cast_signed()).open(path);
    let (file, is_link) = match open(OFlags::NONBLOCK | OFlags::NOFOLLOW) {
        Err(error) if is_link_error(&error) => (open(OFlags::NONBLOCK)?, true),
        opened => (opened?, false),
    };
    let facts = facts_of(&file, is_link)?;
    Ok((file, facts))
}

/// Opens the lock file, making it if needed, for its owner alone. A link is an error.
pub(crate) fn open_lock(path: &Path) -> io::Result<(File, Facts)> {
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .custom_flags((OFlags::NONBLOCK | OFlags::NOFOLLOW).bits().cast_signed())
        .open(path)?;
    let facts = facts_of(&file, false)?;
    Ok((file, facts))
}

/// `O_NOFOLLOW` answers `ELOOP` on Linux and macOS, `EMLINK` on FreeBSD.
fn is_link_error(error: &io::Error) -> bool {
    let number = error.raw_os_error().map(rustix::io::Errno::from_raw_os_error);
    matches!(number, Some(rustix::io::Errno::LOOP | rustix::io::Errno::MLINK))
}

fn facts_of(file: &File, is_link: bool) -> io::Result<Facts> {
    let metadata = file.metadata()?;
    Ok(Facts {
        is_link,
        is_regular_file: metadata.is_file(),
        ownership: Some(Ownership {
            owner: metadata.uid(),
            our_user: rustix::process::geteuid().as_raw(),
            permissions: metadata.mode() & 0o7777,
        }),
        on_read_only_file_system: fstatvfs(file)?.f_flag.contains(StatVfsMountFlags::RDONLY),
    })
}

/// What a file is created with when only its owner may read it.
pub(crate) fn private_permissions() -> Option<Permissions> {
    Some(Permissions::from_mode(0o600))
}

/// Makes a folder and those above it, the missing ones for their owner alone.
pub(crate) fn make_private_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// Who may do what with a folder, behind a link too.
pub(crate) fn folder_permissions(folder: &Path) -> io::Result<Option<u32>> {
    Ok(Some(std::fs::metadata(folder)?.mode() & 0o7777))
}

/// Makes a rename in this folder survive a power cut.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
