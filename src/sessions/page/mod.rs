//! The page of the session lab, made on the server at every change.
//!
//! Every part shows one [`Snapshot`]. Every button is a real form and every form leads back here, so the
//! page works before the wasm has arrived and without JavaScript.

use leptos::prelude::*;

use super::{
    snapshot::{Lane, Snapshot},
    text::SessionText,
    verdict::Outcome,
};
use crate::{
    error::LabError,
    i18n::Locale,
    live::{
        clock::{Ends, TimeLeft},
        notices::Notices,
        page::Live,
    },
    stores::StoreKind,
};

mod button;
mod lane;
mod site_section;
mod stage;
mod steps;
mod tape_view;
mod verdict_view;

/// How long a session lives here, in ms: what a full ring stands for.
const WHOLE_MS: i64 = 30 * 60 * 1000;

/// Everything that the page shows, at one moment.
pub struct SessionView {
    /// The language of the URL.
    pub locale: Locale,
    /// Scheme and host as the browser asked for them, for curl commands.
    pub origin: String,
    /// The lab as it is now.
    pub snapshot: Snapshot,
    /// What went wrong with the form that led here.
    pub notice: Option<LabError>,
}

impl SessionView {
    /// The texts of its language.
    #[must_use]
    pub const fn text(&self) -> &'static SessionText {
        self.locale.text()
    }

    /// The lane of a store.
    #[must_use]
    pub fn lane(&self, store: StoreKind) -> &Lane {
        &self.snapshot.lanes[store.index()]
    }

    /// The verdicts in one sentence, for those who do not see them.
    fn spoken(&self) -> String {
        let verdict = |lane: &Lane| Some((lane.store, lane.verdict.as_ref()?.outcome));
        let verdicts: Vec<(StoreKind, Outcome)> =
            self.snapshot.lanes.iter().filter_map(verdict).collect();
        if verdicts.is_empty() {
            return String::new();
        }
        (self.text().summary)(&verdicts)
    }

    /// The time until something of this name ends (ms since 1970, UTC), with a ring.
    fn time_left(&self, label: &str, ends_ms: i64) -> impl IntoView + use<> {
        let ends = Ends {
            at_ms: ends_ms,
            made_ms: self.snapshot.now_ms,
            whole_ms: WHOLE_MS,
            label: label.to_owned(),
            over: self.text().over.to_owned(),
            asks: false,
        };
        view! { <TimeLeft ends/> }
    }
}

/// The page below the frame.
pub fn session_page(view: &SessionView) -> AnyView {
    let text = view.text();
    let notice = view.notice.as_ref().map(|error| error.text(view.locale));
    let version = i64::try_from(view.snapshot.version).unwrap_or_default();
    view! {
        <main id="lab" tabindex="-1">
            <h1>{text.title}</h1>
            <p class="lede">{text.lede}</p>
            <Live now_ms=view.snapshot.now_ms events="message" version/>
            <Notices notice spoken=view.spoken() locale=view.locale/>
            {steps::steps(view).into_any()}
            {stage::stage(view).into_any()}
            {tape_view::tape(view).into_any()}
        </main>
        {site_section::site_section(view.locale).into_any()}
    }
    .into_any()
}

/// The same text with places where a line may end: after commas and opening braces.
fn breakable(json: &str) -> impl IntoView + use<> {
    let pieces = json.split_inclusive([',', '{']).map(str::to_owned);
    pieces
        .map(|piece| view! { {piece}<wbr/> })
        .collect::<Vec<_>>()
}
