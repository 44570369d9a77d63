//! What a lab asks of a store beyond tower-sessions' four questions.
//!
//! tower-sessions writes a record without looking at what was there, so of two requests at once the
//! later write wins and the earlier one is lost. [`SandboxStore::read`] and [`SandboxStore::replace`] notice
//! it, [`SandboxStore::upsert`] is the careless way of most stores; the rest is what an operator does by hand.

use async_trait::async_trait;
use serde_json::{Map, Value};
use time::{Duration, OffsetDateTime};
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
};

use super::{StoreError, StoreKind, Stored};
use crate::config;
use crate::recorder::moment::moment_at;

/// What a store held when it was read, to be compared at the write. Opaque.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen(Vec<u8>);

impl Seen {
    pub(in crate::stores) fn of(held: impl Into<Vec<u8>>) -> Self {
        Self(held.into())
    }

    pub(in crate::stores) fn held(&self) -> &[u8] {
        &self.0
    }
}

/// A store of the lab.
///
/// Every method can fail with [`StoreError::Unreachable`] if the engine does not answer and with
/// [`StoreError::Refused`] if it, or the disk, answers with an error; what else is named with each.
/// All commands but those of [`SandboxStore::look`] and [`SandboxStore::forget_all`] are told to the recorder.
#[async_trait]
pub trait SandboxStore: SessionStore {
    /// As `load`, with what was seen.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] if what is there is no session (the file store puts it aside instead).
    async fn read(&self, id: &Id) -> Result<Option<(Record, Seen)>, StoreError>;

    /// Writes the record only if the store still holds what was seen.
    ///
    /// # Errors
    /// [`StoreError::Gone`] if it is no longer there or expired; [`StoreError::Changed`] if somebody
    /// else wrote meanwhile.
    async fn replace(&self, record: &Record, seen: &Seen) -> Result<(), StoreError>;

    /// Writes whether or not there is anything, as express's stores do: a session that was deleted
    /// meanwhile lives again, and another's write is lost.
    ///
    /// # Errors
    /// None of its own.
    async fn upsert(&self, record: &Record) -> Result<(), StoreError>;

    /// Moves the record's expiry `by` earlier (later, if negative). What is then over stays there
    /// until somebody cleans; only Redis deletes it at once.
    ///
    /// # Errors
    /// [`StoreError::Gone`] if it is not there; [`StoreError::Corrupt`] if it is no session;
    /// [`StoreError::Changed`] if others never stop writing.
    async fn move_ahead(&self, id: &Id, by: Duration) -> Result<(), StoreError>;

    /// Puts this text in the record's place, by hand: the whole content of the file or of the Redis
    /// key, whatever it is; in MongoDB and in memory the JSON of `data`. The expiry stays.
    ///
    /// # Errors
    /// [`StoreError::Gone`] if it is not there; [`StoreError::Refused`] with the problem if MongoDB
    /// or the memory get something else than a JSON object.
    async fn overwrite(&self, id: &Id, text: &str) -> Result<(), StoreError>;

    /// What is held for these ids now, expired or not, in silence.
    ///
    /// # Errors
    /// None of its own.
    async fn look(&self, ids: &[Id]) -> Result<Vec<Stored>, StoreError>;

    /// Deletes these, in silence.
    ///
    /// # Errors
    /// None of its own.
    async fn forget_all(&self, ids: &[Id]) -> Result<(), StoreError>;
}

/// The last moment that RFC 3339 can write: 9999-12-31T23:59:59.999Z, in ms since 1970.
const LAST: i64 = 253_402_300_799_999;

/// The moment `by` before this one, in whole milliseconds and never outside of what the stores can write.
pub(super) fn moved(moment: OffsetDateTime, by: Duration) -> OffsetDateTime {
    let by = i64::try_from(by.whole_milliseconds()).unwrap_or(if by.is_negative() {
        i64::MIN
    } else {
        i64::MAX
    });
    moment_at(config::to_ms(moment).saturating_sub(by).clamp(0, LAST))
}

/// The JSON object that somebody typed as a session's data.
pub(super) fn data_from(store: StoreKind, text: &str) -> Result<Map<String, Value>, StoreError> {
    serde_json::from_str(text).map_err(|problem| StoreError::Refused {
        store,
        reply: problem.to_string(),
    })
}
