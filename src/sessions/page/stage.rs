//! The drawing: the browser with its cookies, the server with its memory inside, and what is outside.
//!
//! The geometry teaches: what is restarted is one box, and what was inside dies with it.

use leptos::prelude::*;

use super::{SessionView, breakable, lane};
use crate::{live::clock::Moment, sessions::ledger::Grave, stores::StoreKind};

/// How many of the dead the drawing shows.
const SHOWN_GRAVES: usize = 2;

/// The drawing, a lane per store.
pub fn stage(view: &SessionView) -> impl IntoView + use<> {
    let text = view.text();
    let lanes = StoreKind::ALL.map(|store| lane::lane_view(view, store).into_any());
    view! {
        <div class="stage" data-testid="stage">
            <h2 class="col">{text.browser} " " <small>{text.browser_hint}</small></h2>
            <h2 class="col">{text.server} " " <small>{text.server_hint}</small></h2>
            <h2 class="col">{text.outside}</h2>
            <h2 class="col">{text.remembers}</h2>
            {server_box(view).into_any()}
            {lanes.into_iter().collect::<Vec<_>>()}
        </div>
    }
}

/// The server with its memory inside it.
fn server_box(view: &SessionView) -> impl IntoView + use<> {
    let text = view.text();
    let memory = view.lane(StoreKind::Memory);
    let living = memory.records.as_deref().unwrap_or_default();
    let hint = if living.is_empty() {
        text.ram_empty
    } else {
        text.ram_holds
    };
    let records = living.iter().map(|record| {
        view! {
            <p class="record" data-testid="record-memory">
                <code>{record.place.clone()}</code> " → " <code>{breakable(&record.text)}</code> " "
                {view.time_left(text.record_left, record.expires_ms)}
            </p>
        }
    });
    let records: Vec<_> = records.collect();
    let graves = memory.graves.iter().rev().take(SHOWN_GRAVES);
    let graves: Vec<_> = graves.map(|grave| gone(view, grave)).collect();
    let asks = |store: StoreKind, does: &'static str| {
        let asked = match &view.lane(store).cookie {
            Some(cookie) => view! { {does} " " <code>{cookie.value.clone()}</code> }.into_any(),
            None => text.asks_nothing.into_any(),
        };
        view! { <p class="site">{asked}</p> }
    };
    view! {
        <section class="server" aria-labelledby="server-tag">
            <h3 class="tag" id="server-tag" data-testid="server-tag">
                {(text.server_tag)(&view.snapshot.server, view.snapshot.boot)}
            </h3>
            <div class="ram" data-testid="memory">
                <b>{text.ram}</b>
                <p>{hint}</p>
                {records}
                {graves}
            </div>
            {asks(StoreKind::File, text.asks_file)}
            {asks(StoreKind::Redis, text.asks_redis)}
            {asks(StoreKind::Mongo, text.asks_mongo)}
        </section>
    }
}

/// A session that died with the memory it lived in: struck, with when and why.
fn gone(view: &SessionView, grave: &Grave) -> impl IntoView + use<> {
    let text = view.text();
    let session = &grave.session;
    let who = session.user.as_deref().unwrap_or(text.nobody).to_owned();
    let died = if grave.program {
        text.died_with_program
    } else {
        text.died
    };
    view! {
        <p class="gone" data-testid="grave">
            <s><code>{session.id.clone()}</code> " " {who} ", " {(text.visits)(session.visits)}</s>
            <br/>
            {died(grave.boot)} " " <Moment at_ms=grave.at_ms/>
        </p>
    }
}
