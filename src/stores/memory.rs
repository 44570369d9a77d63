//! The memory store: a map inside the server's own process.
//!
//! The fastest store and the shortest-lived: when the process ends, the map ends with it, while the
//! browsers keep their cookies. Nobody cleans it: what has expired stays until somebody asks for it, as
//! in express-session's `MemoryStore`. Those grow until the server runs out of memory; this one lets
//! go of the record that ends first when it would hold more than [`MOST_RECORDS`].

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store,
};

use super::{
    SandboxStore, Seen, StoreError, StoreKind, Stored,
    sandbox_store::{data_from, moved},
    stored::{fresh_id, is_alive, record_text},
};
use crate::config;
use crate::recorder::{self, Command};

/// How many records the map holds at most, expired ones included.
pub const MOST_RECORDS: usize = 64;

/// Sessions in a map. Clones share the map; it is dropped with the last of them.
#[derive(Clone, Default)]
pub struct MemoryStore(Arc<Mutex<HashMap<Id, Record>>>);

impl MemoryStore {
    /// An empty map.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many records have not expired.
    #[must_use]
    pub fn len(&self) -> usize {
        self.map()
            .values()
            .filter(|record| is_alive(record))
            .count()
    }

    /// Whether no record is alive.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every record, expired or not, in the order of their ids' text.
    #[must_use]
    pub fn records(&self) -> Vec<Stored> {
        let mut records: Vec<Stored> = self.map().values().map(stored).collect();
        records.sort_by(|a, b| a.place.cmp(&b.place));
        records
    }

    /// What the map holds for these ids, expired or not.
    ///
    /// # Errors
    /// None: the process is its own engine.
    #[expect(clippy::unused_async, reason = "the same question in all four stores")]
    pub async fn inspect(&self, ids: &[Id]) -> Result<Vec<Stored>, StoreError> {
        let map = self.map();
        Ok(ids
            .iter()
            .filter_map(|id| map.get(id))
            .map(stored)
            .collect())
    }

    /// Deletes the records of these ids, in silence.
    ///
    /// # Errors
    /// None: the process is its own engine.
    #[expect(clippy::unused_async, reason = "the same question in all four stores")]
    pub async fn forget(&self, ids: &[Id]) -> Result<(), StoreError> {
        let mut map = self.map();
        for id in ids {
            map.remove(id);
        }
        Ok(())
    }

    /// Changes what is there, expired or not.
    fn change(
        &self,
        verb: &str,
        id: &Id,
        change: impl FnOnce(&mut Record),
    ) -> Result<(), StoreError> {
        let mut map = self.map();
        let Some(record) = map.get_mut(id) else {
            recorder::record(|| Command {
                text: format!("{verb} {id}"),
                reply: "undefined".to_owned(),
                failed: false,
            });
            return Err(StoreError::Gone);
        };
        change(record);
        tell(verb, record, "stored");
        Ok(())
    }

    fn map(&self) -> MutexGuard<'_, HashMap<Id, Record>> {
        // A panic elsewhere cannot leave the map half changed: every change is one call.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl SessionStore for MemoryStore {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        let mut map = self.map();
        while map.contains_key(&record.id) {
            tell("create", record, "refused: the id is taken");
            record.id = fresh_id();
        }
        insert(&mut map, record);
        tell("create", record, "stored");
        Ok(())
    }

    async fn save(&self, record: &Record) -> session_store::Result<()> {
        let mut map = self.map();
        if !drop_expired(&mut map, &record.id) {
            tell("save", record, "undefined");
            return Err(StoreError::Gone.into());
        }
        map.insert(record.id, record.clone());
        tell("save", record, "stored");
        Ok(())
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        Ok(self.read(id).await?.map(|(record, _)| record))
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        let was_there = self.map().remove(id).is_some();
        recorder::record(|| Command {
            text: format!("delete {id}"),
            reply: was_there.to_string(),
            failed: false,
        });
        Ok(())
    }
}

#[async_trait]
impl SandboxStore for MemoryStore {
    async fn read(&self, id: &Id) -> Result<Option<(Record, Seen)>, StoreError> {
        let mut map = self.map();
        drop_expired(&mut map, id);
        let found = map
            .get(id)
            .map(|record| (record.clone(), record_text(record)));
        recorder::record(|| Command {
            text: format!("load {id}"),
            reply: found
                .as_ref()
                .map_or_else(|| "undefined".to_owned(), |(_, text)| text.clone()),
            failed: false,
        });
        Ok(found.map(|(record, text)| (record, Seen::of(text))))
    }

    async fn replace(&self, record: &Record, seen: &Seen) -> Result<(), StoreError> {
        let mut map = self.map();
        drop_expired(&mut map, &record.id);
        let Some(held) = map.get(&record.id) else {
            tell("replace", record, "undefined");
            return Err(StoreError::Gone);
        };
        if record_text(held).as_bytes() != seen.held() {
            tell("replace", record, "refused: it was changed");
            return Err(StoreError::Changed);
        }
        map.insert(record.id, record.clone());
        tell("replace", record, "stored");
        Ok(())
    }

    async fn upsert(&self, record: &Record) -> Result<(), StoreError> {
        insert(&mut self.map(), record);
        tell("set", record, "stored");
        Ok(())
    }

    async fn move_ahead(&self, id: &Id, by: time::Duration) -> Result<(), StoreError> {
        self.change("expire", id, |record| {
            record.expiry_date = moved(record.expiry_date, by);
        })
    }

    async fn overwrite(&self, id: &Id, text: &str) -> Result<(), StoreError> {
        let data = data_from(StoreKind::Memory, text)?;
        self.change("overwrite", id, |record| {
            record.data = data.into_iter().collect();
        })
    }

    async fn look(&self, ids: &[Id]) -> Result<Vec<Stored>, StoreError> {
        self.inspect(ids).await
    }

    async fn forget_all(&self, ids: &[Id]) -> Result<(), StoreError> {
        self.forget(ids).await
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryStore")
            .field("records", &self.map().len())
            .finish()
    }
}

/// Puts a record in; one too many pushes out the one that ends first, so the expired ones before any other.
fn insert(map: &mut HashMap<Id, Record>, record: &Record) {
    map.remove(&record.id);
    while map.len() >= MOST_RECORDS {
        let first = map.values().min_by_key(|kept| kept.expiry_date);
        let Some(id) = first.map(|kept| kept.id) else {
            break;
        };
        map.remove(&id);
    }
    map.insert(record.id, record.clone());
}

/// Lets go of the record if it has expired; tells whether it is still there.
fn drop_expired(map: &mut HashMap<Id, Record>, id: &Id) -> bool {
    let alive = map.get(id).is_some_and(is_alive);
    if !alive {
        map.remove(id);
    }
    alive
}

fn tell(verb: &str, record: &Record, reply: &str) {
    recorder::record(|| Command {
        text: format!("{verb} {} {}", record.id, record_text(record)),
        reply: reply.to_owned(),
        failed: false,
    });
}

fn stored(record: &Record) -> Stored {
    Stored {
        id: record.id,
        place: record.id.to_string(),
        text: record_text(record),
        expires_ms: config::to_ms(record.expiry_date),
    }
}
