//! Removes the labs that nobody has used for a day, with their files, keys and documents.

use std::{fs, path::Path, time::Duration};

use tokio_util::sync::CancellationToken;

use super::{Bench, limits::IDLE_MS, registry::Registry};
use crate::{config, stores::SandboxTag};

/// How often the keeper looks.
const ROUND: Duration = Duration::from_secs(60);

/// Looks once a minute until `stop`, and writes down what changed in the labs that stay.
pub async fn keep<B: Bench>(registry: &Registry<B>, stop: CancellationToken) {
    let mut rounds = tokio::time::interval(ROUND);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = rounds.tick() => round(registry, config::now_ms()).await,
        }
    }
}

/// One round at the given time (milliseconds since 1970, UTC).
pub async fn round<B: Bench>(registry: &Registry<B>, now_ms: i64) {
    let idle_since = now_ms - IDLE_MS;
    for (tag, lab) in registry.all() {
        match registry.retire(&tag, idle_since) {
            Some(lab) => lab.bench.clear().await,
            None => lab.bench.keep().await,
        }
    }
    for tag in asleep_since(registry.folder(), idle_since) {
        // An open lab is the registry's business, and its folder may be old while the lab is in use.
        if !registry.all().iter().any(|(open, _)| *open == tag) {
            registry.open_bench(&tag).clear().await;
        }
    }
}

/// The labs on disk that wrote their notes for the last time before `idle_since` (ms since 1970).
fn asleep_since(folder: &Path, idle_since: i64) -> Vec<SandboxTag> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let tag = SandboxTag::from_folder_name(entry.file_name().to_str()?)?;
            let inside = fs::read_dir(entry.path()).into_iter().flatten().flatten();
            let notes =
                inside.filter(|file| file.path().extension().is_some_and(|end| end == "json"));
            let written = notes
                .filter_map(|file| file.metadata().ok()?.modified().ok())
                .max()
                .or_else(|| entry.metadata().ok()?.modified().ok())?;
            (config::to_ms(written.into()) < idle_since).then_some(tag)
        })
        .collect()
}
