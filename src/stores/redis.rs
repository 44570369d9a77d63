//! The Redis store: one string key per session, with a time to live.
//!
//! Redis is another process, so a session outlives the server's. `SET … NX` writes only a new key,
//! `SET … XX` only an existing one, and `PX` gives the time to live in milliseconds: one command
//! each, so nothing can come between the question and the answer. What takes more than one command is
//! a script, which Redis runs as one.

use std::{fmt, sync::Arc};

use ::redis::{Cmd, Value};
use async_trait::async_trait;
use time::OffsetDateTime;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store,
};

mod connection;
mod keys;
mod sandbox;
pub mod sweep;

use self::connection::RedisHome;
pub use self::keys::KeyLook;
use super::{
    SandboxStore, SandboxTag, StoreError, StoreKind, Stored,
    stored::{fresh_id, record_of, record_text},
};
use crate::config;
pub(crate) use crate::recorder::redis_text::{command_text, refusal, reply_text};
use crate::{
    engines::{RedisEngine, redis_unreachable},
    recorder::{self, Command},
};

/// Sessions of one lab as keys in Redis. Clones share the engine, and move together.
#[derive(Clone)]
pub struct RedisStore {
    home: RedisHome,
    lab: SandboxTag,
}

impl RedisStore {
    /// A lab's keys in this engine.
    #[must_use]
    pub fn new(engine: Arc<RedisEngine>, lab: SandboxTag) -> Self {
        let home = RedisHome::new(engine);
        Self { home, lab }
    }

    /// The key of a session: `sess:<id>`, as connect-redis has it, after the lab's prefix.
    #[must_use]
    pub fn key(&self, id: &Id) -> String {
        format!("{}sess:{id}", self.prefix())
    }

    /// What every key of the lab begins with: `lab:<lab>:` in a Redis that others use too, nothing in
    /// the lab's own.
    #[must_use]
    pub fn prefix(&self) -> String {
        match self.own() {
            Some(_) => String::new(),
            None => format!("lab:{}:", self.lab),
        }
    }

    /// What Redis holds for these ids now. What is not a string is left out.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] or [`StoreError::Refused`].
    pub async fn inspect(&self, ids: &[Id]) -> Result<Vec<Stored>, StoreError> {
        let mut pipeline = ::redis::pipe();
        for id in ids {
            let key = self.key(id);
            pipeline.cmd("GET").arg(&key).cmd("PTTL").arg(&key);
        }
        let replies = self.send_all(&pipeline, ids.len() * 2).await?;
        let now = config::now_ms();
        let stored = ids
            .iter()
            .zip(replies.chunks_exact(2))
            .filter_map(|(id, pair)| {
                let [Value::BulkString(text), Value::Int(left)] = pair else {
                    return None;
                };
                // -1: somebody took the time to live away, so it stays for ever.
                let expires_ms = if *left < 0 {
                    i64::MAX
                } else {
                    now.saturating_add(*left)
                };
                let text = String::from_utf8_lossy(text).into_owned();
                Some(Stored {
                    id: *id,
                    place: self.key(id),
                    text,
                    expires_ms,
                })
            });
        Ok(stored.collect())
    }

    /// Deletes the keys of these ids.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] or [`StoreError::Refused`].
    pub async fn forget(&self, ids: &[Id]) -> Result<(), StoreError> {
        let mut pipeline = ::redis::pipe();
        for id in ids {
            pipeline.cmd("DEL").arg(self.key(id));
        }
        let replies = self.send_all(&pipeline, ids.len()).await?;
        replies
            .into_iter()
            .try_for_each(|reply| reply.extract_error().map(drop))
            .map_err(|error| StoreError::Refused {
                store: StoreKind::Redis,
                reply: refusal(&error),
            })
    }

    /// `SET key json PX ms` with the condition `NX` or `XX`, if any: whether it was written.
    async fn set(&self, record: &Record, condition: Option<&str>) -> Result<bool, StoreError> {
        let mut command = ::redis::cmd("SET");
        let left = milliseconds_until(record.expiry_date);
        command
            .arg(self.key(&record.id))
            .arg(record_text(record))
            .arg("PX")
            .arg(left)
            .arg(condition);
        Ok(self.send(&command).await? != Value::Nil)
    }

    /// Sends one command and tells the recorder.
    async fn send(&self, command: &Cmd) -> Result<Value, StoreError> {
        let mut connection = self.home.connection().await?;
        // An error of the server arrives as a value.
        let sent = async {
            connection
                .send_packed_command(command)
                .await?
                .extract_error()
        };
        let answer = self.bounded(sent).await;
        recorder::record(|| Command {
            text: command_text(command),
            reply: match &answer {
                Ok(value) => reply_text(value),
                Err(StoreError::Refused { reply, .. }) => format!("(error) {reply}"),
                Err(error) => format!("(no answer) {error}"),
            },
            failed: answer.is_err(),
        });
        answer
    }

    async fn send_all(
        &self,
        pipeline: &::redis::Pipeline,
        count: usize,
    ) -> Result<Vec<Value>, StoreError> {
        if count == 0 {
            return Ok(Vec::new());
        }
        let mut connection = self.home.connection().await?;
        self.bounded(connection.send_packed_commands(pipeline, 0, count))
            .await
    }

    /// Waits as long as a command may take, and tells no answer from an answer that is an error.
    async fn bounded<T>(
        &self,
        work: impl Future<Output = ::redis::RedisResult<T>>,
    ) -> Result<T, StoreError> {
        let store = StoreKind::Redis;
        let reason = match self.home.answer(work).await {
            Ok(Ok(value)) => return Ok(value),
            Ok(Err(error)) => match redis_unreachable(&error) {
                Some(reason) => reason,
                None => {
                    return Err(StoreError::Refused {
                        store,
                        reply: refusal(&error),
                    });
                }
            },
            Err(reason) => reason,
        };
        self.home.failed(reason.clone());
        Err(StoreError::Unreachable { store, reason })
    }
}

#[async_trait]
impl SessionStore for RedisStore {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        while !self.set(record, Some("NX")).await? {
            record.id = fresh_id();
        }
        Ok(())
    }

    async fn save(&self, record: &Record) -> session_store::Result<()> {
        if self.set(record, Some("XX")).await? {
            Ok(())
        } else {
            Err(StoreError::Gone.into())
        }
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        Ok(self.read(id).await?.map(|(record, _)| record))
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        let mut command = ::redis::cmd("DEL");
        command.arg(self.key(id));
        self.send(&command).await?;
        Ok(())
    }
}

impl fmt::Debug for RedisStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisStore")
            .field("lab", &self.lab)
            .finish_non_exhaustive()
    }
}

/// The record in a key's text.
fn record_in(id: &Id, held: &[u8]) -> Result<Record, StoreError> {
    record_of(*id, &String::from_utf8_lossy(held)).map_err(|detail| StoreError::Corrupt {
        store: StoreKind::Redis,
        detail,
    })
}

/// The time that is left, in ms. Redis refuses a time to live below 1.
fn milliseconds_until(moment: OffsetDateTime) -> i64 {
    config::to_ms(moment)
        .saturating_sub(config::now_ms())
        .max(1)
}
