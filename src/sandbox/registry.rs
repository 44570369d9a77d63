//! All the labs that are open now.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
};

use tokio_util::task::TaskTracker;

use super::{
    Bench, Sandbox,
    limits::{Bucket, MOST_LABS},
};
use crate::{config, stores::SandboxTag};

/// One open lab.
pub struct Lab<B> {
    /// What is done in it.
    pub bench: B,
    last_seen_ms: AtomicI64,
    bucket: Mutex<Bucket>,
}

impl<B> Lab<B> {
    /// Counts one request; `false` if it is one too many.
    pub fn admits_request(&self) -> bool {
        self.bucket
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take(config::now_ms())
    }

    /// When somebody last asked for it: milliseconds since 1970, UTC.
    pub fn last_seen_ms(&self) -> i64 {
        self.last_seen_ms.load(Ordering::Relaxed)
    }
}

/// The labs of the class, found by their public name.
pub struct Registry<B: Bench> {
    labs: Mutex<HashMap<SandboxTag, Arc<Lab<B>>>>,
    folder: PathBuf,
    tools: B::Tools,
    most: usize,
    cleaning: TaskTracker,
}

impl<B: Bench> Registry<B> {
    /// An empty registry whose labs keep their folders in `folder`.
    pub fn new(folder: PathBuf, tools: B::Tools) -> Self {
        Self {
            labs: Mutex::default(),
            folder,
            tools,
            most: MOST_LABS,
            cleaning: TaskTracker::new(),
        }
    }

    /// The same registry with room for at most `most` labs.
    #[must_use]
    pub fn with_room_for(mut self, most: usize) -> Self {
        self.most = most;
        self
    }

    /// The lab with this name: opened now if it was not open.
    ///
    /// A full registry lets go of the lab that was idle longest, and of one in which nothing was done before any other.
    pub fn enter(&self, tag: &SandboxTag) -> Arc<Lab<B>> {
        let now = config::now_ms();
        let mut labs = self.lock();
        if let Some(lab) = labs.get(tag) {
            lab.last_seen_ms.store(now, Ordering::Relaxed);
            return Arc::clone(lab);
        }
        // Opening reads at most one small file, so the lock may stay: two tabs must not open the same lab twice.
        let lab = Arc::new(Lab {
            bench: B::open(self.sandbox(tag), &self.tools),
            last_seen_ms: AtomicI64::new(now),
            bucket: Mutex::new(Bucket::new(now)),
        });
        let leaving = (labs.len() >= self.most)
            .then(|| longest_idle(&labs))
            .flatten();
        let leaving = leaving.and_then(|tag| labs.remove(&tag));
        labs.insert(tag.clone(), Arc::clone(&lab));
        drop(labs);
        if let Some(leaving) = leaving {
            self.cleaning
                .spawn(async move { leaving.bench.clear().await });
        }
        lab
    }

    /// How many labs are open.
    pub fn len(&self) -> usize {
        self.lock().len()
    }

    /// Whether no lab is open.
    pub fn is_empty(&self) -> bool {
        self.lock().is_empty()
    }

    /// Every open lab with its name.
    pub fn all(&self) -> Vec<(SandboxTag, Arc<Lab<B>>)> {
        self.lock()
            .iter()
            .map(|(tag, lab)| (tag.clone(), Arc::clone(lab)))
            .collect()
    }

    /// Takes a lab out, if nobody has asked for it since `idle_since_ms`.
    pub fn retire(&self, tag: &SandboxTag, idle_since_ms: i64) -> Option<Arc<Lab<B>>> {
        let mut labs = self.lock();
        (labs.get(tag)?.last_seen_ms() <= idle_since_ms)
            .then(|| labs.remove(tag))
            .flatten()
    }

    /// The folder under which every lab has its own.
    pub fn folder(&self) -> &std::path::Path {
        &self.folder
    }

    /// Opens the bench of a lab that is not entered, to clear it.
    pub fn open_bench(&self, tag: &SandboxTag) -> B {
        B::open(self.sandbox(tag), &self.tools)
    }

    /// Writes down every lab and waits for cleaning under way. For the end of the program.
    pub async fn close(&self) {
        for (_, lab) in self.all() {
            lab.bench.keep().await;
        }
        self.cleaning.close();
        self.cleaning.wait().await;
    }

    fn sandbox(&self, tag: &SandboxTag) -> Sandbox {
        Sandbox {
            tag: tag.clone(),
            folder: self.folder.join(tag.as_str()),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<SandboxTag, Arc<Lab<B>>>> {
        self.labs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn longest_idle<B: Bench>(labs: &HashMap<SandboxTag, Arc<Lab<B>>>) -> Option<SandboxTag> {
    let key = |lab: &Lab<B>| (!lab.bench.is_untouched(), lab.last_seen_ms());
    labs.iter()
        .min_by_key(|(_, lab)| key(lab))
        .map(|(tag, _)| tag.clone())
}
