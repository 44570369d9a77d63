//! What is known of an engine now, and who wants to hear when that changes.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{Notify, watch},
    time::{sleep, timeout},
};

use crate::{
    engines::view::{EngineState, EngineView},
    error::StoreError,
    store_kind::StoreKind,
};

/// How long a ping may take. With the pause between two pings (`supervisor`) it says how soon a
/// silent engine is noticed, and then every command that waits for it ends: within a second.
pub(super) const PING: Duration = Duration::from_millis(550);
/// How long a command may take while pings are answered: an engine with a whole class at its door is
/// slow, not dead.
pub(super) const COMMAND: Duration = Duration::from_secs(5);

/// Why an engine is down that somebody holds.
pub const HELD: &str = "stopped by the operator";

/// Who answered.
pub struct Identity {
    /// `Redis`, `Valkey`, `MongoDB` or `SecantusDB`.
    pub name: String,
    /// Its version; empty if it does not tell.
    pub version: String,
    /// Its process id, if it tells.
    pub pid: Option<u32>,
}

/// An engine's view, and its connection while it is up.
pub struct Status<C> {
    store: StoreKind,
    seen: Mutex<Seen<C>>,
    changes: watch::Sender<u64>,
    trouble: Notify,
    held: watch::Sender<bool>,
}

struct Seen<C> {
    view: EngineView,
    connection: Option<C>,
}

impl<C: Clone> Status<C> {
    /// Nothing is known yet.
    pub fn new(store: StoreKind, managed: bool) -> Self {
        let view = EngineView {
            name: String::new(),
            version: String::new(),
            pid: None,
            managed,
            state: EngineState::Starting,
        };
        Self {
            store,
            seen: Mutex::new(Seen {
                view,
                connection: None,
            }),
            changes: watch::Sender::new(0),
            trouble: Notify::new(),
            held: watch::Sender::new(false),
        }
    }

    /// A copy of what is known.
    pub fn view(&self) -> EngineView {
        self.seen().view.clone()
    }

    /// A number that grows with every change of the view.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// The connection, or at once the reason why there is none.
    pub fn connection(&self) -> Result<C, StoreError> {
        let seen = self.seen();
        let reason = match (&seen.connection, &seen.view.state) {
            (Some(connection), _) => return Ok(connection.clone()),
            (None, EngineState::Down { reason }) => reason.clone(),
            (None, EngineState::Missing) => "it is not installed".to_owned(),
            (None, EngineState::Starting | EngineState::Up) => "it is still starting".to_owned(),
        };
        Err(StoreError::Unreachable {
            store: self.store,
            reason,
        })
    }

    /// It answered.
    pub fn up(&self, connection: C, who: Identity) {
        self.set(Some(connection), |view| {
            view.name = who.name;
            view.version = who.version;
            view.pid = who.pid;
            view.state = EngineState::Up;
        });
    }

    /// It did not answer.
    pub fn down(&self, reason: String) {
        let reason = self.why(reason);
        self.set(None, |view| view.state = EngineState::Down { reason });
    }

    /// Its process is gone.
    pub fn ended(&self, reason: String) {
        let reason = self.why(reason);
        self.set(None, |view| {
            view.pid = None;
            view.state = EngineState::Down { reason };
        });
    }

    /// Its process was ended by us and is started again when somebody needs it.
    pub fn asleep(&self) {
        self.set(None, |view| {
            view.pid = None;
            view.state = EngineState::Starting;
        });
    }

    /// There is no program to start.
    pub fn missing(&self) {
        self.set(None, |view| view.state = EngineState::Missing);
    }

    /// A program was found after all.
    pub fn found(&self) {
        self.set(None, |view| {
            if view.state == EngineState::Missing {
                view.state = EngineState::Starting;
            }
        });
    }

    /// It is being started again after somebody held it.
    pub fn starting(&self) {
        self.set(None, |view| view.state = EngineState::Starting);
    }

    /// Holds a managed engine down, or lets go of it: whether that is ours to do.
    pub fn hold(&self, held: bool) -> bool {
        let ours = self.seen().view.managed;
        if ours {
            self.held.send_replace(held);
        }
        ours
    }

    /// Whether somebody holds it down.
    pub fn is_held(&self) -> bool {
        *self.held.borrow()
    }

    /// Waits until somebody holds it (`true`) or nobody does (`false`).
    pub async fn until_held(&self, held: bool) {
        // The sender is ours, so it is never closed.
        let _ = self.held.subscribe().wait_for(|now| *now == held).await;
    }

    /// The reason to show: whatever else is noticed, the operator's hand comes first.
    fn why(&self, reason: String) -> String {
        if self.is_held() {
            HELD.to_owned()
        } else {
            reason
        }
    }

    /// Whether nobody has answered yet and nobody was missed either.
    pub fn is_starting(&self) -> bool {
        self.seen().view.state == EngineState::Starting
    }

    /// A command got no answer: down from now on, and the supervisor looks at once.
    pub fn failed(&self, reason: String) {
        self.down(reason);
        self.trouble.notify_one();
    }

    /// Waits for a command's answer as long as the engine gives signs of life; `Err` says why no answer came.
    pub async fn answer<F: Future>(&self, command: F) -> Result<F::Output, String> {
        let mut changes = self.changes.subscribe();
        tokio::select! {
            biased;
            answer = command => Ok(answer),
            _ = changes.wait_for(|_| self.seen().connection.is_none()) => Err(match self.view().state {
                EngineState::Down { reason } => reason,
                _ => "it was lost".to_owned(),
            }),
            () = sleep(COMMAND) => Err("timed out".to_owned()),
        }
    }

    /// Waits this long; `true` if a command failed meanwhile.
    pub async fn trouble_within(&self, time: Duration) -> bool {
        timeout(time, self.trouble.notified()).await.is_ok()
    }

    fn set(&self, connection: Option<C>, change: impl FnOnce(&mut EngineView)) {
        let mut seen = self.seen();
        let before = seen.view.clone();
        change(&mut seen.view);
        seen.connection = connection;
        let after = seen.view.clone();
        drop(seen);
        if before != after {
            tracing::info!(store = self.store.name(), engine = after.name, state = ?after.state, "engine");
            self.changes.send_modify(|count| *count += 1);
        }
    }

    fn seen(&self) -> MutexGuard<'_, Seen<C>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
