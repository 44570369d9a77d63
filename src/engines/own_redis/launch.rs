//! Starting the process, connecting to it, and noticing its end.

use std::{io, path::Path, time::Duration};

use ::redis::{ConnectionAddr, ConnectionInfo, IntoConnectionInfo, RedisConnectionInfo};
use rustix::process::Pid;
use tokio::{
    fs,
    sync::watch,
    time::{Instant, sleep, timeout},
};

use super::{
    OwnRedis, Place,
    conf::{self, Conf, Dialect},
    one::Process,
};
use crate::{
    config,
    engines::{
        child::{Child, Plan},
        leftovers, redis,
        supervisor::Home,
    },
    error::StoreError,
    store_kind::StoreKind,
};

/// How long a process may be silent after its start.
const PATIENCE: Duration = Duration::from_secs(10);
/// Between two attempts to connect while it starts: it usually takes 20 ms.
const LOOK_EVERY: Duration = Duration::from_millis(3);
/// Before a living process that did not answer is tried again.
const MUTE: Duration = Duration::from_secs(1);
/// How long one that we end may take.
const RESTING: Duration = Duration::from_secs(5);
/// Bytes of data segment and heap that a process may take. Scripts are not counted in `maxmemory`,
/// and one that fills the machine's memory would end everybody's lesson. An idle process has 36 MB.
#[cfg(target_os = "linux")]
const DATA_BYTES: u64 = 128 * 1024 * 1024;

impl OwnRedis {
    /// The living process with a connection: started if it sleeps, or if it is `wanted` although it is down.
    pub(super) async fn wake(&self, wanted: bool) -> Result<Process, StoreError> {
        let _one_at_a_time = self.starting.lock().await;
        if let Some(process) = self.process() {
            if self.ready(&process).is_some() {
                return Ok(process);
            }
            if !process.resting {
                return self.dial_again(process).await;
            }
            // Whoever was ending it went away.
            timeout(RESTING, process.ended()).await.ok();
        }
        if self.state().down && !wanted {
            return Err(self.absent());
        }
        let process = match self.launch(Dialect::Seven).await? {
            Ok(process) => process,
            Err(how) if how.contains("exit code 1)") => {
                self.launch(Dialect::Six).await?.map_err(unreachable)?
            }
            Err(how) => return Err(unreachable(how)),
        };
        self.forget_saved_sleep().await;
        Ok(process)
    }

    /// Starts a process and connects to it; the inner error says how it ended or that it is silent.
    async fn launch(&self, dialect: Dialect) -> Result<Result<Process, String>, StoreError> {
        if self.house.is_closed() {
            return Err(unreachable("the playground is stopping".to_owned()));
        }
        let Some(program) = redis::server(&self.house.path) else {
            self.status.missing();
            return Err(self.absent());
        };
        self.status.found();
        let place = self.house.place()?;
        let begun = self.spawn(program, dialect, place).await;
        let process = begun.map_err(|error| {
            let reason = format!("could not be started: {error}");
            self.status.ended(reason.clone());
            unreachable(reason)
        })?;
        let until = Instant::now() + PATIENCE;
        loop {
            let answer = tokio::select! {
                biased;
                how = process.ended() => return Ok(Err(how)),
                answer = self.dial(&process) => answer,
            };
            match answer {
                Ok(process) => return Ok(Ok(process)),
                Err(_) if Instant::now() < until => sleep(LOOK_EVERY).await,
                Err(reason) => {
                    self.failed(reason.clone());
                    return Ok(Err(reason));
                }
            }
        }
    }

    async fn spawn(
        &self,
        program: std::path::PathBuf,
        dialect: Dialect,
        place: Place,
    ) -> io::Result<Process> {
        let folder = leftovers::prepare(&self.folder).await?;
        self.recover_snapshot(&folder).await;
        let home = Home {
            folder,
            path: Vec::new(),
        };
        let socket = redis::socket(&home);
        let password = hex::encode(config::random::<24>());
        let conf = Conf {
            folder: &home.folder,
            socket: &socket,
            persistence: self.persistence(),
            keeper: &password,
        };
        conf.write(dialect).await?;
        let student = address(&socket)?;
        let keeper = RedisConnectionInfo::default()
            .set_username("keeper")
            .set_password(&password);
        let plan = Plan {
            program,
            arguments: vec![home.folder.join(conf::FILE).into()],
            address: (),
            socket: Some(socket),
        };
        let child = Child::spawn(&home.folder, &plan).await?;
        let pid = child
            .id()
            .ok_or_else(|| io::Error::other("it ended at once"))?;
        limit(pid);
        let (tell, end) = watch::channel(None);
        let process = Process {
            pid,
            keeper: student.clone().set_redis_settings(keeper),
            student,
            connection: None,
            paused: false,
            resting: false,
            end,
        };
        {
            let mut state = self.state();
            state.process = Some(process.clone());
            state.down = false;
            state.mute = None;
        }
        tokio::spawn(attend(self.me.clone(), child, place, tell));
        Ok(process)
    }

    /// One attempt to connect.
    pub(super) async fn dial(&self, process: &Process) -> Result<Process, String> {
        let (connection, who) = redis::greet(&process.student).await?;
        let mut state = self.state();
        let now = state
            .process
            .as_mut()
            .filter(|now| now.pid == process.pid && !now.resting)
            .ok_or("it was lost")?;
        now.connection = Some(connection.clone());
        let process = now.clone();
        state.mute = None;
        self.status.up(connection, who);
        Ok(process)
    }

    /// Connects to a process that lives but whose connection was lost or is silent.
    pub(super) async fn dial_again(&self, process: Process) -> Result<Process, StoreError> {
        let mute = self.state().mute.clone();
        if let Some((when, reason)) = mute
            && when.elapsed() < MUTE
        {
            return Err(unreachable(reason));
        }
        let answer = tokio::select! {
            biased;
            how = process.ended() => return Err(unreachable(how)),
            answer = self.dial(&process) => answer,
        };
        answer.map_err(|reason| {
            self.state().mute = Some((std::time::Instant::now(), reason.clone()));
            self.failed(reason.clone());
            unreachable(reason)
        })
    }

    /// The process has ended.
    fn gone(&self, how: &str) {
        let mut state = self.state();
        let rested = state.process.take().is_some_and(|process| process.resting);
        state.down = !rested;
        if rested {
            self.status.asleep();
        } else {
            self.status.ended(how.to_owned());
        }
    }
}

/// Owns a process until its end.
async fn attend(
    lab: std::sync::Weak<OwnRedis>,
    mut child: Child,
    place: Place,
    tell: watch::Sender<Option<String>>,
) {
    // While it lives, so does who looks after it: else nobody could end it.
    let lab = lab.upgrade();
    let how = child.death().await;
    child.bury().await;
    drop(place);
    if let Some(lab) = lab {
        lab.gone(&how);
    }
    tell.send_replace(Some(how));
}

fn address(socket: &Path) -> io::Result<ConnectionInfo> {
    ConnectionAddr::Unix(socket.to_owned())
        .into_connection_info()
        .map_err(io::Error::other)
}

#[cfg(target_os = "linux")]
fn limit(pid: Pid) {
    use rustix::process::{Resource, Rlimit, prlimit};
    let most = Rlimit {
        current: Some(DATA_BYTES),
        maximum: Some(DATA_BYTES),
    };
    if let Err(error) = prlimit(Some(pid), Resource::Data, most) {
        tracing::warn!(%error, "a lab's Redis runs without a limit for its memory");
    }
}

#[cfg(not(target_os = "linux"))]
const fn limit(_: Pid) {}

pub(super) const fn unreachable(reason: String) -> StoreError {
    StoreError::Unreachable {
        store: StoreKind::Redis,
        reason,
    }
}

/// Removes a file that may not be there.
pub(super) async fn discard(path: &Path) {
    if let Err(error) = fs::remove_file(path).await
        && error.kind() != io::ErrorKind::NotFound
    {
        tracing::warn!(%error, "could not remove a file of a lab's Redis");
    }
}
