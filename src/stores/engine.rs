//! What the page may know about the process behind a store. Shared with the browser.

use serde::{Deserialize, Serialize};

/// The process behind a store, as it was last seen.
///
/// Memory and file have one too: the playground's own process and the disk, which are always up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngineView {
    /// Who really serves: `Redis`, `Valkey`, `MongoDB`, `SecantusDB`. Empty while nobody has answered yet.
    pub name: String,
    /// The version it reports, such as `7.0.15`. Empty while unknown.
    pub version: String,
    /// Its process id, where it tells.
    pub pid: Option<u32>,
    /// `true`: we started it. `false`: a URL was given.
    pub managed: bool,
    /// Whether it answers.
    pub state: EngineState,
}

/// Whether an engine answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EngineState {
    /// It was asked and has not answered for the first time yet.
    Starting,
    /// The last command or ping was answered.
    Up,
    /// It does not answer; `reason` is what the attempt said, with no password in it.
    Down {
        /// The error of the attempt, such as `Connection refused`.
        reason: String,
    },
    /// There is no URL and no program to start: it has to be installed.
    Missing,
}

impl EngineView {
    /// Whether commands can be sent.
    #[must_use]
    pub const fn is_up(&self) -> bool {
        matches!(self.state, EngineState::Up)
    }
}
