//! Where a session lives.
//!
//! A session is two things: a random id in the browser's cookie and a record on the server's side
//! that the id points to. A *store* is the place where the record is kept, and it decides what a
//! restart does to it: [`memory`] is a map inside the server's own process, [`mod@file`] a folder on
//! disk, [`redis`] and [`mongo`] are other processes (their *engines*, see [`crate::engines`]). All four
//! answer the same four questions (create, save, load, delete), know how to notice another's write
//! ([`sandbox_store`]) and pass the same contract (`src/tests/contract.rs`); every command they really send is told to a [`crate::recorder`].

use serde::{Deserialize, Serialize};

use crate::i18n::Locale;

#[cfg(feature = "ssr")]
mod error;
#[cfg(feature = "ssr")]
pub mod file;
#[cfg(feature = "ssr")]
pub mod listing;
#[cfg(feature = "ssr")]
pub mod memory;
#[cfg(feature = "ssr")]
pub mod mongo;
#[cfg(feature = "ssr")]
pub mod redis;
#[cfg(feature = "ssr")]
pub mod sandbox_store;
#[cfg(feature = "ssr")]
pub(crate) mod stored;

#[cfg(feature = "ssr")]
pub use error::StoreError;
#[cfg(feature = "ssr")]
pub use sandbox_store::{SandboxStore, Seen};
#[cfg(feature = "ssr")]
pub use stored::{SandboxTag, Stored, moment_of_ms};

/// One of the four places where a session can live.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StoreKind {
    /// A map inside the server's process.
    Memory,
    /// One JSON file per session on the server's disk.
    File,
    /// One string key per session in Redis.
    Redis,
    /// One document per session in MongoDB.
    Mongo,
}

impl StoreKind {
    /// Every store, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Memory, Self::File, Self::Redis, Self::Mongo];

    /// The name in URLs: `memory`, `file`, `redis` or `mongo`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Memory => "memory",
            Self::File => "file",
            Self::Redis => "redis",
            Self::Mongo => "mongo",
        }
    }

    /// Its name in a sentence, such as `archivo` or `Redis`.
    #[must_use]
    pub const fn label(self, locale: Locale) -> &'static str {
        match (self, locale) {
            (Self::Memory, Locale::Es) => "memoria",
            (Self::Memory, Locale::En) => "memory",
            (Self::File, Locale::Es) => "archivo",
            (Self::File, Locale::En) => "file",
            (Self::Redis, _) => "Redis",
            (Self::Mongo, _) => "MongoDB",
        }
    }

    /// The name of its session cookie, such as `redis.sid`.
    #[must_use]
    pub const fn cookie_name(self) -> &'static str {
        match self {
            Self::Memory => "memory.sid",
            Self::File => "file.sid",
            Self::Redis => "redis.sid",
            Self::Mongo => "mongo.sid",
        }
    }

    /// The store that a URL names, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|store| store.name() == name)
    }

    /// Its place in [`StoreKind::ALL`].
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }
}
