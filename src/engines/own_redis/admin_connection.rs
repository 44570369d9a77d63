//! Our own user in a lab's Redis, for what the student's may not do.

use std::{sync::atomic::Ordering, time::Duration};

use ::redis::{
    AsyncConnectionConfig, Client, Cmd, RedisError, RedisResult, Value, aio::MultiplexedConnection,
};
use rustix::process::{Signal, kill_process_group};
use tokio::{runtime::Handle, time::timeout};

use super::{OwnRedis, launch::unreachable, one::Process};
use crate::{
    engines::redis,
    error::StoreError,
    recorder::redis_text::{command_text, refusal, reply_text},
    recorder::{self, Command},
    store_kind::StoreKind,
};

/// How long an answer may take, and for a server that the student made stand still.
const LIMIT: Duration = Duration::from_secs(5);
const LIMIT_PAUSED: Duration = Duration::from_secs(1);

/// A connection of ours, for one act.
pub(super) struct Keeper<'a> {
    lab: &'a OwnRedis,
    limit: Duration,
    connection: MultiplexedConnection,
}

impl OwnRedis {
    /// Logs in.
    pub(super) async fn keeper(&self, process: &Process) -> Result<Keeper<'_>, StoreError> {
        let limit = if process.paused { LIMIT_PAUSED } else { LIMIT };
        let login = self.answer_within(limit, connect(process)).await;
        Ok(Keeper {
            lab: self,
            limit,
            connection: self.understood(login)?,
        })
    }

    /// Tells no answer from an answer that is an error.
    fn understood<T>(&self, answer: Result<RedisResult<T>, String>) -> Result<T, StoreError> {
        let reason = match answer {
            Ok(Ok(value)) => return Ok(value),
            Ok(Err(error)) => match redis::unreachable(&error) {
                Some(reason) => reason,
                None => return Err(refused(refusal(&error))),
            },
            Err(reason) => reason,
        };
        self.failed(reason.clone());
        Err(unreachable(reason))
    }

    /// Saves and ends. An error means that it goes on, and is looked at by who asked.
    pub(super) async fn shut_down_saving(&self, process: &Process) {
        let asking = async {
            let mut connection = connect(process).await?;
            ::redis::cmd("SHUTDOWN")
                .arg("SAVE")
                .exec_async(&mut connection)
                .await
        };
        timeout(LIMIT, asking).await.ok();
    }

    /// Ends a script that runs on, so that it does not take a core for ever: politely, and if it has
    /// already written, with the process.
    pub(super) fn relieve(&self) {
        let Some(process) = self
            .process()
            .filter(|process| !process.paused && !process.resting)
        else {
            return;
        };
        let (Some(lab), Ok(runtime)) = (self.me.upgrade(), Handle::try_current()) else {
            return;
        };
        if lab.relieving.swap(true, Ordering::AcqRel) {
            return;
        }
        runtime.spawn(async move {
            let asking = async {
                let mut connection = connect(&process).await?;
                ::redis::cmd("SCRIPT")
                    .arg("KILL")
                    .exec_async(&mut connection)
                    .await
            };
            let answer: Result<RedisResult<()>, _> = timeout(LIMIT, asking).await;
            if let Ok(Err(error)) = answer
                && error.code() == Some("UNKILLABLE")
                && process.end.borrow().is_none()
            {
                kill_process_group(process.pid, Signal::KILL).ok();
            }
            lab.relieving.store(false, Ordering::Release);
        });
    }
}

impl Keeper<'_> {
    /// Sends a command and tells the recorder.
    pub async fn tell(&mut self, command: &Cmd) -> Result<Value, StoreError> {
        let answer = self.ask(command).await;
        recorder::record(|| Command {
            text: command_text(command),
            reply: reply(&answer),
            failed: answer.is_err(),
        });
        answer
    }

    /// Sends a command.
    pub async fn ask(&mut self, command: &Cmd) -> Result<Value, StoreError> {
        // An error of the server arrives as a value.
        let sent = async {
            self.connection
                .send_packed_command(command)
                .await?
                .extract_error()
        };
        let answer = self.lab.answer_within(self.limit, sent).await;
        self.lab.understood(answer)
    }

    /// A part of what it says of itself.
    pub async fn info(&mut self, section: &str) -> Result<String, StoreError> {
        let reply = self.ask(::redis::cmd("INFO").arg(section)).await?;
        Ok(reply_text(&reply))
    }
}

/// A reply as redis-cli prints it.
pub(super) fn reply(answer: &Result<Value, StoreError>) -> String {
    match answer {
        Ok(value) => reply_text(value),
        Err(StoreError::Refused { reply, .. }) => format!("(error) {reply}"),
        Err(error) => format!("(no answer) {error}"),
    }
}

/// The server answered with an error.
pub(super) const fn refused(reply: String) -> StoreError {
    StoreError::Refused {
        store: StoreKind::Redis,
        reply,
    }
}

/// A field of INFO.
pub(super) fn field<'a>(info: &'a str, name: &str) -> &'a str {
    info.lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
        .unwrap_or_default()
        .trim()
}

/// A number among the fields of INFO; 0 if it is missing.
pub(super) fn number(info: &str, name: &str) -> u64 {
    field(info, name).parse().unwrap_or_default()
}

async fn connect(process: &Process) -> Result<MultiplexedConnection, RedisError> {
    let settings = AsyncConnectionConfig::new()
        .set_connection_timeout(Some(LIMIT))
        .set_response_timeout(Some(LIMIT));
    Client::open(process.keeper.clone())?
        .get_multiplexed_async_connection_with_config(&settings)
        .await
}
