//! `GET /events`: tells an open page that its lab or an engine has changed (Server-Sent Events).
//!
//! Only a growing number travels; the page then asks for what it does not have yet. The session lab's
//! numbers come as plain messages, the cookie lab's as events of the name `cookies`, and those of the
//! failure lab and of the consoles, which show what is done to a session, as `failures` and `consoles`.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::{Extension, State},
    response::sse::{Event, KeepAlive, Sse},
};
use futures::{Stream, StreamExt, future::select_all, stream};
use tokio::sync::watch;

use super::Playground;
use crate::{
    consoles::bench::ConsoleLab, cookies::state::CookieLab, failures::state::FailureLab,
    sessions::lab::SessionLab,
};

/// How often a quiet stream says that it is still there.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// The stream of one open page.
pub async fn events(
    State(playground): State<Arc<Playground>>,
    Extension(sessions): Extension<Arc<SessionLab>>,
    Extension(cookies): Extension<Arc<CookieLab>>,
    Extension(failures): Extension<Arc<FailureLab>>,
    Extension(consoles): Extension<Arc<ConsoleLab>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let stop = playground.stop.clone();
    let of_sessions = numbers(sessions.changes().into())
        .map(|version| Event::default().data(version.to_string()));
    let of_cookies = numbers(vec![cookies.notes.changes()])
        .map(|version| Event::default().event("cookies").data(version.to_string()));
    let mut watched: Vec<_> = sessions.changes().into();
    watched.push(failures.notes.changes());
    let of_failures = numbers(watched)
        .map(|version| Event::default().event("failures").data(version.to_string()));
    let mut watched: Vec<_> = sessions.changes().into();
    watched.push(consoles.notes.changes());
    let of_consoles = numbers(watched)
        .map(|version| Event::default().event("consoles").data(version.to_string()));
    let of_labs = stream::select(of_sessions, of_cookies);
    let events = stream::select(of_labs, stream::select(of_failures, of_consoles)).map(Ok);
    // Ends with the program: an open stream would keep it from stopping.
    Sse::new(events.take_until(stop.cancelled_owned()))
        .keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
}

/// The sum of these counters, now and after each change.
fn numbers(watched: Vec<watch::Receiver<u64>>) -> impl Stream<Item = u64> {
    stream::unfold((watched, true), async |(mut watched, first)| {
        if !first {
            let changes = watched.iter_mut().map(|each| Box::pin(each.changed()));
            select_all(changes).await.0.ok()?;
        }
        let version = watched
            .iter_mut()
            .map(|each| *each.borrow_and_update())
            .sum();
        Some((version, (watched, false)))
    })
}
