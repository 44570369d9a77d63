//! Where a lab's keys are: in the Redis of the whole class, or in one of its own.

use std::sync::{Arc, Mutex, PoisonError};

use ::redis::aio::MultiplexedConnection;
use tower_sessions::session::Id;

use super::{Command, RedisStore, recorder};
use crate::{
    config,
    engines::{OwnRedis, RedisEngine, view::EngineView},
    stores::StoreError,
};

/// The Redis that a lab's commands go to. Clones move together.
#[derive(Clone)]
pub struct RedisHome {
    everybodys: Arc<RedisEngine>,
    own: Arc<Mutex<Option<Arc<OwnRedis>>>>,
}

impl RedisHome {
    pub(super) fn new(everybodys: Arc<RedisEngine>) -> Self {
        Self {
            everybodys,
            own: Arc::default(),
        }
    }

    fn own(&self) -> Option<Arc<OwnRedis>> {
        self.own
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn set(&self, own: Option<Arc<OwnRedis>>) {
        *self.own.lock().unwrap_or_else(PoisonError::into_inner) = own;
    }

    pub(super) async fn connection(&self) -> Result<MultiplexedConnection, StoreError> {
        match self.own() {
            Some(own) => own.connection().await,
            None => self.everybodys.connection(),
        }
    }

    pub(super) async fn answer<F: Future>(&self, command: F) -> Result<F::Output, String> {
        match self.own() {
            Some(own) => own.answer(command).await,
            None => self.everybodys.answer(command).await,
        }
    }

    pub(super) fn failed(&self, reason: String) {
        match self.own() {
            Some(own) => own.failed(reason),
            None => self.everybodys.failed(reason),
        }
    }
}

impl RedisStore {
    /// The lab's own Redis, if its keys are there.
    #[must_use]
    pub fn own(&self) -> Option<Arc<OwnRedis>> {
        self.home.own()
    }

    /// What is known of the Redis that the lab's commands go to.
    #[must_use]
    pub fn view(&self) -> EngineView {
        match self.own() {
            Some(own) => own.view(),
            None => self.home.everybodys.view(),
        }
    }

    /// From now on commands go to the lab's own Redis; what these sessions have in everybody's goes
    /// with them, under the name that they have there. What cannot be read stays behind until it expires.
    ///
    /// # Errors
    /// What the new Redis says.
    pub async fn move_to(&self, own: Arc<OwnRedis>, ids: &[Id]) -> Result<(), StoreError> {
        own.start().await?;
        let luggage = self.inspect(ids).await.unwrap_or_default();
        let left_behind = self.clone_of_everybodys();
        self.home.set(Some(own));
        for stored in &luggage {
            let left_ms = (stored.expires_ms - config::now_ms()).max(1);
            let mut command = ::redis::cmd("SET");
            command
                .arg(self.key(&stored.id))
                .arg(&stored.text)
                .arg("PX")
                .arg(left_ms);
            self.send(&command).await?;
        }
        if left_behind.forget(ids).await.is_err() {
            recorder::record(|| Command {
                text: "DEL".to_owned(),
                reply: "(no answer)".to_owned(),
                failed: true,
            });
        }
        Ok(())
    }

    /// The keys were in the lab's own Redis when the program ended: there they are.
    pub fn lives_in(&self, own: Arc<OwnRedis>) {
        self.home.set(Some(own));
    }

    /// From now on commands go to everybody's Redis again; gives back the one that is left.
    #[must_use]
    pub fn move_out(&self) -> Option<Arc<OwnRedis>> {
        let own = self.own();
        self.home.set(None);
        own
    }

    fn clone_of_everybodys(&self) -> Self {
        Self {
            home: RedisHome::new(Arc::clone(&self.home.everybodys)),
            lab: self.lab.clone(),
        }
    }
}
