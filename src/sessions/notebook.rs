//! What a lab remembers of its experiment: written down in `lab.json`, so that a restart of the whole
//! program finds the student where they were.

use std::sync::{
    Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use super::{
    ledger::Ledger,
    snapshot::Restart,
    tape::{Tape, What},
    verdict::{Prediction, Verdict},
};
use crate::{config, labs::Sandbox, stores::StoreKind};

/// One page of notes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Page {
    /// How often the server has been started.
    pub boot: u32,
    /// When it was started last: milliseconds since 1970, UTC.
    pub started_ms: i64,
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
}

/// The notes and the tape of one lab, shared by everything that happens in it.
///
/// Both are guarded by a std mutex, not a tokio mutex: nothing waits while one is held.
pub struct Notebook {
    sandbox: Sandbox,
    page: Mutex<Page>,
    tape: Mutex<Tape>,
    changes: watch::Sender<u64>,
    unwritten: AtomicBool,
    writing: std::sync::Arc<Mutex<()>>,
}

impl Notebook {
    /// Opens the notes of a lab, or an empty page.
    #[must_use]
    pub fn open(sandbox: Sandbox) -> Self {
        let written = sandbox.read_notes();
        let page = written
            .as_deref()
            .and_then(|notes| serde_json::from_slice::<Page>(notes).ok());
        if written.is_some() && page.is_none() {
            tracing::warn!(lab = %sandbox.tag, "the notes of this lab cannot be read; it starts anew");
        }
        Self {
            sandbox,
            page: Mutex::new(page.unwrap_or_default()),
            tape: Mutex::default(),
            // Begins with the time, so that it grows across restarts of the program too: an open page
            // takes over only what is newer than what it has.
            changes: watch::Sender::new(u64::try_from(config::now_ms()).unwrap_or_default()),
            unwritten: AtomicBool::new(false),
            writing: std::sync::Arc::default(),
        }
    }

    /// The walls of the lab.
    pub const fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }

    /// The page of notes. Hold it for a few lines only.
    pub fn page(&self) -> MutexGuard<'_, Page> {
        self.page.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The tape. Hold it for a few lines only.
    pub fn tape(&self) -> MutexGuard<'_, Tape> {
        self.tape.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes on the tape, now.
    pub fn record(&self, lane: Option<StoreKind>, exchange: u64, what: What) -> u64 {
        self.tape().write(config::now_ms(), lane, exchange, what)
    }

    /// Tells every open page of this lab that there is something new.
    pub fn announce(&self) {
        self.changes.send_modify(|count| *count += 1);
    }

    /// Hears every [`Notebook::announce`].
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// Notes that the page differs from what is on disk.
    pub fn touch(&self) {
        self.unwritten.store(true, Ordering::Relaxed);
    }

    /// Writes the page to disk, if it differs from what is there.
    pub async fn keep(&self) {
        if !self.unwritten.swap(false, Ordering::Relaxed) {
            return;
        }
        let Ok(notes) = serde_json::to_vec(&*self.page()) else {
            return;
        };
        let (sandbox, writing) = (self.sandbox.clone(), std::sync::Arc::clone(&self.writing));
        let written = tokio::task::spawn_blocking(move || {
            // One writer at a time: two would share the temporary file.
            let _turn = writing.lock().unwrap_or_else(PoisonError::into_inner);
            sandbox.write_notes(&notes)
        });
        if let Ok(Err(error)) = written.await {
            tracing::warn!(lab = %self.sandbox.tag, %error, "the lab's notes could not be written");
            self.touch();
        }
    }
}
