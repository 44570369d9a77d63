//! Persistence, snapshots, and what Redis says of itself.

use std::time::Duration;

use ::redis::{Cmd, Value};
use tokio::{
    fs,
    time::{Instant, sleep},
};

use super::{
    OwnRedis,
    admin_connection::{Keeper, field, number, refused},
    conf::SAVE_RULES,
    launch::{discard, unreachable},
    one::CHOICE,
    sleep::DUMP,
};
use crate::{
    engines::{
        redis::unreachable as no_answer,
        view::{Persistence, RedisFacts},
    },
    error::StoreError,
    recorder::redis_text::{refusal, reply_text},
};

/// How long writing to disk in the background may take.
const WRITING: Duration = Duration::from_secs(10);
const LOOK_EVERY: Duration = Duration::from_millis(10);

impl OwnRedis {
    /// Lets the running server persist in another way, and keeps that for later starts. What the old way wrote is removed.
    ///
    /// # Errors
    /// Those of [`OwnRedis::connection`]; [`StoreError::Refused`] if Redis does not want to.
    pub async fn set_persistence(&self, wanted: Persistence) -> Result<(), StoreError> {
        let _one_act = self.acting.lock().await;
        let process = self.used().await?;
        if self.persistence() == wanted {
            return Ok(());
        }
        let mut keeper = self.keeper(&process).await?;
        idle(&mut keeper).await?;
        let (save, aof) = match wanted {
            Persistence::None => ("", "no"),
            Persistence::Rdb => (SAVE_RULES, "no"),
            Persistence::Aof => ("", "yes"),
        };
        keeper.tell(&config_set("save", save)).await?;
        keeper.tell(&config_set("appendonly", aof)).await?;
        // Until the first AOF is complete, a crash would lose everything.
        idle(&mut keeper).await?;
        self.state().persistence = wanted;
        let noted = fs::write(self.folder.join(CHOICE), wanted.name()).await;
        noted.map_err(|error| refused(error.to_string()))?;
        discard(&self.folder.join(DUMP)).await;
        if wanted != Persistence::Aof {
            // It is not there if it never was on.
            fs::remove_dir_all(self.folder.join("appendonlydir"))
                .await
                .ok();
            discard(&self.folder.join("appendonly.aof")).await;
        }
        Ok(())
    }

    /// BGSAVE: writes a snapshot, and returns when it is complete.
    ///
    /// # Errors
    /// Those of [`OwnRedis::connection`]; [`StoreError::Refused`] if it could not be written.
    pub async fn snapshot(&self) -> Result<(), StoreError> {
        let _one_act = self.acting.lock().await;
        let process = self.used().await?;
        let mut keeper = self.keeper(&process).await?;
        idle(&mut keeper).await?;
        keeper.tell(&::redis::cmd("BGSAVE")).await?;
        let info = idle(&mut keeper).await?;
        if field(&info, "rdb_last_bgsave_status") != "ok" {
            return Err(refused("the snapshot could not be written".to_owned()));
        }
        keeper.tell(&::redis::cmd("LASTSAVE")).await.map(drop)
    }

    /// What Redis says of itself. Does not start it, and does not count as use.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] if it is down, asleep or silent.
    pub async fn facts(&self) -> Result<RedisFacts, StoreError> {
        let process = self.process().ok_or_else(|| self.absent())?;
        let mut connection = self.ready(&process).ok_or_else(|| self.absent())?;
        let command = ::redis::cmd("INFO");
        let sent = async {
            connection
                .send_packed_command(&command)
                .await?
                .extract_error()
        };
        let reason = match self.answer(sent).await {
            Ok(Ok(info)) => return Ok(self.read(&reply_text(&info))),
            Ok(Err(error)) => no_answer(&error).ok_or_else(|| refused(refusal(&error)))?,
            Err(reason) => reason,
        };
        self.failed(reason.clone());
        Err(unreachable(reason))
    }

    fn read(&self, info: &str) -> RedisFacts {
        let saved_s = i64::try_from(number(info, "rdb_last_save_time")).unwrap_or_default();
        RedisFacts {
            used_memory: number(info, "used_memory"),
            maxmemory: number(info, "maxmemory"),
            policy: field(info, "maxmemory_policy").to_owned(),
            evicted_keys: number(info, "evicted_keys"),
            persistence: self.persistence(),
            last_save_ms: saved_s.saturating_mul(1000),
            changes_since_save: number(info, "rdb_changes_since_last_save"),
            aof_enabled: field(info, "aof_enabled") == "1",
            uptime_s: number(info, "uptime_in_seconds"),
        }
    }
}

/// Waits until nothing is written in the background, and says what `INFO persistence` says then.
async fn idle(keeper: &mut Keeper<'_>) -> Result<String, StoreError> {
    let last = Instant::now() + WRITING;
    loop {
        let info = keeper.info("persistence").await?;
        let busy = [
            "rdb_bgsave_in_progress",
            "aof_rewrite_in_progress",
            "aof_rewrite_scheduled",
        ];
        if busy.iter().all(|name| field(&info, name) != "1") {
            return Ok(info);
        }
        if Instant::now() > last {
            return Err(refused("it is still writing to disk".to_owned()));
        }
        sleep(LOOK_EVERY).await;
    }
}

/// `CONFIG SET name value`.
pub(super) fn config_set(name: &str, value: &str) -> Cmd {
    let mut command = ::redis::cmd("CONFIG");
    command.arg("SET").arg(name).arg(value);
    command
}

/// The number in a reply.
pub(super) fn integer(value: &Value) -> i64 {
    if let Value::Int(number) = value {
        *number
    } else {
        0
    }
}
