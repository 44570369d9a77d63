//! The lab's two servers and the balancer before them: axum applications in our process that stand for
//! server processes.
//!
//! They are models, and honest ones: a server owns its four sites and its memory, and everything it
//! owns is dropped when it dies. Its disk outlives it, until somebody deploys it anew; Redis and
//! MongoDB belong to nobody here.

use std::{
    array,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::Router;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    notebook::Notebook,
    settings::{Balance, Disk, Settings},
    site::{self, ServerName},
    taped_store::TapedStore,
};
use crate::{
    engines::Engines,
    stores::{
        StoreKind, file::FileStore, memory::MemoryStore, mongo::MongoStore, redis::RedisStore,
    },
};

/// The names of the servers.
pub const NAMES: [&str; 2] = ["A", "B"];
/// Server A in [`NAMES`].
pub const A: usize = 0;

/// The stores that no server owns: they are there before it starts and after it dies.
#[derive(Clone)]
pub struct Outside {
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
            redis: RedisStore::new(Arc::clone(&engines.redis), sandbox.tag.clone()),
            mongo: MongoStore::new(Arc::clone(&engines.mongo), sandbox.tag.clone()),
        }
    }
}

/// The servers' disks: two, or the same one twice.
#[must_use]
pub fn disks(notebook: &Notebook, settings: &Settings) -> [FileStore; 2] {
    let disk = |drive: &str| {
        let folder = notebook.sandbox().folder.join(drive).join(&settings.folder);
        FileStore::new(folder).with_retries(settings.retries)
    };
    match settings.disk {
        Disk::Separate => [disk("server-a"), disk("server-b")],
        Disk::Shared => {
            // One store, not two on one folder: they share what keeps two writers apart.
            let shared = disk("network-drive");
            [shared.clone(), shared]
        }
    }
}

/// One boot of a server.
pub struct Server {
    /// Its name and boot number.
    pub name: ServerName,
    /// What it was configured with.
    pub settings: Arc<Settings>,
    /// The sessions inside its process.
    pub memory: MemoryStore,
    /// Its disk.
    pub disk: FileStore,
    /// The requests that are inside of it.
    pub requests: TaskTracker,
    /// Cancelled when it is killed: what is inside dies with it.
    pub killed: CancellationToken,
    sites: [Router; 4],
}

impl Server {
    /// Starts a server with an empty memory.
    #[must_use]
    pub fn start(
        name: ServerName,
        settings: &Arc<Settings>,
        notebook: &Arc<Notebook>,
        outside: &Outside,
        disk: &FileStore,
    ) -> Self {
        Self::around(MemoryStore::new(), name, settings, notebook, outside, disk)
    }

    /// The same boot with other settings: its memory stays.
    #[must_use]
    pub fn configured(
        &self,
        settings: &Arc<Settings>,
        notebook: &Arc<Notebook>,
        outside: &Outside,
        disk: &FileStore,
    ) -> Self {
        let memory = self.memory.clone();
        Self::around(memory, self.name, settings, notebook, outside, disk)
    }

    fn around(
        memory: MemoryStore,
        name: ServerName,
        settings: &Arc<Settings>,
        notebook: &Arc<Notebook>,
        outside: &Outside,
        disk: &FileStore,
    ) -> Self {
        let sites = StoreKind::ALL.map(|kind| {
            let tape = (Arc::clone(notebook), Arc::clone(settings));
            let sessions = match kind {
                StoreKind::Memory => TapedStore::new(kind, memory.clone(), tape),
                StoreKind::File => TapedStore::new(kind, disk.clone(), tape),
                StoreKind::Redis => TapedStore::new(kind, outside.redis.clone(), tape),
                StoreKind::Mongo => TapedStore::new(kind, outside.mongo.clone(), tape),
            };
            site::router(kind, name, Arc::clone(settings), sessions)
        });
        Self {
            name,
            settings: Arc::clone(settings),
            memory,
            disk: disk.clone(),
            requests: TaskTracker::new(),
            killed: CancellationToken::new(),
            sites,
        }
    }

    /// The site that keeps its sessions in this store.
    pub fn site(&self, store: StoreKind) -> Router {
        self.sites[store.index()].clone()
    }
}

/// Both servers, each in its seat or away, and whose turn it is.
pub struct Fleet {
    seats: Mutex<[Option<Arc<Server>>; 2]>,
    turns: [AtomicUsize; 4],
}

impl Fleet {
    /// A fleet with these servers; `None` is one that is stopped.
    #[must_use]
    pub fn of(servers: [Option<Server>; 2]) -> Self {
        Self {
            seats: Mutex::new(servers.map(|server| server.map(Arc::new))),
            turns: array::from_fn(|_| AtomicUsize::new(0)),
        }
    }

    /// The server in a seat, if it runs.
    pub fn seat(&self, at: usize) -> Option<Arc<Server>> {
        self.seats()[at].clone()
    }

    /// Puts a server into a seat, or nobody; gives back who sat there.
    pub fn replace(&self, at: usize, server: Option<Server>) -> Option<Arc<Server>> {
        std::mem::replace(&mut self.seats()[at], server.map(Arc::new))
    }

    /// Whom the balancer asks for this store's next request: a seat, which may be empty.
    ///
    /// Whoever has to stay with one server is sent there also when it is away. One after the other,
    /// it leaves out a server that does not run, as balancers do after a failed health check.
    pub fn choose(&self, balance: Balance, store: StoreKind) -> usize {
        match balance {
            Balance::A => 0,
            Balance::B => 1,
            Balance::Alternate => {
                let turn = self.turns[store.index()].fetch_add(1, Ordering::Relaxed) % 2;
                let seats = self.seats();
                if seats[turn].is_none() && seats[1 - turn].is_some() {
                    1 - turn
                } else {
                    turn
                }
            }
        }
    }

    /// The seats that a balancer sends requests to.
    #[must_use]
    pub const fn in_use(balance: Balance) -> &'static [usize] {
        match balance {
            Balance::A => &[0],
            Balance::B => &[1],
            Balance::Alternate => &[0, 1],
        }
    }

    fn seats(&self) -> MutexGuard<'_, [Option<Arc<Server>>; 2]> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
