//! What a lab remembers of its experiment: written down in `lab.json`, so that a restart of the whole
//! program finds the student where they were.

use std::{
    ops::Deref,
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde::{Deserialize, Serialize};

use super::{
    ledger::Ledger,
    settings::{AllGiven, Settings},
    snapshot::Restart,
    tape::{Tape, What},
    verdict::{Prediction, Verdict},
};
use crate::{
    config,
    sandbox::{Sandbox, notes::Notes},
    stores::StoreKind,
};

/// A server's life so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Life {
    /// How often it has been started.
    pub boot: u32,
    /// When it was started last: milliseconds since 1970, UTC.
    pub started_ms: i64,
    /// Whether it was stopped and not started again.
    pub stopped: bool,
}

/// One page of notes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Page {
    /// The lives of servers A and B.
    pub servers: [Life; 2],
    /// What the student set.
    pub settings: Settings,
    /// The cookies that the browser got last.
    pub given: AllGiven,
    /// Whether the lab has a Redis of its own.
    pub own_redis: bool,
    /// Whether a console may have left keys in a Redis that others use too.
    pub redis_console: bool,
    /// Which sessions exist.
    pub ledger: Ledger,
    /// What the student expects, store by store.
    pub predictions: [Option<Prediction>; 4],
    /// What the last experiment showed, store by store.
    pub verdicts: [Option<Verdict>; 4],
    /// The last restart.
    pub restarted: Option<Restart>,
    /// Sessions that a reset could not delete because their engine was away; cleaning tries again.
    pub doomed: Vec<(StoreKind, String)>,
    /// Whether documents were added by hand in the console of MongoDB: they are in no ledger.
    pub typed: bool,
}

/// The notes and the tape of one lab, shared by everything that happens in it.
pub struct Notebook {
    notes: Notes<Page>,
    tape: Mutex<Tape>,
}

impl Notebook {
    /// Opens the notes of a lab, or an empty page.
    #[must_use]
    pub fn open(sandbox: Sandbox) -> Self {
        Self {
            notes: Notes::open(sandbox, "lab.json"),
            tape: Mutex::default(),
        }
    }

    /// The tape. Hold it for a few lines only.
    pub fn tape(&self) -> MutexGuard<'_, Tape> {
        self.tape.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes on the tape, now.
    pub fn record(&self, lane: Option<StoreKind>, exchange: u64, what: What) -> u64 {
        self.tape().write(config::now_ms(), lane, exchange, what)
    }
}

impl Deref for Notebook {
    type Target = Notes<Page>;

    fn deref(&self) -> &Notes<Page> {
        &self.notes
    }
}
