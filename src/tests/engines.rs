//! Engines: ours and by URL, their coming and going, and what is left of them.

use std::{
    fs,
    path::Path,
    process::Command,
    sync::Arc,
    time::{Duration, Instant},
};

use serde_json::json;
use session_playground::{
    config::{self, Config, ConfigError},
    engines::{Engines, view::EngineState},
    recorder::recording,
    stores::{SandboxTag, StoreError, StoreKind, mongo::MongoStore, redis::RedisStore},
};
use tokio_util::sync::CancellationToken;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
};

use super::engine_fixture::{
    Ear, Folder, Server, engines, environment, free_port, program, state, until, up, view,
};

mod by_url;
mod held;
mod managed;
mod told;

const BOTH: [StoreKind; 2] = [StoreKind::Redis, StoreKind::Mongo];

fn open(config: &Config) -> Result<Engines, ConfigError> {
    Engines::open(config, &CancellationToken::new())
}

fn managed(data: &Path) -> Engines {
    open(&Config {
        data: data.to_owned(),
        ..environment()
    })
    .unwrap()
}

fn by_url(redis: &str, mongo: &str) -> Result<Engines, ConfigError> {
    open(&Config {
        redis_url: Some(redis.to_owned()),
        mongodb_url: Some(mongo.to_owned()),
        ..environment()
    })
}

/// An address where nobody listens.
fn nobody(scheme: &str) -> String {
    format!("{scheme}://127.0.0.1:{}", free_port())
}

fn alive(pid: u32) -> bool {
    // A process that ended and was not waited for has no command line any more.
    fs::read(format!("/proc/{pid}/cmdline")).is_ok_and(|line| !line.is_empty())
}

fn record() -> Record {
    Record {
        id: Id(i128::from_le_bytes(config::random())),
        data: [("user".to_owned(), json!("ana"))].into(),
        expiry_date: config::now() + Duration::from_secs(600),
    }
}

fn stores(engines: &Engines) -> [Arc<dyn SessionStore>; 2] {
    let tag = SandboxTag::of(b"lab");
    [
        Arc::new(RedisStore::new(Arc::clone(&engines.redis), tag.clone())),
        Arc::new(MongoStore::new(Arc::clone(&engines.mongo), tag)),
    ]
}

/// Files below the folder that say "somebody is here".
fn traces(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(traces(&path));
        } else if path
            .extension()
            .is_some_and(|ext| ["pid", "sock", "lock"].iter().any(|word| ext == *word))
        {
            found.push(path.display().to_string());
        }
    }
    found
}
