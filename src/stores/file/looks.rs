//! The folder as an operator sees it, in silence: every entry, and no link is followed.

use std::{
    fs::{self, File, Metadata, OpenOptions},
    io::{self, Read},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
    time::UNIX_EPOCH,
};

use rustix::fs::OFlags;

use super::disk::{CORRUPT, Disk, TEMPORARY, missing_is_none, session_of};
use crate::{
    config,
    stores::{
        StoreError,
        listing::{FileEntry, FileKind},
        stored::record_of,
    },
};

/// How much of a file is shown, in bytes.
const SHOWN: usize = 2000;
/// How much of a file is read to find out whether it is a session, in bytes. No session is larger.
const MOST: u64 = 1 << 20;

impl Disk {
    /// Every entry, in the order of their names. What disappears meanwhile is left out.
    pub(super) fn listing(&self) -> Result<Vec<FileEntry>, StoreError> {
        let Some(entries) = missing_is_none(fs::read_dir(&*self.folder))? else {
            return Ok(Vec::new());
        };
        let mut listing = Vec::new();
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            // Of the entry itself: a link is not followed.
            if let Some(meta) = missing_is_none(entry.metadata())? {
                listing.push(look(name, &meta, &entry.path()));
            }
        }
        listing.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(listing)
    }
}

fn look(name: String, meta: &Metadata, path: &Path) -> FileEntry {
    let content = if meta.is_file() { content(path) } else { None };
    let kind = kind(&name, content.as_deref());
    let content = content.unwrap_or_default();
    let modified = meta.modified().ok();
    let modified = modified.and_then(|moment| moment.duration_since(UNIX_EPOCH).ok());
    FileEntry {
        name,
        mode: meta.permissions().mode() & 0o7777,
        size: meta.len(),
        modified_ms: modified
            .and_then(|since| i64::try_from(since.as_millis()).ok())
            .unwrap_or(0),
        text: String::from_utf8_lossy(&content[..content.len().min(SHOWN)]).into_owned(),
        kind,
    }
}

fn kind(name: &str, content: Option<&[u8]>) -> FileKind {
    let Some(content) = content else {
        return FileKind::Other;
    };
    if name.ends_with(TEMPORARY) {
        return FileKind::Temporary;
    }
    if name.ends_with(CORRUPT) {
        return FileKind::Corrupt;
    }
    let Some(id) = session_of(name) else {
        return FileKind::Other;
    };
    match record_of(id, &String::from_utf8_lossy(content)) {
        Ok(record) => FileKind::Session {
            expires_ms: config::to_ms(record.expiry_date),
        },
        Err(_) => FileKind::Corrupt,
    }
}

/// Nothing if it cannot be read, or has become something else than a file since it was looked at.
fn content(path: &Path) -> Option<Vec<u8>> {
    let read = || -> io::Result<Vec<u8>> {
        let mut content = Vec::new();
        open(path)?.take(MOST).read_to_end(&mut content)?;
        Ok(content)
    };
    read().ok()
}

fn open(path: &Path) -> io::Result<File> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    OpenOptions::new()
        .read(true)
        .custom_flags(flags.bits().cast_signed())
        .open(path)
}
