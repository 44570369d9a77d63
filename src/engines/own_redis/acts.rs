//! What a student does to the process: start it, end it in four ways, make it stand still.

use std::time::Duration;

use rustix::process::{Signal, kill_process, kill_process_group};
use tokio::{
    fs,
    time::{Instant, sleep, timeout},
};

use super::{
    OwnRedis,
    admin_connection::{refused, reply},
    conf,
    launch::unreachable,
    one::Process,
};
use crate::{
    config,
    error::StoreError,
    recorder::{self, Command},
};

/// How long it may take to end after SIGTERM before it is killed.
const GRACE: Duration = Duration::from_secs(5);
/// How long SIGSTOP and SHUTDOWN may take to show.
const SOON: Duration = Duration::from_secs(2);
const LOOK_EVERY: Duration = Duration::from_millis(1);

impl OwnRedis {
    /// Starts it, also after the student ended it; its process id. Does nothing if it runs.
    ///
    /// # Errors
    /// Those of [`OwnRedis::connection`].
    pub async fn start(&self) -> Result<u32, StoreError> {
        self.state().used_ms = config::now_ms();
        if let Some(process) = self
            .process()
            .filter(|process| self.ready(process).is_some())
        {
            return Ok(process.number());
        }
        let begun = Box::pin(self.wake(true))
            .await
            .map(|process| process.number());
        recorder::record(|| Command {
            text: format!("redis-server {}", conf::FILE),
            reply: match &begun {
                Ok(pid) => format!("pid {pid}"),
                Err(error) => error.to_string(),
            },
            failed: begun.is_err(),
        });
        begun
    }

    /// SIGKILL: it gets no time for anything. It stays down until [`OwnRedis::start`].
    ///
    /// # Errors
    /// Those of [`OwnRedis::connection`]; a sleeping one is woken up first.
    pub async fn crash(&self) -> Result<(), StoreError> {
        let process = self.used().await?;
        // The whole group: a child that writes a snapshot would finish it.
        let sent = kill_process_group(process.pid, Signal::KILL);
        ending("-9", &process, sent).await
    }

    /// SIGTERM, as `systemctl stop` sends it. It stays down until [`OwnRedis::start`].
    ///
    /// # Errors
    /// Those of [`OwnRedis::connection`]; a sleeping one is woken up first.
    pub async fn terminate(&self) -> Result<(), StoreError> {
        let process = self.used().await?;
        let sent = kill_process(process.pid, Signal::TERM);
        if process.paused {
            // As systemd does: one that stands still would not hear it.
            kill_process(process.pid, Signal::CONT).ok();
        }
        if timeout(GRACE, process.ended()).await.is_err() {
            kill_process_group(process.pid, Signal::KILL).ok();
        }
        ending("-TERM", &process, sent).await
    }

    /// The command SHUTDOWN. It stays down until [`OwnRedis::start`].
    ///
    /// # Errors
    /// Those of [`OwnRedis::connection`]; a sleeping one is woken up first. [`StoreError::Refused`]
    /// if it could not save.
    pub async fn shut_down(&self) -> Result<(), StoreError> {
        let process = self.used().await?;
        let mut keeper = self.keeper(&process).await?;
        let answer = keeper.ask(&::redis::cmd("SHUTDOWN")).await;
        let end = match &answer {
            // Its answer is that the connection closes.
            Err(StoreError::Unreachable { .. }) if !process.paused => {
                timeout(SOON, process.ended()).await.ok()
            }
            _ => None,
        };
        recorder::record(|| Command {
            text: "SHUTDOWN".to_owned(),
            reply: end
                .as_deref()
                .and_then(|how| how.split(['(', ')']).nth(1))
                .map_or_else(|| reply(&answer), str::to_owned),
            failed: end.is_none(),
        });
        match (end, answer) {
            (Some(_), _) => Ok(()),
            (None, Err(error)) => Err(error),
            (None, Ok(_)) => Err(refused("it goes on".to_owned())),
        }
    }

    /// SIGSTOP: it stands still, and commands time out until [`OwnRedis::resume`].
    ///
    /// # Errors
    /// Those of [`OwnRedis::connection`]; a sleeping one is woken up first.
    pub async fn pause(&self) -> Result<(), StoreError> {
        let process = self.used().await?;
        self.mark_paused(&process, true);
        let sent = kill_process(process.pid, Signal::STOP);
        let last = Instant::now() + SOON;
        // Until it next runs, it may still answer.
        let mut stands = stands_still(&process).await;
        while sent.is_ok() && !stands && Instant::now() < last {
            sleep(LOOK_EVERY).await;
            stands = stands_still(&process).await;
        }
        let seen = if stands { "T (stopped)" } else { "sent" };
        signalled("-STOP", &process, sent, seen)
    }

    /// Whether it stands still.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.process().is_some_and(|process| process.paused)
    }

    /// SIGCONT: it goes on with everything it had.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] if it is down or does not answer now either.
    pub async fn resume(&self) -> Result<(), StoreError> {
        let Some(process) = self.process() else {
            return self.used().await.map(drop);
        };
        let sent = kill_process(process.pid, Signal::CONT);
        self.mark_paused(&process, false);
        signalled("-CONT", &process, sent, "sent")?;
        let _one_at_a_time = self.starting.lock().await;
        self.state().mute = None;
        // A connection of its own: the old one still waits for answers that nobody wants any more.
        self.dial_again(process).await.map(drop)
    }

    /// The living process, woken up if it sleeps; it counts as used.
    pub(super) async fn used(&self) -> Result<Process, StoreError> {
        self.state().used_ms = config::now_ms();
        match self.process() {
            // One that does not answer can still be signalled.
            Some(process) if !process.resting && process.connection.is_some() => Ok(process),
            _ => Box::pin(self.wake(false)).await,
        }
    }

    fn mark_paused(&self, process: &Process, paused: bool) {
        let mut state = self.state();
        if let Some(now) = state.process.as_mut().filter(|now| now.pid == process.pid) {
            now.paused = paused;
        }
    }
}

/// Waits for the end that a signal brings, and tells it.
async fn ending(
    name: &str,
    process: &Process,
    sent: rustix::io::Result<()>,
) -> Result<(), StoreError> {
    if sent.is_err() && process.end.borrow().is_none() {
        return signalled(name, process, sent, "");
    }
    let how = process.ended().await;
    // What is told is the status alone, as a shell prints it.
    let status = how.split(['(', ')']).nth(1).unwrap_or(&how);
    signalled(name, process, Ok(()), status)
}

fn signalled(
    name: &str,
    process: &Process,
    sent: rustix::io::Result<()>,
    said: &str,
) -> Result<(), StoreError> {
    recorder::record(|| Command {
        text: format!("kill {name} {}", process.number()),
        reply: sent.map_or_else(|error| error.to_string(), |()| said.to_owned()),
        failed: sent.is_err(),
    });
    sent.map_err(|error| unreachable(error.to_string()))
}

/// Whether it does not run. Where there is no /proc, it is taken at its word.
async fn stands_still(process: &Process) -> bool {
    let stat = fs::read_to_string(format!("/proc/{}/stat", process.number())).await;
    stat.map_or(true, |stat| {
        stat.rsplit_once(") ")
            .is_none_or(|(_, rest)| rest.starts_with('T'))
    })
}
