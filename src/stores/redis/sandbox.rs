//! What the lab asks of Redis beyond tower-sessions.

use async_trait::async_trait;
use redis::{Value, cmd};
use time::Duration;
use tower_sessions::session::{Id, Record};

use super::{RedisStore, milliseconds_until, record_in};
use crate::{
    config,
    stores::{
        SandboxStore, Seen, StoreError, Stored,
        sandbox_store::moved,
        stored::{is_alive, record_text},
    },
};

/// Compares and writes as one step, also when two servers do it at once. In double quotes, so that it
/// can be pasted between single ones.
const REPLACE: &str = r#"local held = redis.call("GET", KEYS[1]) if not held then return "gone" end if held ~= ARGV[1] then return "changed" end redis.call("SET", KEYS[1], ARGV[2], "PX", ARGV[3], "XX") return "ok""#;

/// The same for an expiry: `PEXPIRE` with nothing left deletes the key, `SET … PX` would be refused.
const MOVE: &str = r#"local held = redis.call("GET", KEYS[1]) if not held then return "gone" end if held ~= ARGV[1] then return "changed" end redis.call("SET", KEYS[1], ARGV[2], "XX", "KEEPTTL") redis.call("PEXPIRE", KEYS[1], ARGV[3]) return "ok""#;

/// How often to begin again when somebody else writes between the reading and the moving.
const ATTEMPTS: u32 = 16;

impl RedisStore {
    async fn held(&self, id: &Id) -> Result<Option<Vec<u8>>, StoreError> {
        let mut get = cmd("GET");
        get.arg(self.key(id));
        Ok(match self.send(&get).await? {
            Value::BulkString(held) => Some(held),
            _ => None,
        })
    }

    /// Runs one of the scripts: the record in the place of what was held, with this time left in ms.
    async fn exchange(
        &self,
        script: &str,
        record: &Record,
        held: &[u8],
        left: i64,
    ) -> Result<(), StoreError> {
        let mut eval = cmd("EVAL");
        eval.arg(script)
            .arg(1)
            .arg(self.key(&record.id))
            .arg(held)
            .arg(record_text(record))
            .arg(left);
        match self.send(&eval).await? {
            Value::BulkString(answer) if answer == b"ok" => Ok(()),
            Value::BulkString(answer) if answer == b"changed" => Err(StoreError::Changed),
            _ => Err(StoreError::Gone),
        }
    }
}

#[async_trait]
impl SandboxStore for RedisStore {
    async fn read(&self, id: &Id) -> Result<Option<(Record, Seen)>, StoreError> {
        let Some(held) = self.held(id).await? else {
            return Ok(None);
        };
        let record = record_in(id, &held)?;
        Ok(is_alive(&record).then(|| (record, Seen::of(held))))
    }

    async fn replace(&self, record: &Record, seen: &Seen) -> Result<(), StoreError> {
        let left = milliseconds_until(record.expiry_date);
        self.exchange(REPLACE, record, seen.held(), left).await
    }

    async fn upsert(&self, record: &Record) -> Result<(), StoreError> {
        self.set(record, None).await.map(drop)
    }

    async fn move_ahead(&self, id: &Id, by: Duration) -> Result<(), StoreError> {
        for _ in 0..ATTEMPTS {
            let held = self.held(id).await?.ok_or(StoreError::Gone)?;
            let mut record = record_in(id, &held)?;
            record.expiry_date = moved(record.expiry_date, by);
            let left = config::to_ms(record.expiry_date).saturating_sub(config::now_ms());
            match self.exchange(MOVE, &record, &held, left).await {
                Err(StoreError::Changed) => {}
                outcome => return outcome,
            }
        }
        Err(StoreError::Changed)
    }

    async fn overwrite(&self, id: &Id, text: &str) -> Result<(), StoreError> {
        let mut set = cmd("SET");
        set.arg(self.key(id)).arg(text).arg("XX").arg("KEEPTTL");
        match self.send(&set).await? {
            Value::Nil => Err(StoreError::Gone),
            _ => Ok(()),
        }
    }

    async fn look(&self, ids: &[Id]) -> Result<Vec<Stored>, StoreError> {
        self.inspect(ids).await
    }

    async fn forget_all(&self, ids: &[Id]) -> Result<(), StoreError> {
        self.forget(ids).await
    }
}
