//! The lab's server: an axum application in our process that stands for a server process.
//!
//! It is a model, and an honest one: a server owns its four sites and its memory, and everything it
//! owns is dropped when it is restarted. The disk folder, Redis and MongoDB are not its own.

use std::sync::Arc;

use axum::Router;

use super::{
    notebook::Notebook,
    site::{self, ServerName},
    taped_store::TapedStore,
};
use crate::stores::{
    StoreKind, engines::Engines, file::FileStore, memory::MemoryStore, mongo::MongoStore,
    redis::RedisStore,
};

/// The stores outside of the server's process: they are there before it starts and after it dies.
#[derive(Clone)]
pub struct Outside {
    /// The server's folder on disk.
    pub file: FileStore,
    /// The lab's keys in Redis.
    pub redis: RedisStore,
    /// The lab's documents in MongoDB.
    pub mongo: MongoStore,
}

impl Outside {
    /// The stores of one lab.
    #[must_use]
    pub fn of(notebook: &Notebook, engines: &Engines) -> Self {
        let sandbox = notebook.sandbox();
        Self {
            file: FileStore::new(sandbox.folder.join("server-a")),
            redis: RedisStore::new(Arc::clone(&engines.redis), sandbox.tag.clone()),
            mongo: MongoStore::new(Arc::clone(&engines.mongo), sandbox.tag.clone()),
        }
    }
}

/// One boot of a server.
pub struct Server {
    /// Its name and boot number.
    pub name: ServerName,
    /// The sessions inside its process.
    pub memory: MemoryStore,
    sites: [Router; 4],
}

impl Server {
    /// Starts server A for the `boot`-th time, with an empty memory.
    #[must_use]
    pub fn start(boot: u32, notebook: &Arc<Notebook>, outside: &Outside) -> Self {
        let name = ServerName { name: "A", boot };
        let memory = MemoryStore::new();
        let sites = StoreKind::ALL.map(|kind| {
            let notebook = Arc::clone(notebook);
            let sessions = match kind {
                StoreKind::Memory => TapedStore::new(kind, memory.clone(), notebook),
                StoreKind::File => TapedStore::new(kind, outside.file.clone(), notebook),
                StoreKind::Redis => TapedStore::new(kind, outside.redis.clone(), notebook),
                StoreKind::Mongo => TapedStore::new(kind, outside.mongo.clone(), notebook),
            };
            site::router(kind, name, sessions)
        });
        Self {
            name,
            memory,
            sites,
        }
    }

    /// The site that keeps its sessions in this store.
    pub fn site(&self, store: StoreKind) -> Router {
        self.sites[store.index()].clone()
    }
}
