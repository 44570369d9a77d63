//! Acts on the student's own Redis: real signals, real commands.

use std::sync::Arc;

use crate::{
    engines::{
        OwnRedis,
        view::{FullPolicy, Persistence},
    },
    error::LabError,
    failures::menu::{Failure, Safety},
    sessions::{control::Caller, lab::SessionLab, settings::id_in},
    stores::{StoreError, StoreKind},
};

/// What can be done to a Redis of one's own, outside of an experiment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RedisAct {
    /// It is started; the lab gets one if it has none.
    Start,
    /// SIGTERM.
    Stop,
    /// SIGKILL.
    Crash,
    /// `SHUTDOWN`.
    Shutdown,
    /// SIGSTOP.
    Pause,
    /// SIGCONT.
    Resume,
    /// `BGSAVE`.
    Snapshot,
    /// What was filled is emptied.
    Empty,
    /// Another persistence.
    Keep(Persistence),
}

impl RedisAct {
    /// The act with this name in URLs, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "start" => Self::Start,
            "stop" => Self::Stop,
            "crash" => Self::Crash,
            "shutdown" => Self::Shutdown,
            "pause" => Self::Pause,
            "resume" => Self::Resume,
            "snapshot" => Self::Snapshot,
            "empty" => Self::Empty,
            other => Self::Keep(Persistence::from_name(other)?),
        })
    }
}

/// Does this to the lab's Redis.
///
/// # Errors
/// [`LabError::NotYourRedis`] where Redis is external; what Redis says.
pub async fn on_redis(lab: &SessionLab, act: RedisAct) -> Result<(), LabError> {
    let own = lab.own_redis().await?;
    let work = Box::pin(async {
        match act {
            RedisAct::Start => own.start().await.map(drop),
            RedisAct::Stop => own.terminate().await,
            RedisAct::Crash => own.crash().await,
            RedisAct::Shutdown => own.shut_down().await,
            RedisAct::Pause => own.pause().await,
            RedisAct::Resume => own.resume().await,
            RedisAct::Snapshot => own.snapshot().await,
            RedisAct::Empty => own.empty().await,
            RedisAct::Keep(persistence) => own.set_persistence(persistence).await,
        }
    });
    Ok(lab.taped(Some(StoreKind::Redis), work).await?)
}

/// Up, not paused, not full, and with the persistence that the experiment needs.
pub async fn ready(
    lab: &SessionLab,
    own: &OwnRedis,
    safety: Option<Safety>,
) -> Result<(), LabError> {
    let work = Box::pin(async {
        if own.is_paused() {
            own.resume().await?;
        }
        own.start().await?;
        own.empty().await?;
        match safety.map(Safety::persistence) {
            Some(persistence) if persistence != own.persistence() => {
                own.set_persistence(persistence).await
            }
            _ => Ok::<_, StoreError>(()),
        }
    });
    Ok(lab.taped(Some(StoreKind::Redis), work).await?)
}

/// The act that the menu names.
pub async fn perform(
    caller: &Caller,
    own: &Arc<OwnRedis>,
    failure: Failure,
) -> Result<(), LabError> {
    let lab = &caller.lab;
    let id = caller
        .cookie(StoreKind::Redis)
        .and_then(|value| id_in(value).parse().ok());
    let victims: Vec<String> = id
        .map(|id| lab.outside.redis.key(&id))
        .into_iter()
        .collect();
    let work = Box::pin(async {
        match failure {
            Failure::RedisDown => own.terminate().await,
            Failure::RedisCrash(safety) => {
                if safety == Safety::Snapshot {
                    own.snapshot().await?;
                }
                own.crash().await?;
                own.start().await.map(drop)
            }
            Failure::RedisStop(_) => {
                own.terminate().await?;
                own.start().await.map(drop)
            }
            Failure::RedisShutdown(_) => {
                own.shut_down().await?;
                own.start().await.map(drop)
            }
            Failure::RedisPause => own.pause().await,
            Failure::RedisFull => own.fill(FullPolicy::NoEviction, &victims).await,
            Failure::RedisEvict => own.fill(FullPolicy::AllKeysLru, &victims).await,
            _ => Ok::<_, StoreError>(()),
        }
    });
    Ok(lab.taped(Some(StoreKind::Redis), work).await?)
}
