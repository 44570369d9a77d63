//! The MongoDB store: one document per session in the collection `sessions`.
//!
//! `insert` refuses an `_id` that is taken, `update` without upsert touches only what is there, and
//! every question asks for `expires` as well: the TTL index deletes what has expired only about once
//! a minute, and until then the document is still there.

use std::{fmt, future::IntoFuture, sync::Arc};

use async_trait::async_trait;
use futures::TryStreamExt;
use mongodb::{
    Collection,
    bson::{Bson, DateTime, Document, RawDocumentBuf, doc},
    error::{Error, ErrorKind, WriteFailure},
};
use serde_json::Value;
use time::OffsetDateTime;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store,
};

use super::{
    LabTag, StoreError, StoreKind, Stored,
    engines::{MongoEngine, mongo_events::overheard, mongo_unreachable},
    stored::{fresh_id, moment_at, sorted_data},
};
use crate::config;

/// What MongoDB answers if an `_id` is taken.
const DUPLICATE_KEY: i32 = 11000;

/// Sessions of one lab as documents in MongoDB. Clones share the engine.
#[derive(Clone)]
pub struct MongoStore {
    engine: Arc<MongoEngine>,
    lab: LabTag,
}

impl MongoStore {
    /// A lab's documents in this engine.
    #[must_use]
    pub const fn new(engine: Arc<MongoEngine>, lab: LabTag) -> Self {
        Self { engine, lab }
    }

    /// What MongoDB holds for these ids now, expired or not.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] or [`StoreError::Refused`].
    pub async fn inspect(&self, ids: &[Id]) -> Result<Vec<Stored>, StoreError> {
        let sessions = self.raw_sessions()?;
        let asked = async {
            let found = sessions
                .find(self.all_of(ids))
                .sort(doc! { "_id": 1 })
                .await?;
            found.try_collect::<Vec<_>>().await
        };
        let found = self
            .bounded(asked)
            .await?
            .map_err(|error| refused(&error))?;
        Ok(found.iter().filter_map(stored).collect())
    }

    /// Deletes the documents of these ids.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] or [`StoreError::Refused`].
    pub async fn forget(&self, ids: &[Id]) -> Result<(), StoreError> {
        let sessions = self.engine.sessions()?;
        let deleted = self
            .bounded(sessions.delete_many(self.all_of(ids)).into_future())
            .await?;
        deleted.map(drop).map_err(|error| refused(&error))
    }

    /// The collection for reading. Raw: when the driver makes documents by itself, it takes a session's
    /// key such as `$oid` for a type.
    fn raw_sessions(&self) -> Result<Collection<RawDocumentBuf>, StoreError> {
        Ok(self.engine.sessions()?.clone_with_type())
    }

    fn all_of(&self, ids: &[Id]) -> Document {
        let ids: Vec<_> = ids.iter().map(Id::to_string).collect();
        doc! { "_id": { "$in": ids }, "lab": self.lab.as_str() }
    }

    fn one(&self, id: &Id) -> Document {
        doc! { "_id": id.to_string(), "lab": self.lab.as_str() }
    }

    fn one_alive(&self, id: &Id) -> Document {
        let mut filter = self.one(id);
        filter.insert("expires", doc! { "$gt": date(config::now()) });
        filter
    }

    /// Waits as long as a command may take. The inner error is an answer of the server.
    async fn bounded<T>(
        &self,
        work: impl Future<Output = mongodb::error::Result<T>>,
    ) -> Result<mongodb::error::Result<T>, StoreError> {
        let reason = match self.engine.answer(work).await {
            Ok(Err(error)) => match mongo_unreachable(&error) {
                Some(reason) => reason,
                None => return Ok(Err(error)),
            },
            Ok(answer) => return Ok(answer),
            Err(reason) => reason,
        };
        self.engine.failed(reason.clone());
        Err(StoreError::Unreachable {
            store: StoreKind::Mongo,
            reason,
        })
    }

    /// As [`MongoStore::bounded`], and the recorder hears what the driver sends.
    async fn told<T>(
        &self,
        work: impl Future<Output = mongodb::error::Result<T>>,
    ) -> Result<mongodb::error::Result<T>, StoreError> {
        overheard(self.bounded(work)).await
    }
}

#[async_trait]
impl SessionStore for MongoStore {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        let sessions = self.engine.sessions()?;
        loop {
            let mut document = self.one(&record.id);
            document.insert("data", data_of(record));
            document.insert("expires", date(record.expiry_date));
            match self
                .told(sessions.insert_one(document).into_future())
                .await?
            {
                Ok(_) => return Ok(()),
                Err(error) if is_duplicate(&error) => record.id = fresh_id(),
                Err(error) => return Err(refused(&error).into()),
            }
        }
    }

    async fn save(&self, record: &Record) -> session_store::Result<()> {
        let change =
            doc! { "$set": { "data": data_of(record), "expires": date(record.expiry_date) } };
        let sessions = self.engine.sessions()?;
        let update = sessions.update_one(self.one_alive(&record.id), change);
        let updated = self
            .told(update.into_future())
            .await?
            .map_err(|error| refused(&error))?;
        if updated.matched_count == 0 {
            Err(StoreError::Gone.into())
        } else {
            Ok(())
        }
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        let sessions = self.raw_sessions()?;
        let found = self
            .told(sessions.find_one(self.one_alive(id)).into_future())
            .await?
            .map_err(|error| refused(&error))?;
        Ok(found.map(|raw| record_of(*id, &raw)).transpose()?)
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        let sessions = self.engine.sessions()?;
        self.told(sessions.delete_one(self.one(id)).into_future())
            .await?
            .map_err(|error| refused(&error))?;
        Ok(())
    }
}

impl fmt::Debug for MongoStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MongoStore")
            .field("lab", &self.lab)
            .finish_non_exhaustive()
    }
}

fn is_duplicate(error: &Error) -> bool {
    matches!(&*error.kind, ErrorKind::Write(WriteFailure::WriteError(write)) if write.code == DUPLICATE_KEY)
}

fn refused(error: &Error) -> StoreError {
    let reply = match &*error.kind {
        ErrorKind::Command(refusal) => refusal.message.clone(),
        ErrorKind::Write(WriteFailure::WriteError(refusal)) => refusal.message.clone(),
        other => other.to_string(),
    };
    StoreError::Refused {
        store: StoreKind::Mongo,
        reply,
    }
}

fn record_of(id: Id, raw: &RawDocumentBuf) -> Result<Record, StoreError> {
    let corrupt = |detail: String| StoreError::Corrupt {
        store: StoreKind::Mongo,
        detail,
    };
    let document = Document::try_from(&**raw).map_err(|error| corrupt(error.to_string()))?;
    let data = document
        .get_document("data")
        .map_err(|error| corrupt(error.to_string()))?;
    let expires = document
        .get_datetime("expires")
        .map_err(|error| corrupt(error.to_string()))?;
    Ok(Record {
        id,
        data: data
            .iter()
            .map(|(key, value)| (key.clone(), to_json(value)))
            .collect(),
        expiry_date: moment_at(expires.timestamp_millis()),
    })
}

fn stored(raw: &RawDocumentBuf) -> Option<Stored> {
    let document = Document::try_from(&**raw).ok()?;
    let place = document.get_str("_id").ok()?.to_owned();
    let expires_ms = document
        .get_datetime("expires")
        .map_or(i64::MAX, |date| date.timestamp_millis());
    let text = Bson::Document(document).into_relaxed_extjson().to_string();
    Some(Stored {
        id: place.parse().ok()?,
        place,
        text,
        expires_ms,
    })
}

fn date(moment: OffsetDateTime) -> DateTime {
    DateTime::from_millis(config::to_ms(moment))
}

fn data_of(record: &Record) -> Bson {
    to_bson(&Value::Object(sorted_data(record)))
}

/// JSON as BSON, word for word: a key such as `$date` in a session is a key and no type.
fn to_bson(value: &Value) -> Bson {
    match value {
        Value::Null => Bson::Null,
        Value::Bool(value) => Bson::Boolean(*value),
        Value::String(text) => Bson::String(text.clone()),
        Value::Array(items) => Bson::Array(items.iter().map(to_bson).collect()),
        Value::Object(fields) => Bson::Document(
            fields
                .iter()
                .map(|(key, value)| (key.clone(), to_bson(value)))
                .collect(),
        ),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => i32::try_from(whole).map_or(Bson::Int64(whole), Bson::Int32),
            // BSON's whole numbers end at 2^63 - 1; above, it becomes a double as in JavaScript.
            (None, Some(number)) => Bson::Double(number),
            (None, None) => Bson::Null,
        },
    }
}

/// BSON as JSON. Types that JSON does not have were put there by somebody else and become extended JSON.
fn to_json(value: &Bson) -> Value {
    match value {
        Bson::Array(items) => items.iter().map(to_json).collect(),
        Bson::Document(fields) => Value::Object(
            fields
                .iter()
                .map(|(key, value)| (key.clone(), to_json(value)))
                .collect(),
        ),
        other => other.clone().into_relaxed_extjson(),
    }
}
