//! A server process of ours: its start, its death, and what it leaves behind.

use std::{
    ffi::OsString,
    fs::File,
    io,
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    process::{ExitStatus, Stdio},
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};
use tokio::{process::Command, time::timeout};

use super::leftovers;

/// How long a process may take to end after SIGTERM before it is killed.
const GRACE: Duration = Duration::from_secs(5);

/// How to start an engine.
pub struct Plan<A> {
    /// The program's file.
    pub program: PathBuf,
    /// Its arguments. They name the engine's folder, by which leftovers are recognized.
    pub arguments: Vec<OsString>,
    /// Where it will listen.
    pub address: A,
    /// The socket that it makes, if it makes one.
    pub socket: Option<PathBuf>,
}

/// A running server process; killed if it is dropped.
pub struct Child {
    process: tokio::process::Child,
    pid: Option<Pid>,
    folder: PathBuf,
    socket: Option<PathBuf>,
}

impl Child {
    /// Starts the program; what it prints goes to `server.log` in the folder.
    pub async fn spawn<A>(folder: &Path, plan: &Plan<A>) -> io::Result<Self> {
        let log = open_log(folder)?;
        let process = Command::new(&plan.program)
            .args(&plan.arguments)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            // Ctrl-C in the terminal is for us; we stop the engines after the last request.
            .process_group(0)
            .kill_on_drop(true)
            .spawn()?;
        let number = process.id();
        let pid = number.and_then(|pid| Pid::from_raw(pid.try_into().ok()?));
        let child = Self {
            process,
            pid,
            folder: folder.to_owned(),
            socket: plan.socket.clone(),
        };
        if let Some(number) = number {
            leftovers::note(folder, number, &plan.program, plan.socket.as_deref()).await?;
        }
        Ok(child)
    }

    /// Its process id, which is its process group's too.
    pub const fn id(&self) -> Option<Pid> {
        self.pid
    }

    /// Waits until it has ended by itself, and says how.
    pub async fn death(&mut self) -> String {
        match self.process.wait().await {
            Ok(status) => format!("its process ended ({})", how(status)),
            Err(error) => format!("its process was lost: {error}"),
        }
    }

    /// Ends it: SIGTERM, and SIGKILL if that takes too long.
    pub async fn stop(mut self) {
        if let Some(pid) = self.pid
            && let Err(error) = kill_process(pid, Signal::TERM)
        {
            tracing::warn!(%error, "could not signal an engine");
        }
        if timeout(GRACE, self.process.wait()).await.is_err() {
            tracing::warn!(folder = %self.folder.display(), "an engine did not stop in time and is killed");
            if let Err(error) = self.process.kill().await {
                tracing::warn!(%error, "could not kill an engine");
            }
        }
        self.bury().await;
    }

    /// Removes what a process that has ended leaves behind: pid file, socket, lock files.
    pub async fn bury(self) {
        leftovers::clear(&self.folder, self.socket.as_deref()).await;
    }
}

fn how(status: ExitStatus) -> String {
    use std::os::unix::process::ExitStatusExt;
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("exit code {code}"),
        (None, Some(signal)) => format!("signal {signal}"),
        (None, None) => "for an unknown reason".to_owned(),
    }
}

fn open_log(folder: &Path) -> io::Result<File> {
    std::fs::OpenOptions::new()
        .create(true)
        .write(true)
        .truncate(true)
        .mode(0o600)
        .open(folder.join("server.log"))
}

/// The first executable file of this name in the folders.
pub fn find(program: &str, path: &[PathBuf]) -> Option<PathBuf> {
    path.iter().map(|folder| folder.join(program)).find(|file| {
        file.metadata()
            .is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
    })
}
