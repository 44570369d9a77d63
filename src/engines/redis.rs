//! The process behind the Redis store: `redis-server` or `valkey-server`.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use ::redis::{
    AsyncConnectionConfig, Client, ConnectionAddr, ConnectionInfo, ErrorKind, IntoConnectionInfo,
    RedisError, aio::MultiplexedConnection,
};
use sha2::{Digest, Sha256};
use tokio::{sync::watch, time::timeout};

use super::{
    child::{Plan, find},
    status::{COMMAND, Identity, PING, Status},
    supervisor::{Home, Lane},
};
use crate::{
    config::ConfigError, engines::view::EngineView, error::StoreError, store_kind::StoreKind,
};

const CONNECT: Duration = Duration::from_millis(350);
/// For connecting, logging in and asking who serves.
const GREETING: Duration = Duration::from_secs(1);
/// The longest path of a Unix socket that every system takes (macOS: 104 bytes with the end mark).
const SOCKET_PATH_BYTES: usize = 100;

/// The Redis server, ours or by URL.
pub struct RedisEngine {
    status: Status<MultiplexedConnection>,
    /// Where it is, if a URL said so.
    external: Option<ConnectionInfo>,
}

impl RedisEngine {
    pub(super) fn new(external: Option<ConnectionInfo>) -> Self {
        Self {
            status: Status::new(StoreKind::Redis, external.is_none()),
            external,
        }
    }

    /// What is known of it now.
    #[must_use]
    pub fn view(&self) -> EngineView {
        self.status.view()
    }

    /// A number that grows with every change of the view.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.status.changes()
    }

    /// The connection that everybody shares.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] at once while it is not up.
    pub fn connection(&self) -> Result<MultiplexedConnection, StoreError> {
        self.status.connection()
    }

    /// A connection that nobody else uses, to an external server.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`], at once while it is not up or if it is not external.
    pub async fn connection_of_its_own(
        &self,
        limit: Duration,
    ) -> Result<MultiplexedConnection, StoreError> {
        self.connection()?;
        let unreachable = |reason| StoreError::Unreachable {
            store: StoreKind::Redis,
            reason,
        };
        let address = self.external.clone();
        let address = address.ok_or_else(|| unreachable("it is not external".to_owned()))?;
        dial(address, limit)
            .await
            .map_err(|error| unreachable(reason(&error)))
    }

    /// Waits for a command's answer; ends with the reason as soon as the engine is down.
    pub(crate) async fn answer<F: Future>(&self, command: F) -> Result<F::Output, String> {
        self.status.answer(command).await
    }

    /// To be called when a command got no answer: down from now on, and looked after at once.
    pub fn failed(&self, reason: String) {
        self.status.failed(reason);
    }
}

impl Lane for RedisEngine {
    type Address = ConnectionInfo;
    type Connection = MultiplexedConnection;

    fn status(&self) -> &Status<MultiplexedConnection> {
        &self.status
    }

    async fn greet(
        &self,
        address: &ConnectionInfo,
    ) -> Result<(MultiplexedConnection, Identity), String> {
        greet(address).await
    }

    async fn ping(&self, connection: &MultiplexedConnection) -> Result<(), String> {
        let mut connection = connection.clone();
        let ping = ::redis::cmd("PING");
        let answer = timeout(PING, ping.exec_async(&mut connection)).await;
        answer
            .map_err(|_| "timed out".to_owned())?
            .map_err(|error| reason(&error))
    }

    fn plan(&self, home: &Home) -> Option<Plan<ConnectionInfo>> {
        let program = server(&home.path)?;
        let socket = socket(home);
        let address = ConnectionAddr::Unix(socket.clone())
            .into_connection_info()
            .ok()?;
        let mut arguments: Vec<_> = [
            "--port",
            "0",
            "--daemonize",
            "no",
            "--appendonly",
            "yes",
            "--unixsocketperm",
            "700",
        ]
        .map(Into::into)
        .into();
        arguments.extend([
            "--unixsocket".into(),
            socket.clone().into(),
            "--dir".into(),
            home.folder.clone().into(),
        ]);
        Some(Plan {
            program,
            arguments,
            address,
            socket: Some(socket),
        })
    }
}

/// Connects and asks who serves.
pub(super) async fn greet(
    address: &ConnectionInfo,
) -> Result<(MultiplexedConnection, Identity), String> {
    let greeting = async {
        let settings = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(CONNECT))
            .set_response_timeout(Some(COMMAND));
        let client = Client::open(address.clone())?;
        let mut connection = client
            .get_multiplexed_async_connection_with_config(&settings)
            .await?;
        ::redis::cmd("PING").exec_async(&mut connection).await?;
        // An external server may forbid INFO; then it stays without version.
        let info: String = ::redis::cmd("INFO")
            .arg("server")
            .query_async(&mut connection)
            .await
            .unwrap_or_default();
        Ok((connection, identity(&info)))
    };
    timeout(GREETING, greeting)
        .await
        .map_err(|_| "timed out".to_owned())?
        .map_err(|error| reason(&error))
}

async fn dial(
    address: ConnectionInfo,
    limit: Duration,
) -> Result<MultiplexedConnection, RedisError> {
    let settings = AsyncConnectionConfig::new()
        .set_connection_timeout(Some(limit))
        .set_response_timeout(Some(limit));
    Client::open(address)?
        .get_multiplexed_async_connection_with_config(&settings)
        .await
}

/// The program to start.
pub(super) fn server(path: &[PathBuf]) -> Option<PathBuf> {
    find("redis-server", path).or_else(|| find("valkey-server", path))
}

/// `redis.sock` in the engine's folder, or in `/tmp` if that path is too long for a socket.
pub(super) fn socket(home: &Home) -> PathBuf {
    let socket = home.folder.join("redis.sock");
    if socket.as_os_str().len() <= SOCKET_PATH_BYTES {
        return socket;
    }
    let digest = Sha256::digest(home.folder.as_os_str().as_encoded_bytes());
    Path::new("/tmp").join(format!(
        "session-playground-{}.sock",
        hex::encode(&digest[..8])
    ))
}

/// Reads `REDIS_URL`.
pub fn address(url: &str) -> Result<ConnectionInfo, ConfigError> {
    // The parser's own message may repeat parts of the URL.
    url.into_connection_info().map_err(|_| ConfigError {
        name: "REDIS_URL",
        problem: "is not a URL of the form redis://user:password@host:6379/0 or rediss://…"
            .to_owned(),
    })
}

/// From the reply of `INFO server`.
fn identity(info: &str) -> Identity {
    let field = |name: &str| {
        info.lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
            .map(|value| value.trim().to_owned())
    };
    let valkey = field("valkey_version");
    Identity {
        name: if valkey.is_some() { "Valkey" } else { "Redis" }.to_owned(),
        version: valkey
            .or_else(|| field("redis_version"))
            .unwrap_or_default(),
        pid: field("process_id").and_then(|pid| pid.parse().ok()),
    }
}

/// Why there was no answer; `None` if the server did answer, with an error.
pub fn unreachable(error: &RedisError) -> Option<String> {
    let answered = matches!(
        error.kind(),
        ErrorKind::Server(_) | ErrorKind::Extension | ErrorKind::UnexpectedReturnType
    );
    (!answered).then(|| reason(error))
}

/// Why there was no answer, in the driver's or the server's words.
pub(super) fn reason(error: &RedisError) -> String {
    if error.is_timeout() {
        return "timed out".to_owned();
    }
    if error.is_connection_refusal() {
        return "Connection refused".to_owned();
    }
    match (error.kind(), error.code()) {
        (ErrorKind::Io, _) => "the connection was closed".to_owned(),
        (_, Some(code)) => format!("{code} {}", error.detail().unwrap_or_default())
            .trim()
            .to_owned(),
        // The driver keeps the server's own line to itself.
        (ErrorKind::AuthenticationFailed, None) => {
            "WRONGPASS the password was not accepted".to_owned()
        }
        (_, None) => error.category().to_owned(),
    }
}
