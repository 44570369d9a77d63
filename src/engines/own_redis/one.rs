//! One lab's own Redis: its state, its connection, and what is known of it.

use std::{
    fs,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak, atomic::AtomicBool},
    time::{Duration, Instant},
};

use ::redis::{ConnectionInfo, aio::MultiplexedConnection};
use rustix::process::Pid;
use tokio::{
    sync::{Mutex as Lock, watch},
    time::sleep,
};

use super::House;
use crate::{
    config,
    engines::{
        redis,
        status::Status,
        supervisor::Home,
        view::{EngineState, EngineView, Persistence},
    },
    error::StoreError,
    store_kind::StoreKind,
};

/// How long a command may take: a paused server answers nothing.
const COMMAND: Duration = Duration::from_secs(1);
/// The file that keeps the student's choice.
pub(super) const CHOICE: &str = "persistence";

/// One lab's own Redis.
pub struct OwnRedis {
    pub(super) me: Weak<Self>,
    pub(super) house: Arc<House>,
    pub(super) folder: PathBuf,
    pub(super) status: Status<MultiplexedConnection>,
    state: Mutex<State>,
    /// Held while it is started, connected to, or put to sleep: one of these at a time.
    pub(super) starting: Lock<()>,
    /// Held by an act that takes several commands, so that two do not mix.
    pub(super) acting: Lock<()>,
    /// Whether somebody is looking after a script that runs on.
    pub(super) relieving: AtomicBool,
}

/// What is going on.
pub(super) struct State {
    pub process: Option<Process>,
    /// The student ended it, or it crashed: only the student starts it again.
    pub down: bool,
    pub persistence: Persistence,
    /// When somebody last needed it, in ms since 1970.
    pub used_ms: i64,
    /// When connecting to the living process last failed, and why.
    pub mute: Option<(Instant, String)>,
}

/// A living process.
#[derive(Clone)]
pub(super) struct Process {
    pub pid: Pid,
    /// Where the student's user and ours log in.
    pub student: ConnectionInfo,
    pub keeper: ConnectionInfo,
    /// The connection that everybody shares.
    pub connection: Option<MultiplexedConnection>,
    /// The student made it stand still.
    pub paused: bool,
    /// We are ending it: nobody crashed it.
    pub resting: bool,
    /// How it ended, once it has.
    pub end: watch::Receiver<Option<String>>,
}

impl Process {
    /// Waits until it has ended, and says how.
    pub async fn ended(&self) -> String {
        let mut end = self.end.clone();
        let how = end.wait_for(Option::is_some).await;
        how.ok()
            .and_then(|how| how.clone())
            .unwrap_or_else(|| "it was lost".to_owned())
    }

    /// Its number.
    pub fn number(&self) -> u32 {
        self.pid.as_raw_nonzero().get().unsigned_abs()
    }
}

impl OwnRedis {
    pub(super) fn new(house: &Arc<House>, folder: PathBuf) -> Arc<Self> {
        let persistence = fs::read_to_string(folder.join(CHOICE))
            .ok()
            .and_then(|name| Persistence::from_name(name.trim()))
            .unwrap_or_default();
        Arc::new_cyclic(|me| Self {
            me: me.clone(),
            house: Arc::clone(house),
            folder,
            status: Status::new(StoreKind::Redis, true),
            state: Mutex::new(State {
                process: None,
                down: false,
                persistence,
                used_ms: 0,
                mute: None,
            }),
            starting: Lock::default(),
            acting: Lock::default(),
            relieving: AtomicBool::new(false),
        })
    }

    /// The connection of the student's user, which everybody in the lab shares. Starts the process if it sleeps.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] if the student ended it, if it crashed, does not answer or is not
    /// installed; [`StoreError::NoRedisLeft`] if it would be one too many.
    pub async fn connection(&self) -> Result<MultiplexedConnection, StoreError> {
        self.state().used_ms = config::now_ms();
        if let Some(connection) = self.process().and_then(|process| self.ready(&process)) {
            return Ok(connection);
        }
        let process = Box::pin(self.wake(false)).await?;
        process.connection.ok_or_else(|| self.absent())
    }

    /// Waits for a command's answer, for 1 s at most. `Err` says why none came; at once when the process ends.
    ///
    /// # Errors
    /// The reason, such as `timed out`.
    pub async fn answer<F: Future>(&self, command: F) -> Result<F::Output, String> {
        self.answer_within(COMMAND, command).await
    }

    /// The same with another limit.
    ///
    /// # Errors
    /// The reason, such as `timed out`.
    pub async fn answer_within<F: Future>(
        &self,
        limit: Duration,
        command: F,
    ) -> Result<F::Output, String> {
        let Some(process) = self.process() else {
            return Err(self.reason());
        };
        // A command without an answer may be a script that runs on, also if nobody waits any more.
        let unanswered = Unanswered(self);
        tokio::select! {
            biased;
            answer = command => {
                std::mem::forget(unanswered);
                Ok(answer)
            }
            how = process.ended() => Err(how),
            () = sleep(limit) => Err("timed out".to_owned()),
        }
    }

    /// To be called when a command got no answer: down until the next one tries again.
    pub fn failed(&self, reason: String) {
        // With the lock held, so that what is said of the process's end is not overwritten.
        let state = self.state();
        if state
            .process
            .as_ref()
            .is_some_and(|process| !process.resting)
        {
            self.status.down(reason);
        }
    }

    /// What is known of it now. Asleep is [`EngineState::Starting`].
    #[must_use]
    pub fn view(&self) -> EngineView {
        self.status.view()
    }

    /// A number that grows with every change of the view.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.status.changes()
    }

    /// What the student chose.
    #[must_use]
    pub fn persistence(&self) -> Persistence {
        self.state().persistence
    }

    /// The socket that it listens on while it runs.
    #[must_use]
    pub fn socket(&self) -> PathBuf {
        let folder = fs::canonicalize(&self.folder).unwrap_or_else(|_| self.folder.clone());
        redis::socket(&Home {
            folder,
            path: Vec::new(),
        })
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn process(&self) -> Option<Process> {
        self.state().process.clone()
    }

    /// The connection, if commands can be sent without further ado. A paused server keeps its own.
    pub(super) fn ready(&self, process: &Process) -> Option<MultiplexedConnection> {
        let ready = !process.resting && (process.paused || self.status.view().is_up());
        process.connection.clone().filter(|_| ready)
    }

    /// Why there is nobody to ask.
    pub(super) fn absent(&self) -> StoreError {
        StoreError::Unreachable {
            store: StoreKind::Redis,
            reason: self.reason(),
        }
    }

    pub(super) fn reason(&self) -> String {
        match self.status.view().state {
            EngineState::Down { reason } => reason,
            EngineState::Missing => "it is not installed".to_owned(),
            EngineState::Starting => "it is asleep".to_owned(),
            EngineState::Up => "it was lost".to_owned(),
        }
    }
}

/// A command that has no answer yet.
struct Unanswered<'a>(&'a OwnRedis);

impl Drop for Unanswered<'_> {
    fn drop(&mut self) {
        self.0.relieve();
    }
}
