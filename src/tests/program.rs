//! The real binary, started as a user starts it: killed, stopped, misconfigured, without engines.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use reqwest::header::{COOKIE, SET_COOKIE};
use serde_json::Value;
use tokio::process::{Child, Command};

use super::engine_fixture::{Folder, Server, environment, free_port, quiet, until};
use session_playground::stores::StoreKind;

mod ends;
mod engines_away;
mod many_redis;
mod settings;

/// How long a start or a stop may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// The program, running.
struct Program {
    child: Child,
    url: String,
    client: reqwest::Client,
}

impl Program {
    /// Starts it with this data folder and these settings; everything else of the environment stays out.
    async fn start(data: &Path, settings: &[(&str, &str)]) -> Self {
        let port = free_port();
        let child = command(data, port, settings).spawn().unwrap();
        let url = format!("http://127.0.0.1:{port}");
        let client = reqwest::Client::new();
        until("the program answers", PATIENCE, async || {
            client.get(format!("{url}/healthz")).send().await.is_ok()
        })
        .await;
        Self { child, url, client }
    }

    async fn ready(&self) -> Value {
        self.client
            .get(format!("{}/readyz", self.url))
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap()
    }

    /// Waits until an engine is in this state (`up`, `down`, `missing`).
    async fn engine(&self, store: &str, state: &str) {
        self.engine_within(store, state, PATIENCE).await;
    }

    async fn engine_within(&self, store: &str, state: &str, patience: Duration) {
        let what = format!("{store} is {state}");
        until(&what, patience, async || {
            let seen = &self.ready().await[store]["state"];
            *seen == state || seen.get(state).is_some()
        })
        .await;
    }

    async fn both_up(self) -> Self {
        self.engine("redis", "up").await;
        self.engine("mongo", "up").await;
        self
    }

    fn signal(&self, signal: rustix::process::Signal) {
        let pid = rustix::process::Pid::from_raw(i32::try_from(self.child.id().unwrap()).unwrap())
            .unwrap();
        rustix::process::kill_process(pid, signal).unwrap();
    }

    /// Ends it as Ctrl-C or `kill` does, and waits until it is gone.
    async fn stop(mut self, signal: rustix::process::Signal) {
        self.signal(signal);
        let ended = tokio::time::timeout(PATIENCE, self.child.wait())
            .await
            .expect("it ends")
            .unwrap();
        assert!(ended.success(), "{ended}");
    }

    /// Ends it without a warning.
    async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    async fn pids(&self) -> Vec<i32> {
        let ready = self.ready().await;
        ["redis", "mongo"]
            .iter()
            .filter_map(|store| i32::try_from(ready[store]["pid"].as_i64()?).ok())
            .collect()
    }
}

fn command(data: &Path, port: u16, settings: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_session-playground"));
    let path = std::env::join_paths(environment().path).unwrap();
    command
        .env_clear()
        .env("PATH", path)
        .env("PLAYGROUND_DATA", data)
        .env("PLAYGROUND_ADDR", format!("127.0.0.1:{port}"))
        .envs(settings.iter().copied())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    command
}

/// A browser over real HTTP.
struct Student {
    cookies: Vec<(String, String)>,
}

impl Student {
    const fn new() -> Self {
        Self {
            cookies: Vec::new(),
        }
    }

    async fn send(&mut self, program: &Program, post: bool, path: &str) -> (u16, Value) {
        let url = format!("{}{path}", program.url);
        let request = if post {
            program.client.post(url)
        } else {
            program.client.get(url)
        };
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let answer = request
            .header(COOKIE, cookies.join("; "))
            .send()
            .await
            .unwrap();
        for line in answer.headers().get_all(SET_COOKIE) {
            let cookie = cookie::Cookie::parse(line.to_str().unwrap().to_owned()).unwrap();
            self.cookies.retain(|(name, _)| name != cookie.name());
            if cookie
                .max_age()
                .is_none_or(cookie::time::Duration::is_positive)
            {
                self.cookies
                    .push((cookie.name().to_owned(), cookie.value().to_owned()));
            }
        }
        let status = answer.status().as_u16();
        (
            status,
            serde_json::from_str(&answer.text().await.unwrap()).unwrap_or_default(),
        )
    }

    async fn get(&mut self, program: &Program, path: &str) -> (u16, Value) {
        self.send(program, false, path).await
    }

    async fn post(&mut self, program: &Program, path: &str) -> (u16, Value) {
        self.send(program, true, path).await
    }

    async fn user(&mut self, program: &Program, store: StoreKind) -> Value {
        self.get(program, &format!("/lab/{}/me", store.name()))
            .await
            .1["user"]
            .clone()
    }
}

/// Whether a process runs. One that has ended and waits for its parent to notice (`Z`) does not.
fn is_alive(pid: i32) -> bool {
    let state = std::process::Command::new("ps")
        .args(["-o", "stat=", "-p", &pid.to_string()])
        .output()
        .unwrap();
    let state = String::from_utf8_lossy(&state.stdout).trim().to_owned();
    !state.is_empty() && !state.starts_with('Z')
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .flat_map(|entry| {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files_below(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}
