//! The file store's folder as `ls -l` and `cat` would show it.

use serde::{Deserialize, Serialize};

/// One entry of the folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Its name.
    pub name: String,
    /// Its permissions, such as `0o600`: for people to be printed in base 8.
    pub mode: u32,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last written: milliseconds since 1970, UTC.
    pub modified_ms: i64,
    /// The first 2000 bytes of a file, as text; empty for anything else, such as a link.
    pub text: String,
    /// What it is to the store.
    pub kind: FileKind,
}

/// What an entry of the folder is to the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FileKind {
    /// A session, expired or not.
    Session {
        /// When it ends: milliseconds since 1970, UTC.
        expires_ms: i64,
    },
    /// Under a session's name, but unreadable; or put aside because it was.
    Corrupt,
    /// Being written, or left half written by a crash.
    Temporary,
    /// Nothing of the store's.
    Other,
}

/// What a cleaning did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reaped {
    /// How many sessions and half-written files were looked at.
    pub looked: usize,
    /// How many of them were removed.
    pub removed: usize,
}
