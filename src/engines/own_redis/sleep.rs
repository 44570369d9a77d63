//! Ending the process so that the student does not notice: with its data, whatever they chose.
//!
//! `SHUTDOWN SAVE` writes `dump.rdb` in every mode. Who chose no persistence must still lose everything
//! in the next crash, so there that file is good for one start only: a mark beside it says so, and a
//! snapshot that the student took waits under another name meanwhile.

use std::{path::Path, time::Duration};

use rustix::process::{Signal, kill_process, kill_process_group};
use tokio::{
    fs,
    time::{Instant, sleep, timeout},
};

use super::{OwnRedis, launch::discard, one::Process};
use crate::engines::view::Persistence;

/// Redis's snapshot.
pub(super) const DUMP: &str = "dump.rdb";
/// The student's own snapshot, while Redis's is ours.
const KEPT: &str = "kept.rdb";
/// Says that the snapshot is ours.
const MARK: &str = "asleep";

/// How long saving may take.
const SAVING: Duration = Duration::from_secs(3);
/// How long SIGTERM may take after that.
const GRACE: Duration = Duration::from_secs(1);
const TRY_EVERY: Duration = Duration::from_millis(20);

impl OwnRedis {
    /// Ends the process with its data saved; with a moment, only if nobody has used it since.
    pub(super) async fn sleep(&self, idle_since_ms: Option<i64>) {
        let _one_at_a_time = self.starting.lock().await;
        let Some(process) = self.rest(idle_since_ms) else {
            return;
        };
        if process.paused {
            kill_process(process.pid, Signal::CONT).ok();
        }
        if self.persistence() == Persistence::None {
            fs::write(self.folder.join(MARK), "").await.ok();
            fs::rename(self.folder.join(DUMP), self.folder.join(KEPT))
                .await
                .ok();
        }
        let saved = timeout(SAVING, async {
            // It refuses while it writes its first AOF.
            while process.end.borrow().is_none() {
                self.shut_down_saving(&process).await;
                timeout(TRY_EVERY, process.ended()).await.ok();
            }
        });
        if saved.await.is_err() {
            tracing::warn!(folder = %self.folder.display(), "a lab's Redis could not save");
            kill_process(process.pid, Signal::TERM).ok();
            if timeout(GRACE, process.ended()).await.is_err() {
                kill_process_group(process.pid, Signal::KILL).ok();
                process.ended().await;
            }
        }
    }

    /// Says that the process ends because we want it.
    fn rest(&self, idle_since_ms: Option<i64>) -> Option<Process> {
        let mut state = self.state();
        if idle_since_ms.is_some_and(|moment| state.used_ms >= moment) {
            return None;
        }
        let process = state.process.as_mut()?;
        process.resting = true;
        process.connection = None;
        Some(process.clone())
    }

    /// Kills what is left after all had time to save, and says that none will start again.
    pub(super) async fn close(&self) {
        if let Some(process) = self.rest(None) {
            kill_process_group(process.pid, Signal::KILL).ok();
            process.ended().await;
        }
        self.status.ended("the playground is stopping".to_owned());
    }

    /// Before a start: a snapshot of the student's that was put aside by a run that did not come to its end.
    pub(super) async fn recover_snapshot(&self, folder: &Path) {
        let exists = async |name| fs::try_exists(folder.join(name)).await.unwrap_or(false);
        if !exists(MARK).await && exists(KEPT).await && !exists(DUMP).await {
            fs::rename(folder.join(KEPT), folder.join(DUMP)).await.ok();
        }
    }

    /// After a start: what we saved has been loaded, and counts no longer.
    pub(super) async fn forget_saved_sleep(&self) {
        let [mark, dump, kept] = [MARK, DUMP, KEPT].map(|name| self.folder.join(name));
        if !fs::try_exists(&mark).await.unwrap_or(false) {
            return;
        }
        discard(&dump).await;
        fs::rename(&kept, &dump).await.ok();
        discard(&mark).await;
    }

    /// Starts over: ends the process without saving and removes its folder; the default persistence.
    pub async fn remove(&self) {
        let _one_at_a_time = self.starting.lock().await;
        if let Some(process) = self.rest(None) {
            kill_process_group(process.pid, Signal::KILL).ok();
            process.ended().await;
        }
        // A child that was writing a snapshot may leave its file while we remove.
        let last = Instant::now() + GRACE;
        while let Err(error) = fs::remove_dir_all(&self.folder).await
            && error.kind() != std::io::ErrorKind::NotFound
        {
            if Instant::now() > last {
                tracing::warn!(%error, "could not remove the folder of a lab's Redis");
                break;
            }
            sleep(TRY_EVERY).await;
        }
        let mut state = self.state();
        state.down = false;
        state.persistence = Persistence::default();
        if !self.house.is_closed() {
            self.status.asleep();
        }
    }
}
