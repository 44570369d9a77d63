//! One lane, read left to right: the cookie in the browser, the store's record, the verdict.

use leptos::prelude::*;

use super::{
    Bench, breakable,
    button::{Act, Button},
    clock::TimeLeft,
    verdict_view::VerdictCell,
};
use crate::{
    engines::view::{EngineState, EngineView},
    sessions::snapshot::{SessionCookie, StoredRecord},
    stores::StoreKind,
};

/// One store from the browser to the verdict.
#[component]
pub fn LaneView(store: StoreKind) -> impl IntoView {
    let bench = expect_context::<Bench>();
    let text = bench.text;
    let lane = bench.lane(store);
    let title = format!("lane-{}", store.name());
    let heading = format!("{}-cookie", store.name());
    let named_by = heading.clone();
    let cookie =
        Memo::new(move |_| lane.with(|lane| lane.as_ref().and_then(|lane| lane.cookie.clone())));
    view! {
        <section class="lane" data-store=store.name() data-testid=title aria-labelledby=named_by>
            <div class="cell cookie">
                <h3 id=heading><span class="spoken">{store.label(bench.locale)} ": "</span>{store.cookie_name()}</h3>
                <div data-testid=format!("cookie-{}", store.name())>{move || cookie.with(|cookie| cookie_view(bench, cookie.as_ref()))}</div>
                <LaneButtons store/>
                <span class="arrow" aria-hidden="true">"→"</span>
            </div>
            <div class="cell slot" data-testid=format!("store-{}", store.name())>
                {match store {
                    StoreKind::Memory => view! { <p class="soft">{text.lives_inside}</p> }.into_any(),
                    _ => view! { <Holding store/> }.into_any(),
                }}
            </div>
            <VerdictCell store/>
        </section>
    }
}

fn cookie_view(bench: Bench, cookie: Option<&SessionCookie>) -> AnyView {
    let text = bench.text;
    match cookie {
        None => view! { <p class="soft">{text.no_cookie}</p> }.into_any(),
        Some(SessionCookie { value, expires_ms, .. }) => view! {
            <p>
                <code>{value.clone()}</code> " "
                {expires_ms.map(|expires_ms| view! { <TimeLeft label=text.cookie_left expires_ms/> })}
            </p>
        }
        .into_any(),
    }
}

/// What the engine is, and what it holds for this lab now.
#[component]
fn Holding(store: StoreKind) -> impl IntoView {
    let bench = expect_context::<Bench>();
    let text = bench.text;
    let lane = bench.lane(store);
    let engine =
        Memo::new(move |_| lane.with(|lane| lane.as_ref().and_then(|lane| lane.engine.clone())));
    let records =
        Memo::new(move |_| lane.with(|lane| lane.as_ref().map(|lane| lane.records.clone())));
    let held = move || match (engine.get(), records.get()) {
        // The engine's own line says why.
        (Some(engine), _) if !engine.is_up() => ().into_any(),
        (_, Some(Ok(records))) if records.is_empty() => {
            view! { <p class="soft">{text.no_record}</p> }.into_any()
        }
        (_, Some(Ok(records))) => records
            .into_iter()
            .map(|record| record_view(bench, store, record))
            .collect_view()
            .into_any(),
        (_, Some(Err(error))) => {
            view! { <p class="away">{error.text(bench.locale)}</p> }.into_any()
        }
        (_, None) => ().into_any(),
    };
    view! {
        <p class="engine" data-testid=format!("engine-{}", store.name())>
            {move || match engine.get() {
                None => view! { <b>{text.disk}</b> }.into_any(),
                Some(engine) => engine_view(bench, store, engine),
            }}
        </p>
        {held}
    }
}

fn record_view(bench: Bench, store: StoreKind, record: StoredRecord) -> impl IntoView {
    let text = bench.text;
    let StoredRecord {
        place,
        text: json,
        expires_ms,
        current,
    } = record;
    view! {
        <div class="record" class:old=!current data-testid=format!("record-{}", store.name())>
            <p>
                <code>{place}</code> " "
                <TimeLeft label=text.record_left expires_ms/>
                {(!current).then(|| view! { <small>{text.other_session}</small> })}
            </p>
            <code class="json">{breakable(&json)}</code>
        </div>
    }
}

fn engine_view(bench: Bench, store: StoreKind, engine: EngineView) -> AnyView {
    let text = bench.text;
    let EngineView {
        name,
        version,
        pid,
        managed,
        state,
    } = engine;
    let care = if managed { text.managed } else { text.external };
    match state {
        EngineState::Up => {
            let stand_in = (store == StoreKind::Mongo && name != "MongoDB").then(|| format!(" · {}", text.speaks_mongo));
            let pid = pid.map(|pid| format!(" · pid {pid}"));
            view! { <b>{name} " " {version}</b> {stand_in} " · " {care} {pid} }.into_any()
        }
        EngineState::Starting => view! { <span class="away">{(text.starting)(store)}</span> }.into_any(),
        EngineState::Down { reason } => {
            let advice = if managed { text.away_managed.to_owned() } else { (text.away_external)(store) };
            view! {
                <span class="away"><b>{(text.away)(store, &reason)}</b> " " {advice} " " {text.joins_by_itself}</span>
            }
            .into_any()
        }
        EngineState::Missing => view! {
            <span class="away">
                <b>{(text.missing)(store)}</b> " " {text.missing_hint} " " <code>{text.install_hint}</code>
                ". " {text.joins_by_itself}
            </span>
        }
        .into_any(),
    }
}

/// What can be done in this store alone.
#[component]
fn LaneButtons(store: StoreKind) -> impl IntoView {
    let Bench { text, .. } = expect_context();
    let label = |text: String| Signal::derive(move || text.clone());
    let name = store.name();
    view! {
        <details class="alone">
            <summary data-testid=format!("only-{name}")>{(text.only_here)(store)}</summary>
            <div class="buttons">
                <Button act=Act::LogIn("ana") store=name label=label((text.log_in_as)("ana"))/>
                <Button act=Act::LogIn("profe") store=name label=label((text.log_in_as)("profe"))/>
                <Button act=Act::Visit store=name label=label(text.visit.to_owned())/>
                <Button act=Act::AddToCart("pan") store=name label=label((text.add)((text.product)("pan")))/>
                <Button act=Act::LogOut store=name label=label(text.log_out.to_owned())/>
                <a href=format!("/lab/{name}/private") target="_blank" rel="noopener">{text.private_page}</a>
                <a href=format!("/lab/{name}/admin") target="_blank" rel="noopener">{text.admin_page}</a>
            </div>
        </details>
    }
}
