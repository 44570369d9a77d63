//! One lane, read left to right: the cookie in the browser, the store's record, the verdict.

use leptos::prelude::*;

use super::{
    SessionView, breakable,
    button::{self, for_one},
    verdict_view,
};
use crate::{
    engines::view::{EngineState, EngineView},
    sessions::snapshot::{Lane, SessionCookie, StoredRecord},
    stores::StoreKind,
};

/// One store from the browser to the verdict.
pub fn lane_view(view: &SessionView, store: StoreKind) -> impl IntoView + use<> {
    let (text, lane, name) = (view.text(), view.lane(store), store.name());
    let heading = format!("{name}-cookie");
    let slot = if store == StoreKind::Memory {
        view! { <p class="soft">{text.lives_inside}</p> }.into_any()
    } else {
        holding(view, lane)
    };
    view! {
        <section class=format!("lane {name}") data-testid=format!("lane-{name}") aria-labelledby=heading>
            <div class="cell cookie">
                <h3 id=format!("{name}-cookie")><span class="spoken">{store.label(view.locale)} ": "</span>{store.cookie_name()}</h3>
                <div data-testid=format!("cookie-{name}")>{cookie_view(view, lane.cookie.as_ref())}</div>
                {alone(view, store).into_any()}
                <span class="arrow" aria-hidden="true">"→"</span>
            </div>
            <div class="cell slot" data-testid=format!("store-{name}")>{slot}</div>
            {verdict_view::cell(view, lane).into_any()}
        </section>
    }
}

fn cookie_view(view: &SessionView, cookie: Option<&SessionCookie>) -> AnyView {
    let text = view.text();
    let Some(SessionCookie {
        value, expires_ms, ..
    }) = cookie
    else {
        return view! { <p class="soft">{text.no_cookie}</p> }.into_any();
    };
    let left = expires_ms.map(|expires_ms| view.time_left(text.cookie_left, expires_ms));
    view! { <p><code>{value.clone()}</code> " " {left}</p> }.into_any()
}

/// What the engine is, and what it holds for this lab now.
fn holding(view: &SessionView, lane: &Lane) -> AnyView {
    let (text, store) = (view.text(), lane.store);
    let is_away = lane.engine.as_ref().is_some_and(|engine| !engine.is_up());
    let held = match &lane.records {
        // The engine's own line says why.
        _ if is_away => ().into_any(),
        Ok(records) if records.is_empty() => {
            view! { <p class="soft">{text.no_record}</p> }.into_any()
        }
        Ok(records) => {
            let records = records
                .iter()
                .map(|record| record_view(view, store, record));
            records.collect::<Vec<_>>().into_any()
        }
        Err(error) => view! { <p class="away">{error.text(view.locale)}</p> }.into_any(),
    };
    let engine = match &lane.engine {
        None => view! { <b>{text.disk}</b> }.into_any(),
        Some(engine) => engine_view(view, store, engine.clone()),
    };
    view! {
        <p class="engine" data-testid=format!("engine-{}", store.name())>{engine}</p>
        {held}
    }
    .into_any()
}

fn record_view(
    view: &SessionView,
    store: StoreKind,
    record: &StoredRecord,
) -> impl IntoView + use<> {
    let text = view.text();
    let class = if record.current {
        "record"
    } else {
        "record old"
    };
    let other = (!record.current).then(|| view! { <small>{text.other_session}</small> });
    view! {
        <div class=class data-testid=format!("record-{}", store.name())>
            <p>
                <code>{record.place.clone()}</code> " "
                {view.time_left(text.record_left, record.expires_ms)}
                {other}
            </p>
            <code class="json">{breakable(&record.text)}</code>
        </div>
    }
}

fn engine_view(view: &SessionView, store: StoreKind, engine: EngineView) -> AnyView {
    let text = view.text();
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
fn alone(view: &SessionView, store: StoreKind) -> impl IntoView + use<> {
    let (text, name) = (view.text(), store.name());
    let acts = [
        (button::log_in("ana"), (text.log_in_as)("ana")),
        (button::log_in("profe"), (text.log_in_as)("profe")),
        (button::VISIT, text.visit.to_owned()),
        (
            button::add_to_cart("pan"),
            (text.add)((text.product)("pan")),
        ),
        (button::LOG_OUT, text.log_out.to_owned()),
    ];
    let buttons = acts.map(|(act, label)| for_one(act, store, label));
    view! {
        <details class="alone" id=format!("alone-{name}")>
            <summary data-testid=format!("only-{name}")>{(text.only_here)(store)}</summary>
            <div class="buttons">
                {buttons.into_iter().collect::<Vec<_>>()}
                <a href=format!("/lab/{name}/private") target="_blank" rel="noopener">{text.private_page}</a>
                <a href=format!("/lab/{name}/admin") target="_blank" rel="noopener">{text.admin_page}</a>
            </div>
        </details>
    }
}
