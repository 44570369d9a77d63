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

/// What a Redis server writes to disk, and when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Persistence {
    /// Nothing: whatever ends the process, the keys are gone.
    None,
    /// A snapshot now and then: a crash loses what came after the last one.
    Rdb,
    /// Every command, as it comes: a crash loses nothing that was answered.
    #[default]
    Aof,
}

impl Persistence {
    /// Every way, from the weakest to the strongest.
    pub const ALL: [Self; 3] = [Self::None, Self::Rdb, Self::Aof];

    /// The name in URLs: `none`, `rdb` or `aof`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Rdb => "rdb",
            Self::Aof => "aof",
        }
    }

    /// The way that a URL names, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.name() == name)
    }
}

/// What a Redis server does when its memory is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FullPolicy {
    /// It refuses to write.
    #[serde(rename = "noeviction")]
    NoEviction,
    /// It forgets the keys that were used least recently.
    #[serde(rename = "allkeys-lru")]
    AllKeysLru,
}

impl FullPolicy {
    /// Both.
    pub const ALL: [Self; 2] = [Self::NoEviction, Self::AllKeysLru];

    /// Redis's own name for it: `noeviction` or `allkeys-lru`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoEviction => "noeviction",
            Self::AllKeysLru => "allkeys-lru",
        }
    }

    /// The policy of this name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|policy| policy.name() == name)
    }
}

/// What a Redis server says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedisFacts {
    /// Bytes that it uses.
    pub used_memory: u64,
    /// Bytes that it may use.
    pub maxmemory: u64,
    /// What it does when they are used up: `noeviction`, `allkeys-lru`.
    pub policy: String,
    /// Keys that it forgot to make room, since its start.
    pub evicted_keys: u64,
    /// What the student chose.
    pub persistence: Persistence,
    /// When it last wrote a snapshot, in ms since 1970; its start if it has not yet.
    pub last_save_ms: i64,
    /// Changes since that snapshot.
    pub changes_since_save: u64,
    /// Whether it writes every command down.
    pub aof_enabled: bool,
    /// Seconds since its start.
    pub uptime_s: u64,
}
