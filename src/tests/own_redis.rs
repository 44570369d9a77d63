//! A lab's own Redis: crashed, paused, filled, put to sleep, and tried to break out of.

use std::{
    fs,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use redis::Value;
use session_playground::{
    config::{self, Config},
    engines::{
        Engines, OwnRedis, OwnRedises,
        view::{EngineState, FullPolicy, Persistence},
    },
    recorder::recording,
    stores::StoreError,
};
use tokio_util::sync::CancellationToken;

use super::engine_fixture::{
    Ear, Folder, Quiet, Server, environment, free_port, noisy, quiet, until,
};

mod breakout;
mod ends;
mod full;
mod many;

const PATIENCE: Duration = Duration::from_secs(60);

fn own(most: usize) -> OwnRedises {
    OwnRedises::new(environment().path, most)
}

/// A playground with one lab. A command may take a second, so the class of two hundred waits outside.
struct One {
    _quiet: Quiet,
    all: OwnRedises,
    redis: Arc<OwnRedis>,
    folder: Folder,
}

impl One {
    async fn new() -> Self {
        let quiet = quiet().await;
        let (all, folder) = (own(2), Folder::new());
        let redis = all.of(folder.0.join("lab").join("redis"));
        Self {
            _quiet: quiet,
            all,
            redis,
            folder,
        }
    }
}

/// Sends a command as the student, and gives Redis's reply or its error.
async fn send(redis: &OwnRedis, words: &[&str]) -> Result<Value, String> {
    let mut command = redis::cmd(words[0]);
    for word in &words[1..] {
        command.arg(word);
    }
    let mut connection = redis
        .connection()
        .await
        .map_err(|error| error.to_string())?;
    let sent = async {
        connection
            .send_packed_command(&command)
            .await?
            .extract_error()
    };
    match redis.answer(sent).await {
        Ok(answer) => answer.map_err(|error| error.to_string()),
        Err(reason) => {
            redis.failed(reason.clone());
            Err(reason)
        }
    }
}

/// Sends a command that a class may send; once more if the machine was too busy to answer within a second.
async fn ok(redis: &OwnRedis, words: &[&str]) -> Value {
    let mut answer = send(redis, words).await;
    for _ in 0..10 {
        if !answer
            .as_ref()
            .is_err_and(|reason| reason.contains("timed out"))
        {
            break;
        }
        answer = send(redis, words).await;
    }
    answer.unwrap_or_else(|error| panic!("{words:?}: {error}"))
}

async fn has(redis: &OwnRedis, key: &str) -> bool {
    ok(redis, &["EXISTS", key]).await == Value::Int(1)
}

fn pid(redis: &OwnRedis) -> u32 {
    redis.view().pid.expect("it runs")
}

fn alive(pid: u32) -> bool {
    fs::read(format!("/proc/{pid}/cmdline")).is_ok_and(|line| !line.is_empty())
}

fn down(redis: &OwnRedis) -> String {
    match redis.view().state {
        EngineState::Down { reason } => reason,
        other => panic!("{other:?}"),
    }
}
