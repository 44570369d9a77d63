//! The collection as an operator sees it in mongosh.

use std::{collections::HashSet, future::IntoFuture};

use futures::TryStreamExt;
use mongodb::{
    Collection,
    bson::{Bson, Document, RawDocumentBuf, doc},
    error::{Error, ErrorKind},
};
use serde::{Deserialize, Serialize};

use super::{MongoStore, alive, refused};
use crate::stores::StoreError;

/// How many documents are shown.
const MOST_DOCUMENTS: i64 = 50;
/// What MongoDB answers if a collection is not there yet.
const NAMESPACE_NOT_FOUND: i32 = 26;

/// What MongoDB holds for a lab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MongoLook {
    /// The lab's documents, in the order of their `_id`; at most 50.
    pub documents: Vec<MongoDocument>,
    /// The collection's indexes, each as a line of JSON; the TTL index has `expireAfterSeconds`.
    pub indexes: Vec<String>,
}

/// A document as it lies in the collection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MongoDocument {
    /// Its `_id`.
    pub id: String,
    /// The whole document, as relaxed extended JSON.
    pub text: String,
    /// Its `expires`: milliseconds since 1970, UTC; `i64::MAX` if it has none.
    pub expires_ms: i64,
    /// Whether the server gives it to the filter that `load` asks with.
    pub passes_filter: bool,
}

impl MongoStore {
    /// The lab's documents, expired or not, and the indexes, in silence.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] or [`StoreError::Refused`].
    pub async fn documents(&self) -> Result<MongoLook, StoreError> {
        let sessions = self.raw_sessions()?;
        let look = async {
            let held: Vec<_> = sessions
                .find(doc! { "lab": self.lab.as_str() })
                .sort(doc! { "_id": 1 })
                .limit(MOST_DOCUMENTS)
                .await?
                .try_collect()
                .await?;
            let ids: Vec<_> = held.iter().filter_map(id_of).map(Bson::String).collect();
            let filter = alive(doc! { "_id": { "$in": ids }, "lab": self.lab.as_str() });
            let passing: Vec<_> = sessions
                .find(filter)
                .projection(doc! { "_id": 1 })
                .await?
                .try_collect()
                .await?;
            let passing = passing.iter().filter_map(id_of).collect();
            let indexes = indexes(&sessions).await?;
            Ok(MongoLook {
                documents: held
                    .iter()
                    .filter_map(|raw| document(raw, &passing))
                    .collect(),
                indexes,
            })
        };
        self.bounded(look).await?.map_err(|error| refused(&error))
    }
}

fn id_of(raw: &RawDocumentBuf) -> Option<String> {
    raw.get_str("_id").ok().map(str::to_owned)
}

fn document(raw: &RawDocumentBuf, passing: &HashSet<String>) -> Option<MongoDocument> {
    let document = Document::try_from(&**raw).ok()?;
    let id = match document.get("_id")? {
        Bson::String(id) => id.clone(),
        odd => odd.clone().into_relaxed_extjson().to_string(),
    };
    Some(MongoDocument {
        expires_ms: document
            .get_datetime("expires")
            .map_or(i64::MAX, |date| date.timestamp_millis()),
        passes_filter: passing.contains(&id),
        text: Bson::Document(document).into_relaxed_extjson().to_string(),
        id,
    })
}

/// The server's own answer, field by field; the driver's type would show only what it knows.
async fn indexes(sessions: &Collection<RawDocumentBuf>) -> mongodb::error::Result<Vec<String>> {
    let database = sessions.client().database(&sessions.namespace().db);
    let list = doc! { "listIndexes": sessions.name() };
    let listed = match database.run_command(list).into_future().await {
        Ok(listed) => listed,
        Err(error) if is_missing(&error) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let batch = listed
        .get_document("cursor")
        .and_then(|cursor| cursor.get_array("firstBatch"));
    let lines = batch.into_iter().flatten();
    Ok(lines
        .map(|index| index.clone().into_relaxed_extjson().to_string())
        .collect())
}

fn is_missing(error: &Error) -> bool {
    matches!(&*error.kind, ErrorKind::Command(refusal) if refusal.code == NAMESPACE_NOT_FOUND)
}
