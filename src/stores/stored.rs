//! The words in which stores talk to the rest of the program.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use tower_sessions::session::{Id, Record};

use crate::{config, recorder::moment::moment_text};

/// The public name of a lab inside the stores: part of every key in a Redis that others use too, a
/// field of every MongoDB document, the name of the folder. It is derived from the lab's secret id and does not lead back.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SandboxTag(String);

impl SandboxTag {
    /// 16 hexadecimal digits (64 bits) of the SHA-256 of the lab's id.
    #[must_use]
    pub fn of(lab_id: &[u8]) -> Self {
        Self(hex::encode(&Sha256::digest(lab_id)[..8]))
    }

    /// The tag that a folder of ours is named after; `None` for any other name.
    #[must_use]
    pub fn from_folder_name(name: &str) -> Option<Self> {
        let ours = name.len() == 16 && name.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        ours.then(|| Self(name.to_owned()))
    }

    /// The 16 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SandboxTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A record exactly as a store holds it now, for the drawing on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The session's id.
    pub id: Id,
    /// Where it stands: the file name, the Redis key, the document's `_id`.
    pub place: String,
    /// The text that is really there (JSON; for MongoDB relaxed extended JSON).
    pub text: String,
    /// When the store lets go of it: milliseconds since 1970, UTC.
    pub expires_ms: i64,
}

/// A session's data with its keys in alphabetical order, so that a record always reads the same.
#[must_use]
pub fn sorted_data(record: &Record) -> Map<String, Value> {
    let mut pairs: Vec<_> = record.data.iter().collect();
    pairs.sort_by_key(|(key, _)| *key);
    pairs
        .into_iter()
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

/// The sheet of JSON that the file store and Redis keep per session. The id is not on it: it is the
/// name of the file and of the key.
#[derive(Serialize, Deserialize)]
struct Sheet {
    expires: String,
    data: Map<String, Value>,
}

/// A record as one line of JSON: `{"expires":"2026-11-21T11:04:21.123Z","data":{…}}`.
#[must_use]
pub fn record_text(record: &Record) -> String {
    let sheet = Sheet {
        expires: moment_text(record.expiry_date),
        data: sorted_data(record),
    };
    // Strings and JSON values always become JSON; an error here is impossible and would read as corrupt.
    serde_json::to_string(&sheet).unwrap_or_default()
}

/// Reads [`record_text`] back.
///
/// # Errors
/// What is wrong with the text, for people.
pub fn record_of(id: Id, text: &str) -> Result<Record, String> {
    let sheet: Sheet = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let expiry_date = OffsetDateTime::parse(&sheet.expires, &Rfc3339)
        .map_err(|error| format!("expires: {error}"))?;
    Ok(Record {
        id,
        data: sheet.data.into_iter().collect(),
        expiry_date,
    })
}

/// Whether a record may still be shown to anybody.
#[must_use]
pub fn is_alive(record: &Record) -> bool {
    record.expiry_date > config::now()
}

/// A fresh random id, for a record whose own id is taken.
#[must_use]
pub fn fresh_id() -> Id {
    Id(i128::from_le_bytes(config::random()))
}
