//! Filling the memory of a lab's Redis, and emptying it again.

use std::time::Duration;

use ::redis::{Cmd, Value};
use tokio::time::sleep;

use super::{
    OwnRedis,
    admin_connection::{Keeper, number, refused, reply},
    conf::MAXMEMORY,
    settings::{config_set, integer},
};
use crate::{
    engines::view::FullPolicy,
    error::StoreError,
    recorder::{self, Command},
};

/// Bytes of one filler: with what Redis adds, they take one block of 256 KiB.
const FILLER: usize = 250_000;
const BLOCK: u64 = 256 * 1024;
/// Room above what is used: a few blocks. Half a block is more than buffers come and go by.
const ROOM: u64 = 15 * BLOCK / 2;
/// More fillers than this are not needed.
const MOST: u32 = 64;
/// Redis's clock of last use ticks once a second, so the keys look older than the fillers only then.
const ROUNDS: u32 = 60;
const ROUND: Duration = Duration::from_millis(100);

impl OwnRedis {
    /// Lowers `maxmemory` to just above what is used, and writes `filler:<n>` until that shows:
    /// until a write is refused, or until Redis has forgotten every one of the `victims`.
    ///
    /// # Errors
    /// Those of [`OwnRedis::connection`]; [`StoreError::Refused`] if the victims are still there after 6 s.
    pub async fn fill(&self, policy: FullPolicy, victims: &[String]) -> Result<(), StoreError> {
        let _one_act = self.acting.lock().await;
        let process = self.used().await?;
        let mut keeper = self.keeper(&process).await?;
        let info = keeper.info("memory").await?;
        let used = number(&info, "used_memory");
        let most = used + ROOM;
        keeper
            .tell(&config_set("maxmemory-policy", policy.name()))
            .await?;
        keeper
            .tell(&config_set("maxmemory", &most.to_string()))
            .await?;
        let mut fillers = Fillers::default();
        let filled = match policy {
            FullPolicy::NoEviction => fillers.until_refused(&mut keeper).await,
            FullPolicy::AllKeysLru => fillers.until_forgotten(&mut keeper, victims).await,
        };
        let kept = u64::from(fillers.count.saturating_sub(1)) * BLOCK;
        fillers.tell();
        filled?;
        if policy == FullPolicy::NoEviction {
            // The refused value was counted too, and is gone now: without this, small ones still fit.
            let tight = (used + kept).saturating_sub(BLOCK / 2);
            keeper
                .tell(&config_set("maxmemory", &tight.to_string()))
                .await?;
        }
        Ok(())
    }

    /// Removes the fillers; the limit and the policy are the old ones again.
    ///
    /// # Errors
    /// Those of [`OwnRedis::connection`].
    pub async fn empty(&self) -> Result<(), StoreError> {
        let _one_act = self.acting.lock().await;
        let process = self.used().await?;
        let mut keeper = self.keeper(&process).await?;
        let keys = keeper.ask(::redis::cmd("KEYS").arg("filler:*")).await?;
        if let Value::Array(keys) = keys
            && !keys.is_empty()
        {
            let mut delete = ::redis::cmd("DEL");
            for key in keys {
                if let Value::BulkString(key) = key {
                    delete.arg(key);
                }
            }
            keeper.tell(&delete).await?;
        }
        keeper.tell(&config_set("maxmemory", MAXMEMORY)).await?;
        keeper
            .tell(&config_set(
                "maxmemory-policy",
                FullPolicy::NoEviction.name(),
            ))
            .await?;
        Ok(())
    }
}

/// What was written, for the summary.
#[derive(Default)]
struct Fillers {
    count: u32,
    first: Option<String>,
    last: Option<(String, bool)>,
}

impl Fillers {
    async fn until_refused(&mut self, keeper: &mut Keeper<'_>) -> Result<(), StoreError> {
        for _ in 0..MOST {
            match self.write(keeper).await {
                Ok(()) => {}
                Err(StoreError::Refused { reply, .. }) if reply.starts_with("OOM") => return Ok(()),
                Err(error) => return Err(error),
            }
        }
        Err(refused("it is not full".to_owned()))
    }

    async fn until_forgotten(
        &mut self,
        keeper: &mut Keeper<'_>,
        victims: &[String],
    ) -> Result<(), StoreError> {
        // Up to the limit; from then on every filler takes somebody else's room.
        while u64::from(self.count) * BLOCK <= ROOM {
            self.write(keeper).await?;
        }
        for _ in 0..ROUNDS {
            self.touch(keeper).await?;
            self.write(keeper).await?;
            let mut exists = ::redis::cmd("EXISTS");
            exists.arg(victims);
            if victims.is_empty() || integer(&keeper.ask(&exists).await?) == 0 {
                return Ok(());
            }
            sleep(ROUND).await;
        }
        Err(refused("the keys are still there".to_owned()))
    }

    /// Makes the fillers the most recently used keys.
    async fn touch(&self, keeper: &mut Keeper<'_>) -> Result<(), StoreError> {
        let mut touch = ::redis::cmd("TOUCH");
        for number in 0..self.count {
            touch.arg(name(number));
        }
        keeper.ask(&touch).await.map(drop)
    }

    async fn write(&mut self, keeper: &mut Keeper<'_>) -> Result<(), StoreError> {
        let answer = keeper.ask(&set(self.count)).await;
        self.count += 1;
        let said = reply(&answer);
        self.first.get_or_insert_with(|| said.clone());
        self.last = Some((said, answer.is_err()));
        answer.map(drop)
    }

    /// The first and the last one, and how many came between them.
    fn tell(self) {
        let (Some(first), Some((last, failed))) = (self.first, self.last) else {
            return;
        };
        let one = |number: u32, reply: String, failed| {
            recorder::record(|| Command {
                text: format!("SET {} <{FILLER} bytes>", name(number)),
                reply,
                failed,
            });
        };
        let end = self.count.saturating_sub(1);
        if end == 0 {
            return one(0, last, failed);
        }
        one(0, first, false);
        if end > 1 {
            recorder::record(|| Command {
                text: format!("SET {} … {}", name(1), name(end - 1)),
                reply: format!("{} × OK", end - 1),
                failed: false,
            });
        }
        one(end, last, failed);
    }
}

fn name(number: u32) -> String {
    format!("filler:{number}")
}

fn set(number: u32) -> Cmd {
    let mut command = ::redis::cmd("SET");
    command.arg(name(number)).arg("x".repeat(FILLER));
    command
}
