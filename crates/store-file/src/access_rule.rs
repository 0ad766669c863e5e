//! Whose files are trusted: the one place where owners, permissions and links are judged.
//!
//! | | own file | on a read-only mount, or read-only by option |
//! |---|---|---|
//! | owner | this user | this user or root |
//! | permissions | nothing for group and world | not writable for the world |
//! | symbolic link | refused | followed |
//!
//! The right column is for what Kubernetes, Docker and systemd mount: links, root's, readable for a group or all inside
//! the container. It holds for reading only, and where this user cannot change the file: the file system is mounted
//! read-only, or the file is root's, we are not root, and neither group nor world may write. A file of our own on an
//! ordinary disk is held to the left column even if it is `0444`: it lies open to every user of the machine.
//!
//! What is about to be replaced is always held to the left column, and so is its folder: where others may write, they can
//! remove the file, and the next write would begin a new one. A sticky folder, as `/tmp`, lets nobody remove another's.

use std::fmt;
use std::path::Path;

use crate::options::Access;

/// What the platform says about an open file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts {
    pub(crate) is_link: bool,
    pub(crate) is_regular_file: bool,
    /// `None` where files have no owner and permissions of this kind.
    pub(crate) ownership: Option<Ownership>,
    pub(crate) on_read_only_file_system: bool,
}

/// Owner and permissions, as on Unix.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ownership {
    pub(crate) owner: u32,
    pub(crate) our_user: u32,
    pub(crate) permissions: u32,
}

/// What is about to be done with the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Read(Access),
    Replace,
}

/// What is wrong with a file. `Display` completes "the credential file …".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Objection {
    NotAFile,
    Link,
    ForeignOwner { owner: u32 },
    OpenToOthers { permissions: u32 },
    WritableByAll { permissions: u32 },
    // The path it goes with is the folder's.
    FolderOpenToOthers { permissions: u32 },
}

impl fmt::Display for Objection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAFile => f.write_str("is not a file"),
            Self::Link => f.write_str("is a symbolic link"),
            Self::ForeignOwner { owner } => write!(f, "belongs to another user (id {owner})"),
            Self::OpenToOthers { permissions } => {
                write!(f, "is open to other users (mode {permissions:04o})")
            }
            Self::WritableByAll { permissions } => {
                write!(f, "can be changed by every user (mode {permissions:04o})")
            }
            Self::FolderOpenToOthers { permissions } => {
                write!(f, "lies in a folder that other users can change (mode {permissions:04o})")
            }
        }
    }
}

impl Objection {
    /// What to do about it.
    pub(crate) fn hint(self, path: &Path) -> String {
        let path = path.display();
        match self {
            Self::NotAFile => "give the path of a file".to_owned(),
            Self::Link => {
                "give the path of the file itself; links are followed only on read-only mounts and in a store opened \
                 read-only"
                    .to_owned()
            }
            Self::ForeignOwner { .. } => format!("if it is yours: chown \"$(id -u)\" {path}"),
            Self::OpenToOthers { .. } => format!("chmod 600 {path}"),
            Self::WritableByAll { .. } => format!("chmod o-w {path}"),
            Self::FolderOpenToOthers { .. } => format!("chmod go-w {path}"),
        }
    }
}

/// Judges a file by the table above.
pub(crate) fn judge(facts: &Facts, purpose: Purpose) -> Result<(), Objection> {
    const GROUP_AND_WORLD: u32 = 0o077;
    const WRITE_FOR_GROUP_AND_WORLD: u32 = 0o022;
    const WRITE_FOR_WORLD: u32 = 0o002;
    const ROOT: u32 = 0;

    if !facts.is_regular_file {
        return Err(Objection::NotAFile);
    }
    let Some(Ownership { owner, our_user, permissions }) = facts.ownership else {
        return if facts.is_link && purpose != Purpose::Read(Access::ReadOnly) {
            Err(Objection::Link)
        } else {
            Ok(())
        };
    };
    let only_root_can_write =
        owner == ROOT && our_user != ROOT && permissions & WRITE_FOR_GROUP_AND_WORLD == 0;
    let mounted = match purpose {
        Purpose::Read(Access::ReadOnly) => true,
        Purpose::Read(Access::ReadWrite) => facts.on_read_only_file_system || only_root_can_write,
        Purpose::Replace => false,
    };
    if mounted {
        if owner != our_user && owner != ROOT {
            return Err(Objection::ForeignOwner { owner });
        }
        if permissions & WRITE_FOR_WORLD != 0 {
            return Err(Objection::WritableByAll { permissions });
        }
        return Ok(());
    }
    if facts.is_link {
        return Err(Objection::Link);
    }
    if owner != our_user {
        return Err(Objection::ForeignOwner { owner });
    }
    if permissions & GROUP_AND_WORLD != 0 {
        return Err(Objection::OpenToOthers { permissions });
    }
    Ok(())
}

/// Judges the folder of a file that is about to be written. `None` where folders have no permissions of this kind.
pub(crate) fn judge_folder(permissions: Option<u32>) -> Result<(), Objection> {
    const WRITE_FOR_GROUP_AND_WORLD: u32 = 0o022;
    const STICKY: u32 = 0o1000;

    match permissions {
        Some(permissions) if permissions & WRITE_FOR_GROUP_AND_WORLD != 0 && permissions & STICKY == 0 => {
            Err(Objection::FolderOpenToOthers { permissions })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: u32 = 0;
    const US: u32 = 1000;
    const STRANGER: u32 = 1001;

    /// Owner, our user, permissions, is a link, on a read-only file system.
    type File = (u32, u32, u32, bool, bool);

    fn check(file: File, purpose: Purpose, expected: Result<(), Objection>) {
        let (owner, our_user, permissions, is_link, on_read_only_file_system) = file;
        let ownership = Some(Ownership { owner, our_user, permissions });
        let facts = Facts { is_link, is_regular_file: true, ownership, on_read_only_file_system };
        assert_eq!(judge(&facts, purpose), expected, "{file:?} {purpose:?}");
    }

    #[test]
    fn mounts_are_trusted_for_reading_only_and_a_disk_of_ours_is_held_to_privacy() {
        let link = Err(Objection::Link);
        let foreign = |owner| Err(Objection::ForeignOwner { owner });
        let open = |permissions| Err(Objection::OpenToOthers { permissions });
        let writable = |permissions| Err(Objection::WritableByAll { permissions });
        let table: [(File, _, _); 16] = [
            // Our own, on a disk: for reading and for replacing.
            ((US, US, 0o600, false, false), Ok(()), Ok(())),
            ((US, US, 0o400, false, false), Ok(()), Ok(())),
            ((US, US, 0o444, false, false), open(0o444), open(0o444)),
            ((US, US, 0o640, false, false), open(0o640), open(0o640)),
            ((US, US, 0o600, true, false), link, link),
            ((ROOT, ROOT, 0o644, false, false), open(0o644), open(0o644)),
            // Root's, which we cannot change.
            ((ROOT, US, 0o444, true, false), Ok(()), link),
            ((ROOT, US, 0o440, false, false), Ok(()), foreign(ROOT)),
            ((ROOT, US, 0o660, false, false), foreign(ROOT), foreign(ROOT)),
            ((ROOT, US, 0o666, false, false), foreign(ROOT), foreign(ROOT)),
            // On a read-only file system.
            ((ROOT, US, 0o644, true, true), Ok(()), link),
            ((ROOT, ROOT, 0o444, true, true), Ok(()), link),
            ((US, US, 0o440, true, true), Ok(()), link),
            ((ROOT, US, 0o666, false, true), writable(0o666), foreign(ROOT)),
            ((STRANGER, US, 0o400, false, true), foreign(STRANGER), foreign(STRANGER)),
            // A stranger's.
            ((STRANGER, US, 0o444, false, false), foreign(STRANGER), foreign(STRANGER)),
        ];
        for (file, reading, replacing) in table {
            check(file, Purpose::Read(Access::ReadWrite), reading);
            check(file, Purpose::Replace, replacing);
        }
    }

    #[test]
    fn a_store_opened_read_only_trusts_us_and_root() {
        let purpose = Purpose::Read(Access::ReadOnly);
        for owner in [US, ROOT] {
            for permissions in [0o400, 0o440, 0o444, 0o600, 0o644, 0o664] {
                check((owner, US, permissions, true, false), purpose, Ok(()));
            }
            check(
                (owner, US, 0o446, true, false),
                purpose,
                Err(Objection::WritableByAll { permissions: 0o446 }),
            );
        }
        check((STRANGER, US, 0o400, false, false), purpose, Err(Objection::ForeignOwner { owner: STRANGER }));
    }

    #[test]
    fn a_folder_is_for_one_writer_or_sticky() {
        for permissions in [0o700, 0o755, 0o500, 0o2755, 0o1777, 0o1770] {
            assert_eq!(judge_folder(Some(permissions)), Ok(()), "{permissions:o}");
        }
        for permissions in [0o770, 0o775, 0o757, 0o777, 0o2775, 0o702, 0o720] {
            let objection = Objection::FolderOpenToOthers { permissions };
            assert_eq!(judge_folder(Some(permissions)), Err(objection));
        }
        assert_eq!(judge_folder(None), Ok(()));
    }

    #[test]
    fn what_is_not_a_file_is_never_trusted() {
        let ownership = Some(Ownership { owner: US, our_user: US, permissions: 0o600 });
        let facts =
            Facts { is_link: false, is_regular_file: false, ownership, on_read_only_file_system: true };
        for purpose in [Purpose::Read(Access::ReadOnly), Purpose::Read(Access::ReadWrite), Purpose::Replace] {
            assert_eq!(judge(&facts, purpose), Err(Objection::NotAFile));
        }
    }
}
