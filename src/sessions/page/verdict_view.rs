//! Before a restart: what will happen? After it: what was predicted, what happened, and how we know.

use leptos::prelude::*;

use super::SessionView;
use crate::{
    live::{clock::Moment, marks},
    sessions::{
        snapshot::Lane,
        verdict::{Outcome, Prediction, Verdict},
    },
    stores::StoreKind,
};

/// The id of a store's verdict on the page.
pub fn id(store: StoreKind) -> String {
    format!("verdict-{}", store.name())
}

/// The last cell of a lane.
pub fn cell(view: &SessionView, lane: &Lane) -> impl IntoView + use<> {
    let inside = match &lane.verdict {
        Some(verdict) => judged(view, lane.store, verdict).into_any(),
        None if lane.is_logged_in() => guess(view, lane).into_any(),
        None => view! { <p class="soft">{view.text().waiting}</p> }.into_any(),
    };
    let id = id(lane.store);
    view! { <div class="cell verdict" id=id.clone() data-testid=id>{inside}</div> }
}

/// What will happen? A choice is sent as soon as it is made; where there is no JavaScript it travels with the
/// restart, whose form the radio buttons belong to.
fn guess(view: &SessionView, lane: &Lane) -> impl IntoView + use<> {
    let (text, name) = (view.text(), lane.store.name());
    let choices = Prediction::ALL.map(|prediction| {
        view! {
            <label>
                <input
                    type="radio"
                    form="restart"
                    id=format!("guess-{name}-{}", prediction.name())
                    name=name
                    value=prediction.name()
                    checked=lane.prediction == Some(prediction)
                />
                {(text.prediction)(prediction)}
            </label>
        }
    });
    let fields = format!("store={name}&guess=");
    view! {
        <fieldset {..marks::choice("/api/predict", &fields)}>
            <legend>{(text.what_happens)(lane.store)}</legend>
            {choices.into_iter().collect::<Vec<_>>()}
        </fieldset>
    }
}

fn judged(view: &SessionView, store: StoreKind, verdict: &Verdict) -> impl IntoView + use<> {
    let text = view.text();
    let sign = match verdict.outcome {
        Outcome::Kept => "✓",
        Outcome::Lost => "✗",
        Outcome::Expired => "◔",
        Outcome::Refused => "⚠",
        Outcome::Unknown => "?",
    };
    let said = verdict
        .predicted
        .map_or(text.not_predicted, text.prediction);
    let hit = verdict.hit().map(|hit| {
        if hit {
            format!(" ✓ {}", text.hit)
        } else {
            format!(" ✗ {}", text.miss)
        }
    });
    let outcome = verdict.outcome;
    view! {
        <p class=format!("stamp {}", outcome.name())>
            <span aria-hidden="true">{sign}</span> " " <span data-testid="outcome">{(text.outcome)(outcome)}</span>
        </p>
        <p>
            {text.you_said} " " <b>{said}</b> {hit} <br/>
            {(text.why)(store, outcome)}
        </p>
        {trace(view, store, verdict).into_any()}
    }
}

/// Cookie sent → store command → reply → decision.
fn trace(view: &SessionView, store: StoreKind, verdict: &Verdict) -> impl IntoView + use<> {
    let text = view.text();
    let sent = match &verdict.cookie {
        Some(value) => {
            view! { {text.trace_cookie} ": " <code>{store.cookie_name()} "=" {value.clone()}</code> }.into_any()
        }
        None => text.trace_no_cookie.into_any(),
    };
    let asked = verdict.commands.iter().map(|(command, reply)| {
        view! {
            <li>{text.trace_command} ": " <code>{command.clone()}</code></li>
            <li>{text.trace_reply} ": " <code>{reply.clone()}</code></li>
        }
    });
    let asked: Vec<_> = asked.collect();
    let nothing = asked
        .is_empty()
        .then(|| view! { <li>{text.trace_no_command}</li> });
    view! {
        <details class="trace" id=format!("trace-{}", store.name())>
            <summary>{text.trace}</summary>
            <ol>
                <li>{sent}</li>
                {nothing}
                {asked}
                <li>
                    {text.trace_decision} ": " <b>{(text.outcome)(verdict.outcome)}</b> " · " {verdict.status} " · "
                    <Moment at_ms=verdict.at_ms exact=true/>
                </li>
            </ol>
        </details>
    }
}
