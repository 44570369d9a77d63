//! Redis and MongoDB together, opened and closed with the program.

use std::{sync::Arc, time::Duration};

use tokio::time::sleep;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    MongoEngine, OwnRedises, RedisEngine, mongo, redis,
    supervisor::{Home, Source, supervise},
};
use crate::config::{self, Config, ConfigError};

/// How often it is asked which of the labs' own Redis processes are idle.
const LOOK_EVERY: Duration = Duration::from_secs(30);
/// How long one may be idle before it sleeps, in milliseconds: 15 minutes.
const IDLE_MS: i64 = 15 * 60 * 1000;

/// Both engines. Clones share them.
#[derive(Clone)]
pub struct Engines {
    /// Behind the Redis store.
    pub redis: Arc<RedisEngine>,
    /// Behind the MongoDB store.
    pub mongo: Arc<MongoEngine>,
    /// The labs' own Redis processes; none when a URL says where Redis is.
    pub own_redis: Option<OwnRedises>,
    stop: CancellationToken,
    supervisors: TaskTracker,
}

impl Engines {
    /// Starts looking after both engines and returns at once: they may still be starting.
    ///
    /// They are given up when `stop` is cancelled; [`Engines::close`] also waits until they are gone.
    ///
    /// # Errors
    /// If a URL is malformed. An engine that does not answer is no error: it is shown as down and tried again.
    pub fn open(config: &Config, stop: &CancellationToken) -> Result<Self, ConfigError> {
        let redis_at = config
            .redis_url
            .as_deref()
            .map(redis::address)
            .transpose()?;
        let mongo_at = config
            .mongodb_url
            .as_deref()
            .map(mongo::address)
            .transpose()?;
        let engines = Self {
            redis: Arc::new(RedisEngine::new(redis_at.clone())),
            mongo: Arc::new(MongoEngine::new(mongo_at.is_none())),
            own_redis: redis_at
                .is_none()
                .then(|| OwnRedises::new(config.path.clone(), config.most_own_redis)),
            stop: stop.child_token(),
            supervisors: TaskTracker::new(),
        };
        let home = |name| Home {
            folder: config.data.join("engines").join(name),
            path: config.path.clone(),
        };
        let redis_source =
            redis_at.map_or_else(|| Source::Managed(home("redis")), Source::External);
        let mongo_source =
            mongo_at.map_or_else(|| Source::Managed(home("mongo")), Source::External);
        engines.supervisors.spawn(supervise(
            Arc::clone(&engines.redis),
            redis_source,
            engines.stop.clone(),
        ));
        engines.supervisors.spawn(supervise(
            Arc::clone(&engines.mongo),
            mongo_source,
            engines.stop.clone(),
        ));
        Ok(engines)
    }

    /// Lets the labs' own Redis processes sleep that nobody has used for a while, until `stop`.
    pub async fn let_idle_ones_sleep(self, stop: CancellationToken) {
        let Some(own) = self.own_redis else { return };
        while stop.run_until_cancelled(sleep(LOOK_EVERY)).await.is_some() {
            own.stop_idle(config::now_ms() - IDLE_MS).await;
        }
    }

    /// Stops the engines that we started and waits until they are gone: up to 5 s each, side by side.
    pub async fn close(&self) {
        self.stop.cancel();
        self.supervisors.close();
        let own = async {
            if let Some(own) = &self.own_redis {
                own.close().await;
            }
        };
        tokio::join!(self.supervisors.wait(), own);
    }
}
