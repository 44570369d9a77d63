//! The page of the failure lab, made on the server at every change.
//!
//! Every button is a real form and every form leads back here, so the page works before the wasm has
//! arrived and without JavaScript.

use leptos::prelude::*;

use super::{look::Look, matrix::Words, menu::Failure, routes::Asked, state::Page};
use crate::{
    error::LabError,
    failures::text::FailureText,
    i18n::Locale,
    live::{
        clock::{Ends, TimeLeft},
        notices::Notices,
        page::Live,
    },
    stores::StoreKind,
};

mod clocks;
mod drawing;
mod inspectors;
mod matrix_view;
mod menu_view;
pub mod operator;
mod redis_view;
mod run_view;
mod settings_view;
mod tape_view;

/// Everything that the page shows, at one moment.
pub struct FailureView {
    /// The language of the URL.
    pub locale: Locale,
    /// What the lab remembers.
    pub notes: Page,
    /// What is where.
    pub look: Look,
    /// What the query asks to show.
    pub asked: Asked,
    /// What went wrong with the form that led here.
    pub notice: Option<LabError>,
}

impl FailureView {
    /// The texts of its language.
    #[must_use]
    pub const fn text(&self) -> &'static FailureText {
        self.locale.failures()
    }
}

/// The page below the frame.
pub fn failure_page(view: &FailureView) -> AnyView {
    let text = view.text();
    // Looked at again soon: a cleaner that comes without a word may come meanwhile.
    let again = view
        .look
        .something_lies()
        .then(|| view! { <span hidden>{until(view.look.now_ms, view.look.now_ms + 1500)}</span> });
    view! {
        <main id="lab" class="failures" tabindex="-1">
            <h1>{text.title}</h1>
            <p class="lede">{text.lede}</p>
            <Live now_ms=view.look.now_ms events="failures"/>
            <Notices notice=view.notice.as_ref().map(|error| error.text(view.locale)) spoken=run_view::spoken(view) locale=view.locale/>
            <div id="again">{again}</div>
            {menu_view::menu(view).into_any()}
            {run_view::run(view).into_any()}
            {drawing::drawing(view).into_any()}
            {clocks::clocks(view).into_any()}
            {matrix_view::matrix(view).into_any()}
            {inspectors::inspectors(view).into_any()}
            {settings_view::settings(view).into_any()}
            {tape_view::tape(view).into_any()}
            <section class="card limits" aria-labelledby="limits-title">
                <h2 id="limits-title">{text.limits_title}</h2>
                <ul>{text.limits.iter().map(|limit| view! { <li>{*limit}</li> }).collect_view()}</ul>
                <noscript><p>{text.without_js}</p></noscript>
            </section>
        </main>
    }
    .into_any()
}

/// The words of the matrix's exports.
#[must_use]
pub fn words(locale: Locale) -> Words {
    let (text, shared) = (locale.failures(), locale.text());
    Words {
        failure: text.matrix_failure,
        not_tried: text.not_tried,
        you_said: text.you_said,
        title: match locale {
            Locale::Es => |failure| title(Locale::Es, failure),
            Locale::En => |failure| title(Locale::En, failure),
        },
        store: match locale {
            Locale::Es => |store| store.label(Locale::Es),
            Locale::En => |store| store.label(Locale::En),
        },
        outcome: shared.outcome,
        prediction: shared.prediction,
    }
}

fn title(locale: Locale, failure: Failure) -> &'static str {
    (locale.failures().failure)(failure).title
}

/// A button that is a form of its own.
fn order(action: String, label: &'static str, class: &'static str) -> impl IntoView + use<> {
    view! { <form method="post" action=action><button class=class>{label}</button></form> }
}

/// What is left until a moment, counting down in the browser; the time it was made for without it.
fn until(now_ms: i64, ends_ms: i64) -> impl IntoView + use<> {
    let ends = Ends {
        at_ms: ends_ms,
        made_ms: now_ms,
        whole_ms: 0,
        label: String::new(),
        over: String::new(),
        asks: true,
    };
    view! { <TimeLeft ends/> }
}

/// The colour of a store, by its name beside it.
const fn hue(store: StoreKind) -> &'static str {
    match store {
        StoreKind::Memory => "who memory",
        StoreKind::File => "who file",
        StoreKind::Redis => "who redis",
        StoreKind::Mongo => "who mongo",
    }
}
