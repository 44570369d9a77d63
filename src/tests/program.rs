//! The real binary, started as a user starts it: killed, stopped, misconfigured, without engines.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use reqwest::header::{COOKIE, SET_COOKIE};
use serde_json::Value;
use tokio::process::{Child, Command};

use super::engine_fixture::{Folder, Server, environment, free_port, until};
use session_playground::stores::StoreKind;

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

    async fn signal(&self, signal: rustix::process::Signal) {
        let pid = rustix::process::Pid::from_raw(i32::try_from(self.child.id().unwrap()).unwrap())
            .unwrap();
        rustix::process::kill_process(pid, signal).unwrap();
    }

    /// Ends it as Ctrl-C or `kill` does, and waits until it is gone.
    async fn stop(mut self, signal: rustix::process::Signal) {
        self.signal(signal).await;
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

#[tokio::test]
async fn after_a_kill_9_the_same_lab_knows_everything_but_memory() {
    let data = Folder::new();
    let program = Program::start(&data.0, &[]).await.both_up().await;
    let mut ana = Student::new();
    ana.post(&program, "/api/login").await;
    for store in StoreKind::ALL {
        ana.get(&program, &format!("/lab/{}/visit", store.name()))
            .await;
    }
    let cookies = ana.cookies.clone();
    let orphans = program.pids().await;
    assert_eq!(orphans.len(), 2);
    program.kill().await;

    let program = Program::start(&data.0, &[]).await.both_up().await;
    let leftovers: Vec<_> = orphans.into_iter().filter(|pid| is_alive(*pid)).collect();
    assert!(
        leftovers.is_empty(),
        "the next start cleans up: {leftovers:?}"
    );
    let (_, view) = ana.post(&program, "/api/check").await;
    assert_eq!(ana.cookies[0], cookies[0], "the lab cookie is the same");
    let outcomes: Vec<_> = view["lanes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|lane| lane["verdict"]["outcome"].clone())
        .collect();
    assert_eq!(outcomes, ["lost", "kept", "kept", "kept"]);
    assert_eq!(view["boot"], 2);
    assert_eq!(view["lanes"][0]["graves"][0]["program"], true);
    for store in [StoreKind::File, StoreKind::Redis, StoreKind::Mongo] {
        let (_, me) = ana
            .get(&program, &format!("/lab/{}/me", store.name()))
            .await;
        assert_eq!(
            (&me["user"], &me["visits"], &me["boot"]),
            (&"ana".into(), &1.into(), &2.into())
        );
    }
    assert_eq!(ana.user(&program, StoreKind::Memory).await, Value::Null);

    let children = program.pids().await;
    program.stop(rustix::process::Signal::TERM).await;
    assert!(
        !children.into_iter().any(is_alive),
        "no child process is left behind"
    );
    let locks: Vec<_> = files_below(&data.0)
        .into_iter()
        .filter(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            ["lock", "pid", "sock"]
                .iter()
                .any(|end| name.ends_with(end))
        })
        .collect();
    assert!(locks.is_empty(), "no lock file is left behind: {locks:?}");
}

#[tokio::test]
async fn ctrl_c_ends_it_at_once_with_an_open_page() {
    let data = Folder::new();
    let program = Program::start(&data.0, &[]).await.both_up().await;
    let stream = program
        .client
        .get(format!("{}/events", program.url))
        .send()
        .await
        .unwrap();
    let children = program.pids().await;
    let began = Instant::now();
    program.stop(rustix::process::Signal::INT).await;
    assert!(
        began.elapsed() < Duration::from_secs(8),
        "{:?}",
        began.elapsed()
    );
    assert!(!children.into_iter().any(is_alive));
    drop(stream);
}

#[tokio::test]
async fn a_stopped_engine_is_refused_within_a_second_and_comes_back_by_itself() {
    let (data, engines) = (Folder::new(), Folder::new());
    let (redis_dir, mongo_dir) = (engines.0.join("redis"), engines.0.join("mongo"));
    std::fs::create_dir_all(&redis_dir).unwrap();
    std::fs::create_dir_all(&mongo_dir).unwrap();
    let (redis_port, mongo_port) = (free_port(), free_port());
    let mut redis = Some(Server::redis(redis_port, &redis_dir, &[]).ready().await);
    let mut mongo = Some(Server::mongo(mongo_port, &mongo_dir).ready().await);
    let settings = [
        ("REDIS_URL", redis.as_ref().unwrap().url(StoreKind::Redis)),
        ("MONGODB_URL", mongo.as_ref().unwrap().url(StoreKind::Mongo)),
    ];
    let settings: Vec<_> = settings
        .iter()
        .map(|(name, url)| (*name, url.as_str()))
        .collect();
    let program = Program::start(&data.0, &settings).await.both_up().await;
    let mut ana = Student::new();
    ana.post(&program, "/api/login").await;

    for store in [StoreKind::Redis, StoreKind::Mongo] {
        let others: Vec<_> = StoreKind::ALL
            .into_iter()
            .filter(|other| *other != store)
            .collect();
        drop(if store == StoreKind::Redis {
            redis.take()
        } else {
            mongo.take()
        });
        let began = Instant::now();
        let (status, refused) = ana
            .get(&program, &format!("/lab/{}/me", store.name()))
            .await;
        assert!(
            began.elapsed() < Duration::from_secs(1),
            "{store:?}: {:?}",
            began.elapsed()
        );
        assert_eq!(
            (status, &refused["error"]),
            (503, &"store_unreachable".into()),
            "{store:?}"
        );
        assert!(
            refused["message"].as_str().unwrap().contains('('),
            "with the reason: {refused}"
        );
        for other in others {
            assert_eq!(
                ana.user(&program, other).await,
                "ana",
                "{other:?} without {store:?}"
            );
        }
        let began = Instant::now();
        let (_, view) = ana.post(&program, "/api/check").await;
        assert!(
            began.elapsed() < Duration::from_secs(1),
            "{:?}",
            began.elapsed()
        );
        assert_eq!(
            view["lanes"][store.index()]["verdict"]["outcome"],
            "refused"
        );

        if store == StoreKind::Redis {
            redis = Some(Server::redis(redis_port, &redis_dir, &[]).ready().await);
        } else {
            mongo = Some(Server::mongo(mongo_port, &mongo_dir).ready().await);
        }
        program
            .engine_within(store.name(), "up", Duration::from_secs(2))
            .await;
        assert_eq!(ana.user(&program, store).await, "ana", "{store:?} is back");
    }
    // An engine that hangs is found out as well, and no click waits for it.
    for (store, server) in [
        (StoreKind::Redis, redis.as_ref().unwrap()),
        (StoreKind::Mongo, mongo.as_ref().unwrap()),
    ] {
        server.signal("STOP");
        let began = Instant::now();
        let (status, _) = ana
            .post(&program, &format!("/lab/{}/logout", store.name()))
            .await;
        assert_eq!(status, 503, "{store:?}");
        assert!(
            began.elapsed() < Duration::from_secs(1),
            "{store:?}: {:?}",
            began.elapsed()
        );
        server.signal("CONT");
        program
            .engine_within(store.name(), "up", Duration::from_secs(2))
            .await;
        assert_eq!(
            ana.user(&program, store).await,
            "ana",
            "a refused logout ended nothing"
        );
    }
}

#[tokio::test]
async fn without_engines_it_starts_and_says_how_to_get_them() {
    let data = Folder::new();
    let program = Program::start(&data.0, &[("PATH", "/nowhere")]).await;
    program.engine("redis", "missing").await;
    program.engine("mongo", "missing").await;
    let mut ana = Student::new();
    let (status, view) = ana.post(&program, "/api/login").await;
    assert_eq!(status, 200, "{view}");
    assert_eq!(ana.user(&program, StoreKind::Memory).await, "ana");
    assert_eq!(ana.user(&program, StoreKind::File).await, "ana");
    assert_eq!(ana.get(&program, "/lab/redis/visit").await.0, 503);
    let page = program
        .client
        .get(format!("{}/es/sessions", program.url))
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(page.contains("Redis no está instalado.") && page.contains("make engines"));
    assert!(page.contains("MongoDB no está instalado.") && page.contains("make engines"));
}

#[tokio::test]
async fn urls_are_honoured_with_a_password_too() {
    let (data, folder) = (Folder::new(), Folder::new());
    let password = ["open", "sesame"].join("-");
    let redis = Server::redis(free_port(), &folder.0, &["--requirepass", &password])
        .ready()
        .await;
    let mongo = Server::mongo(free_port(), &folder.0.join("mongo"))
        .ready()
        .await;
    let redis_url = format!("redis://default:{password}@127.0.0.1:{}/3", redis.port);
    let mongo_url = mongo.url(StoreKind::Mongo);
    let settings = [
        ("REDIS_URL", redis_url.as_str()),
        ("MONGODB_URL", mongo_url.as_str()),
    ];
    let program = Program::start(&data.0, &settings).await.both_up().await;
    let ready = program.ready().await;
    assert_eq!(
        (&ready["redis"]["managed"], &ready["redis"]["pid"]),
        (&false.into(), &redis.pid.into())
    );
    assert_eq!(ready["mongo"]["managed"], false);
    let mut ana = Student::new();
    ana.post(&program, "/api/login").await;
    let client = redis::Client::open(redis_url.clone()).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    let keys: Vec<String> = redis::cmd("KEYS")
        .arg("sess:*")
        .query_async(&mut connection)
        .await
        .unwrap();
    assert_eq!(
        keys.len(),
        1,
        "in database 3 of the server that the URL names: {keys:?}"
    );
    assert!(!ready.to_string().contains(&password));
    program.stop(rustix::process::Signal::TERM).await;
    assert!(
        is_alive(redis.pid),
        "an external engine is not ours to stop"
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_setting_is_one_line_without_the_password() {
    let data = Folder::new();
    let secret = ["hunter", "2"].concat();
    let wrong = [
        ("REDIS_URL", format!("http://ana:{secret}@host:1/0")),
        ("REDIS_URL", format!("redis://ana:{secret}@host:notaport/0")),
        ("MONGODB_URL", format!("mongo://ana:{secret}@host/db")),
        (
            "MONGODB_URL",
            format!("mongodb://ana:{secret}@host:99999/db"),
        ),
        ("PLAYGROUND_ADDR", format!("{secret}:http")),
        ("PLAYGROUND_SECRET", secret.clone()),
    ];
    for (name, value) in &wrong {
        let mut command = command(&data.0, free_port(), &[(name, value)]);
        let ended = tokio::time::timeout(
            PATIENCE,
            command
                .stderr(Stdio::piped())
                .stdout(Stdio::piped())
                .output(),
        );
        let ended = ended.await.expect("it does not start").unwrap();
        assert!(!ended.status.success(), "{name}");
        let said = String::from_utf8_lossy(&[ended.stdout, ended.stderr].concat())
            .trim()
            .to_owned();
        assert!(
            said.contains(name) && said.lines().count() == 1,
            "{name}: {said}"
        );
        assert!(!said.contains(&secret), "{name}: {said}");
    }
}

#[tokio::test]
async fn two_programs_never_share_a_data_folder() {
    let data = Folder::new();
    let first = Program::start(&data.0, &[("PATH", "/nowhere")]).await;
    let second = command(&data.0, free_port(), &[])
        .stdout(Stdio::piped())
        .output()
        .await
        .unwrap();
    assert!(!second.status.success());
    let said = String::from_utf8_lossy(&second.stdout).into_owned();
    assert!(
        said.contains("another playground uses the data folder"),
        "{said}"
    );
    assert_eq!(
        first
            .client
            .get(format!("{}/healthz", first.url))
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
}
