//! The drawing: the browser with its cookies, the server with its memory inside, and what is outside.
//!
//! The geometry teaches: what is restarted is one box, and what was inside dies with it.

use leptos::prelude::*;

use super::{Bench, breakable, clock::TimeLeft, lane::LaneView};
use crate::{sessions::ledger::Grave, stores::StoreKind};

/// The drawing, a lane per store.
#[component]
pub fn Stage() -> impl IntoView {
    let Bench { text, .. } = expect_context();
    view! {
        <div class="stage" data-testid="stage">
            <h2 class="col">{text.browser} " " <small>{text.browser_hint}</small></h2>
            <h2 class="col">{text.server} " " <small>{text.server_hint}</small></h2>
            <h2 class="col">{text.outside}</h2>
            <h2 class="col">{text.remembers}</h2>
            <ServerBox/>
            {StoreKind::ALL.map(|store| view! { <LaneView store/> }).collect_view()}
        </div>
    }
}

/// The server with its memory inside it.
#[component]
fn ServerBox() -> impl IntoView {
    let bench = expect_context::<Bench>();
    let text = bench.text;
    let tag = Memo::new(move |_| {
        bench
            .snapshot
            .with(|snapshot| (text.server_tag)(&snapshot.server, snapshot.boot))
    });
    let memory = bench.lane(StoreKind::Memory);
    let living = Memo::new(move |_| {
        memory.with(|lane| {
            lane.as_ref()
                .and_then(|lane| lane.records.clone().ok())
                .unwrap_or_default()
        })
    });
    let graves = Memo::new(move |_| {
        memory.with(|lane| {
            lane.as_ref()
                .map(|lane| lane.graves.clone())
                .unwrap_or_default()
        })
    });
    let records = move || {
        let records = living.get();
        let hint = if records.is_empty() {
            text.ram_empty
        } else {
            text.ram_holds
        };
        view! {
            <p>{hint}</p>
            {records.into_iter().map(|record| view! {
                <p class="record" data-testid="record-memory">
                    <code>{record.place}</code> " → " <code>{breakable(&record.text)}</code> " "
                    <TimeLeft label=text.record_left expires_ms=record.expires_ms/>
                </p>
            }).collect_view()}
        }
    };
    let dead = move || {
        graves
            .get()
            .into_iter()
            .rev()
            .take(2)
            .map(|grave| view! { <Gone grave/> })
            .collect_view()
    };
    let asks = move |store: StoreKind, does: &'static str| {
        let lane = bench.lane(store);
        let cookie = move || lane.with(|lane| lane.as_ref().and_then(|lane| lane.cookie.clone()));
        view! {
            <p class="site">
                {move || match cookie() {
                    Some(cookie) => view! { {does} " " <code>{cookie.value}</code> }.into_any(),
                    None => text.asks_nothing.into_any(),
                }}
            </p>
        }
    };
    view! {
        <section class="server" aria-labelledby="server-tag">
            <h3 class="tag" id="server-tag" data-testid="server-tag">{move || tag.get()}</h3>
            <div class="ram" data-testid="memory">
                <b>{text.ram}</b>
                {records}
                {dead}
            </div>
            {asks(StoreKind::File, text.asks_file)}
            {asks(StoreKind::Redis, text.asks_redis)}
            {asks(StoreKind::Mongo, text.asks_mongo)}
        </section>
    }
}

/// A session that died with the memory it lived in: struck, with when and why.
#[component]
fn Gone(grave: Grave) -> impl IntoView {
    let Bench { text, clock, .. } = expect_context();
    let Grave {
        session,
        boot,
        at_ms,
        program,
        ..
    } = grave;
    let who = session.user.unwrap_or_else(|| text.nobody.to_owned());
    let died = if program {
        text.died_with_program
    } else {
        text.died
    };
    view! {
        <p class="gone" data-testid="grave">
            <s><code>{session.id}</code> " " {who} ", " {(text.visits)(session.visits)}</s>
            <br/>
            {move || died(boot, &clock.time(at_ms))}
        </p>
    }
}
