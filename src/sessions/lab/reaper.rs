//! The file store's cleaner, and what else is done in a lab outside of a request.

use std::{future::Future, time::Duration};

use tokio::time::sleep;

use super::{Arc, CancellationToken, FileStore, NAMES, PoisonError, SessionLab, Settings, What};
use crate::{
    recorder::{Command, Recorder, recording},
    sessions::{notebook::Notebook, settings::Disk},
    stores::StoreKind,
};

/// Writes commands on the tape that no request asked for.
struct Aside {
    notebook: Arc<Notebook>,
    lane: Option<StoreKind>,
}

impl Recorder for Aside {
    fn record(&self, command: Command) {
        let Command {
            text,
            reply,
            failed,
        } = command;
        self.notebook.record(
            self.lane,
            0,
            What::Command {
                text,
                reply,
                failed,
            },
        );
    }
}

impl SessionLab {
    /// Runs work outside of any request while the tape hears its commands.
    pub async fn taped<F: Future>(&self, lane: Option<StoreKind>, work: F) -> F::Output {
        let aside = Aside {
            notebook: Arc::clone(&self.notebook),
            lane,
        };
        recording(Arc::new(aside), work).await
    }

    /// The disks that there are: one if it is shared.
    pub fn all_disks(&self) -> Vec<FileStore> {
        let count = match self.settings().disk {
            Disk::Separate => NAMES.len(),
            Disk::Shared => 1,
        };
        (0..count).map(|at| self.disk(at)).collect()
    }

    /// Starts the reaper that the settings ask for, and ends the one before. The default interval is
    /// that of the keeper's round, which looks after every lab.
    pub(super) fn watch_the_disks(&self) {
        let every_s = self.settings().reap_every_s;
        let task = every_s
            .filter(|_| every_s != Settings::default().reap_every_s)
            .map(|seconds| {
                let stop = CancellationToken::new();
                let (disks, notebook) = (self.all_disks(), Arc::clone(&self.notebook));
                let every = Duration::from_secs(seconds.into());
                tokio::spawn(
                    stop.clone()
                        .run_until_cancelled_owned(reap(disks, notebook, every)),
                );
                stop.drop_guard()
            });
        *self.reaper.lock().unwrap_or_else(PoisonError::into_inner) = task;
    }

    /// Deletes the disks of the lab's servers with everything on them.
    pub(super) async fn remove_the_disks(&self) {
        let folder = self.notebook.sandbox().folder.clone();
        let removed = tokio::task::spawn_blocking(move || {
            for drive in ["server-a", "server-b", "network-drive"] {
                // What is not there is gone already.
                std::fs::remove_dir_all(folder.join(drive)).ok();
            }
        });
        removed.await.ok();
    }
}

async fn reap(disks: Vec<FileStore>, notebook: Arc<Notebook>, every: Duration) {
    loop {
        sleep(every).await;
        for disk in &disks {
            let aside = Arc::new(Aside {
                notebook: Arc::clone(&notebook),
                lane: Some(StoreKind::File),
            });
            if let Ok(reaped) = recording(aside, disk.reap()).await
                && reaped.removed > 0
            {
                notebook.announce();
            }
        }
    }
}
