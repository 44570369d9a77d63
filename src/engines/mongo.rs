//! The process behind the MongoDB store: `mongod`, or SecantusDB where there is none.
//!
//! SecantusDB speaks MongoDB's protocol and stands in for it; the page names who really serves.

use std::{
    net::{Ipv4Addr, TcpListener},
    sync::atomic::{AtomicU16, Ordering},
    time::Duration,
};

use mongodb::{
    Client, Collection, Database, IndexModel,
    bson::{Document, doc},
    error::{Error, ErrorKind},
    options::{ClientOptions, ConnectionString, IndexOptions, WriteConcern},
};
use tokio::{sync::watch, time::timeout};

use super::{
    child::{Plan, find},
    mongo_events,
    status::{Identity, PING, Status},
    supervisor::{Home, Lane},
};
use crate::{
    config::ConfigError, engines::view::EngineView, error::StoreError, store_kind::StoreKind,
};

/// For finding a server and for connecting to it, also while a whole class is at its door.
const CONNECT: Duration = Duration::from_secs(2);
/// For finding a server to ping.
const FIND: Duration = Duration::from_millis(350);
/// Connections for commands; a ping has one of its own.
const CONNECTIONS: u32 = 16;
const HEARTBEAT: Duration = Duration::from_millis(500);
/// How long a connection may lie unused before it is not trusted any more: SecantusDB hangs up after
/// 300 s, routers and firewalls often sooner, and the command that finds out would be lost.
const IDLE: Duration = Duration::from_secs(60);
/// For the DNS questions behind a `mongodb+srv://` URL.
const DNS: Duration = Duration::from_secs(5);
/// For asking who serves. Making the index may take longer, see [`INDEX`].
const GREETING: Duration = Duration::from_secs(1);
const INDEX: Duration = Duration::from_secs(5);
/// If the URL names no database.
const DATABASE: &str = "session_playground";

/// The MongoDB server, ours or by URL.
pub struct MongoEngine {
    status: Status<Databases>,
    /// Where ours listens, once it was started; 0 before, and for one by URL.
    port: AtomicU16,
}

/// The same database twice: commands wait for their turn, a ping must not wait behind them.
#[derive(Clone)]
pub struct Databases {
    commands: Database,
    pings: Database,
}

impl MongoEngine {
    pub(super) fn new(managed: bool) -> Self {
        Self {
            status: Status::new(StoreKind::Mongo, managed),
            port: AtomicU16::new(0),
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

    /// Stops the program (`true`) and leaves it stopped, its data kept, until it is let go of
    /// (`false`), which starts it at once. Only a managed engine can be held: `false` if a URL was
    /// given, and nothing happens.
    pub fn hold(&self, held: bool) -> bool {
        self.status.hold(held)
    }

    /// Whether the operator holds it down.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.status.is_held()
    }

    /// The collection `sessions`.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] at once while it is not up.
    pub fn sessions(&self) -> Result<Collection<Document>, StoreError> {
        let databases = self.status.connection()?;
        Ok(databases.commands.collection("sessions"))
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

impl MongoEngine {
    /// The port of the loopback address at which ours listens.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        let port = self.port.load(Ordering::Relaxed);
        (port != 0).then_some(port)
    }
}

impl Lane for MongoEngine {
    type Address = ConnectionString;
    type Connection = Databases;

    fn status(&self) -> &Status<Databases> {
        &self.status
    }

    async fn greet(&self, address: &ConnectionString) -> Result<(Databases, Identity), String> {
        let options = timeout(DNS, ClientOptions::parse(address.clone()).into_future()).await;
        let options = options
            .map_err(|_| "the DNS does not answer".to_owned())?
            .map_err(|error| reason(&error))?;
        let databases = databases(options).map_err(|error| reason(&error))?;
        let database = &databases.commands;
        let who = timeout(GREETING, identity(&databases.pings)).await;
        let who = who
            .map_err(|_| "timed out".to_owned())?
            .map_err(|error| reason(&error))?;
        match timeout(INDEX, ensure_index(database)).await {
            Ok(Ok(())) => {}
            // Sessions work without it: every question asks for the date. Only the cleaning is missing.
            Ok(Err(error)) => {
                tracing::warn!(reason = reason(&error), "could not make the TTL index");
            }
            Err(_) => tracing::warn!("could not make the TTL index in time"),
        }
        Ok((databases, who))
    }

    async fn ping(&self, databases: &Databases) -> Result<(), String> {
        let ping = databases
            .pings
            .run_command(doc! { "ping": 1 })
            .into_future();
        let answer = timeout(PING, ping).await;
        answer
            .map_err(|_| "timed out".to_owned())?
            .map(drop)
            .map_err(|error| reason(&error))
    }

    fn plan(&self, home: &Home) -> Option<Plan<ConnectionString>> {
        let port = free_port()?;
        self.port.store(port, Ordering::Relaxed);
        let port = port.to_string();
        let url = format!("mongodb://127.0.0.1:{port}/?directConnection=true");
        let address = ConnectionString::parse(url).ok()?;
        let (program, data, words) = if let Some(mongod) = find("mongod", &home.path) {
            (
                mongod,
                home.folder.join("mongod"),
                ["--bind_ip", "--port", "--dbpath"],
            )
        } else {
            let secantus = find("secantusd-py", &home.path)?;
            (
                secantus,
                home.folder.join("secantusdb"),
                ["--host", "--port", "--storage-path"],
            )
        };
        // mongod wants its folder to be there. If that fails, it says so in its log and ends.
        std::fs::create_dir_all(&data).ok();
        let values = ["127.0.0.1".into(), port.into(), data.into_os_string()];
        let arguments = words
            .into_iter()
            .zip(values)
            .flat_map(|(word, value)| [word.into(), value])
            .collect();
        Some(Plan {
            program,
            arguments,
            address,
            socket: None,
        })
    }
}

/// Clients with our short timeouts. What else the URL says, stands.
fn databases(mut options: ClientOptions) -> mongodb::error::Result<Databases> {
    options.server_selection_timeout = Some(CONNECT);
    options.connect_timeout = Some(CONNECT);
    options.heartbeat_freq = Some(HEARTBEAT);
    options.max_idle_time.get_or_insert(IDLE);
    options
        .app_name
        .get_or_insert_with(|| "session-playground".to_owned());
    // One command on the tape is one command sent.
    options.retry_reads.get_or_insert(false);
    options.retry_writes.get_or_insert(false);
    // Without it a session that was just acknowledged is lost when the engine is killed: the journal
    // reaches the system only about every 100 ms.
    options
        .write_concern
        .get_or_insert_with(|| WriteConcern::builder().journal(true).build());
    let mut pings = options.clone();
    // Below the time of a greeting and a ping: the driver knows best why it found nobody.
    pings.server_selection_timeout = Some(FIND);
    pings.max_pool_size = Some(1);
    options.max_pool_size.get_or_insert(CONNECTIONS);
    options.command_event_handler = Some(mongo_events::handler());
    Ok(Databases {
        commands: database(options)?,
        pings: database(pings)?,
    })
}

fn database(options: ClientOptions) -> mongodb::error::Result<Database> {
    let client = Client::with_options(options)?;
    Ok(client
        .default_database()
        .unwrap_or_else(|| client.database(DATABASE)))
}

/// MongoDB deletes a document some time after its `expires`: it looks once a minute.
async fn ensure_index(database: &Database) -> mongodb::error::Result<()> {
    let options = IndexOptions::builder()
        .name("expires_1".to_owned())
        .expire_after(Duration::ZERO)
        .build();
    let index = IndexModel::builder()
        .keys(doc! { "expires": 1 })
        .options(options)
        .build();
    database
        .collection::<Document>("sessions")
        .create_index(index)
        .await
        .map(drop)
}

async fn identity(database: &Database) -> mongodb::error::Result<Identity> {
    let build = database.run_command(doc! { "buildInfo": 1 }).await?;
    // An external server may keep its status from us; then we do not know the process.
    let status = database
        .client()
        .database("admin")
        .run_command(doc! { "serverStatus": 1 })
        .await
        .unwrap_or_default();
    let text = |key| build.get_str(key).ok().map(str::to_owned);
    // SecantusDB gives the MongoDB version that it imitates as `version`, and its own beside it.
    let secantus = text("secantusVersion");
    Ok(Identity {
        name: if secantus.is_some() {
            "SecantusDB"
        } else {
            "MongoDB"
        }
        .to_owned(),
        version: secantus.or_else(|| text("version")).unwrap_or_default(),
        pid: status.get("pid").and_then(|pid| match pid {
            mongodb::bson::Bson::Int32(pid) => u32::try_from(*pid).ok(),
            mongodb::bson::Bson::Int64(pid) => u32::try_from(*pid).ok(),
            _ => None,
        }),
    })
}

/// Reads `MONGODB_URL`. The host names behind `mongodb+srv://` are asked for later, and again.
pub fn address(url: &str) -> Result<ConnectionString, ConfigError> {
    // The parser's own message may repeat parts of the URL.
    ConnectionString::parse(url).map_err(|_| ConfigError {
        name: "MONGODB_URL",
        problem: "is not a URL of the form mongodb://user:password@host:27017/database or mongodb+srv://…".to_owned(),
    })
}

fn free_port() -> Option<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).ok()?;
    Some(listener.local_addr().ok()?.port())
}

/// Why there was no answer; `None` if the server did answer, with an error.
pub fn unreachable(error: &Error) -> Option<String> {
    let lost = matches!(
        *error.kind,
        ErrorKind::Io(_)
            | ErrorKind::ServerSelection { .. }
            | ErrorKind::ConnectionPoolCleared { .. }
            | ErrorKind::DnsResolve { .. }
            | ErrorKind::Authentication { .. }
    );
    lost.then(|| reason(error))
}

/// The driver's messages describe the whole topology; this is what matters of them.
fn reason(error: &Error) -> String {
    let message = error.to_string();
    let says = |words: &str| message.contains(words);
    match &*error.kind {
        ErrorKind::Command(refusal) => refusal.message.clone(),
        ErrorKind::Authentication { .. } => "Authentication failed".to_owned(),
        ErrorKind::DnsResolve { .. } => "the host name is unknown".to_owned(),
        _ if says("Authentication failed") => "Authentication failed".to_owned(),
        _ if says("Connection refused") => "Connection refused".to_owned(),
        _ if says("timed out") || says("timeout") => "timed out".to_owned(),
        _ if says("failed to lookup") || says("Name or service not known") => {
            "the host name is unknown".to_owned()
        }
        ErrorKind::ServerSelection { .. } => "no server answers".to_owned(),
        _ => "the connection was closed".to_owned(),
    }
}
