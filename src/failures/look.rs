//! What is where, at one moment: asked from the servers' memory, the disks, Redis and MongoDB.
//!
//! These looks are not on the tape, because no site asked for them.

use std::sync::Arc;

use futures::future::join_all;

use crate::{
    config,
    engines::view::{EngineView, RedisFacts},
    error::LabError,
    sessions::{
        control::Caller,
        fleet::NAMES,
        lab::SessionLab,
        ledger::Known,
        notebook::Life,
        settings::{Disk, Given, Settings, id_in},
        tape::Entry,
    },
    stores::{
        SandboxStore, StoreKind, Stored, listing::FileEntry, mongo::MongoLook, redis::KeyLook,
    },
};

/// How far the store's own answer may lie from what the lab noted and still be the same moment, in
/// ms: Redis says what is left, and the way there takes its time.
const SAME_MS: i64 = 100;
/// How much of the tape the page shows.
const LINES: usize = 60;

/// A server as it is now.
pub struct ServerLook {
    /// `A` or `B`.
    pub name: &'static str,
    /// How often it was started, and whether it is stopped.
    pub life: Life,
    /// What its memory holds, expired or not.
    pub memory: Vec<Stored>,
    /// What lies on its disk.
    pub disk: Result<Vec<FileEntry>, LabError>,
}

/// A session's three clocks in one store.
pub struct Clocks {
    /// Which store.
    pub store: StoreKind,
    /// The cookie that the browser sent with this request.
    pub cookie: Option<String>,
    /// The cookie that the browser got last, and when it drops it.
    pub given: Option<Given>,
    /// What the lab knows of the session that the cookie leads to.
    pub known: Option<Known>,
    /// The record's own end, as the store says: milliseconds since 1970, UTC; `None` if it is not there.
    pub record_ms: Option<i64>,
}

/// Everything that the page shows of the lab, at one moment.
pub struct Look {
    /// When: milliseconds since 1970, UTC.
    pub now_ms: i64,
    /// What the student set.
    pub settings: Settings,
    /// Both servers.
    pub servers: Vec<ServerLook>,
    /// The seat that the balancer asks first.
    pub front: usize,
    /// Redis as it is now.
    pub redis: EngineView,
    /// Whether Redis is external, everybody's, or the lab's own.
    pub whose_redis: Whose,
    /// The lab's keys.
    pub keys: Result<Vec<KeyLook>, LabError>,
    /// What Redis says of itself.
    pub facts: Option<RedisFacts>,
    /// MongoDB as it is now.
    pub mongo: EngineView,
    /// The lab's documents.
    pub documents: Result<MongoLook, LabError>,
    /// The clocks, store by store.
    pub clocks: Vec<Clocks>,
    /// The end of the tape, oldest first.
    pub tape: Vec<Entry>,
}

/// Whose Redis it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// A URL says where it is.
    External,
    /// Ours, for all labs.
    Everybodys,
    /// The lab's own process.
    Own,
}

impl Look {
    /// Looks at everything now. `last` are the sessions of the last experiment: where the browser has
    /// lost its cookie, theirs are the clocks that still tell something.
    pub async fn at(caller: &Caller, last: &[Option<Known>; 4]) -> Self {
        let lab = &caller.lab;
        let settings = lab.settings();
        let own = lab.own_redis_if_any();
        let ids = lab.ids(StoreKind::Redis);
        let facts = async {
            match &own {
                Some(own) => own.facts().await.ok(),
                None => None,
            }
        };
        let (servers, keys, facts, documents, clocks) = tokio::join!(
            join_all((0..NAMES.len()).map(|at| server(lab, at))),
            lab.outside.redis.keys(&ids),
            facts,
            lab.outside.mongo.documents(),
            join_all(StoreKind::ALL.map(|store| clocks(
                caller,
                store,
                last[store.index()].as_ref()
            ))),
        );
        let tape = lab.notebook.tape();
        let from = tape.last().saturating_sub(LINES as u64);
        Self {
            now_ms: config::now_ms(),
            settings,
            servers,
            front: lab.front(),
            redis: lab.outside.redis.view(),
            whose_redis: match (own.is_some(), lab.engines.own_redis.is_some()) {
                (true, _) => Whose::Own,
                (false, true) => Whose::Everybodys,
                (false, false) => Whose::External,
            },
            keys: keys.map_err(LabError::from),
            facts,
            mongo: lab.engines.mongo.view(),
            documents: documents.map_err(LabError::from),
            clocks,
            tape: tape.after(from).cloned().collect(),
        }
    }

    /// Whether both servers have the same disk.
    #[must_use]
    pub fn one_disk(&self) -> bool {
        self.settings.disk == Disk::Shared
    }

    /// Whether something lies expired in a store whose cleaner comes without a word: the page has to look again.
    #[must_use]
    pub fn something_lies(&self) -> bool {
        self.documents.as_ref().is_ok_and(|look| {
            look.documents
                .iter()
                .any(|document| document.expires_ms <= self.now_ms)
        })
    }
}

async fn server(lab: &Arc<SessionLab>, at: usize) -> ServerLook {
    let life = lab.notebook.page().servers[at];
    let running = lab.server(at);
    ServerLook {
        name: NAMES[at],
        life,
        memory: running
            .map(|server| server.memory.records())
            .unwrap_or_default(),
        disk: lab.disk(at).listing().await.map_err(LabError::from),
    }
}

async fn clocks(caller: &Caller, store: StoreKind, last: Option<&Known>) -> Clocks {
    let lab = &caller.lab;
    let cookie = caller.cookie(store).map(str::to_owned);
    let (given, id, known) = {
        let page = lab.notebook.page();
        let given = page.given[store.index()].clone();
        let value = cookie
            .as_deref()
            .or(given.as_ref().map(|given| given.value.as_str()));
        let id = value.map(id_in).or(last.map(|known| known.id.as_str()));
        let id = id.map(str::to_owned);
        let of_ledger = id
            .as_ref()
            .and_then(|id| page.ledger.find(store, id).cloned());
        let of_last = || last.cloned().filter(|known| Some(&known.id) == id.as_ref());
        (given, id.clone(), of_ledger.or_else(of_last))
    };
    let held = match (id.and_then(|id| id.parse().ok()), lab.store(store)) {
        (Some(id), Some(records)) => look_for(&*records, id).await,
        _ => None,
    };
    // The same moment is shown as the same moment, however long the question took.
    let record_ms = held.map(|stored| match &known {
        Some(known) if (known.expires_ms - stored.expires_ms).abs() <= SAME_MS => known.expires_ms,
        _ => stored.expires_ms,
    });
    Clocks {
        store,
        cookie,
        given,
        known,
        record_ms,
    }
}

async fn look_for(records: &dyn SandboxStore, id: tower_sessions::session::Id) -> Option<Stored> {
    records.look(&[id]).await.ok()?.pop()
}
