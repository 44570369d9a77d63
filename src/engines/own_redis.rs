//! A Redis process for each lab, which its student may crash.
//!
//! [`OwnRedises`] knows all of them: how many run, which are idle, and how they end. One lab's is an
//! [`OwnRedis`]: it starts when somebody needs it, and once the student has ended it, it stays down
//! until the student starts it. A task of its own owns each process and tells at once that it has
//! ended; nobody pings. What the student may type, and what not, is decided by Redis itself: see
//! `conf`.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use futures::{StreamExt, future::join_all, stream};
use tokio::{task::spawn_blocking, time::timeout};

use super::leftovers;
use crate::error::StoreError;

mod acts;
mod admin_connection;
mod conf;
mod fill;
mod launch;
mod line;
mod one;
mod settings;
mod sleep;

pub use line::NoLine;
pub use one::OwnRedis;

/// How long all of them together may take to save their data before they are killed.
const CLOSE: Duration = Duration::from_millis(4500);
/// How many leftovers are looked at side by side.
const SIDE_BY_SIDE: usize = 64;

/// All labs' own Redis processes. Clones share them.
#[derive(Clone)]
pub struct OwnRedises {
    house: Arc<House>,
}

/// What all of them share.
pub(super) struct House {
    path: Vec<PathBuf>,
    most: usize,
    running: AtomicUsize,
    closed: AtomicBool,
    labs: Mutex<HashMap<PathBuf, Weak<OwnRedis>>>,
}

/// The right to run one process; given back when it is dropped.
struct Place(Arc<House>);

impl OwnRedises {
    /// `path`: where `redis-server` or `valkey-server` is looked for. `most`: how many may run at once.
    #[must_use]
    pub fn new(path: Vec<PathBuf>, most: usize) -> Self {
        let house = House {
            path,
            most,
            running: AtomicUsize::new(0),
            closed: AtomicBool::new(false),
            labs: Mutex::default(),
        };
        Self {
            house: Arc::new(house),
        }
    }

    /// The one that lives in this folder, the same for whoever asks. Starts nothing and creates nothing.
    #[must_use]
    pub fn of(&self, folder: PathBuf) -> Arc<OwnRedis> {
        let mut labs = self.house.labs();
        if let Some(lab) = labs.get(&folder).and_then(Weak::upgrade) {
            return lab;
        }
        labs.retain(|_, lab| lab.strong_count() > 0);
        let lab = OwnRedis::new(&self.house, folder.clone());
        labs.insert(folder, Arc::downgrade(&lab));
        lab
    }

    /// How many processes there are now, those that are just starting included.
    #[must_use]
    pub fn running(&self) -> usize {
        self.house.running.load(Ordering::Acquire)
    }

    /// Puts those to sleep that nobody has used since this moment (ms since 1970). Their data is
    /// saved; they wake up when somebody needs them.
    pub async fn stop_idle(&self, idle_since_ms: i64) {
        let labs = self.house.all();
        join_all(labs.iter().map(|lab| lab.sleep(Some(idle_since_ms)))).await;
    }

    /// Ends all of them with their data saved, within 5 s. None starts again.
    pub async fn close(&self) {
        self.house.closed.store(true, Ordering::Release);
        let labs = self.house.all();
        let saving = join_all(labs.iter().map(|lab| lab.sleep(None)));
        if timeout(CLOSE, saving).await.is_err() {
            tracing::warn!("some labs' Redis did not save in time and are killed");
        }
        join_all(labs.iter().map(|lab| lab.close())).await;
    }

    /// Ends what a run that was killed left behind in `<labs>/*/redis`.
    pub async fn end_leftovers(labs: &Path) {
        let labs = labs.to_owned();
        let noted = spawn_blocking(move || {
            let folders = fs::read_dir(labs).into_iter().flatten().flatten();
            folders
                .map(|lab| lab.path().join("redis"))
                .filter(|folder| leftovers::is_noted(folder))
                .collect::<Vec<_>>()
        });
        let noted = noted.await.unwrap_or_default();
        stream::iter(noted)
            .for_each_concurrent(SIDE_BY_SIDE, |folder| async move {
                if let Err(error) = leftovers::prepare(&folder).await {
                    tracing::warn!(%error, folder = %folder.display(), "could not end a lab's leftover Redis");
                }
            })
            .await;
    }
}

impl House {
    fn labs(&self) -> MutexGuard<'_, HashMap<PathBuf, Weak<OwnRedis>>> {
        self.labs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn all(&self) -> Vec<Arc<OwnRedis>> {
        self.labs().values().filter_map(Weak::upgrade).collect()
    }

    fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Acquire)
    }

    /// A place for one more process.
    fn place(self: &Arc<Self>) -> Result<Place, StoreError> {
        let more = |running: usize| (running < self.most).then_some(running + 1);
        self.running
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, more)
            .map(|_| Place(Arc::clone(self)))
            .map_err(|_| StoreError::NoRedisLeft { limit: self.most })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, Ordering::AcqRel);
    }
}
