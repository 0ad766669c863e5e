//! What differs between systems: who owns a file, who may read it, and how a rename reaches the disk.

#[cfg(not(unix))]
mod other;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
pub(crate) use other::{
    folder_permissions, make_private_folder, open_lock, open_to_read, private_permissions, sync_folder,
};
#[cfg(unix)]
pub(crate) use unix::{
    folder_permissions, make_private_folder, open_lock, open_to_read, private_permissions, sync_folder,
};
