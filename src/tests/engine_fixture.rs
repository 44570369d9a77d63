//! Real servers for the tests: started by the tests, and gone with them.
//!
//! A server's parent is a small shell that waits for the end of its own input. The other end of that
//! pipe is held here, so however the tests end, also by a panic or a kill, the shell reads the end of
//! the pipe, kills the server and removes its folder.

use std::{
    io::{BufRead, BufReader},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::OnceLock,
    thread,
    time::Duration,
};

use session_playground::{
    config::{self, Config},
    engines::{Engines, view::EngineView},
    stores::StoreKind,
};
use tokio::{sync::watch, time};
use tokio_util::sync::CancellationToken;

mod ear;
mod noise;

pub use ear::Ear;
pub use noise::{Quiet, noisy, quiet, quietly};

/// For anything that only takes long on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server that is killed when this is dropped.
pub struct Server {
    shell: Child,
    /// The server's process id.
    pub pid: i32,
    /// Where it listens on 127.0.0.1.
    pub port: u16,
}

impl Server {
    /// `redis-server`; `extra` are further arguments.
    pub fn redis(port: u16, folder: &Path, extra: &[&str]) -> Self {
        let mut command = vec![
            program("redis-server"),
            "--port".into(),
            port.to_string(),
            "--bind".into(),
            "127.0.0.1".into(),
        ];
        command.extend(["--appendonly", "yes", "--dir"].map(Into::into));
        command.push(text(folder));
        command.extend(extra.iter().map(|&word| word.to_owned()));
        Self::start(port, &command)
    }

    /// `secantusd-py`.
    pub fn mongo(port: u16, folder: &Path) -> Self {
        let words = ["--host", "127.0.0.1", "--port"].map(Into::into);
        let mut command = vec![program("secantusd-py")];
        command.extend(words);
        command.extend([port.to_string(), "--storage-path".into(), text(folder)]);
        Self::start(port, &command)
    }

    fn start(port: u16, command: &[String]) -> Self {
        let mut shell = Command::new("sh")
            .args([
                "-c",
                r#""$@" >/dev/null 2>&1 & echo $!; read -r _; kill -9 $!; wait"#,
                "sh",
            ])
            .args(command)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell");
        let mut line = String::new();
        BufReader::new(shell.stdout.take().expect("its output"))
            .read_line(&mut line)
            .expect("a process id");
        Self {
            shell,
            pid: line.trim().parse().expect("a number"),
            port,
        }
    }

    /// Waits until it accepts connections.
    pub async fn ready(self) -> Self {
        let port = self.port;
        until("the server listens", PATIENCE, async || {
            TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()
        })
        .await;
        self
    }

    /// Sends it a signal such as `STOP`.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill")
            .args([format!("-{name}"), self.pid.to_string()])
            .status();
        assert!(sent.expect("kill").success(), "kill -{name}");
        // Each thread stops when it next runs; until the last one has, the server may still answer.
        while name == "STOP" && !self.is_stopped() {
            thread::yield_now();
        }
    }

    fn is_stopped(&self) -> bool {
        let threads = std::fs::read_dir(format!("/proc/{}/task", self.pid)).expect("its threads");
        let mut stats = threads
            .filter_map(|thread| std::fs::read_to_string(thread.ok()?.path().join("stat")).ok());
        stats.all(|stat| {
            stat.rsplit_once(") ")
                .is_some_and(|(_, rest)| rest.starts_with('T'))
        })
    }

    /// Where a playground finds it.
    pub fn url(&self, store: StoreKind) -> String {
        match store {
            StoreKind::Redis => format!("redis://127.0.0.1:{}/0", self.port),
            StoreKind::Mongo => format!("mongodb://127.0.0.1:{}/?directConnection=true", self.port),
            other => panic!("{other:?} has no server"),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        self.shell.wait().ok();
    }
}

/// A folder that is removed when this is dropped.
pub struct Folder(pub PathBuf);

impl Folder {
    /// A new, empty one.
    pub fn new() -> Self {
        let path = PathBuf::from(format!(
            "/tmp/playground-test-{:032x}",
            u128::from_le_bytes(config::random())
        ));
        std::fs::create_dir(&path).expect("a folder in /tmp");
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

/// The folder of everything that this test program shares; it is removed when the program has ended.
pub fn shared_folder() -> PathBuf {
    std::env::temp_dir().join(format!("playground-test-shared-{}", std::process::id()))
}

/// Both engines on shared real servers, once per test program.
pub fn engines() -> &'static Engines {
    &shared().engines
}

/// The port of the shared Redis.
pub fn redis_port() -> u16 {
    shared().redis.port
}

/// The URL of the shared MongoDB.
pub fn mongo_url() -> String {
    shared().mongo.url(StoreKind::Mongo)
}

fn shared() -> &'static Shared {
    static SHARED: OnceLock<Option<Shared>> = OnceLock::new();
    // In a thread of its own: a test's thread is already inside a runtime. One attempt is enough.
    let shared = SHARED.get_or_init(|| thread::spawn(Shared::open).join().ok());
    shared
        .as_ref()
        .expect("the shared engines are up: the first failure says why not")
}

/// What lives as long as the test program. A static is never dropped: the shells clean up.
struct Shared {
    engines: Engines,
    redis: Server,
    mongo: Server,
    _janitor: Child,
    _runtime: tokio::runtime::Runtime,
}

impl Shared {
    fn open() -> Self {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let data = shared_folder();
        let janitor = janitor(&data);
        let (redis_dir, mongo_dir) = (data.join("redis"), data.join("mongo"));
        std::fs::create_dir_all(&redis_dir).expect("a folder");
        std::fs::create_dir(&mongo_dir).expect("a folder");
        let (engines, redis, mongo) = runtime.block_on(async {
            let (redis, mongo) = (
                Server::redis(free_port(), &redis_dir, &[]),
                Server::mongo(free_port(), &mongo_dir),
            );
            let (redis, mongo) = (redis.ready().await, mongo.ready().await);
            let config = Config {
                data,
                redis_url: Some(redis.url(StoreKind::Redis)),
                mongodb_url: Some(mongo.url(StoreKind::Mongo)),
                ..environment()
            };
            let engines = Engines::open(&config, &CancellationToken::new()).expect("two good URLs");
            up(&engines, StoreKind::Redis).await;
            up(&engines, StoreKind::Mongo).await;
            (engines, redis, mongo)
        });
        Self {
            engines,
            redis,
            mongo,
            _janitor: janitor,
            _runtime: runtime,
        }
    }
}

/// A shell that removes the folder when this program has ended.
fn janitor(folder: &Path) -> Child {
    Command::new("sh")
        .args([
            "-c",
            r#"read -r _; until rm -rf "$1"; do :; done"#,
            "sh",
            &text(folder),
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a shell")
}

/// The settings of the tests' own environment, with no URLs in them.
pub fn environment() -> Config {
    Config {
        redis_url: None,
        mongodb_url: None,
        ..Config::from_env().expect("a good environment")
    }
}

/// The view of one engine.
pub fn view(engines: &Engines, store: StoreKind) -> EngineView {
    if store == StoreKind::Redis {
        engines.redis.view()
    } else {
        engines.mongo.view()
    }
}

/// The changes of one engine.
pub fn changes(engines: &Engines, store: StoreKind) -> watch::Receiver<u64> {
    if store == StoreKind::Redis {
        engines.redis.changes()
    } else {
        engines.mongo.changes()
    }
}

/// Waits until an engine is up.
pub async fn up(engines: &Engines, store: StoreKind) {
    state(engines, store, "is up", EngineView::is_up).await;
}

/// Waits until an engine's view is as wanted, on its own announcements.
pub async fn state(
    engines: &Engines,
    store: StoreKind,
    what: &str,
    wanted: impl Fn(&EngineView) -> bool,
) {
    let mut changes = changes(engines, store);
    let waiting = changes.wait_for(|_| wanted(&view(engines, store)));
    let arrived = time::timeout(PATIENCE, waiting).await;
    assert!(
        arrived.is_ok(),
        "{store:?} {what}: still {:?}",
        view(engines, store)
    );
}

/// Asks again every 5 ms until the answer is yes.
pub async fn until(what: &str, within: Duration, mut condition: impl AsyncFnMut() -> bool) {
    let mut tick = time::interval(Duration::from_millis(5));
    let asking = async {
        while !condition().await {
            tick.tick().await;
        }
    };
    assert!(
        time::timeout(within, asking).await.is_ok(),
        "not within {within:?}: {what}"
    );
}

/// A port of 127.0.0.1 that was free a moment ago.
pub fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .expect("a free port")
        .port()
}

/// A program on PATH; without it the tests fail and say what to install.
pub fn program(name: &str) -> String {
    let found = environment()
        .path
        .into_iter()
        .map(|folder| folder.join(name))
        .find(|file| file.is_file());
    text(&found.unwrap_or_else(|| {
        panic!("these tests need {name} on PATH: run `make test`, which installs it")
    }))
}

fn text(path: &Path) -> String {
    path.to_str().expect("a plain path").to_owned()
}
