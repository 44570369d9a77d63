//! What the lab asks of MongoDB beyond tower-sessions.

use std::future::IntoFuture;

use async_trait::async_trait;
use mongodb::{
    bson::{Bson, Document, RawDocumentBuf, doc, raw::RawDocument},
    error::Error,
};
use serde_json::Value;
use time::Duration;
use tower_sessions::session::{Id, Record};

use super::{
    MongoStore,
    bson::{date, record_of, to_bson},
    is_duplicate, refused, whole,
};
use crate::stores::{
    SandboxStore, Seen, StoreError, StoreKind, Stored,
    sandbox_store::{data_from, moved},
};

impl MongoStore {
    async fn find(&self, filter: Document) -> Result<Option<RawDocumentBuf>, StoreError> {
        let sessions = self.raw_sessions()?;
        self.told(sessions.find_one(filter).into_future())
            .await?
            .map_err(|error| refused(&error))
    }

    /// `updateOne` with `upsert`. The outer error is no answer, the inner one an answer.
    async fn put(&self, record: &Record) -> Result<Result<(), Error>, StoreError> {
        let sessions = self.engine.sessions()?;
        let update = sessions
            .update_one(self.one(&record.id), doc! { "$set": whole(record) })
            .upsert(true);
        let put = self.told(update.into_future()).await?;
        Ok(put.map(drop))
    }
}

#[async_trait]
impl SandboxStore for MongoStore {
    async fn read(&self, id: &Id) -> Result<Option<(Record, Seen)>, StoreError> {
        let Some(raw) = self.find(self.one_alive(id)).await? else {
            return Ok(None);
        };
        let record = record_of(*id, &raw)?;
        Ok(Some((record, Seen::of(raw.into_bytes()))))
    }

    async fn replace(&self, record: &Record, seen: &Seen) -> Result<(), StoreError> {
        let (data, expires) = fields(seen)?;
        let mut filter = self.one_alive(&record.id);
        // `$eq`, because the data's own keys may begin with `$`.
        filter.insert("data", doc! { "$eq": data });
        if let Ok(alive) = filter.get_document_mut("expires") {
            alive.insert("$eq", expires);
        }
        match self.update(filter, whole(record)).await {
            // A second look, for the message only: the refusal itself was one step.
            Err(StoreError::Gone) => match self.find(self.one_alive(&record.id)).await? {
                Some(_) => Err(StoreError::Changed),
                None => Err(StoreError::Gone),
            },
            outcome => outcome,
        }
    }

    async fn upsert(&self, record: &Record) -> Result<(), StoreError> {
        let put = match self.put(record).await? {
            // Of two at once that found nothing, one inserts; the other finds it the second time.
            Err(error) if is_duplicate(&error) => self.put(record).await?,
            put => put,
        };
        put.map_err(|error| refused(&error))
    }

    async fn move_ahead(&self, id: &Id, by: Duration) -> Result<(), StoreError> {
        let held = self.find(self.one(id)).await?.ok_or(StoreError::Gone)?;
        let expires = moved(record_of(*id, &held)?.expiry_date, by);
        let set = doc! { "expires": date(expires) };
        self.update(self.one(id), set).await
    }

    async fn overwrite(&self, id: &Id, text: &str) -> Result<(), StoreError> {
        let data = to_bson(&Value::Object(data_from(StoreKind::Mongo, text)?));
        self.update(self.one(id), doc! { "data": data }).await
    }

    async fn look(&self, ids: &[Id]) -> Result<Vec<Stored>, StoreError> {
        self.inspect(ids).await
    }

    async fn forget_all(&self, ids: &[Id]) -> Result<(), StoreError> {
        self.forget(ids).await
    }
}

/// The `data` and `expires` of the document that was seen.
fn fields(seen: &Seen) -> Result<(Bson, Bson), StoreError> {
    let corrupt = |detail: String| StoreError::Corrupt {
        store: StoreKind::Mongo,
        detail,
    };
    let document = RawDocument::from_bytes(seen.held())
        .and_then(Document::try_from)
        .map_err(|error| corrupt(error.to_string()))?;
    let field = |name| {
        let value = document.get(name).cloned();
        value.ok_or_else(|| corrupt(format!("no {name} was seen")))
    };
    Ok((field("data")?, field("expires")?))
}
