//! Everything the page shows, at one moment.

use serde::{Deserialize, Serialize};

use super::{
    ledger::Grave,
    tape::Entry,
    verdict::{Prediction, Verdict},
};
use crate::{engines::view::EngineView, error::LabError, stores::StoreKind};

/// The lab at one moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Grows with every change; the live stream sends the same number.
    pub version: u64,
    /// The server's clock: milliseconds since 1970, UTC. Countdowns start from here.
    pub now_ms: i64,
    /// The server that is shown, the one that the balancer asks first: `A` or `B`.
    pub server: String,
    /// How often it has been started.
    pub boot: u32,
    /// When it was started last: milliseconds since 1970, UTC.
    pub started_ms: i64,
    /// The last restart, if there was one in this experiment.
    pub restarted: Option<Restart>,
    /// The four lanes, in the order of [`StoreKind::ALL`].
    pub lanes: Vec<Lane>,
    /// Entries of the tape, oldest first: all, or those after the number that was asked for.
    pub tape: Vec<Entry>,
    /// The number of the oldest entry that the lab still has: older ones are gone.
    pub tape_start: u64,
    /// Lets a curl command act in this lab for ten minutes; empty for a request that came with one.
    pub pass: String,
}

/// A restart of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restart {
    /// When: milliseconds since 1970, UTC.
    pub at_ms: i64,
    /// The boot that ended.
    pub from: u32,
    /// The boot that began.
    pub to: u32,
    /// Sessions that the memory held.
    pub held: u32,
}

/// One store from the browser to the verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lane {
    /// Which store.
    pub store: StoreKind,
    /// The session cookie that the browser holds, as far as requests show.
    pub cookie: Option<SessionCookie>,
    /// The process behind the store; `None` for memory and file.
    pub engine: Option<EngineView>,
    /// What the store holds for this lab now, or why it could not be asked.
    pub records: Result<Vec<StoredRecord>, LabError>,
    /// Memory only: the dead.
    pub graves: Vec<Grave>,
    /// What the student expects.
    pub prediction: Option<Prediction>,
    /// What the last experiment showed.
    pub verdict: Option<Verdict>,
}

impl Lane {
    /// Whether the lab last saw somebody logged in with the browser's cookie.
    #[must_use]
    pub fn is_logged_in(&self) -> bool {
        self.cookie
            .as_ref()
            .is_some_and(|cookie| cookie.user.is_some())
    }
}

/// A session cookie as the browser sent it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionCookie {
    /// Its value: the session's id.
    pub value: String,
    /// When the browser drops it, if the lab knows: milliseconds since 1970, UTC.
    pub expires_ms: Option<i64>,
    /// Who the lab last saw logged in with it.
    pub user: Option<String>,
}

/// A record exactly as the store holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredRecord {
    /// The file name, the key, the document's `_id`.
    pub place: String,
    /// The text that is there.
    pub text: String,
    /// When the store lets go of it: milliseconds since 1970, UTC.
    pub expires_ms: i64,
    /// Whether the browser's cookie points to it.
    pub current: bool,
}

/// Where the student is in the experiment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Log in.
    Enter,
    /// Say what will survive.
    Predict,
    /// Restart the server.
    Restart,
    /// Read the verdicts.
    Check,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Self; 4] = [Self::Enter, Self::Predict, Self::Restart, Self::Check];
}

impl Snapshot {
    /// The step that is now.
    #[must_use]
    pub fn step(&self) -> Step {
        if self.lanes.iter().any(|lane| lane.verdict.is_some()) {
            Step::Check
        } else if !self.lanes.iter().any(Lane::is_logged_in) {
            Step::Enter
        } else if self
            .lanes
            .iter()
            .filter(|lane| lane.is_logged_in())
            .any(|lane| lane.prediction.is_none())
        {
            Step::Predict
        } else {
            Step::Restart
        }
    }

    /// How many predictions came true, of how many that could.
    #[must_use]
    pub fn hits(&self) -> (usize, usize) {
        let made: Vec<bool> = self
            .lanes
            .iter()
            .filter_map(|lane| lane.verdict.as_ref().and_then(Verdict::hit))
            .collect();
        (made.iter().filter(|hit| **hit).count(), made.len())
    }

    /// The number of the newest entry that this snapshot has.
    #[must_use]
    pub fn last_seen(&self) -> u64 {
        self.tape.last().map_or(0, |entry| entry.seq)
    }
}
