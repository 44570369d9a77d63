//! A lab's keys as an operator sees them in redis-cli.

use ::redis::Value;
use tower_sessions::session::Id;

use super::RedisStore;
use crate::{config, stores::StoreError};

/// How many commands tell everything about one key.
const QUESTIONS: usize = 4;

/// One key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyLook {
    /// The session's id.
    pub id: Id,
    /// The key.
    pub key: String,
    /// `TYPE`.
    pub kind: String,
    /// When it ends, from `PTTL`: milliseconds since 1970, UTC; `None` if it never does.
    pub expires_ms: Option<i64>,
    /// `GET`, if it is a string.
    pub value: String,
    /// `MEMORY USAGE`, in bytes.
    pub bytes: i64,
}

impl RedisStore {
    /// The keys of these sessions that are there now, in silence.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] if Redis does not answer.
    pub async fn keys(&self, ids: &[Id]) -> Result<Vec<KeyLook>, StoreError> {
        let mut pipeline = ::redis::pipe();
        for id in ids {
            let key = self.key(id);
            pipeline
                .cmd("TYPE")
                .arg(&key)
                .cmd("PTTL")
                .arg(&key)
                .cmd("GET")
                .arg(&key)
                .cmd("MEMORY")
                .arg("USAGE")
                .arg(&key);
        }
        let replies = self.send_all(&pipeline, ids.len() * QUESTIONS).await?;
        let now = config::now_ms();
        let look = |(id, answers): (&Id, &[Value])| {
            let [kind, Value::Int(left), value, bytes] = answers else {
                return None;
            };
            // -2: there is no such key.
            (*left != -2).then(|| KeyLook {
                id: *id,
                key: self.key(id),
                kind: text(kind),
                expires_ms: (*left >= 0).then(|| now.saturating_add(*left)),
                value: text(value),
                bytes: match bytes {
                    Value::Int(bytes) => *bytes,
                    _ => 0,
                },
            })
        };
        Ok(ids
            .iter()
            .zip(replies.chunks_exact(QUESTIONS))
            .filter_map(look)
            .collect())
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::SimpleString(text) => text.clone(),
        Value::BulkString(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        _ => String::new(),
    }
}
