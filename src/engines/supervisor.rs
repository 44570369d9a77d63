//! One task per engine: starts it where it is ours, connects, pings, and begins again when it is lost.

use std::{
    future::Future,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::{
    child::{Child, Plan},
    leftovers,
    status::{HELD, Identity, Status},
};

/// Between two pings while it answers.
const PING_EVERY: Duration = Duration::from_millis(250);
/// Between two attempts while it does not.
const RETRY_EVERY: Duration = Duration::from_millis(250);
/// Between two looks for a program that is not installed.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How long a process of ours may be silent after its start before it counts as down.
const PATIENCE: Duration = Duration::from_secs(15);
/// Before a process that died is started again; doubled each time up to the longest.
const RESPAWN_AFTER: Duration = Duration::from_secs(1);
const RESPAWN_LONGEST: Duration = Duration::from_secs(10);

/// What differs between Redis and MongoDB.
pub trait Lane: Send + Sync + 'static {
    /// Where it listens.
    type Address: Send + Sync + 'static;
    /// What commands are sent through.
    type Connection: Clone + Send + Sync + 'static;

    /// What is known of it.
    fn status(&self) -> &Status<Self::Connection>;
    /// Connects and asks who serves; the error is a short text without passwords.
    fn greet(
        &self,
        address: &Self::Address,
    ) -> impl Future<Output = Result<(Self::Connection, Identity), String>> + Send;
    /// Whether it still answers.
    fn ping(
        &self,
        connection: &Self::Connection,
    ) -> impl Future<Output = Result<(), String>> + Send;
    /// How to start it, if its program is installed.
    fn plan(&self, home: &Home) -> Option<Plan<Self::Address>>;
}

/// Where a managed engine lives.
pub struct Home {
    /// The folder of its data, socket, log and pid file.
    pub folder: PathBuf,
    /// Where its program is looked for.
    pub path: Vec<PathBuf>,
}

/// Where an engine comes from.
pub enum Source<A> {
    /// A URL says where it is.
    External(A),
    /// We start it.
    Managed(Home),
}

/// Looks after an engine until `stop`.
pub async fn supervise<L: Lane>(lane: Arc<L>, source: Source<L::Address>, stop: CancellationToken) {
    match source {
        Source::External(address) => {
            stop.run_until_cancelled(watch(&*lane, &address, Duration::ZERO))
                .await;
        }
        Source::Managed(home) => manage(&*lane, home, &stop).await,
    }
    lane.status().ended("stopped".to_owned());
}

async fn manage<L: Lane>(lane: &L, mut home: Home, stop: &CancellationToken) {
    let status = lane.status();
    let mut pause = RESPAWN_AFTER;
    while !stop.is_cancelled() {
        if status.is_held() {
            status.ended(HELD.to_owned());
            let released = stop.run_until_cancelled(status.until_held(false)).await;
            if released.is_some() {
                status.starting();
            }
            pause = RESPAWN_AFTER;
            continue;
        }
        match leftovers::prepare(&home.folder).await {
            Ok(folder) => home.folder = folder,
            Err(error) => tracing::warn!(%error, "could not prepare an engine's folder"),
        }
        let Some(plan) = lane.plan(&home) else {
            status.missing();
            wait(status, LOOK_EVERY, stop).await;
            continue;
        };
        status.found();
        let born = Instant::now();
        match Child::spawn(&home.folder, &plan).await {
            Ok(mut child) => {
                let death = tokio::select! {
                    () = stop.cancelled() => None,
                    () = status.until_held(true) => None,
                    death = child.death() => Some(death),
                    () = watch(lane, &plan.address, PATIENCE) => None,
                };
                let Some(death) = death else {
                    // Commands are refused from now on. What is connected stays so until the process has
                    // ended: SecantusDB waits up to 2 s for one more visitor before it does.
                    let connected = status.connection();
                    status.down("stopped".to_owned());
                    child.stop().await;
                    drop(connected);
                    status.ended("stopped".to_owned());
                    continue;
                };
                child.bury().await;
                status.ended(death);
            }
            Err(error) => status.ended(format!("could not be started: {error}")),
        }
        if born.elapsed() > RESPAWN_LONGEST {
            pause = RESPAWN_AFTER;
        }
        wait(status, pause, stop).await;
        pause = (pause * 2).min(RESPAWN_LONGEST);
    }
}

/// A pause between two attempts, which ends early if there is something else to do.
async fn wait<C: Clone>(status: &Status<C>, pause: Duration, stop: &CancellationToken) {
    tokio::select! {
        () = stop.cancelled() => {}
        () = status.until_held(true) => {}
        () = sleep(pause) => {}
    }
}

/// Connects, pings, connects again; never ends by itself. A start may take `patience` before silence is called down.
async fn watch<L: Lane>(lane: &L, address: &L::Address, patience: Duration) {
    let status = lane.status();
    let began = Instant::now();
    loop {
        match lane.greet(address).await {
            Ok((connection, who)) => {
                status.up(connection.clone(), who);
                // A failed command has already said why it is down; it ends this loop as a failed ping does.
                while !status.trouble_within(PING_EVERY).await {
                    if let Err(reason) = lane.ping(&connection).await {
                        status.down(reason);
                        break;
                    }
                }
            }
            Err(_) if status.is_starting() && began.elapsed() < patience => {}
            Err(reason) => status.down(reason),
        }
        sleep(RETRY_EVERY).await;
    }
}
