//! One lab's bench: its notes, its two servers, and the stores outside of them.

use std::sync::{Arc, Mutex, PoisonError};

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue, Request},
};
use tokio::sync::watch;
use tokio_util::sync::{CancellationToken, DropGuard};
use tower_sessions::session::Id;

use super::{
    exchange::{Reply, bad_gateway, dispatch},
    fleet::{A, Fleet, NAMES, Outside, Server, disks},
    ledger::Death,
    notebook::{Notebook, Page},
    settings::{Settings, id_in},
    site::{Gate, ServerName},
    snapshot::Restart,
    tape::What,
};
use crate::{
    config,
    engines::Engines,
    sandbox::{Bench, Sandbox, identity::raw_cookies},
    stores::{StoreError, StoreKind, file::FileStore},
};

mod own_redis;
mod power;
mod reaper;

/// The session lab of one student.
pub struct SessionLab {
    /// What the lab remembers, and its tape.
    pub notebook: Arc<Notebook>,
    /// The stores outside of the servers.
    pub outside: Outside,
    /// The engines behind them.
    pub engines: Engines,
    fleet: Fleet,
    reaper: Mutex<Option<DropGuard>>,
}

impl SessionLab {
    /// The server in this seat, if it runs.
    pub fn server(&self, at: usize) -> Option<Arc<Server>> {
        self.fleet.seat(at)
    }

    /// The seat that a page with room for one server shows: the one that the balancer asks first.
    pub fn front(&self) -> usize {
        Fleet::in_use(self.settings().balance)[0]
    }

    /// What the student set.
    pub fn settings(&self) -> Settings {
        self.notebook.page().settings.clone()
    }

    /// The disk of the server in this seat, also while it is stopped.
    pub fn disk(&self, at: usize) -> FileStore {
        let [a, b] = match self.server(at) {
            Some(server) => return server.disk.clone(),
            None => disks(&self.notebook, &self.settings()),
        };
        if at == A { a } else { b }
    }

    /// Hears every change of the lab and of the two engines.
    pub fn changes(&self) -> [watch::Receiver<u64>; 3] {
        [
            self.notebook.changes(),
            self.engines.redis.changes(),
            self.engines.mongo.changes(),
        ]
    }

    /// A number that grows with every change of the lab or of an engine.
    pub fn version(&self) -> u64 {
        self.changes().iter().map(|each| *each.borrow()).sum()
    }

    /// Sends a request through the balancer to the site that keeps its sessions in `store`.
    pub async fn send(&self, store: StoreKind, request: Request<Bytes>) -> Reply {
        self.send_through(store, request, None).await
    }

    /// The same, with a gate that holds the request between reading and writing its session.
    pub async fn send_through(
        &self,
        store: StoreKind,
        request: Request<Bytes>,
        gate: Option<Arc<Gate>>,
    ) -> Reply {
        let balance = self.notebook.page().settings.balance;
        let at = self.fleet.choose(balance, store);
        let reply = match self.server(at) {
            Some(server) => dispatch(&self.notebook, store, &server, request, gate).await,
            None => bad_gateway(&self.notebook, store, NAMES[at], &request),
        };
        self.notebook.announce();
        reply
    }

    /// Takes over these settings. Servers read them anew without a restart: their memory stays.
    pub async fn configure(&self, settings: Settings) {
        self.notebook.page().settings = settings.clone();
        let new = Arc::new(settings);
        let disks = disks(&self.notebook, &new);
        for (at, disk) in disks.iter().enumerate() {
            if let Some(server) = self.server(at) {
                let server = server.configured(&new, &self.notebook, &self.outside, disk);
                self.fleet.replace(at, Some(server));
            }
        }
        self.watch_the_disks();
        self.notebook.touch();
        self.notebook.keep().await;
        self.notebook.announce();
    }

    /// Takes the lab back to its beginning. Sessions whose engine is away are deleted later.
    pub async fn reset(&self) {
        let doomed = self.end_every_session().await;
        let redis_console = !self.sweep_redis().await;
        let typed = self.notebook.page().typed;
        self.give_own_redis_back().await;
        *self.notebook.page() = Page {
            redis_console,
            doomed,
            typed,
            ..Page::default()
        };
        for at in 0..NAMES.len() {
            self.seat_fresh(at);
        }
        self.watch_the_disks();
        self.notebook.tape().clear();
        self.notebook.record(None, 0, What::Reset);
        self.notebook.touch();
        self.notebook.keep().await;
        self.notebook.announce();
    }

    /// The `Set-Cookie` lines that put the session cookies of this request back, with the time they have left.
    pub fn set_again(&self, headers: &HeaderMap) -> Vec<HeaderValue> {
        let page = self.notebook.page();
        let lines = raw_cookies(headers).filter_map(|(name, value)| {
            let (name, value) = (str::from_utf8(name).ok()?, str::from_utf8(value).ok()?);
            let mut stores = StoreKind::ALL.into_iter();
            let store = stores.find(|store| store.cookie_name() == name)?;
            let given = page.given[store.index()].as_ref();
            // The cookie's own end, which need not be the record's: a session cookie has none.
            let expires_ms = match given.filter(|given| given.value == value) {
                Some(given) => given.expires_ms,
                None => Some(page.ledger.find(store, id_in(value))?.expires_ms),
            };
            let age = expires_ms
                .map(|at_ms| format!("; Max-Age={}", ((at_ms - config::now_ms()) / 1000).max(1)));
            let line = format!(
                "{name}={value}; HttpOnly; SameSite=Lax; Path=/{}",
                age.unwrap_or_default()
            );
            HeaderValue::from_str(&line).ok()
        });
        lines.collect()
    }

    /// Deletes all sessions of the lab outside of the server; gives back those that could not be deleted.
    async fn end_every_session(&self) -> Vec<(StoreKind, String)> {
        let mut ends = self.notebook.page().doomed.clone();
        for store in [StoreKind::Redis, StoreKind::Mongo] {
            let page = self.notebook.page();
            ends.extend(
                page.ledger
                    .alive(store)
                    .iter()
                    .map(|known| (store, known.id.clone())),
            );
        }
        let mut failed = Vec::new();
        self.remove_the_disks().await;
        for store in [StoreKind::Redis, StoreKind::Mongo] {
            let of_store = ends.iter().filter(|(kind, _)| *kind == store);
            let ids: Vec<Id> = of_store
                .clone()
                .filter_map(|(_, id)| id.parse().ok())
                .collect();
            if !ids.is_empty() && self.forget(store, &ids).await.is_err() {
                failed.extend(of_store.cloned());
            }
        }
        self.forget_what_was_typed().await;
        failed
    }

    /// Deletes the documents that are in no ledger; what cannot be deleted now goes with the lab, or by its TTL.
    async fn forget_what_was_typed(&self) {
        let typed = self.notebook.page().typed;
        if typed && self.outside.mongo.forget_lab().await.is_ok() {
            self.notebook.page().typed = false;
            self.notebook.touch();
        }
    }

    async fn forget(&self, store: StoreKind, ids: &[Id]) -> Result<(), StoreError> {
        match store {
            StoreKind::Memory | StoreKind::File => Ok(()),
            StoreKind::Redis => self.outside.redis.forget(ids).await,
            StoreKind::Mongo => self.outside.mongo.forget(ids).await,
        }
    }
}

impl Bench for SessionLab {
    type Tools = Engines;

    fn open(sandbox: Sandbox, engines: &Engines) -> Self {
        let notebook = Arc::new(Notebook::open(sandbox));
        let outside = Outside::of(&notebook, engines);
        let settings = Arc::new(notebook.page().settings.clone());
        let disks = disks(&notebook, &settings);
        if notebook.page().own_redis
            && let Some(all) = &engines.own_redis
        {
            let own = all.of(notebook.sandbox().folder.join("redis"));
            own_redis::tell_changes(&notebook, &own);
            outside.redis.lives_in(own);
        }
        let revived = revive(&notebook);
        let lives = notebook.page().servers;
        let mut at = 0..;
        let servers = disks.map(|disk| {
            let at = at.next().unwrap_or_default();
            let name = ServerName {
                name: NAMES[at],
                boot: lives[at].boot,
            };
            (!lives[at].stopped).then(|| Server::start(name, &settings, &notebook, &outside, &disk))
        });
        if let Some(what) = revived {
            notebook.record(None, 0, what);
            notebook.touch();
        }
        let lab = Self {
            notebook,
            outside,
            engines: engines.clone(),
            fleet: Fleet::of(servers),
            reaper: Mutex::default(),
        };
        lab.watch_the_disks();
        lab
    }

    fn is_untouched(&self) -> bool {
        let page = self.notebook.page();
        let left_nothing = !page.redis_console && !page.own_redis;
        drop(page);
        left_nothing && self.notebook.tape().last() == 0
    }

    async fn keep(&self) {
        if !self.notebook.page().doomed.is_empty() {
            let doomed = std::mem::take(&mut self.notebook.page().doomed);
            for (store, id) in doomed {
                let Ok(parsed) = id.parse() else { continue };
                if self.forget(store, &[parsed]).await.is_err() {
                    self.notebook.page().doomed.push((store, id));
                }
            }
            self.notebook.touch();
        }
        if !self.is_untouched() && self.settings().reap_every_s == Settings::default().reap_every_s
        {
            for at in 0..NAMES.len() {
                self.disk(at).sweep().await;
            }
        }
        self.notebook.keep().await;
    }

    async fn clear(&self) {
        // What cannot be deleted now has its own time to live.
        self.end_every_session().await;
        self.sweep_redis().await;
        self.give_own_redis_back().await;
        let sandbox = self.notebook.sandbox().clone();
        let tag = sandbox.tag.clone();
        let removed = tokio::task::spawn_blocking(move || sandbox.remove()).await;
        if let Ok(Err(error)) = removed {
            tracing::warn!(lab = %tag, %error, "the folder of a removed lab could not be deleted");
        }
    }
}

/// Notes from before mean that the whole program was restarted: this is the servers' next boot.
fn revive(notebook: &Notebook) -> Option<What> {
    let mut page = notebook.page();
    let at_ms = config::now_ms();
    let last = page.servers[A].boot;
    let held = page.ledger.bury(&Death {
        server: NAMES[A],
        boot: last,
        at_ms,
        program: true,
        ids: None,
    });
    for life in &mut page.servers {
        (life.boot, life.started_ms) = (life.boot + 1, at_ms);
    }
    (last > 0).then_some(What::Revived {
        boot: last + 1,
        held,
    })
}
