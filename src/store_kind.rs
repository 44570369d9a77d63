//! The four stores by name. What they do is in [`crate::stores`].

use serde::{Deserialize, Serialize};

use crate::i18n::Locale;

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
