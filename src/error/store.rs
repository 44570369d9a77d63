//! What can go wrong in a store, typed.
//!
//! tower-sessions' own error carries a string only, so a [`StoreError`] travels through it as JSON
//! and is read back on the other side with [`StoreError::of`].

use serde::{Deserialize, Serialize};
use tower_sessions::session_store;

use crate::store_kind::StoreKind;

/// What can go wrong in a store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum StoreError {
    /// The engine does not answer, or is not there.
    #[error("{} does not answer: {reason}", store.name())]
    Unreachable {
        /// Whose engine.
        store: StoreKind,
        /// What the attempt said.
        reason: String,
    },
    /// The engine answered with an error (Redis `OOM …`, a full disk).
    #[error("{} refused: {reply}", store.name())]
    Refused {
        /// Whose engine.
        store: StoreKind,
        /// Its reply.
        reply: String,
    },
    /// `save` found no record: the session was deleted or expired meanwhile and is not resurrected.
    #[error("the session no longer exists")]
    Gone,
    /// `replace` found another record than the one that was read: somebody else wrote meanwhile.
    #[error("somebody else changed the session meanwhile")]
    Changed,
    /// What stands under the session's id is not a session.
    #[error("{} holds something that is not a session: {detail}", store.name())]
    Corrupt {
        /// Which store.
        store: StoreKind,
        /// What was wrong with it.
        detail: String,
    },
    /// The lab already keeps as many sessions in this store as it may.
    #[error("the lab already keeps {limit} sessions in this store")]
    TooManySessions {
        /// The limit.
        limit: usize,
    },
    /// As many labs as may have a Redis of their own running have one.
    #[error("{limit} Redis servers of labs are running already")]
    NoRedisLeft {
        /// The limit.
        limit: usize,
    },
}

impl StoreError {
    /// The typed error inside tower-sessions' error. What did not come from a store of ours is [`StoreError::Corrupt`].
    #[must_use]
    pub fn of(error: &session_store::Error) -> Self {
        let text = match error {
            session_store::Error::Backend(text)
            | session_store::Error::Decode(text)
            | session_store::Error::Encode(text) => text,
        };
        serde_json::from_str(text).unwrap_or_else(|_| Self::Corrupt {
            store: StoreKind::Memory,
            detail: text.clone(),
        })
    }
}

impl From<StoreError> for session_store::Error {
    fn from(error: StoreError) -> Self {
        Self::Backend(serde_json::to_string(&error).unwrap_or_else(|_| error.to_string()))
    }
}
