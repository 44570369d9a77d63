//! The page of the session lab.
//!
//! One `Bench` holds what the page knows (the last snapshot) and what it can do (its buttons); the
//! parts below only show it. Every button is a real form, so the page works before the wasm has
//! arrived and without JavaScript.

use std::collections::VecDeque;

use leptos::prelude::*;

use super::snapshot::{Lane, Snapshot};
use crate::{
    error::LabError, handover::PageData, i18n::Locale, sessions::text::SessionText as Text,
    stores::StoreKind,
};

mod button;
pub mod clock;
mod lane;
mod live;
#[cfg(feature = "ssr")]
pub mod site_section;
mod stage;
mod steps;
mod tape_view;
mod verdict_view;

use button::Press;
use clock::Clock;

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Bench {
    locale: Locale,
    text: &'static Text,
    snapshot: RwSignal<Snapshot>,
    clock: Clock,
    /// Buttons that were pressed and whose answers are not here yet, in order.
    pressed: RwSignal<VecDeque<Press>>,
    notice: RwSignal<Option<LabError>>,
    offline: RwSignal<bool>,
    /// What a screen reader is told after a button.
    spoken: RwSignal<String>,
    origin: StoredValue<String>,
}

impl Bench {
    /// The lane of a store in the newest snapshot.
    fn lane(self, store: StoreKind) -> Memo<Option<Lane>> {
        Memo::new(move |_| {
            self.snapshot
                .with(|snapshot| snapshot.lanes.get(store.index()).cloned())
        })
    }

    /// Takes over what the server answered, unless something newer is already here.
    fn receive(self, newer: Snapshot) {
        if newer.version < self.snapshot.with_untracked(|snapshot| snapshot.version) {
            return;
        }
        self.clock.set(newer.now_ms);
        self.snapshot.update(|snapshot| snapshot.update(newer));
    }
}

/// The session lab.
#[component]
pub fn SessionsPage(
    /// What the server handed over.
    data: PageData,
) -> impl IntoView {
    let PageData {
        locale,
        origin,
        snapshot,
        notice,
    } = data;
    let text = locale.text();
    let bench = Bench {
        locale,
        text,
        clock: Clock::new(snapshot.now_ms),
        snapshot: RwSignal::new(snapshot),
        pressed: RwSignal::new(VecDeque::new()),
        notice: RwSignal::new(notice),
        offline: RwSignal::new(false),
        spoken: RwSignal::new(String::new()),
        origin: StoredValue::new(origin),
    };
    provide_context(bench);
    live::stay_up_to_date(bench);
    view! {
        <h1>{text.title}</h1>
        <p class="lede">{text.lede}</p>
        <div class="notices">
            <div role="alert">
                {move || bench.notice.get().map(|error| view! {
                    <p class="notice" data-testid="notice">
                        <span>{error.text(locale)}</span>
                        <button type="button" on:click=move |_| bench.notice.set(None)>{locale.frame().close}</button>
                    </p>
                })}
            </div>
            <div role="status">
                {move || bench.offline.get().then(|| view! { <p class="notice offline">{locale.frame().offline}</p> })}
            </div>
            <p class="spoken" role="status" data-testid="spoken">{move || bench.spoken.get()}</p>
        </div>
        <steps::Steps/>
        <stage::Stage/>
        <tape_view::TapeView/>
    }
}

/// The same text with places where a line may end: after commas and opening braces.
fn breakable(json: &str) -> impl IntoView + use<> {
    let pieces = json.split_inclusive([',', '{']).map(str::to_owned);
    pieces.map(|piece| view! { {piece}<wbr/> }).collect_view()
}
