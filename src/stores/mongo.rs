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
    bson::{Document, RawDocumentBuf, doc},
    error::{Error, ErrorKind, WriteFailure},
};
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store,
};

mod bson;
mod look;
mod sandbox;
mod shell;

pub use self::{
    look::{MongoDocument, MongoLook},
    shell::Said,
};

use self::bson::{data_of, date, stored};
use super::{SandboxStore, SandboxTag, StoreError, StoreKind, Stored, stored::fresh_id};
use crate::config;
use crate::engines::{MongoEngine, mongo_events::overheard, mongo_unreachable};

/// What MongoDB answers if an `_id` is taken.
const DUPLICATE_KEY: i32 = 11000;

/// Sessions of one lab as documents in MongoDB. Clones share the engine.
#[derive(Clone)]
pub struct MongoStore {
    engine: Arc<MongoEngine>,
    lab: SandboxTag,
}

impl MongoStore {
    /// A lab's documents in this engine.
    #[must_use]
    pub const fn new(engine: Arc<MongoEngine>, lab: SandboxTag) -> Self {
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
        alive(self.one(id))
    }

    /// `updateOne` with `$set`; gone if no document matched.
    async fn update(&self, filter: Document, set: Document) -> Result<(), StoreError> {
        let sessions = self.engine.sessions()?;
        let update = sessions.update_one(filter, doc! { "$set": set });
        let updated = self
            .told(update.into_future())
            .await?
            .map_err(|error| refused(&error))?;
        if updated.matched_count == 0 {
            return Err(StoreError::Gone);
        }
        Ok(())
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
        self.update(self.one_alive(&record.id), whole(record))
            .await?;
        Ok(())
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        Ok(self.read(id).await?.map(|(record, _)| record))
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

/// Only what has not expired, whatever the TTL index has left lying.
fn alive(mut filter: Document) -> Document {
    filter.insert("expires", doc! { "$gt": date(config::now()) });
    filter
}

/// What a write of the whole record sets.
fn whole(record: &Record) -> Document {
    doc! { "data": data_of(record), "expires": date(record.expiry_date) }
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
