//! One line of a console: a connection of the student's user that nobody else waits for.

use std::{
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use ::redis::ConnectionAddr;
use tokio::{net::UnixStream, time::timeout};

use super::{OwnRedis, launch::unreachable};
use crate::error::StoreError;

/// Why there is no connection.
#[derive(Debug)]
pub enum NoLine {
    /// The process is gone, and this is what connecting to its socket says.
    Gone(io::Error),
    /// What [`OwnRedis::connection`] would say.
    Store(StoreError),
}

impl OwnRedis {
    /// Connects as the student's user; a sleeping process is woken up first.
    ///
    /// # Errors
    /// [`NoLine::Gone`] if the student ended it or it crashed, [`NoLine::Store`] if it does not start.
    pub async fn line(&self) -> Result<UnixStream, NoLine> {
        let down = self.process().is_none() && self.state().down;
        if down {
            // Nobody listens there; how the system says so is what redis-cli would print.
            return match UnixStream::connect(self.last_socket()).await {
                Ok(_) => Err(NoLine::Store(self.absent())),
                Err(error) => Err(NoLine::Gone(error)),
            };
        }
        let process = self.used().await.map_err(NoLine::Store)?;
        let ConnectionAddr::Unix(socket) = process.student.addr() else {
            return Err(NoLine::Store(self.absent()));
        };
        UnixStream::connect(socket).await.map_err(|error| {
            let reason = error.to_string();
            NoLine::Store(unreachable(reason))
        })
    }

    /// Waits until the process has ended, if it does so soon: how.
    pub async fn ended_within(&self, limit: Duration) -> Option<String> {
        match self.process() {
            Some(process) => timeout(limit, process.ended()).await.ok(),
            None => Some(self.reason()),
        }
    }

    fn last_socket(&self) -> PathBuf {
        socket_of(&self.folder)
    }
}

/// Where the process in this folder listens.
fn socket_of(folder: &Path) -> PathBuf {
    let home = crate::engines::supervisor::Home {
        folder: folder.to_owned(),
        path: Vec::new(),
    };
    crate::engines::redis::socket(&home)
}
