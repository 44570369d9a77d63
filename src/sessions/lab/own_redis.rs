//! The lab's own Redis, and what else its stores are asked for outside of a request.

use tower_sessions::session::Id;

use super::{Arc, NAMES, Notebook, SessionLab};
use crate::{
    engines::OwnRedis,
    error::LabError,
    sessions::ledger::{Known, MOST_SESSIONS},
    stores::{SandboxStore, StoreKind},
};

impl SessionLab {
    /// The lab's own Redis; it gets one now if it has none, and its keys move in.
    ///
    /// # Errors
    /// [`LabError::NotYourRedis`] where Redis is external; [`LabError::NoRedisLeft`] if as many run
    /// as may; what Redis says.
    pub async fn own_redis(&self) -> Result<Arc<OwnRedis>, LabError> {
        if let Some(own) = self.own_redis_if_any() {
            return Ok(own);
        }
        let all = self.engines.own_redis.as_ref();
        let own =
            all.ok_or(LabError::NotYourRedis)?
                .of(self.notebook.sandbox().folder.join("redis"));
        let ids = self.ids(StoreKind::Redis);
        let moved = Box::pin(self.outside.redis.move_to(Arc::clone(&own), &ids));
        self.taped(Some(StoreKind::Redis), moved).await?;
        tell_changes(&self.notebook, &own);
        self.notebook.page().own_redis = true;
        self.notebook.touch();
        self.notebook.announce();
        Ok(own)
    }

    /// Notes that a console is about to write in a Redis that others use too.
    pub fn note_redis_console(&self) {
        if !std::mem::replace(&mut self.notebook.page().redis_console, true) {
            self.notebook.touch();
        }
    }

    /// Removes what a console left in a Redis that others use too: whether nothing is left.
    pub(super) async fn sweep_redis(&self) -> bool {
        if !self.notebook.page().redis_console {
            return true;
        }
        let swept = self.outside.redis.sweep().await;
        if let Err(error) = &swept {
            tracing::warn!(%error, "a lab's keys could not all be removed");
        }
        swept.is_ok()
    }

    /// The lab's own Redis, if it has one.
    pub fn own_redis_if_any(&self) -> Option<Arc<OwnRedis>> {
        self.outside.redis.own()
    }

    /// Ends the lab's own Redis with everything in it, if it has one.
    pub(super) async fn give_own_redis_back(&self) {
        if let Some(own) = self.outside.redis.move_out() {
            own.remove().await;
        }
    }

    /// The store of this kind as the server in front has it; `None` for the memory of one that is stopped.
    pub fn store(&self, store: StoreKind) -> Option<Arc<dyn SandboxStore>> {
        self.store_at(store, self.front())
    }

    /// Deletes older sessions when a store is nearly full of them, so that the next experiment finds room.
    pub async fn tidy(&self, in_use: &[Option<Known>; 4]) {
        for store in StoreKind::ALL {
            let current = in_use[store.index()].as_ref().map(|known| &known.id);
            let old: Vec<String> = {
                let page = self.notebook.page();
                let alive = page.ledger.alive(store);
                if alive.len() < MOST_SESSIONS / 2 {
                    continue;
                }
                let ids = alive.iter().map(|known| known.id.clone());
                ids.filter(|id| Some(id) != current).collect()
            };
            let ids: Vec<Id> = old.iter().filter_map(|id| id.parse().ok()).collect();
            for at in 0..NAMES.len() {
                if let Some(records) = self.store_at(store, at)
                    && records.forget_all(&ids).await.is_ok()
                {
                    let mut page = self.notebook.page();
                    for id in &old {
                        page.ledger.strike(store, id);
                    }
                }
            }
        }
    }

    /// The ids of the sessions that a store is known to hold.
    pub fn ids(&self, store: StoreKind) -> Vec<Id> {
        let page = self.notebook.page();
        let alive = page.ledger.alive(store).iter();
        alive.filter_map(|known| known.id.parse().ok()).collect()
    }

    fn store_at(&self, store: StoreKind, at: usize) -> Option<Arc<dyn SandboxStore>> {
        Some(match store {
            StoreKind::Memory => Arc::new(self.server(at)?.memory.clone()),
            StoreKind::File => Arc::new(self.disk(at)),
            StoreKind::Redis => Arc::new(self.outside.redis.clone()),
            StoreKind::Mongo => Arc::new(self.outside.mongo.clone()),
        })
    }
}

/// Tells the open pages of the lab when its Redis changes, as long as it has one.
pub fn tell_changes(notebook: &Arc<Notebook>, own: &OwnRedis) {
    let (notebook, mut changes) = (Arc::clone(notebook), own.changes());
    tokio::spawn(async move {
        while changes.changed().await.is_ok() {
            notebook.announce();
        }
    });
}
