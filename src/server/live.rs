//! `GET /events`: tells an open page that its lab or an engine has changed (Server-Sent Events).
//!
//! Only a growing number travels; the page then asks for what it does not have yet.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::{Extension, State},
    response::sse::{Event, KeepAlive, Sse},
};
use futures::{Stream, StreamExt, stream};
use tokio::sync::watch;

use super::Playground;
use crate::{labs::registry::Lab, sessions::bench::SessionLab};

/// How often a quiet stream says that it is still there.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// The stream of one open page.
pub async fn events(
    State(playground): State<Arc<Playground>>,
    Extension(lab): Extension<Arc<Lab<SessionLab>>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changes = lab.bench.changes();
    let stop = playground.stop.clone();
    let numbers = stream::unfold((changes, true), async |(mut changes, first)| {
        if !first {
            wait_for_any(&mut changes).await?;
        }
        let version: u64 = changes
            .iter_mut()
            .map(|each| *each.borrow_and_update())
            .sum();
        Some((version, (changes, false)))
    });
    let events = numbers.map(|version| Ok(Event::default().data(version.to_string())));
    // Ends with the program: an open stream would keep it from stopping.
    Sse::new(events.take_until(stop.cancelled_owned()))
        .keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
}

async fn wait_for_any(watched: &mut [watch::Receiver<u64>; 3]) -> Option<()> {
    let [lab, redis, mongo] = watched;
    tokio::select! {
        changed = lab.changed() => changed.ok(),
        changed = redis.changed() => changed.ok(),
        changed = mongo.changed() => changed.ok(),
    }
}
