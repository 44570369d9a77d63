//! A playground for tests: its own data folder, in front of the engines that all tests share.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use session_playground::{
    config::Config,
    engines::{Engines, OwnRedises},
    server::Playground,
    stores::StoreKind,
};
use tokio_util::sync::CancellationToken;

use super::engine_fixture::{engines, environment, mongo_url, shared_folder, up};

/// How many labs of one playground may have a Redis of their own here.
const MOST_OWN_REDIS: usize = 8;

/// A playground of its own.
pub async fn classroom() -> Arc<Playground> {
    classroom_with(|_| ()).await
}

/// A playground in which every lab may have a Redis of its own.
pub async fn classroom_of_their_own() -> Arc<Playground> {
    let mut engines = engines().clone();
    engines.own_redis = Some(OwnRedises::new(environment().path, MOST_OWN_REDIS));
    before(engines, |_| ()).await
}

/// A playground of its own with other settings.
pub async fn classroom_with(settings: impl FnOnce(&mut Config)) -> Arc<Playground> {
    before(engines().clone(), settings).await
}

/// A playground of its own in front of another Redis.
pub async fn classroom_by_url(redis_url: &str) -> Arc<Playground> {
    let stop = CancellationToken::new();
    let config = Config {
        redis_url: Some(redis_url.to_owned()),
        mongodb_url: Some(mongo_url()),
        ..environment()
    };
    let engines = Engines::open(&config, &stop).expect("two good URLs");
    before(engines, |_| ()).await
}

async fn before(engines: Engines, settings: impl FnOnce(&mut Config)) -> Arc<Playground> {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    up(&engines, StoreKind::Redis).await;
    up(&engines, StoreKind::Mongo).await;
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let mut config = Config {
        data: shared_folder().join(format!("classroom-{number}")),
        ..environment()
    };
    settings(&mut config);
    Arc::new(
        Playground::with_engines(&config, engines, CancellationToken::new()).expect("a playground"),
    )
}
