//! One lab's bench: its notes, the server that runs now, and the stores outside of it.

use std::sync::{Arc, Mutex, PoisonError};

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue, Request},
};
use tokio::sync::watch;
use tower_sessions::session::Id;

use super::{
    exchange::{Reply, dispatch},
    fleet::{Outside, Server},
    notebook::{Notebook, Page},
    snapshot::Restart,
    tape::What,
};
use crate::{
    config,
    labs::{Bench, Sandbox, identity::raw_cookies},
    stores::{StoreError, StoreKind, engines::Engines},
};

/// The session lab of one student.
pub struct SessionLab {
    /// What the lab remembers, and its tape.
    pub notebook: Arc<Notebook>,
    /// The stores outside of the server.
    pub outside: Outside,
    /// The engines behind them.
    pub engines: Engines,
    server: Mutex<Arc<Server>>,
}

impl SessionLab {
    /// The server that runs now.
    pub fn server(&self) -> Arc<Server> {
        Arc::clone(&self.server.lock().unwrap_or_else(PoisonError::into_inner))
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

    /// Sends a request to the site that keeps its sessions in `store`.
    pub async fn send(&self, store: StoreKind, request: Request<Bytes>) -> Reply {
        let site = self.server().site(store);
        let reply = dispatch(&self.notebook, store, site, request).await;
        self.notebook.announce();
        reply
    }

    /// Drops the server with its sites and its memory, and builds it again. The connections to the
    /// engines belong to the program, not to a lab's server: five hundred labs share them.
    pub fn restart(&self) -> Restart {
        let began = std::time::Instant::now();
        let at_ms = config::now_ms();
        let restart = {
            let mut page = self.notebook.page();
            let from = page.boot;
            let held = page.ledger.bury(from, at_ms, false);
            let restart = Restart {
                at_ms,
                from,
                to: from + 1,
                held,
            };
            (page.boot, page.started_ms, page.restarted) = (restart.to, at_ms, Some(restart));
            restart
        };
        self.replace_server(restart.to);
        let Restart { from, to, held, .. } = restart;
        let took_us = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.notebook.record(
            None,
            0,
            What::Restarted {
                from,
                to,
                took_us,
                held,
            },
        );
        self.notebook.touch();
        restart
    }

    /// Takes the lab back to its beginning. Sessions whose engine is away are deleted later.
    pub async fn reset(&self) {
        let doomed = self.end_every_session().await;
        *self.notebook.page() = Page {
            boot: 1,
            started_ms: config::now_ms(),
            doomed,
            ..Page::default()
        };
        self.replace_server(1);
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
            let left_ms = page.ledger.find(store, value)?.expires_ms - config::now_ms();
            let line = format!(
                "{name}={value}; HttpOnly; SameSite=Lax; Path=/; Max-Age={}",
                (left_ms / 1000).max(0)
            );
            HeaderValue::from_str(&line).ok()
        });
        lines.collect()
    }

    fn replace_server(&self, boot: u32) {
        let fresh = Arc::new(Server::start(boot, &self.notebook, &self.outside));
        let old = std::mem::replace(
            &mut *self.server.lock().unwrap_or_else(PoisonError::into_inner),
            fresh,
        );
        // Here the old server dies, unless a request is still inside: then it dies with that request.
        drop(old);
    }

    /// Deletes all sessions of the lab outside of the server; gives back those that could not be deleted.
    async fn end_every_session(&self) -> Vec<(StoreKind, String)> {
        let mut ends = self.notebook.page().doomed.clone();
        for store in [StoreKind::File, StoreKind::Redis, StoreKind::Mongo] {
            let page = self.notebook.page();
            ends.extend(
                page.ledger
                    .alive(store)
                    .iter()
                    .map(|known| (store, known.id.clone())),
            );
        }
        let mut failed = Vec::new();
        for store in [StoreKind::File, StoreKind::Redis, StoreKind::Mongo] {
            let of_store = ends.iter().filter(|(kind, _)| *kind == store);
            let ids: Vec<Id> = of_store
                .clone()
                .filter_map(|(_, id)| id.parse().ok())
                .collect();
            if !ids.is_empty() && self.forget(store, &ids).await.is_err() {
                failed.extend(of_store.cloned());
            }
        }
        failed
    }

    async fn forget(&self, store: StoreKind, ids: &[Id]) -> Result<(), StoreError> {
        match store {
            StoreKind::Memory => Ok(()),
            StoreKind::File => self.outside.file.forget(ids).await,
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
        let (boot, revived) = {
            // Notes from before mean that the whole program was restarted: this is the server's next boot.
            let mut page = notebook.page();
            let now = config::now_ms();
            let last = page.boot;
            let held = page.ledger.bury(last, now, true);
            (page.boot, page.started_ms) = (last + 1, now);
            (
                page.boot,
                (last > 0).then_some(What::Revived {
                    boot: last + 1,
                    held,
                }),
            )
        };
        if let Some(what) = revived {
            notebook.record(None, 0, what);
            notebook.touch();
        }
        let server = Mutex::new(Arc::new(Server::start(boot, &notebook, &outside)));
        Self {
            notebook,
            outside,
            engines: engines.clone(),
            server,
        }
    }

    fn is_untouched(&self) -> bool {
        self.notebook.tape().last() == 0
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
        if !self.is_untouched() {
            self.outside.file.sweep().await;
        }
        self.notebook.keep().await;
    }

    async fn clear(&self) {
        // What cannot be deleted now has its own time to live.
        self.end_every_session().await;
        let sandbox = self.notebook.sandbox().clone();
        let tag = sandbox.tag.clone();
        let removed = tokio::task::spawn_blocking(move || sandbox.remove()).await;
        if let Ok(Err(error)) = removed {
            tracing::warn!(lab = %tag, %error, "the folder of a removed lab could not be deleted");
        }
    }
}
