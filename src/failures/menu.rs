//! The menu: every honest way a session dies, in the order of the page.

use serde::{Deserialize, Serialize};

use crate::{engines::view::Persistence, stores::StoreKind};

/// How much of Redis's data is safe before it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Safety {
    /// Nothing is written to disk.
    None,
    /// Snapshots by the usual rules; none was taken since the login.
    Rdb,
    /// Snapshots, and one was taken after the login.
    Snapshot,
    /// Every write goes to the append-only file.
    Aof,
}

impl Safety {
    /// The persistence that it needs.
    #[must_use]
    pub const fn persistence(self) -> Persistence {
        match self {
            Self::None => Persistence::None,
            Self::Rdb | Self::Snapshot => Persistence::Rdb,
            Self::Aof => Persistence::Aof,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Rdb => "rdb",
            Self::Snapshot => "snapshot",
            Self::Aof => "aof",
        }
    }
}

/// One entry of the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Failure {
    /// The server is restarted cleanly.
    Restart,
    /// The server is killed, and started again.
    Kill,
    /// The server is stopped and stays so.
    Stop,
    /// The server is deployed anew: another memory, another disk.
    Redeploy,
    /// The login was on server A, the next request goes to B.
    OtherServer,
    /// Redis is stopped and stays so.
    RedisDown,
    /// Redis is killed (SIGKILL) and started again.
    RedisCrash(Safety),
    /// Redis is stopped as a service is (SIGTERM) and started again.
    RedisStop(Safety),
    /// Redis is shut down by its own command and started again.
    RedisShutdown(Safety),
    /// Redis is there and does not answer (SIGSTOP).
    RedisPause,
    /// Redis is full and refuses to write (`noeviction`).
    RedisFull,
    /// Redis is full and throws the least used keys away (`allkeys-lru`).
    RedisEvict,
    /// The signing key is replaced.
    RotateKey,
    /// A new signing key is put before the old one.
    RotateKeyKeepOld,
    /// The browser loses its cookies.
    DeleteCookie,
    /// The session's file is deleted.
    DeleteFile,
    /// The session's file becomes unreadable.
    CorruptFile,
    /// The session's key is deleted in Redis.
    DeleteKey,
    /// The session's document is deleted in MongoDB.
    DeleteDocument,
    /// Record and cookie come to their end together.
    Expire,
    /// The cookie ends before the record.
    CookieFirst,
    /// The record ends before the cookie.
    RecordFirst,
    /// A logout while a slow request of another tab is under way; `true`: the stores upsert.
    LogoutRace(bool),
    /// Two requests at once that both add one; `true`: the stores upsert.
    LostUpdate(bool),
}

/// A heading of the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// What happens to servers.
    Servers,
    /// What happens to Redis.
    Redis,
    /// What happens to the cookie and its key.
    Cookie,
    /// What happens to the record behind the store's back.
    Record,
    /// Time.
    Time,
    /// Two requests at once.
    Together,
}

impl Group {
    /// Every group, in the order of the page.
    pub const ALL: [Self; 6] = [
        Self::Servers,
        Self::Redis,
        Self::Cookie,
        Self::Record,
        Self::Time,
        Self::Together,
    ];
}

impl Failure {
    /// The whole menu.
    pub const ALL: [Self; 33] = [
        Self::Restart,
        Self::Kill,
        Self::Stop,
        Self::Redeploy,
        Self::OtherServer,
        Self::RedisDown,
        Self::RedisCrash(Safety::None),
        Self::RedisCrash(Safety::Rdb),
        Self::RedisCrash(Safety::Snapshot),
        Self::RedisCrash(Safety::Aof),
        Self::RedisStop(Safety::None),
        Self::RedisStop(Safety::Rdb),
        Self::RedisStop(Safety::Aof),
        Self::RedisShutdown(Safety::None),
        Self::RedisShutdown(Safety::Rdb),
        Self::RedisShutdown(Safety::Aof),
        Self::RedisPause,
        Self::RedisFull,
        Self::RedisEvict,
        Self::RotateKey,
        Self::RotateKeyKeepOld,
        Self::DeleteCookie,
        Self::DeleteFile,
        Self::CorruptFile,
        Self::DeleteKey,
        Self::DeleteDocument,
        Self::Expire,
        Self::CookieFirst,
        Self::RecordFirst,
        Self::LogoutRace(false),
        Self::LogoutRace(true),
        Self::LostUpdate(false),
        Self::LostUpdate(true),
    ];

    /// Its name in URLs, such as `redis-crash-aof`.
    #[must_use]
    pub fn id(self) -> String {
        let name = match self {
            Self::Restart => "restart",
            Self::Kill => "kill",
            Self::Stop => "stop",
            Self::Redeploy => "redeploy",
            Self::OtherServer => "other-server",
            Self::RedisDown => "redis-down",
            Self::RedisCrash(safety) => return format!("redis-crash-{}", safety.name()),
            Self::RedisStop(safety) => return format!("redis-stop-{}", safety.name()),
            Self::RedisShutdown(safety) => return format!("redis-shutdown-{}", safety.name()),
            Self::RedisPause => "redis-pause",
            Self::RedisFull => "redis-full",
            Self::RedisEvict => "redis-evict",
            Self::RotateKey => "rotate-key",
            Self::RotateKeyKeepOld => "rotate-key-keep-old",
            Self::DeleteCookie => "delete-cookie",
            Self::DeleteFile => "delete-file",
            Self::CorruptFile => "corrupt-file",
            Self::DeleteKey => "delete-key",
            Self::DeleteDocument => "delete-document",
            Self::Expire => "expire",
            Self::CookieFirst => "cookie-first",
            Self::RecordFirst => "record-first",
            Self::LogoutRace(false) => "logout-race",
            Self::LogoutRace(true) => "logout-race-upsert",
            Self::LostUpdate(false) => "lost-update",
            Self::LostUpdate(true) => "lost-update-upsert",
        };
        name.to_owned()
    }

    /// The entry with this name, if there is one.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|failure| failure.id() == id)
    }

    /// Where it stands.
    #[must_use]
    pub const fn group(self) -> Group {
        match self {
            Self::Restart | Self::Kill | Self::Stop | Self::Redeploy | Self::OtherServer => {
                Group::Servers
            }
            Self::RedisDown
            | Self::RedisCrash(_)
            | Self::RedisStop(_)
            | Self::RedisShutdown(_)
            | Self::RedisPause
            | Self::RedisFull
            | Self::RedisEvict => Group::Redis,
            Self::RotateKey | Self::RotateKeyKeepOld | Self::DeleteCookie => Group::Cookie,
            Self::DeleteFile | Self::CorruptFile | Self::DeleteKey | Self::DeleteDocument => {
                Group::Record
            }
            Self::Expire | Self::CookieFirst | Self::RecordFirst => Group::Time,
            Self::LogoutRace(_) | Self::LostUpdate(_) => Group::Together,
        }
    }

    /// Whether the lab needs a Redis of its own for it.
    #[must_use]
    pub const fn needs_own_redis(self) -> bool {
        matches!(self.group(), Group::Redis)
    }

    /// What Redis has to keep before it ends.
    #[must_use]
    pub const fn safety(self) -> Option<Safety> {
        match self {
            Self::RedisCrash(safety) | Self::RedisStop(safety) | Self::RedisShutdown(safety) => {
                Some(safety)
            }
            _ => None,
        }
    }

    /// The page that is asked for afterwards: one that writes, where it is writing that fails.
    #[must_use]
    pub const fn probe(self) -> &'static str {
        match self {
            Self::RedisFull => "visit",
            _ => "me",
        }
    }

    /// The store whose record is touched, if it is one.
    #[must_use]
    pub const fn victim(self) -> Option<StoreKind> {
        match self {
            Self::DeleteFile | Self::CorruptFile => Some(StoreKind::File),
            Self::DeleteKey => Some(StoreKind::Redis),
            Self::DeleteDocument => Some(StoreKind::Mongo),
            _ => None,
        }
    }
}

impl Serialize for Failure {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.id())
    }
}

impl<'de> Deserialize<'de> for Failure {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = String::deserialize(deserializer)?;
        Self::from_id(&id).ok_or_else(|| serde::de::Error::custom("no such failure"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_and_are_all_different() {
        for failure in Failure::ALL {
            assert_eq!(Failure::from_id(&failure.id()), Some(failure));
        }
        assert_eq!(Failure::from_id("x"), None);
    }
}
