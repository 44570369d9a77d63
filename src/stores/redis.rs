//! The Redis store: one string key per session, with a time to live.
//!
//! Redis is another process, so a session outlives the server's. `SET … NX` writes only a new key,
//! `SET … XX` only an existing one, and `PX` gives the time to live in milliseconds: one command
//! each, so nothing can come between the question and the answer.

use std::{fmt, sync::Arc};

use ::redis::{Arg, Cmd, Value};
use async_trait::async_trait;
use time::OffsetDateTime;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store,
};

use super::{
    LabTag, StoreError, StoreKind, Stored,
    engines::{RedisEngine, redis_unreachable},
    recorder::{self, Command},
    stored::{fresh_id, is_alive, record_of, record_text},
};
use crate::config;

/// Sessions of one lab as keys in Redis. Clones share the engine.
#[derive(Clone)]
pub struct RedisStore {
    engine: Arc<RedisEngine>,
    lab: LabTag,
}

impl RedisStore {
    /// A lab's keys in this engine.
    #[must_use]
    pub const fn new(engine: Arc<RedisEngine>, lab: LabTag) -> Self {
        Self { engine, lab }
    }

    /// The key of a session: `sess:<lab>:<id>`.
    #[must_use]
    pub fn key(&self, id: &Id) -> String {
        format!("sess:{}:{id}", self.lab)
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

    /// `SET key json PX ms NX|XX`: whether it was written.
    async fn set(&self, record: &Record, condition: &str) -> Result<bool, StoreError> {
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
        let mut connection = self.engine.connection()?;
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
        let mut connection = self.engine.connection()?;
        self.bounded(connection.send_packed_commands(pipeline, 0, count))
            .await
    }

    /// Waits as long as a command may take, and tells no answer from an answer that is an error.
    async fn bounded<T>(
        &self,
        work: impl Future<Output = ::redis::RedisResult<T>>,
    ) -> Result<T, StoreError> {
        let store = StoreKind::Redis;
        let reason = match self.engine.answer(work).await {
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
        self.engine.failed(reason.clone());
        Err(StoreError::Unreachable { store, reason })
    }
}

#[async_trait]
impl SessionStore for RedisStore {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        while !self.set(record, "NX").await? {
            record.id = fresh_id();
        }
        Ok(())
    }

    async fn save(&self, record: &Record) -> session_store::Result<()> {
        if self.set(record, "XX").await? {
            Ok(())
        } else {
            Err(StoreError::Gone.into())
        }
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        let mut command = ::redis::cmd("GET");
        command.arg(self.key(id));
        let Value::BulkString(text) = self.send(&command).await? else {
            return Ok(None);
        };
        let record = record_of(*id, &String::from_utf8_lossy(&text)).map_err(|detail| {
            StoreError::Corrupt {
                store: StoreKind::Redis,
                detail,
            }
        })?;
        Ok(Some(record).filter(is_alive))
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

/// The time that is left, in ms. Redis refuses a time to live below 1.
fn milliseconds_until(moment: OffsetDateTime) -> i64 {
    config::to_ms(moment)
        .saturating_sub(config::now_ms())
        .max(1)
}

/// The command's own arguments, as they can be pasted into redis-cli.
pub(super) fn command_text(command: &Cmd) -> String {
    let words = command.args_iter().map(|argument| match argument {
        Arg::Simple(bytes) => quoted(&String::from_utf8_lossy(bytes)),
        _ => String::new(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// An argument for redis-cli, which knows one escape between single quotes: `\'`.
fn quoted(word: &str) -> String {
    let plain = |c: char| !c.is_whitespace() && !matches!(c, '"' | '\'' | '\\');
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "\\'"))
}

/// A reply as redis-cli prints it.
pub(super) fn reply_text(value: &Value) -> String {
    match value {
        Value::Nil => "(nil)".to_owned(),
        Value::Int(number) => format!("(integer) {number}"),
        Value::Okay => "OK".to_owned(),
        Value::SimpleString(text) => text.clone(),
        Value::BulkString(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        other => format!("{other:?}"),
    }
}

/// The server's own line: `OOM command not allowed when used memory > 'maxmemory'.`
pub(super) fn refusal(error: &::redis::RedisError) -> String {
    let code = error.code().unwrap_or_default();
    format!("{code} {}", error.detail().unwrap_or_default())
        .trim()
        .to_owned()
}
