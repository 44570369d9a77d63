//! Three clocks on one axis, store by store: the cookie's, the record's, and the cleaner's.

use leptos::prelude::*;

use super::{FailureView, hue, order, until};
use crate::{failures::look::Clocks, live::clock::countdown, sessions::settings::Given};

/// The width of the axis in the picture's own units.
const WIDTH: i64 = 600;
/// The shortest axis, in milliseconds.
const SHORTEST_MS: i64 = 5000;

/// The card with the clocks.
pub fn clocks(view: &FailureView) -> impl IntoView + use<> {
    let text = view.text();
    let now = view.look.now_ms;
    let ends = view.look.clocks.iter().flat_map(|clocks| {
        let given = clocks.given.as_ref().and_then(|given| given.expires_ms);
        [given, clocks.record_ms]
    });
    // Something without an end would make everything else a dot.
    let whole = ends
        .flatten()
        .filter(|ends| *ends < i64::MAX)
        .map(|ends| ends - now)
        .max()
        .unwrap_or_default()
        .max(SHORTEST_MS);
    let rows = view
        .look
        .clocks
        .iter()
        .map(|clocks| row(view, clocks, whole).into_any());
    view! {
        <section class="card" aria-labelledby="clocks-title">
            <div class="head">
                <h2 id="clocks-title">{text.clocks}</h2>
                <div class="buttons">{order("/lab/failures/ahead".to_owned(), text.move_ahead, "")}</div>
            </div>
            <p class="soft">{text.clocks_hint} " " {text.move_ahead_hint}</p>
            <div id="clocks">
                <div class="clocks">{rows.collect_view()}</div>
                <p class="soft axis">{(text.axis)(&countdown(whole))}</p>
            </div>
        </section>
    }
}

fn row(view: &FailureView, clocks: &Clocks, whole: i64) -> impl IntoView + use<> {
    let text = view.text();
    let now = view.look.now_ms;
    let store = clocks.store;
    let cookie_ms = clocks
        .given
        .as_ref()
        .filter(|_| clocks.cookie.is_some())
        .and_then(|given| given.expires_ms);
    let inside = if clocks.given.is_none() && clocks.cookie.is_none() && clocks.known.is_none() {
        view! { <p class="soft">{text.no_session}</p> }.into_any()
    } else {
        view! {
            {bars(cookie_ms, clocks.record_ms, now, whole)}
            <dl>
                <div><dt>{text.clock_cookie}</dt><dd data-testid=format!("clock-cookie-{}", store.name())>{cookie(view, clocks)}</dd></div>
                <div><dt>{text.clock_record}</dt><dd data-testid=format!("clock-record-{}", store.name())>{record(view, clocks)}</dd></div>
                <div><dt>{text.clock_cleaner}</dt><dd>{(text.cleaner)(store)}</dd></div>
            </dl>
        }
        .into_any()
    };
    view! {
        <section class=format!("clock {}", store.name()) aria-labelledby=format!("clock-{}", store.name())>
            <h3 id=format!("clock-{}", store.name()) class=hue(store)>{store.label(view.locale)}</h3>
            {inside}
        </section>
    }
}

/// The time that is left of both, as two bars; the words beside it say the same.
fn bars(cookie_ms: Option<i64>, record_ms: Option<i64>, now: i64, whole: i64) -> impl IntoView {
    let width = |ends: Option<i64>| {
        let left = ends
            .map_or(0, |ends| ends.saturating_sub(now))
            .clamp(0, whole);
        left * WIDTH / whole
    };
    view! {
        <svg viewBox="0 0 600 34" preserveAspectRatio="none" aria-hidden="true">
            <path class="track" d="M0 9H600M0 25H600"/>
            <rect class="of-cookie" x="0" y="3" height="12" width=width(cookie_ms)/>
            <rect class="of-record" x="0" y="19" height="12" width=width(record_ms)/>
        </svg>
    }
}

fn cookie(view: &FailureView, clocks: &Clocks) -> AnyView {
    let text = view.text();
    let now = view.look.now_ms;
    match (&clocks.cookie, &clocks.given) {
        (None, _) => text.cookie_gone.into_any(),
        (
            Some(_),
            Some(Given {
                expires_ms: Some(ends),
                ..
            }),
        ) if *ends > now => {
            view! { <data value=*ends>{text.ends_in} " " {until(now, *ends)}</data> }.into_any()
        }
        // The browser sends it still: its own clock has the last word.
        (
            Some(_),
            Some(Given {
                expires_ms: Some(_),
                ..
            }),
        ) => text.lies_expired.into_any(),
        (Some(_), _) => text.session_cookie.into_any(),
    }
}

fn record(view: &FailureView, clocks: &Clocks) -> AnyView {
    let text = view.text();
    let now = view.look.now_ms;
    match clocks.record_ms {
        None => text.record_gone.into_any(),
        Some(i64::MAX) => text.never_cleaned.into_any(),
        Some(ends) if ends <= now => {
            view! { <data value=ends><b class="lies">{text.lies_expired}</b></data> }.into_any()
        }
        Some(ends) => {
            let orphan = clocks
                .cookie
                .is_none()
                .then(|| view! { " · " {text.record_stays} });
            view! { <data value=ends>{text.ends_in} " " {until(now, ends)} {orphan}</data> }
                .into_any()
        }
    }
}
