//! Looking through everything that a lab has in a Redis that others use too.
//!
//! `KEYS` would hold up everybody until it has seen every key of the server. `SCAN` looks at a few at
//! a time, and lets others in between.

use std::time::Duration;

use ::redis::{Cmd, Value, cmd};
use tokio::time::timeout;

use super::RedisStore;
use crate::stores::{StoreError, StoreKind};

/// How long it may take to remove everything.
const SWEEP: Duration = Duration::from_secs(5);

/// A pattern that only this text matches.
#[must_use]
pub fn literally(text: &[u8]) -> Vec<u8> {
    let escaped = text.iter().flat_map(|&byte| {
        let special = matches!(byte, b'*' | b'?' | b'[' | b']' | b'\\' | b'^' | b'-');
        special.then_some(b'\\').into_iter().chain([byte])
    });
    escaped.collect()
}

/// `SCAN cursor MATCH pattern COUNT 1000`: one step.
#[must_use]
pub fn step(cursor: &[u8], pattern: &[u8]) -> Vec<Vec<u8>> {
    let words: [&[u8]; 6] = [b"SCAN", cursor, b"MATCH", pattern, b"COUNT", b"1000"];
    words.map(<[u8]>::to_vec).into()
}

/// What a step answered: where to go on, and the keys.
#[must_use]
pub fn found(answer: Value) -> Option<(Vec<u8>, Vec<Vec<u8>>)> {
    let Value::Array(parts) = answer else {
        return None;
    };
    let [Value::BulkString(next), Value::Array(keys)] = <[Value; 2]>::try_from(parts).ok()? else {
        return None;
    };
    let keys = keys.into_iter().filter_map(|key| match key {
        Value::BulkString(key) => Some(key),
        _ => None,
    });
    Some((next, keys.collect()))
}

impl RedisStore {
    /// Removes everything that the lab has in a Redis that others use too, in silence.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] or [`StoreError::Refused`]; then some of it may be left.
    pub async fn sweep(&self) -> Result<(), StoreError> {
        let prefix = self.prefix();
        if prefix.is_empty() {
            return Ok(());
        }
        let late = StoreError::Unreachable {
            store: StoreKind::Redis,
            reason: "timed out".to_owned(),
        };
        timeout(SWEEP, self.unlink_all(&prefix))
            .await
            .map_err(|_| late)?
    }

    async fn send_silently(&self, command: &Cmd) -> Result<Value, StoreError> {
        let mut pipeline = ::redis::pipe();
        pipeline.add_command(command.clone());
        let mut replies = self.send_all(&pipeline, 1).await?;
        Ok(replies.pop().unwrap_or_default())
    }

    async fn unlink_all(&self, prefix: &str) -> Result<(), StoreError> {
        let mut pattern = literally(prefix.as_bytes());
        pattern.push(b'*');
        let mut cursor = b"0".to_vec();
        loop {
            let mut scan = cmd("SCAN");
            scan.arg(&step(&cursor, &pattern)[1..]);
            let Some((next, keys)) = found(self.send_silently(&scan).await?) else {
                return Ok(());
            };
            if !keys.is_empty() {
                self.send_silently(cmd("UNLINK").arg(keys)).await?;
            }
            if next == b"0" {
                return Ok(());
            }
            cursor = next;
        }
    }
}
